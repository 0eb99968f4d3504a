import assert from "node:assert/strict";

import { ActionCatalogue } from "../../src/access/actions/catalogue";
import {
  compareStates,
  type AccessDifference,
  type RoleChange,
} from "../../src/access/diff/access-difference";
import { GATES } from "../../src/access/diff/gates";
import {
  requestChanges,
  withoutSaidOtherwise,
  type RequestChange,
} from "../../src/access/diff/request-changes";
import { modelState, type ProgramState } from "../../src/access/diff/state";
import { Evaluator } from "../../src/access/evaluator";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { theProver } from "../proofs/support";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";
import { modelOf } from "./support";

const EVALUATOR = new Evaluator();
const UNCHANGED = modelState(modelOf(sampleOrganization(), sampleRoster(), sampleWorkloads()));

/** What one policy says, of the statements that it has. */
type Rewrite = (statements: readonly unknown[]) => readonly unknown[];

/** The state where one policy of a role in prod is written otherwise. */
function rewritten(label: string, policyName: string, rewrite: Rewrite, state = UNCHANGED): ProgramState {
  return {
    ...state,
    accounts: state.accounts.map((account) => ({
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

const OWN_USER = "infra-ManageOwnUserG";

/** The same where the first policy of a group of the identity account is written otherwise. */
function rewrittenGroup(groupName: string, rewrite: Rewrite, state = UNCHANGED): ProgramState {
  return {
    ...state,
    accounts: state.accounts.map((account) => ({
      ...account,
      groups: account.groups.map((group) =>
        group.name !== groupName
          ? group
          : {
              ...group,
              policies: group.policies.map((policy, index) => {
                if (index > 0) return policy;
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

  const changes = (before: ProgramState, after: ProgramState): Promise<readonly RequestChange[]> =>
    requestChanges(before, after, theProver);

  const DBA = "infra-DbaR-prod-permissions";

  it("are none where nothing is written otherwise, or another person holds a role", async () => {
    assert.deepEqual(await changes(UNCHANGED, UNCHANGED), []);
    const roster = sampleRoster();
    const john = roster.people["john.developer"];
    assert.ok(john);
    const people = { ...roster.people, "john.developer": { ...john, access: {} } };
    const after = modelState(modelOf(sampleOrganization(), { ...roster, people }, sampleWorkloads()));
    assert.deepEqual(await changes(UNCHANGED, after), []);
  });

  /** Dba, which uses keys by one alias of theirs besides. */
  const usesKeysOf = (alias: string, state = UNCHANGED): ProgramState =>
    rewritten(
      "Dba",
      DBA,
      (statements) => [
        ...statements,
        {
          Sid: "UsesKeys",
          Effect: "Allow",
          Action: "kms:Encrypt",
          Resource: "*",
          Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } },
        },
      ],
      state,
    );

  it("are gained and lost where an Allow asks another value of any of several", async () => {
    const [change] = await changes(usesKeysOf("alias/one"), usesKeysOf("alias/other"));
    assert.ok(change);
    assert.deepEqual(
      [change.gains, change.loses].map((examples) => examples.flatMap(({ actions }) => actions)),
      [["kms:Encrypt"], ["kms:Encrypt"]],
    );
  });

  it("are those of another statement alone where an Allow on any of several values stays", async () => {
    const more = rewritten(
      "Dba",
      DBA,
      (statements) => [...statements, { Sid: "More", Effect: "Allow", Action: "kms:Verify", Resource: "*" }],
      usesKeysOf("alias/one"),
    );
    const [change] = await changes(usesKeysOf("alias/one"), more);
    assert.ok(change);
    assert.deepEqual(
      [change.gains, change.loses].map((examples) => examples.flatMap(({ actions }) => actions)),
      [["kms:Verify"], []],
    );
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
      statements.map((statement) => {
        const written = statement as Written;
        return written.Effect === "Allow" ? { ...written, Condition: undefined } : written;
      }),
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
        Condition: { "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "Project" } },
      },
    ]);
    const [change] = await changes(UNCHANGED, after);
    assert.match(change?.unknown ?? "", /Odd.*ForAnyValue:StringEqualsIfExists is not modelled/);
    assert.deepEqual([change?.gains, change?.loses], [[], []]);
  });

  describe("of groups", () => {
    const added =
      (statement: object): Rewrite =>
      (statements) => [...statements, statement];

    it("are none where statements are put in another order", async () => {
      const after = rewrittenGroup(OWN_USER, (statements) => [...statements].reverse());
      assert.deepEqual(await changes(UNCHANGED, after), [
        { role: `users/${OWN_USER}`, kind: "group", gains: [], loses: [] },
      ]);
    });

    it("are gained by every member", async () => {
      const after = rewrittenGroup(
        OWN_USER,
        added({ Sid: "More", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example/*" }),
      );
      const [change] = await changes(UNCHANGED, after);
      assert.deepEqual(
        change?.gains.map(({ actions }) => actions),
        [["s3:GetObject"]],
      );
    });

    for (const condition of [
      { StringEquals: { "aws:username": "sarah.devops" } },
      { StringLike: { "aws:UserName": "sar*" } },
      { StringEquals: { "aws:username": "somebody.later" } },
      { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/people/sarah.devops" } },
      { StringEquals: { "aws:userid": "AIDAEXAMPLE" } },
    ]) {
      it(`are not known where a statement asks who it is: ${JSON.stringify(condition)}`, async () => {
        const statement = {
          Sid: "One",
          Effect: "Allow",
          Action: ["s3:*", "sns:*"],
          Resource: "*",
          Condition: condition,
        };
        const after = rewrittenGroup(OWN_USER, added(statement));
        const found = await changes(UNCHANGED, after);
        assert.match(found[0]?.unknown ?? "", /"One" of .*: asks which user it is/);
        const difference = withoutSaidOtherwise(
          await compareStates(UNCHANGED, after, await ActionCatalogue.load(), EVALUATOR),
          found,
        );
        assert.notDeepEqual(GATES["role-growth"].findings(difference), []);
        assert.notDeepEqual(GATES["permissions-management"].findings(difference), []);
      });
    }

    for (const name of ["sarah.devops", "sar*", "*.devops"]) {
      it(`are those of a user whom resources name beside variables: ${name}`, async () => {
        const homes = added({
          Sid: "Homes",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-homes/${aws:username}",
        });
        const [homesOf, one] = [rewrittenGroup(OWN_USER, homes), `arn:aws:s3:::example-homes/${name}`];
        const denied = added({ Sid: "NotThis", Effect: "Deny", Action: "s3:*", Resource: one });
        const [change] = await changes(homesOf, rewrittenGroup(OWN_USER, denied, homesOf));
        assert.deepEqual(change?.gains, []);
        assert.match(change.loses[0]?.example ?? "", /example-homes\/[\w.]+, as [\w.]+\.devops$/);
      });
    }
  });
});

describe("a difference without what is written otherwise", () => {
  const NOTHING: AccessDifference = {
    renames: [],
    joined: [],
    left: [],
    people: [],
    access: [],
    power: [],
    trust: [],
    sessions: [],
    roles: [],
    documents: [],
  };
  const role: RoleChange = {
    role: "prod/Dba",
    kind: "people",
    status: "changed",
    gains: {},
    loses: {},
    elsewhere: { Write: ["rds:RebootDBInstance"] },
  };
  const same: RequestChange = { role: "prod/Dba", kind: "people", gains: [], loses: [] };
  const example = { actions: ["rds:RebootDBInstance"], example: "rds:RebootDBInstance on *", by: [] };

  const rolesLeft = (
    roles: readonly RoleChange[],
    changes: readonly RequestChange[],
  ): readonly RoleChange[] => withoutSaidOtherwise({ ...NOTHING, roles }, changes).roles;

  it("leaves out a role that gains and loses no request", () => {
    assert.deepEqual(rolesLeft([role], [same]), []);
  });

  for (const [what, changes] of [
    ["gains a request", [{ ...same, gains: [example] }]],
    ["loses a request", [{ ...same, loses: [example] }]],
    ["is not understood", [{ ...same, unknown: "not modelled" }]],
    ["was not asked for", [{ ...same, role: "dev/Dba" }]],
  ] as const) {
    it(`keeps a role that ${what}`, () => assert.deepEqual(rolesLeft([role], changes), [role]));
  }

  it("keeps a role that denies sessions of somebody no more", () => {
    const denying = { ...role, deniesNoMore: ["*:john.developer"] };
    assert.deepEqual(rolesLeft([denying], [same]), [denying]);
  });
});
