import assert from "node:assert/strict";

import { requestChanges, type RequestChange } from "../../src/access/diff/request-changes";
import { stateOf, type State } from "../../src/access/diff/state";
import { iamPolicy } from "../../src/access/iam/policy";
import { theProver } from "../proofs/support";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";
import { modelOf } from "./support";

const UNCHANGED = stateOf(modelOf(sampleOrganization(), sampleRoster(), sampleWorkloads()));

/** What one policy says, of the statements that it has. */
type Rewrite = (statements: readonly unknown[]) => readonly unknown[];

/** The state where one policy of a role in prod is written otherwise. */
function rewritten(label: string, policyName: string, rewrite: Rewrite): State {
  return {
    ...UNCHANGED,
    accounts: UNCHANGED.accounts.map((account) => ({
      ...account,
      roles: account.roles.map((role) =>
        account.key !== "prod" || role.label !== label
          ? role
          : {
              ...role,
              policies: role.policies.map((policy) => {
                if (policy.name !== policyName) return policy;
                const document = JSON.parse(policy.text) as { Statement: readonly unknown[] };
                const text = JSON.stringify({ ...document, Statement: rewrite(document.Statement) });
                return iamPolicy(policy.name, text);
              }),
            },
      ),
    })),
  };
}

interface Written {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

describe("requests that change", function () {
  this.timeout(60_000);

  const changes = (before: State, after: State): Promise<readonly RequestChange[]> =>
    requestChanges(before, after, theProver);

  const DBA = "infra-DbaR-prod-permissions";

  it("are none where nothing is written otherwise, or another person holds a role", async () => {
    assert.deepEqual(await changes(UNCHANGED, UNCHANGED), []);
    const roster = sampleRoster();
    const john = roster.people["john.developer"];
    assert.ok(john);
    const people = { ...roster.people, "john.developer": { ...john, access: {} } };
    const after = stateOf(modelOf(sampleOrganization(), { ...roster, people }, sampleWorkloads()));
    assert.deepEqual(await changes(UNCHANGED, after), []);
  });

  it("are none where statements are cut, joined, renamed and put in another order", async () => {
    const after = rewritten("Dba", DBA, (statements) =>
      [...(statements as readonly Written[])].reverse().flatMap((statement, index) =>
        [statement.Action].flat().map((action, place) => ({
          ...statement,
          Sid: `S${String(index)}x${String(place)}`,
          Action: action.toUpperCase(),
        })),
      ),
    );
    assert.deepEqual(await changes(UNCHANGED, after), [
      { role: "prod/Dba", kind: "people", gains: [], loses: [] },
    ]);
  });

  it("are gained by a wider resource, with an example, though the role had the action", async () => {
    const after = rewritten("Dba", DBA, (statements) =>
      statements.map((statement) => {
        const written = statement as Written;
        return JSON.stringify(written.Resource).includes("/aws/rds/")
          ? { ...written, Resource: "arn:aws:logs:eu-west-1:444444444444:log-group:/aws/*" }
          : written;
      }),
    );
    const [change, ...others] = await changes(UNCHANGED, after);
    assert.deepEqual(others, []);
    assert.equal(change?.role, "prod/Dba");
    assert.deepEqual(change.loses, []);
    const [first] = change.gains;
    assert.match(
      first?.example ?? "",
      /^logs:\w+ on arn:aws:logs:eu-west-1:444444444444:log-group:\/aws\/(?!rds\/)/,
    );
    assert.deepEqual(first?.by, ['"ReadDatabaseLogs" of infra-DbaR-prod-permissions']);
    assert.ok(change.gains.flatMap(({ actions }) => actions).includes("logs:GetLogEvents"));
  });

  it("are gained by a condition that is gone", async () => {
    const after = rewritten("Dba", DBA, (statements) =>
      statements.map((statement) => ({ ...(statement as Written), Condition: undefined })),
    );
    const [change] = await changes(UNCHANGED, after);
    assert.ok(change?.gains.flatMap(({ actions }) => actions).includes("rds:DescribeDBInstances"));
    assert.deepEqual(change?.loses, []);
  });

  it("are lost by a Deny", async () => {
    const after = rewritten("Dba", DBA, (statements) => [
      ...statements,
      { Sid: "No", Effect: "Deny", Action: "rds:Reboot*", Resource: "*" },
    ]);
    const [change] = await changes(UNCHANGED, after);
    assert.deepEqual(change?.gains, []);
    assert.deepEqual(change.loses.flatMap(({ actions }) => actions).sort(), [
      "rds:RebootDBCluster",
      "rds:RebootDBInstance",
    ]);
  });

  it("are not known where a statement is not understood, which is said", async () => {
    const after = rewritten("Dba", DBA, (statements) => [
      ...statements,
      {
        Sid: "Odd",
        Effect: "Allow",
        Action: "ec2:CreateTags",
        Resource: "*",
        Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": "Project" } },
      },
    ]);
    const [change] = await changes(UNCHANGED, after);
    assert.match(change?.unknown ?? "", /Odd.*ForAnyValue:StringEquals is not modelled/);
    assert.deepEqual([change?.gains, change?.loses], [[], []]);
  });
});
