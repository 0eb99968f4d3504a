import assert from "node:assert/strict";

import { ActionCatalogue } from "../../src/access/actions/catalogue";
import { compareStates, type AccessDifference } from "../../src/access/diff/access-difference";
import { Evaluator } from "../../src/access/evaluator";
import { GATES, type GateName } from "../../src/access/diff/gates";
import { differenceMarkdown } from "../../src/access/diff/difference-markdown";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { modelState, type ProgramState } from "../../src/access/diff/state";
import { buildModel } from "../../src/model/model";
import { NOW, sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";
import { withSession, withTrust } from "./written-roles";
import { sampleWorkloads } from "../support/workloads";
import { modelOf } from "./support";

const stateWith = (
  change: (roster: WrittenRoster) => void,
  workloads: unknown = sampleWorkloads(),
): ProgramState => {
  const roster = sampleRoster();
  change(roster);
  return modelState(modelOf(sampleOrganization(), roster, workloads));
};
const UNCHANGED = stateWith(() => undefined);

const NOTHING: AccessDifference = {
  renames: [],
  documents: [],
  joined: [],
  left: [],
  people: [],
  access: [],
  power: [],
  trust: [],
  sessions: [],
  roles: [],
};

/** PowerG's, which leave the holders of BreakGlass out. */
const EVERY_RIGHT =
  "iam:AttachUserPolicy, iam:PutUserPolicy, iam:DeleteUserPermissionsBoundary, iam:AttachGroupPolicy, iam:PutGroupPolicy, " +
  "iam:AddUserToGroup; iam:CreateAccessKey, iam:CreateLoginProfile, iam:UpdateLoginProfile, iam:AttachRolePolicy, " +
  "iam:PutRolePolicy, iam:UpdateAssumeRolePolicy, iam:DeleteRolePermissionsBoundary, iam:CreatePolicyVersion, " +
  "iam:SetDefaultPolicyVersion if aws:ResourceTag/BreakGlassHolder is not true; iam:TagUser if " +
  "aws:ResourceTag/BreakGlassHolder is not true or (each of aws:TagKeys is not, in any capitals, BreakGlassHolder and " +
  "aws:TagKeys is there)";

/** What PowerG has of permissions management. */
const MANAGED_BY_POWER =
  "iam:AttachGroupPolicy, iam:AttachRolePolicy, iam:AttachUserPolicy, iam:CreatePolicy, iam:CreatePolicyVersion, " +
  "iam:DeleteAccountPasswordPolicy, iam:DeleteGroupPolicy, iam:DeletePolicy, iam:DeletePolicyVersion, " +
  "iam:DeleteRolePermissionsBoundary, iam:DeleteRolePolicy, iam:DeleteUserPermissionsBoundary, iam:DeleteUserPolicy, " +
  "iam:DetachGroupPolicy, iam:DetachRolePolicy, iam:DetachUserPolicy, iam:PutGroupPolicy, iam:PutRolePermissionsBoundary, " +
  "iam:PutRolePolicy, iam:PutUserPermissionsBoundary, iam:PutUserPolicy, iam:SetDefaultPolicyVersion, iam:UpdateAssumeRolePolicy";

const john = (
  change: Partial<{ before: string; after: string; role: string; account: "prod" | "staging" }>,
) => ({
  person: "john.developer",
  account: "prod",
  environment: change.account ?? "prod",
  role: "Read",
  ...change,
});

describe("differences", function () {
  this.timeout(60_000);
  let catalogue: ActionCatalogue;
  const evaluator = new Evaluator();

  before(async () => {
    catalogue = await ActionCatalogue.load();
  });

  const between = (before: ProgramState, after: ProgramState): Promise<AccessDifference> =>
    compareStates(before, after, catalogue, evaluator);

  /** What is not empty; documents and groups aside, which have tests of their own. */
  const difference = async (
    after: ProgramState,
    before: ProgramState = UNCHANGED,
  ): Promise<Partial<AccessDifference>> => {
    const found = await between(before, after);
    const roles = found.roles.filter(({ kind }) => kind !== "group");
    const differing = Object.entries({ ...found, roles, documents: [] }).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(NOTHING, key)),
    );
    return Object.fromEntries(differing);
  };

  const cases: readonly {
    readonly what: string;
    readonly change: (roster: WrittenRoster) => void;
    readonly expected: unknown;
  }[] = [
    { what: "nothing", change: () => undefined, expected: {} },
    {
      what: "another role",
      change: ({ people }) => void (people["john.developer"]!.access["staging"] = ["Developer", "Read"]),
      expected: {
        access: [
          john({
            account: "staging",
            after:
              "always, if aws:MultiFactorAuthPresent is true and aws:MultiFactorAuthAge is less than 43200 and " +
              "sts:RoleSessionName is ${aws:username}",
          }),
        ],
      },
    },
    {
      what: "a role less",
      change: ({ people }) => {
        delete people["john.developer"]!.access["staging"];
      },
      expected: { access: [john({ account: "staging", role: "Developer", before: "always" })] },
    },
    {
      what: "a temporary grant that ends later",
      change: ({ temporary }) => void (temporary![0]!.from = "2026-11-20T11:00:00Z"),
      expected: {
        access: [
          john({
            role: "DbRead",
            before: "2026-11-20 10:00 to 2026-11-20 14:00",
            after: "2026-11-20 11:00 to 2026-11-20 14:00",
          }),
        ],
      },
    },
    {
      what: "another category and address",
      change: ({ people }) =>
        void (people["maria.cto"] = { ...people["maria.cto"]!, email: "cto@example.com" }),
      expected: {
        people: [
          {
            person: "maria.cto",
            isContractor: false,
            what: "email",
            before: "maria@example.com",
            after: "cto@example.com",
          },
        ],
      },
    },
    {
      what: "who somebody is on GitHub, and who manages them, which decide about approvals",
      change: ({ people }) =>
        void (people["maria.cto"] = {
          ...people["maria.cto"]!,
          github: "other",
          manager: "boss@example.com",
        }),
      expected: {
        people: [
          {
            person: "maria.cto",
            isContractor: false,
            what: "name on GitHub",
            before: "none",
            after: "other",
          },
          {
            person: "maria.cto",
            isContractor: false,
            what: "manager",
            before: "none",
            after: "boss@example.com",
          },
        ],
      },
    },
    {
      what: "what a contract rests on",
      change: ({ people }) =>
        void (people["kim.contractor"] = {
          ...people["kim.contractor"]!,
          agreements: { nda: "2026-10-21", baa: "2026-10-20" },
          approvedBy: ["sarah.devops", "alex.dba"],
        }),
      expected: {
        people: [
          {
            person: "kim.contractor",
            isContractor: true,
            what: "NDA signed",
            before: "2026-10-20T00:00:00Z",
            after: "2026-10-21T00:00:00Z",
          },
          {
            person: "kim.contractor",
            isContractor: true,
            what: "contract approved by",
            before: "sarah.devops, chris.security",
            after: "sarah.devops, alex.dba",
          },
        ],
      },
    },
    {
      what: "power for somebody else",
      change: (roster) => {
        roster.people["omar.devops"] = { email: "omar@example.com", category: "devops", access: {} };
        roster.power = ["omar.devops", "chris.security"];
      },
      expected: {
        joined: [{ name: "omar.devops", email: "omar@example.com", category: "devops", terms: {} }],
        power: [
          { who: "omar.devops", kind: "user", after: EVERY_RIGHT },
          { who: "sarah.devops", kind: "user", before: EVERY_RIGHT },
        ],
      },
    },
    {
      what: "a partner less",
      change: ({ partners }) => {
        delete partners!["acme"];
      },
      expected: {
        trust: [
          {
            role: "prod/DataShare-acme",
            kind: "partner",
            admits: [],
            admitsNoMore: ["account 999988887777 if sts:ExternalId is acme-data-sharing-7f3a"],
          },
        ],
        roles: [
          {
            role: "prod/DataShare-acme",
            kind: "partner",
            status: "gone",
            gains: {},
            loses: {},
            elsewhere: {},
          },
        ],
      },
    },
  ];
  for (const { what, change, expected } of cases) {
    it(what, async () => assert.deepEqual(await difference(stateWith(change)), expected));
  }

  it("tells actions that a service gains, loses and has on other resources", async () => {
    const service = (access: object) => ({
      "mw-worker": { runsOn: "ecs", environments: { prod: access } },
    });
    const before = stateWith(() => undefined, service({ receiveQueues: ["one"], secrets: ["a"] }));
    const after = stateWith(() => undefined, service({ receiveQueues: ["two"], readTables: ["visits"] }));
    assert.deepEqual(await difference(after, before), {
      roles: [
        {
          role: "prod/task-mw-worker",
          kind: "service",
          status: "changed",
          gains: {
            Read: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
          },
          loses: { Read: ["secretsmanager:GetSecretValue"] },
          elsewhere: {
            Read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
            Write: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage"],
          },
        },
      ],
    });
  });

  it("names every document that reads otherwise, whatever it means", async () => {
    const spaced = iamPolicy("extra", '{"Version":"2012-10-17","Statement":[]}');
    const [first, ...rest] = UNCHANGED.documents;
    assert.ok(first?.name === "trust");
    const after: ProgramState = {
      ...UNCHANGED,
      documents: [
        { ...first, text: `${first.text} ` },
        ...rest.slice(1),
        { holder: first.holder, name: spaced.name, text: spaced.text },
      ],
    };
    const { documents } = await between(UNCHANGED, after);
    assert.deepEqual(documents, [
      {
        holder: first.holder,
        documents: ["trust", ...(rest[0] ? [`${rest[0].name} (gone)`] : []), "extra (new)"],
      },
    ]);
  });

  it("says what whoever is in a group gains", async () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    const after: ProgramState = {
      ...UNCHANGED,
      accounts: UNCHANGED.accounts.map((account) => ({
        ...account,
        groups: account.groups.map((group) =>
          group.name === "infra-ManageOwnUserG"
            ? { ...group, policies: [...group.policies, iamPolicy("more", text)] }
            : group,
        ),
      })),
    };
    const { roles } = await between(UNCHANGED, after);
    assert.deepEqual(roles, [
      {
        role: "users/infra-ManageOwnUserG",
        kind: "group",
        status: "changed",
        gains: { Read: ["s3:GetObject"] },
        loses: {},
        elsewhere: {},
      },
    ]);
  });

  describe("a person who is called otherwise now", () => {
    const renamed = (name: string, renamedFrom?: string): ProgramState =>
      stateWith((roster) => {
        const { "sarah.devops": sarah, ...others } = roster.people;
        assert.ok(sarah);
        roster.power = [name, "chris.security"];
        const { breakGlass = {}, temporary = [] } = roster;
        const renames = <T>(written: T): T =>
          JSON.parse(JSON.stringify(written).replaceAll('"sarah.devops"', JSON.stringify(name))) as T;
        roster.people = {
          ...renames(others),
          [name]: { ...sarah, ...(renamedFrom !== undefined && { renamedFrom }) },
        };
        roster.breakGlass = renames(breakGlass);
        roster.temporary = renames(temporary);
      });

    it("is renamed, and nothing else, so that no gate stops them", async () => {
      const found = await between(UNCHANGED, renamed("sarah.smith", "sarah.devops"));
      assert.deepEqual(found.renames, [{ kind: "person", before: "sarah.devops", after: "sarah.smith" }]);
      assert.deepEqual(
        [found.joined, found.left, found.people, found.access, found.power, found.roles],
        [[], [], [], [], [], []],
      );
      for (const { findings } of Object.values(GATES)) assert.deepEqual(findings(found), []);
      assert.notDeepEqual(found.documents, []);
    });

    it("is somebody new without renamedFrom", async () => {
      const found = await between(UNCHANGED, renamed("sarah.smith"));
      assert.deepEqual(
        [found.renames, found.joined, found.left].map((list) => list.length),
        [0, 1, 1],
      );
      assert.notDeepEqual(GATES["prod-access"].findings(found), []);
    });
  });

  describe("the terms on which a role admits people", () => {
    const MFA = "aws:MultiFactorAuthPresent is true";
    const HOUR = "aws:MultiFactorAuthAge is less than 3600";
    const NAME = "sts:RoleSessionName is ${aws:username}";
    const BEFORE = `always, if ${MFA} and ${HOUR} and ${NAME}`;
    const AGE = { NumericLessThan: { "aws:MultiFactorAuthAge": "43200" } };

    const cases: readonly (readonly [
      what: string,
      change: Readonly<Record<string, unknown>>,
      after: string,
    ])[] = [
      ["neither MFA nor its age", { Bool: undefined, NumericLessThan: undefined }, `always, if ${NAME}`],
      ["no age of MFA", { NumericLessThan: undefined }, `always, if ${MFA} and ${NAME}`],
      [
        "MFA of twelve hours",
        AGE,
        `always, if ${MFA} and aws:MultiFactorAuthAge is less than 43200 and ${NAME}`,
      ],
      ["sessions of any name", { StringEquals: undefined }, `always, if ${MFA} and ${HOUR}`],
      [
        "nothing at all",
        { Bool: undefined, NumericLessThan: undefined, StringEquals: undefined },
        "always, without any condition",
      ],
    ];
    for (const [what, change, after] of cases) {
      it(`are compared: ${what}, which the gates see`, async () => {
        const changed = { ...UNCHANGED, accounts: withTrust(UNCHANGED.accounts, "prod/BreakGlass", change) };
        const found = await between(UNCHANGED, changed);
        const rows = ["maria.cto", "sarah.devops"].map((person) => ({
          person,
          account: "prod",
          environment: "prod",
          role: "BreakGlass",
          before: BEFORE,
          after,
        }));
        assert.deepEqual(found.access, rows);
        for (const gate of ["prod-admin", "prod-access"] as const) {
          assert.deepEqual(
            GATES[gate].findings(found),
            rows.map(
              ({ person }) => `${person} gets into prod/BreakGlass: ${after}, and not as before: ${BEFORE}`,
            ),
          );
        }
      });
    }

    it("stand beside the dates where both differ", async () => {
      const dates = { DateLessThan: { "aws:CurrentTime": "2026-11-20T15:00:00Z" } };
      const accounts = withTrust(UNCHANGED.accounts, "prod/DbRead", { ...dates, Bool: undefined });
      const { access } = await between(UNCHANGED, { ...UNCHANGED, accounts });
      const johns = access.find(({ person }) => person === "john.developer");
      assert.deepEqual(
        [johns?.before, johns?.after],
        [
          `2026-11-20 10:00 to 2026-11-20 14:00, if ${MFA} and aws:MultiFactorAuthAge is less than 43200 and ${NAME}`,
          `2026-11-20 10:00 to 2026-11-20 15:00, if aws:MultiFactorAuthAge is less than 43200 and ${NAME}`,
        ],
      );
    });

    it("are said of a newcomer of whom the role asks something else than of those before", async () => {
      const later = stateWith(
        ({ people }) => void (people["chris.security"]!.access["prod"] = ["Security", "Read"]),
      );
      const [asked, unasked] = await Promise.all(
        [later, { ...later, accounts: withTrust(later.accounts, "prod/Read", { Bool: undefined }) }].map(
          async (after) => {
            const { access } = await between(UNCHANGED, after);
            return access.find(({ person, role }) => person === "chris.security" && role === "Read")?.after;
          },
        ),
      );
      assert.equal(asked, "always");
      assert.equal(unasked, `always, if aws:MultiFactorAuthAge is less than 43200 and ${NAME}`);
    });

    it("are said of a newcomer in prod where a role of that name asks as little in another environment", async () => {
      const open = (state: ProgramState): ProgramState => ({
        ...state,
        accounts: withTrust(state.accounts, "staging/Read", { Bool: undefined }),
      });
      const before = open(
        stateWith(({ people }) => void (people["john.developer"]!.access["staging"] = "Read")),
      );
      const joined = open(
        stateWith(({ people }) => {
          people["john.developer"]!.access["staging"] = "Read";
          people["chris.security"]!.access["prod"] = ["Security", "Read"];
        }),
      );
      const after = { ...joined, accounts: withTrust(joined.accounts, "prod/Read", { Bool: undefined }) };
      const { access } = await between(before, after);
      const added = access.find(({ person, role }) => person === "chris.security" && role === "Read");
      assert.equal(added?.after, `always, if aws:MultiFactorAuthAge is less than 43200 and ${NAME}`);
    });
  });

  describe("how long sessions may last", () => {
    const after = (title: string, seconds: number): ProgramState => ({
      ...UNCHANGED,
      accounts: withSession(UNCHANGED.accounts, title, seconds),
    });

    it("is compared, and the gates see longer ones", async () => {
      const found = await between(UNCHANGED, after("prod/BreakGlass", 43_200));
      assert.deepEqual(found, {
        ...NOTHING,
        sessions: [
          {
            role: "prod/BreakGlass",
            kind: "people",
            environment: "prod",
            label: "BreakGlass",
            before: 3_600,
            after: 43_200,
          },
        ],
      });
      const finding = "prod/BreakGlass has sessions of 12 hours, not of 1 hour";
      for (const gate of ["prod-admin", "prod-access", "role-growth"] as const)
        assert.deepEqual(GATES[gate].findings(found), [finding]);
      assert.match(
        differenceMarkdown("main", found, []),
        /### How long sessions may last\n\n\| role \| kind \| before \| after \|\n.*\n\| prod\/BreakGlass \| people \| 1 hour \| 12 hours \|/,
      );
    });

    it("stops nobody where they become shorter", async () => {
      const found = await between(UNCHANGED, after("prod/Ops", 5_400));
      assert.deepEqual(
        found.sessions.map((change) => [change.before, change.after]),
        [[14_400, 5_400]],
      );
      for (const { findings } of Object.values(GATES)) assert.deepEqual(findings(found), []);
      assert.match(differenceMarkdown("main", found, []), /4 hours \| 90 minutes/);
    });

    it("is told where one side does not say it", () => {
      const change = { role: "prod/Ops", kind: "people", environment: "prod", label: "Ops" } as const;
      const findings = (sessions: object): readonly string[] =>
        GATES["role-growth"].findings({ ...NOTHING, sessions: [{ ...change, ...sessions }] });
      assert.deepEqual(findings({ before: 3_600 }), [
        "prod/Ops has sessions of unknown length, not of 1 hour",
      ]);
      assert.deepEqual(findings({ after: 3_600 }), [
        "prod/Ops has sessions of 1 hour, not of unknown length",
      ]);
    });

    it("of a partner's role too", async () => {
      const found = await between(UNCHANGED, after("prod/DataShare-acme", 43_200));
      const finding = ["prod/DataShare-acme has sessions of 12 hours, not of 1 hour"];
      assert.deepEqual(GATES["role-growth"].findings(found), finding);
      assert.deepEqual(GATES["prod-access"].findings(found), finding);
      assert.deepEqual(GATES["prod-admin"].findings(found), []);
    });
  });

  describe("where people's users are in dev, and an account of dev beside it holds the data", () => {
    const DATA = { id: "555555555555", kind: "workload", environment: "dev" } as const;
    const { dev, staging, prod } = sampleOrganization().accounts;
    const organization = {
      ...sampleOrganization(),
      accounts: { dev: { ...dev, identity: true }, data: DATA, staging, prod },
    };
    const inDev = (change: (roster: WrittenRoster) => void): ProgramState => {
      const roster = sampleRoster();
      roster.people["omar.devops"] = {
        email: "omar@example.com",
        category: "devops",
        access: { dev: "Read" },
      };
      change(roster);
      return modelState(buildModel(organization, roster, NOW));
    };
    const before = inDev(() => undefined);
    const RULES = "which may change what others may do where people's users are";

    for (const role of ["Admin", "Ops"]) {
      it(`the gates of prod see who comes into ${role} there, which rules everybody's users`, async () => {
        const found = await between(
          before,
          inDev(({ people }) => void (people["omar.devops"]!.access = { dev: role })),
        );
        for (const gate of ["prod-admin", "prod-access"] as const) {
          const findings = GATES[gate].findings(found);
          assert.equal(findings.length, 1);
          assert.ok(findings[0]?.startsWith(`omar.devops gets into dev/${role}, ${RULES}: always`));
        }
      });
    }

    it("the gates of prod see longer sessions there", async () => {
      const after = { ...before, accounts: withSession(before.accounts, "dev/Admin", 43_200) };
      const found = await between(before, after);
      const finding = ["dev/Admin has sessions of 12 hours, not of 1 hour"];
      for (const gate of ["prod-admin", "prod-access", "role-growth"] as const)
        assert.deepEqual(GATES[gate].findings(found), finding);
    });

    for (const role of ["Admin", "Ops"]) {
      it(`the gates of prod see nothing of who comes into ${role} of the account beside it`, async () => {
        const found = await between(
          before,
          inDev(({ people }) => void (people["omar.devops"]!.access = { dev: "Read", data: role })),
        );
        assert.deepEqual(
          found.access.map((one) => `${one.account}/${one.role}`),
          [`data/${role}`],
        );
        for (const gate of ["prod-admin", "prod-access"] as const)
          assert.deepEqual(GATES[gate].findings(found), []);
      });
    }

    it("the gates of prod see nothing of roles there without such power", async () => {
      const found = await between(
        before,
        inDev(({ people }) => void (people["omar.devops"]!.access = { dev: ["Read", "Monitor"] })),
      );
      assert.deepEqual(
        found.access.map(({ role }) => role),
        ["Monitor"],
      );
      for (const gate of ["prod-admin", "prod-access"] as const)
        assert.deepEqual(GATES[gate].findings(found), []);
    });
  });

  it("who comes into Admin of dev, where people's users are elsewhere, is none of the gates of prod", async () => {
    const found = await between(
      UNCHANGED,
      stateWith(({ people }) => {
        people["omar.devops"] = { email: "omar@example.com", category: "devops", access: { dev: "Admin" } };
      }),
    );
    assert.deepEqual(
      found.access.map(({ account, role }) => `${account}/${role}`),
      ["dev/Admin"],
    );
    for (const gate of ["prod-admin", "prod-access"] as const)
      assert.deepEqual(GATES[gate].findings(found), []);
  });

  describe("gates", () => {
    const everything = (roster: WrittenRoster): void => {
      roster.people["omar.devops"] = {
        email: "omar@example.com",
        category: "devops",
        access: { prod: "Ops" },
      };
      roster.people["lee.contractor"] = { ...roster.people["kim.contractor"]!, email: "lee@partner.example" };
      roster.power = ["omar.devops", "chris.security"];
      roster.breakGlass = { prod: { primary: "sarah.devops", backup: "omar.devops" } };
      roster.partners!["globex"] = {
        ...roster.partners!["acme"]!,
        account: "888877776666",
        externalId: "globex-12345678",
      };
    };
    const gates: Readonly<Record<GateName, readonly string[]>> = {
      "prod-admin": ["omar.devops gets into prod/BreakGlass: always"],
      "prod-access": [
        "omar.devops gets into prod/BreakGlass: always",
        "omar.devops gets into prod/Ops: always",
      ],
      power: [`omar.devops may change what others may do: ${EVERY_RIGHT}`],
      "new-partner": [
        "prod/DataShare-globex admits account 888877776666 if sts:ExternalId is globex-12345678",
      ],
      "new-trust": ["prod/DataShare-globex admits account 888877776666 if sts:ExternalId is globex-12345678"],
      "new-contractor": ["lee.contractor joins as a contractor"],
      // The policy of PowerG names the holders of BreakGlass, who are one more.
      "permissions-management": [
        `users/infra-PowerG has on other resources or conditions ${MANAGED_BY_POWER}`,
      ],
      "role-growth": ["users/infra-PowerG has 190 actions on other resources or conditions"],
    };
    for (const [gate, expected] of Object.entries(gates)) {
      it(gate, async () => {
        const [, { findings }] = Object.entries(GATES).find(([name]) => name === gate)!;
        assert.deepEqual(findings(await between(UNCHANGED, stateWith(everything))), expected);
        assert.deepEqual(findings(await between(UNCHANGED, UNCHANGED)), []);
      });
    }

    it("see what grows where something was before", () => {
      const role = { role: "dev/Read", kind: "people", status: "changed", gains: {}, loses: {} } as const;
      const grown: AccessDifference = {
        ...NOTHING,
        access: [john({ before: "until 2026-12-01", after: "until 2027-12-01" })],
        power: [{ who: "john.developer", kind: "user", before: "iam:TagUser", after: EVERY_RIGHT }],
        roles: [{ ...role, elsewhere: { "Permissions management": ["iam:PutRolePolicy"] } }],
      };
      assert.deepEqual(GATES["prod-access"].findings(grown), [
        "john.developer gets into prod/Read: until 2027-12-01, and not as before: until 2026-12-01",
      ]);
      assert.deepEqual(GATES.power.findings(grown), [
        `john.developer may change what others may do: ${EVERY_RIGHT}`,
      ]);
      assert.deepEqual(GATES["permissions-management"].findings(grown), [
        "dev/Read has on other resources or conditions iam:PutRolePolicy",
      ]);
      assert.deepEqual(GATES["role-growth"].findings(grown), [
        "dev/Read has 1 action on other resources or conditions",
      ]);
    });

    const contract = (from: string, until: string, project = "phoenix"): ProgramState =>
      stateWith(({ people }) => {
        people["kim.contractor"] = { ...people["kim.contractor"]!, from, until, project };
      });
    const CONTRACTS: readonly (readonly [what: string, after: ProgramState, findings: readonly string[]])[] =
      [
        ["ends as it did", contract("2026-11-01", "2027-01-31"), []],
        ["ends earlier", contract("2026-11-01", "2027-01-30"), []],
        [
          "ends later",
          contract("2026-11-01", "2027-02-01"),
          ["kim.contractor, a contractor, stays until 2027-02-02T00:00:00Z, not until 2027-02-01T00:00:00Z"],
        ],
        [
          "is for another project",
          contract("2026-11-01", "2027-01-31", "griffin"),
          ["kim.contractor, a contractor: project griffin, not phoenix"],
        ],
        [
          "is an employee's now",
          stateWith(({ people }) => {
            people["kim.contractor"] = { email: "kim@partner.example", category: "qa", access: {} };
          }),
          ["kim.contractor, a contractor, stays for good, not until 2027-02-01T00:00:00Z"],
        ],
      ];
    for (const [what, after, findings] of CONTRACTS) {
      it(`new-contractor: a contract that ${what}`, async () => {
        const before = contract("2026-11-01", "2027-01-31");
        assert.deepEqual(GATES["new-contractor"].findings(await between(before, after)), findings);
      });
    }

    it("see that a Deny of one person's sessions goes", async () => {
      const denying = (...values: readonly string[]): ProgramState => ({
        ...UNCHANGED,
        accounts: UNCHANGED.accounts.map((account) => ({
          ...account,
          roles: account.roles.map((role) => {
            if (account.key !== "prod" || role.label !== "Read") return role;
            const Condition = { StringLike: { "aws:userid": values } };
            const statement = { Effect: "Deny", Action: "*", Resource: "*", Condition };
            const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
            return { ...role, policies: [...role.policies, iamPolicy("ended", text)] };
          }),
        })),
      });
      const both = denying("*:john.developer", "*:kim.contractor");
      const one = denying("*:kim.contractor");
      assert.deepEqual(GATES["role-growth"].findings(await between(both, one)), [
        "prod/Read denies sessions of *:john.developer no more, or in another way",
      ]);
      assert.deepEqual(GATES["role-growth"].findings(await between(one, both)), []);
    });

    it("permissions-management finds a role that gains such actions", () => {
      const role = { kind: "people", status: "changed", loses: {}, elsewhere: {} } as const;
      const gained: AccessDifference = {
        ...NOTHING,
        roles: [
          {
            ...role,
            role: "dev/Developer",
            gains: { "Permissions management": ["iam:PutRolePolicy"], Write: ["s3:PutObject"] },
          },
          { ...role, role: "dev/Read", gains: { Read: ["s3:GetObject"] } },
        ],
      };
      assert.deepEqual(GATES["permissions-management"].findings(gained), [
        "dev/Developer gains iam:PutRolePolicy",
      ]);
    });
  });
});

