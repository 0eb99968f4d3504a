import assert from "node:assert/strict";

import { assertSucceeded, type Outcome } from "../support/outcome";
import { rosterToday, SAMPLE_WARNING, sampleWorkspace } from "../support/sample";
import { SETTINGS, type Workspace } from "../support/workspace";

const STACKS = ["users", "dev", "staging", "prod"] as const;

const STANDARD = ["Ops", "Dba", "DbRead", "Developer", "Read", "Security", "Monitor", "Analyst", "Dashboard"];

/** Every role that exists by the sample's roster, held or not. */
const ROLES: Readonly<Record<(typeof STACKS)[number], readonly string[]>> = {
  users: ["Security"],
  dev: ["Admin", ...STANDARD],
  staging: ["Admin", ...STANDARD],
  prod: ["Admin", "BreakGlass", ...STANDARD.filter((role) => !["Developer", "Analyst"].includes(role))],
};

const ACME = "arn:aws:iam::444444444444:role/infra-DataShareR-prod-acme";

/** By service, the kinds of roles that it runs with. */
const SERVICES: Readonly<Record<(typeof STACKS)[number], Readonly<Record<string, readonly string[]>>>> = {
  users: {},
  dev: { "mw-worker": ["task", "database"] },
  staging: { "analytics-visits": ["function"] },
  prod: { "mw-ingress": ["task"], "mw-worker": ["task", "database"] },
};

function expectedOutputs(stack: (typeof STACKS)[number], id: string, environment: string): unknown {
  const roles = ROLES[stack].map(
    (role) => [role, `arn:aws:iam::${id}:role/infra-${role}R-${stack}`] as const,
  );
  const services = Object.entries(SERVICES[stack]).map(([service, kinds]) => {
    const arn = (kind: string) => `arn:aws:iam::${id}:role/workloads/infra-${kind}-${service}-${stack}`;
    return [service, Object.fromEntries(kinds.map((kind) => [kind, arn(kind)]))] as const;
  });
  return {
    account: id,
    environment,
    roles: Object.fromEntries(roles),
    ...(services.length > 0 && { workloads: Object.fromEntries(services) }),
    ...(stack === "prod" && { partners: { acme: { DataShare: ACME } } }),
  };
}

describe("One roster, every account", function () {
  this.timeout(240_000);
  let workspace: Workspace;
  let first: ReadonlyMap<string, Outcome>;

  before(async () => {
    // Nothing is deployed yet: mocha reads files in alphabetical order.
    workspace = await sampleWorkspace();
    workspace.write(rosterToday());
    first = await workspace.inEach(STACKS, (stack) => workspace.up(stack));
  });

  for (const stack of STACKS) {
    it(`brings up ${stack} from nothing, with the warning that the sample deserves`, () => {
      const outcome = first.get(stack)!;
      assertSucceeded(outcome);
      assert.deepEqual(outcome.warnings, [SAMPLE_WARNING]);
      assert.notEqual(outcome.changes.length, 0);
      assert.deepEqual(
        outcome.changes.filter((change) => !change.startsWith("create ")),
        [],
      );
    });
  }

  it("tells in each stack's outputs the ARNs of its roles", async () => {
    for (const stack of STACKS) {
      const { id = "", environment = "identity" } = workspace.organization.accounts[stack] ?? {};
      assert.deepEqual(await workspace.outputs(stack), expectedOutputs(stack, id, environment));
    }
  });

  it("says whose alarms nobody hears", async () => {
    workspace.writeFile("Pulumi.dev.yaml", "config: {}\n");
    try {
      const outcome = await workspace.preview("dev");
      assertSucceeded(outcome);
      assert.deepEqual(outcome.warnings, [
        SAMPLE_WARNING,
        "Nobody hears the 14 alarms of dev. Add muster:alarmSubscriptions to Pulumi.dev.yaml.\n",
      ]);
    } finally {
      workspace.writeFile("Pulumi.dev.yaml", SETTINGS);
    }
  });

  it("changes nothing in a second run", async () => {
    const second = await workspace.inEach(STACKS, (stack) => workspace.deploy(stack, "--expect-no-changes"));
    for (const [stack, outcome] of second) {
      assertSucceeded(outcome);
      assert.deepEqual(outcome.changes, [], stack);
    }
  });

  it("reads from AWS what it has written", async () => {
    const read = await workspace.inEach(STACKS, (stack) =>
      workspace.preview(stack, "--refresh", "--expect-no-changes"),
    );
    for (const [stack, outcome] of read) {
      assertSucceeded(outcome);
      assert.deepEqual(outcome.changes, [], stack);
    }
  });
});
