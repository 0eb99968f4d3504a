import assert from "node:assert/strict";

import { IamAccounts } from "../../src/access/iam/iam-accounts";
import { newAccess, type NewAccess } from "../../src/access/diff/new-access";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { modelState, type ProgramState } from "../../src/access/diff/state";
import { theProver } from "../proofs/support";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";
import { modelOf } from "./support";
import { withRoles } from "./written-roles";

const UNCHANGED = modelState(modelOf(sampleOrganization(), sampleRoster(), sampleWorkloads()));

/** The state where a role in prod has one statement more. */
const withStatement = (label: string, statement: object, state = UNCHANGED): ProgramState => ({
  ...state,
  accounts: state.accounts.map((account) => ({
    ...account,
    roles: account.roles.map((role) =>
      account.key === "prod" && role.label === label
        ? {
            ...role,
            policies: [
              ...role.policies,
              iamPolicy("added", JSON.stringify({ Version: "2012-10-17", Statement: [statement] })),
            ],
          }
        : role,
    ),
  })),
});

const allow = (action: string | readonly string[], resource = "*", more: object = {}): object => ({
  Sid: "Added",
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});

describe("access that nobody in the account had", function () {
  this.timeout(60_000);

  const found = (before: ProgramState, after: ProgramState): Promise<readonly NewAccess[]> =>
    newAccess(before, after, theProver);
  const actionsOf = (changes: readonly NewAccess[]): readonly string[] =>
    changes.flatMap(({ requests }) => requests.flatMap(({ actions }) => actions)).sort();

  it("is none where nothing differs", async () => {
    assert.deepEqual(await found(UNCHANGED, UNCHANGED), []);
  });

  it("is none where a role gains what another has, in whatever words", async () => {
    const after = withStatement("Dashboard", allow("rds:DescribeDB*"));
    assert.deepEqual(actionsOf(await found(UNCHANGED, after)), []);
  });

  it("is what no other role may do, with those left aside who could do everything", async () => {
    const after = withStatement("Dashboard", allow(["glue:DeleteTable", "rds:DescribeDBInstances"]));
    const [change, ...others] = await found(UNCHANGED, after);
    assert.deepEqual(others, []);
    assert.equal(change?.role, "prod/Dashboard");
    assert.deepEqual(
      change.requests.map(({ actions, by }) => [actions, by]),
      [[["glue:DeleteTable"], ['"Added" of added']]],
    );
    assert.ok(change.besides.includes("prod/Admin"));
  });

  it("is a resource that the others' statements leave out", async () => {
    const open = withStatement("Dashboard", allow("glue:DeleteTable", "arn:aws:glue:*:*:*/clinic*"));
    const inside = withStatement("Monitor", allow("glue:DeleteTable", "arn:aws:glue:*:*:*/clinic-a"), open);
    const outside = withStatement("Monitor", allow("glue:DeleteTable", "arn:aws:glue:*:*:*/billing"), open);
    assert.deepEqual(await found(open, inside), []);
    assert.deepEqual(actionsOf(await found(open, outside)), ["glue:DeleteTable"]);
  });

  it("is what the others are denied", async () => {
    const denied = withStatement("Dashboard", {
      ...allow("glue:DeleteTable", "arn:aws:glue:*:*:*/clinic*"),
      Effect: "Deny",
    });
    const before = withStatement("Dashboard", allow("glue:DeleteTable"), denied);
    const after = withStatement("Monitor", allow("glue:DeleteTable"), before);
    const [change] = await found(before, after);
    assert.match(change?.requests[0]?.example ?? "", /^glue:DeleteTable on arn:aws:glue:.*\/clinic/);
  });

  it("is what another role may do in another account", async () => {
    const before = {
      ...UNCHANGED,
      accounts: withRoles(new IamAccounts(UNCHANGED.accounts), {
        "dev/made": { policy: [allow("glue:DeleteTable")] },
      }).all,
    };
    const after = withStatement("Dashboard", allow("glue:DeleteTable"), before);
    assert.deepEqual(actionsOf(await found(before, after)), ["glue:DeleteTable"]);
  });

  it("is what a new role may do", async () => {
    const after = {
      ...UNCHANGED,
      accounts: withRoles(new IamAccounts(UNCHANGED.accounts), {
        "prod/made": { policy: [allow(["glue:DeleteTable", "rds:DescribeDBInstances"])] },
      }).all,
    };
    const changes = await found(UNCHANGED, after);
    assert.deepEqual(
      changes.map(({ role }) => role),
      ["prod/made"],
    );
    assert.deepEqual(actionsOf(changes), ["glue:DeleteTable"]);
  });
});