describe("differences in Markdown", () => {
  it("says that there is none", () => {
    assert.equal(
      differenceMarkdown("main", NOTHING, []),
      "## Access, against main\n\nNo difference was found: people are as they were, and so are every document of roles, groups and users and how long roles' sessions may last.\n",
    );
  });

  it("shows what is proven of all requests, with an example of each kind", () => {
    const example = {
      actions: ["logs:GetLogEvents", "logs:FilterLogEvents"],
      example: "logs:GetLogEvents on arn:aws:logs:eu-west-1:444444444444:log-group:x",
      by: ['"Logs" of infra-DbaR-prod-permissions'],
    };
    const later = { actions: [], example: "logs:getx on x", by: [] };
    const text = differenceMarkdown(
      "main",
      NOTHING,
      [],
      [],
      [
        {
          role: "prod/Dba",
          kind: "people",
          gains: [example, ...Array.from({ length: 5 }, () => later)],
          loses: [later],
        },
        { role: "prod/Ops", kind: "people", gains: [], loses: [] },
        { role: "prod/Read", kind: "people", gains: [], loses: [], unknown: "Statement x is not modelled." },
      ],
    );
    assert.equal(
      text,
      [
        "## Access, against main",
        "",
        "### Requests that roles and groups gain and lose",
        "",
        "For the holders of roles and groups on both sides whose documents differ:",
        "",
        "- prod/Dba",
        '  - gains `logs:GetLogEvents on arn:aws:logs:eu-west-1:444444444444:log-group:x`, and 1 action like it, by `"Logs" of infra-DbaR-prod-permissions`',
        "  - gains `logs:getx on x`, if AWS adds it",
        "  - gains `logs:getx on x`, if AWS adds it",
        "  - gains `logs:getx on x`, if AWS adds it",
        "  - gains `logs:getx on x`, if AWS adds it",
        "  - gains 1 more kind of request, with other actions",
        "  - loses `logs:getx on x`, if AWS adds it",
        "- prod/Read: not known, `Statement x is not modelled.`",
        "- the same for every request, written otherwise: prod/Ops",
        "",
      ].join("\n"),
    );
  });

  it("shows what nobody in an account could do before, and who was left aside", () => {
    const requests = [
      { actions: ["glue:DeleteTable"], example: "glue:DeleteTable on x", by: ['"Added" of added'] },
    ];
    const text = differenceMarkdown(
      "main",
      NOTHING,
      [],
      [],
      [],
      [
        { role: "prod/Dba", kind: "people", requests, besides: ["prod/Admin"], notAsked: [] },
        { role: "prod/made", kind: "other", requests, besides: [], notAsked: ["prod/odd"] },
        { role: "prod/odd", kind: "other", requests: [], besides: [], notAsked: [], unknown: "It is odd." },
      ],
    );
    assert.equal(
      text,
      [
        "## Access, against main",
        "",
        "### What no role or group of the account could do before",
        "",
        "- prod/Dba (left aside, as they could do everything: prod/Admin)",
        '  - may `glue:DeleteTable on x`, by `"Added" of added`',
        "- prod/made (not understood, so that they may have had it: prod/odd)",
        '  - may `glue:DeleteTable on x`, by `"Added" of added`',
        "- prod/odd: not known, `It is odd.`",
        "",
      ].join("\n"),
    );
  });

  it("shows everything that there is", () => {
    const everything: AccessDifference = {
      joined: [{ name: "omar.devops", email: "omar@example.com", category: "devops", terms: {} }],
      left: [{ name: "john.developer", email: "john@example.com", category: "developer", terms: {} }],
      renames: [{ kind: "person", before: "mary.cto", after: "maria.cto" }],
      people: [
        {
          person: "maria.cto",
          isContractor: false,
          what: "email",
          before: "a|b@example.com",
          after: "b@example.com",
        },
      ],
      access: [john({ after: "until 2026-12-01" }), john({ role: "DbRead", before: "always" })],
      power: [
        { who: "omar.devops", kind: "user", after: EVERY_RIGHT },
        { who: "sarah.devops", kind: "user", before: EVERY_RIGHT },
      ],
      trust: [{ role: "prod/DataShare-acme", kind: "partner", admits: ["one"], admitsNoMore: ["other"] }],
      sessions: [],
      roles: [
        {
          role: "dev/Developer",
          kind: "people",
          status: "changed",
          gains: { Write: ["s3:PutObject"], "Permissions management": ["iam:PutRolePolicy"] },
          loses: { List: Array.from({ length: 43 }, (_, index) => `ec2:List${String(index)}`) },
          elsewhere: { Tagging: ["ec2:CreateTags"] },
        },
        {
          role: "dev/Old",
          kind: "people",
          status: "gone",
          gains: {},
          loses: { Read: ["s3:GetObject"] },
          elsewhere: {},
        },
      ],
      documents: [
        { holder: "dev/Developer", documents: ["trust", "infra-DeveloperR-dev-permissions (new)"] },
      ],
    };
    const text = differenceMarkdown("main", everything, [{ gate: "power", findings: ["omar.devops may"] }]);
    assert.equal(
      text,
      `## Access, against main

### Stopped by the gates

- \`power\`
  - omar.devops may

### Renamed

- the person \`mary.cto\` is called \`maria.cto\` now

### People

- joins: \`omar.devops\` (devops)
- leaves: \`john.developer\` (developer)

| person | what | before | after |
| --- | --- | --- | --- |
| \`maria.cto\` | email | \`a\\|b@example.com\` | \`b@example.com\` |

### Who gets in

| who | role | before | after |
| --- | --- | --- | --- |
| \`john.developer\` | prod/Read | — | until 2026-12-01 |
| \`john.developer\` | prod/DbRead | always | — |

### Who may change what others may do (root-equivalent)

| who |  | before | after |
| --- | --- | --- | --- |
| \`omar.devops\` | user | — | ${EVERY_RIGHT} |
| \`sarah.devops\` | user | ${EVERY_RIGHT} | — |

### Principals that roles of services, pipelines and partners trust

| role | kind |  | who |
| --- | --- | --- | --- |
| prod/DataShare-acme | partner | admits | \`one\` |
| prod/DataShare-acme | partner | admits no more | \`other\` |

### What roles and groups may do

<details><summary>dev/Developer (people): +2, −43, 1 on other resources or conditions</summary>

- gains permissions management (1): \`iam:PutRolePolicy\`
- gains write (1): \`s3:PutObject\`
- loses list (43): ${Array.from({ length: 40 }, (_, index) => `\`ec2:List${String(index)}\``).join(", ")} and 3 others
- other resources or conditions: tagging (1): \`ec2:CreateTags\`

</details>

<details><summary>dev/Old (people): gone, −1</summary>

The role goes, and with it everything that it may do.

</details>

### Documents that read otherwise

<details><summary>2 documents of 1 role, group or user</summary>

- dev/Developer: \`trust\`, \`infra-DeveloperR-dev-permissions (new)\`

</details>
`,
    );
  });

  it("lets no text of a pull request speak as its own", () => {
    const evil = "x`](https://example.com) @everyone <img src=x> \u001b[2J | all is well";
    const text = differenceMarkdown(
      evil,
      {
        ...NOTHING,
        access: [john({ role: evil, after: evil })],
        trust: [{ role: evil, kind: "other", admits: [evil], admitsNoMore: [] }],
        roles: [{ role: evil, kind: "other", status: "new", gains: {}, loses: {}, elsewhere: {} }],
      },
      [{ gate: "power", findings: [evil] }],
      [evil],
    );
    const outsideOfCode = text.replace(/`[^`]*`/g, "");
    assert.doesNotMatch(outsideOfCode.replace(/<summary>.*/g, ""), /@|https?:|<img|all is well/);
    assert.doesNotMatch(text, /<summary>.*<img/);
    assert.ok(!text.includes("\u001b"));
  });

  it("is cut at what a comment takes, with everything closed", () => {
    const actions = Array.from({ length: 40 }, (_, index) => `service:${"Action".repeat(5)}${String(index)}`);
    const roles = Array.from({ length: 40 }, (_, index) => ({
      role: `dev/Role${String(index)}`,
      kind: "people" as const,
      status: "changed" as const,
      gains: { Write: actions },
      loses: {},
      elsewhere: {},
    }));
    const text = differenceMarkdown("main", { ...NOTHING, roles }, []);
    assert.ok(text.length <= 16_000, String(text.length));
    assert.match(text, /… and more: run `npm run access -- diff` in a clone\.\n$/);
    assert.equal(text.split("<details>").length, text.split("</details>").length);
  });
});
