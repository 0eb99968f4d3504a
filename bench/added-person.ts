import path from "node:path";

import { changing, recordAwsCalls } from "../test/e2e/support/aws-calls";
import { blueprintsOf } from "../src/documents/blueprint";
import { buildModel } from "../src/model/model";
import { accountResources } from "../src/resources/account-resources";
import { readSettings } from "../src/resources/account-settings";
import type { DescribedResource } from "../src/resources/described-resource";
import { NOW, sampleOrganization, type WrittenRoster } from "../test/support/rosters";
import { verdictOf, type Result } from "./measure";
import type { Meter } from "./meter";
import { musterProject, writeRoster } from "./projects";
import { employeesOfSize } from "./rosters";
import { ACCOUNTS, pulumiIn, withSandboxes } from "./sandboxes";

const PEOPLE = 1_000;
const ADDED = "ada.developer";

function withOneMore(roster: WrittenRoster): WrittenRoster {
  const person = {
    email: "ada@example.com",
    category: "developer",
    access: { dev: "Developer", staging: "Developer" },
  } as const;
  return { ...roster, people: { ...roster.people, [ADDED]: person } };
}

/** All resources of the organization with their properties as text. */
function resourcesOf(roster: WrittenRoster): ReadonlyMap<string, DescribedResource> {
  const model = buildModel(sampleOrganization(), roster, NOW);
  return new Map(
    blueprintsOf(model).flatMap((blueprint) =>
      accountResources(model.organization, blueprint, readSettings(blueprint.account.key, {}, model.now)).map(
        (resource) => [`${blueprint.account.key} ${resource.type} ${resource.name}`, resource] as const,
      ),
    ),
  );
}

const membersOf = ({ properties }: DescribedResource): number => {
  const users: unknown = Reflect.get(properties, "users");
  return Array.isArray(users) ? users.length : 0;
};

/**
 * The fewest requests that make one organization of another: AWS has one that makes a user with their tags, one that puts one user into one
 * group, one that replaces a trust, and one that makes a version of a policy and lets it count.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
function fewestRequests(before: WrittenRoster, after: WrittenRoster): number {
  const known = resourcesOf(before);
  return [...resourcesOf(after)].reduce((sum, [key, resource]) => {
    const old = known.get(key);
    if (old !== undefined && JSON.stringify(old.properties) === JSON.stringify(resource.properties))
      return sum;
    const isMembership = resource.type === "aws:iam/groupMembership:GroupMembership";
    return sum + (isMembership ? membersOf(resource) - (old === undefined ? 0 : membersOf(old)) : 1);
  }, 0);
}

const countsOf = (calls: readonly string[]): string =>
  [...new Set(calls)]
    .map((call) => `${String(calls.filter((one) => one === call).length)} ${call}`)
    .join(", ");

/** What `pulumi up` of all accounts asks of AWS, where one person joined an organization. */
export async function addedPerson(meter: Meter): Promise<readonly Result[]> {
  const before = employeesOfSize(PEOPLE);
  const after = withOneMore(before);
  const project = musterProject(path.join(meter.folder, "added"), before);
  const projects = { added: { project, accounts: ACCOUNTS } };
  return withSandboxes(path.join(meter.folder, "added-sandbox"), projects, async (sandboxOf) => {
    const sandbox = sandboxOf("added");
    const up = (stack: string, what: string, endpoint = sandbox.endpoint) => {
      const command = pulumiIn(`up of ${stack}, ${what}`, sandbox, project, [
        "up",
        "--yes",
        "--stack",
        stack,
      ]);
      return meter.effortOf({ ...command, env: { ...command.env, AWS_ENDPOINT_URL: endpoint } });
    };
    for (const { key } of ACCOUNTS) await up(key, `${String(PEOPLE)} people`);
    writeRoster(project, after);
    const recorder = await recordAwsCalls(sandbox.endpoint);
    try {
      for (const { key } of ACCOUNTS) await up(key, "one person more", recorder.endpoint);
    } finally {
      await recorder.stop();
    }
    const fewest = fewestRequests(before, after);
    const { calls } = recorder;
    const changes = changing(calls);
    const reading = calls.filter((call) => !changes.includes(call));
    return [
      {
        what: `requests that change something, of \`up\` of one more person among ${String(PEOPLE)}`,
        measured: `${String(changes.length)} (${countsOf(changes)})`,
        goal: `${String(fewest)}, the fewest`,
        verdict: verdictOf(changes.length === fewest),
      },
      {
        what: "requests that read, of the same; those of STS ask whose account it is",
        measured: `${String(reading.length)} (${countsOf(reading)})`,
        goal: "none but of STS",
        verdict: verdictOf(reading.every((call) => call.startsWith("sts:"))),
      },
    ];
  });
}
