import { readFileSync } from "node:fs";
import path from "node:path";

import { accountTags } from "../src/documents/account-tags";
import { blueprintsOf } from "../src/documents/blueprint";
import { buildModel } from "../src/model/model";
import { PEOPLE_PATH } from "../src/model/names";
import { NOW, sampleOrganization, type WrittenRoster } from "../test/support/rosters";
import { inTurn, ratioOf, type Result } from "./measure";
import type { Meter } from "./meter";
import { musterProject, typescriptProject, write } from "./projects";
import { employeesOfSize } from "./rosters";
import { pulumiIn, withSandboxes } from "./sandboxes";

const PEOPLE = 1_000;
const MOST = 0.5;

/** The users, groups and roles of the identity account as data, for a program that is nothing but them. */
export function identityData(roster: WrittenRoster): string {
  const model = buildModel(sampleOrganization(), roster, NOW);
  const identity = blueprintsOf(model).find(({ account }) => account.isIdentity);
  if (identity === undefined) throw new Error("No account of the sample has people.");
  const tags = accountTags({ organization: model.organization, account: identity.account });
  const policiesOf = (policies: (typeof identity.roles)[number]["policies"]) =>
    policies.flatMap((policy) =>
      policy.kind === "customer" ? [{ name: policy.name, document: policy.text }] : [],
    );
  return JSON.stringify({
    users: (identity.people?.users ?? []).map((user) => ({
      name: user.name,
      path: PEOPLE_PATH,
      tags: { ...tags, ...user.tags },
    })),
    groups: (identity.people?.groups ?? []).map(({ name, policies, members }) => ({
      name,
      policies: policiesOf(policies),
      members,
    })),
    roles: identity.roles.map(({ name, trust, policies }) => ({
      name,
      trust: trust.text,
      policies: policiesOf(policies),
      managed: policies.flatMap(({ kind, arn }) => (kind === "aws-managed" ? [arn] : [])),
    })),
  });
}

/** A preview of the identity account, against that of a program as one would write it without Muster. */
export async function plainProgram(meter: Meter): Promise<readonly Result[]> {
  const source = readFileSync(path.join(__dirname, "plain", "index.ts"), "utf8");
  const projects = {
    muster: { project: musterProject(path.join(meter.folder, "large"), employeesOfSize(PEOPLE)) },
    plain: { project: typescriptProject(path.join(meter.folder, "plain"), source) },
  };
  write(projects.plain.project, { "data.json": identityData(employeesOfSize(PEOPLE)) });
  return withSandboxes(path.join(meter.folder, "large-sandboxes"), projects, async (sandboxOf) => {
    const preview = (of: keyof typeof projects) => () =>
      meter.effortOf(
        pulumiIn(`preview of ${of}, ${String(PEOPLE)} people`, sandboxOf(of), projects[of].project, [
          "preview",
          "--stack",
          "users",
        ]),
      );
    const effortOf = await inTurn({ muster: preview("muster"), plain: preview("plain") }, 1, {
      warmUp: false,
    });
    return [
      ratioOf(
        `preview of \`users\`, ${String(PEOPLE)} people, against a plain Pulumi program of the same users, groups and roles`,
        effortOf("muster"),
        effortOf("plain"),
        MOST,
      ),
    ];
  });
}
