import assert from "node:assert/strict";

import fc from "fast-check";

import type { Exemption } from "../../policypack/exemption";
import { POLICIES } from "../../policypack/index";
import { blueprintsOf } from "../../src/documents/blueprint";
import { checkQuotas } from "../../src/documents/quota-check";
import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import type { Registration } from "../support/resources";
import { NOW, rosterOfSize, sampleOrganization, validPairs } from "../support/rosters";
import { organizationWithTrail } from "../support/sample";
import { adding, rewritingStatement, setting, type Edit } from "./support/edits";
import { Pack, type Situation } from "./support/pack";
import { stackOf } from "./support/sample-stacks";
import { MEMBERSHIP, ROLE, ROLE_ATTACHMENT, SECURITY_GROUP, USER } from "./support/types";

const ACCOUNTS = ["users", "dev", "staging", "prod"];
const TRUST = "assumeRolePolicy";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const WORKLOADS = {
  worker: {
    runsOn: "ecs",
    project: "phoenix",
    environments: { prod: { secrets: ["worker/*"], databaseUsers: ["worker"], receiveQueues: ["events"] } },
  },
  visits: { runsOn: "lambda", environments: { staging: { readTables: ["visits"], publicTables: true } } },
};

const PIPELINES = [
  { kind: "github", repository: "example/accounts" },
  {
    kind: "oidc",
    issuer: "https://gitlab.com",
    audience: "sts.amazonaws.com",
    subjects: { preview: ["plan:{stack}"], deploy: ["apply:{stack}"] },
  },
  { kind: "users" },
];

/** The settings of a stack that asks for all that settings can ask for. */
const EVERY_SETTING = {
  "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
  "muster:guardDuty": '{"protectionPlans":["S3_DATA_EVENTS"],"findingFrequency":"SIX_HOURS"}',
  "muster:securityHub": '{"cisVersion":"3.0.0"}',
  "muster:accessAnalyzer": '{"unusedAccessDays":90}',
  "muster:awsConfig": '{"alsoRecords":["AWS::DynamoDB::Table"]}',
  "muster:securityContact":
    '{"name":"Security","title":"On call","email":"security@example.com","phone":"+49 30 1234567"}',
  "muster:databaseAccess": JSON.stringify({
    vpcId: "vpc-0123456789abcdef0",
    applicationSecurityGroup: "sg-0123456789abcdef0",
    bastion: { securityGroup: "sg-0fedcba9876543210", until: "2026-11-25T12:00:00Z" },
    secretNames: ["worker/rds/main"],
  }),
};

async function refusals(stack: string, situation: Situation, ...edits: readonly Edit[]) {
  const resources = edits.reduce((sofar, edit) => edit(sofar), await stackOf(stack, situation));
  return new Pack(situation).refusals(stack, resources);
}

describe("the pack", function () {
  this.timeout(120_000);

  describe("passes what the program makes, at preview", () => {
    for (const stack of ACCOUNTS) {
      it(`of the sample's ${stack}`, async () => {
        assert.deepEqual(await refusals(stack, {}), []);
      });
    }

    it("with a repository in the organization", async () => {
      const organization = { ...sampleOrganization(), repository: "example/accounts" };
      assert.deepEqual(await refusals("users", { organization }), []);
    });

    it("with services", async () => {
      assert.deepEqual(await refusals("prod", { workloads: WORKLOADS }), []);
      assert.deepEqual(await refusals("staging", { workloads: WORKLOADS }), []);
    });

    for (const stack of ACCOUNTS) {
      for (const pipeline of PIPELINES) {
        it(`with a pipeline by ${pipeline.kind} in ${stack}`, async () => {
          assert.deepEqual(
            await refusals(stack, { organization: { ...sampleOrganization(), pipeline } }),
            [],
          );
        });
      }
    }

    it("with reduced permissions of BreakGlass", async () => {
      const organization = {
        ...sampleOrganization(),
        breakGlass: { permissions: "emergency-operator" as const },
      };
      assert.deepEqual(await refusals("prod", { organization }), []);
    });

    it("with a trail of the account's own", async () => {
      const situation = { organization: organizationWithTrail("prod") };
      const resources = await stackOf("prod", situation);
      assert.deepEqual(new Pack(situation).refusals("prod", resources), []);
    });

    it("with access to databases", async () => {
      const situation = { workloads: WORKLOADS, config: EVERY_SETTING };
      const resources = await stackOf("prod", situation);
      assert.ok(resources.some(({ type }) => type === SECURITY_GROUP));
      assert.deepEqual(new Pack(situation).refusals("prod", resources), []);
    });

    for (const stack of ACCOUNTS) {
      it(`of 100 people's ${stack}`, async () => {
        assert.deepEqual(await refusals(stack, { roster: rosterOfSize(100) }), []);
      });
    }

    it("of any organization and roster that the rules admit", async () => {
      await fc.assert(
        fc.asyncProperty(validPairs, fc.nat(), async ({ organization, roster }, number) => {
          const quotas = checkQuotas(blueprintsOf(buildModel(organization, roster, NOW)));
          // What exceeds a quota the program refuses before the pack sees it.
          fc.pre(quotas.every(({ severity }) => severity === "warning"));
          const stacks = Object.keys(organization.accounts);
          const stack = stacks[number % stacks.length] ?? "";
          assert.deepEqual(await refusals(stack, { organization, roster }), []);
        }),
        { numRuns: 8, endOnFailure: true },
      );
    });
  });

  describe("decides at preview", () => {
    it("although some of what the program makes is unknown then", async () => {
      const resources = await stackOf("prod");
      assert.match(JSON.stringify(resources), /__pulumiUnknown/);
    });

    it("because an unknown value that it has to see is refused", async () => {
      const unknown = setting(ROLE, "infra-ReadR-prod", { [TRUST]: { __pulumiUnknown: true } });
      const found = await refusals("prod", {}, unknown);
      assert.ok(found.some(({ policy }) => policy === "aws-iam-role-trust-roster"));
      for (const { policy, wrong } of found) {
        assert.equal(
          wrong,
          policy === "aws-resource-inputs"
            ? "infra-ReadR-prod: The input assumeRolePolicy is not known before deployment; a document has to be plain text."
            : "string value at .assumeRolePolicy can't be known during preview, so it cannot be checked: the program has to write it as a plain value.",
        );
      }
    });
  });

  describe("refuses what the roster does not explain, naming the policies that it breaks", () => {
    const refuse = (what: string, stack: string, edit: Edit, policies: readonly string[]): void => {
      it(what, async () => {
        const found = await refusals(stack, {}, edit);
        assert.deepEqual([...new Set(found.map(({ policy }) => policy))].sort(), policies);
      });
    };

    refuse(
      "a principal that was added by hand",
      "prod",
      rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
        const people = ["mallory", "sarah.devops"].map(
          (name) => `arn:aws:iam::111111111111:user/people/${name}`,
        );
        Object.assign(statement.Condition ?? {}, { ArnEquals: { "aws:PrincipalArn": people } });
      }),
      ["aws-iam-role-trust-holders", "aws-iam-role-trust-roster", "aws-resource-inputs"],
    );
    refuse(
      "AdministratorAccess for Read",
      "prod",
      adding(ROLE_ATTACHMENT, "extra", { role: "infra-ReadR-prod", policyArn: ADMINISTRATOR }),
      ["aws-iam-role-administrator-access", "aws-iam-role-attachments", "aws-resource-catalogue"],
    );
    refuse(
      "a user too many",
      "users",
      adding(USER, "mallory", {
        name: "mallory",
        path: "/people/",
        tags: { ManagedBy: "muster", Environment: "identity" },
      }),
      ["aws-iam-user-roster", "aws-resource-catalogue"],
    );
    refuse(
      "a trust without MFA",
      "prod",
      rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
        delete statement.Condition?.["Bool"];
      }),
      ["aws-iam-role-trust-mfa", "aws-iam-role-trust-roster", "aws-resource-inputs"],
    );
    refuse(
      "a longer BreakGlass",
      "prod",
      setting(ROLE, "infra-BreakGlassR-prod", { maxSessionDuration: 43_200 }),
      ["aws-iam-role-break-glass", "aws-iam-role-session-length", "aws-resource-inputs"],
    );
    refuse(
      "a member too many",
      "users",
      setting(MEMBERSHIP, "infra-BreakGlassG-prod", {
        users: ["john.developer", "maria.cto", "sarah.devops"],
      }),
      ["aws-iam-group-membership", "aws-resource-inputs"],
    );
  });

  describe("holds all that the program tags to its tags", () => {
    for (const pipeline of PIPELINES) {
      it(`with a pipeline by ${pipeline.kind}`, async () => {
        const situation = {
          organization: { ...sampleOrganization(), pipeline },
          workloads: WORKLOADS,
          config: EVERY_SETTING,
        };
        for (const stack of ACCOUNTS) {
          const resources = await stackOf(stack, situation);
          const tagged = resources.filter(({ inputs }) => "tags" in inputs);
          const untagged = tagged.reduce(
            (sofar, { type, name }) => setting(type, name, { tags: undefined })(sofar),
            resources,
          );
          const refused = new Pack(situation)
            .refusals(stack, untagged)
            .filter(
              ({ policy, wrong }) => policy === "aws-iam-resource-tags" && wrong.includes(" ManagedBy "),
            );
          assert.deepEqual(
            refused.map(({ resource }) => resource).sort(),
            tagged.map(({ name }) => name).sort(),
          );
        }
      });
    }
  });

  describe("knows that the program looked at the clock at another time", () => {
    const GRANT_ENDS = Date.parse("2026-11-20T14:00:00Z");
    const seconds = (from: number): Date => new Date(GRANT_ENDS + from * 1_000);
    const prodAt = (moment: Date): Promise<readonly Registration[]> => stackOf("prod", { moment });

    it("just before a grant ended", async () => {
      assert.deepEqual(new Pack({ moment: seconds(30) }).refusals("prod", await prodAt(seconds(-20))), []);
    });

    it("when the grant had ended", async () => {
      assert.deepEqual(new Pack({ moment: seconds(30) }).refusals("prod", await prodAt(seconds(10))), []);
    });

    it("but not long before", async () => {
      const found = new Pack({ moment: seconds(90) }).refusals("prod", await prodAt(seconds(-20)));
      assert.ok(found.some(({ policy }) => policy === "aws-iam-role-trust-roster"));
    });

    it("during a run that lasts", async () => {
      let now = seconds(-30);
      const pack = new Pack({ clock: () => now });
      const before = await prodAt(seconds(-30));
      assert.deepEqual(pack.refusals("prod", before), []);
      now = seconds(600);
      assert.deepEqual(pack.refusals("prod", before), []);
      assert.deepEqual(pack.refusals("prod", await prodAt(seconds(600))), []);
    });
  });

  for (const stack of ACCOUNTS) {
    it(`refuses a program that registers nothing in ${stack}, with the stack or without, by one sentence of each policy`, async () => {
      const count = (await stackOf(stack)).filter(({ type }) => type.startsWith("aws:")).length;
      const nothing = `The program registers nothing: it ended before it came to that, or is empty. All ${String(count)} resources of ${stack} are missing.`;
      const root: Registration = { type: "pulumi:pulumi:Stack", name: `muster-${stack}`, inputs: {} };
      const COMPLETE = ["aws-resource-complete", "aws-iam-account-complete", "aws-iam-account-alarms"];
      for (const registered of [[], [root]]) {
        const found = new Pack().refusals(stack, registered);
        assert.deepEqual(
          found,
          COMPLETE.map((policy) => ({ policy, resource: undefined, wrong: nothing })),
        );
      }
    });

    it(`names all that is missing of ${stack} where something is there`, async () => {
      const all = (await stackOf(stack)).filter(({ type }) => type.startsWith("aws:"));
      const [first, ...others] = all;
      assert.ok(first !== undefined);
      const missing = new Pack()
        .refusals(stack, [first])
        .filter(({ policy }) => policy === "aws-resource-complete")
        .map(({ wrong }) => wrong);
      for (const { type, name } of others) {
        assert.ok(
          missing.some((wrong) => wrong.startsWith(`Missing ${type}: `) && wrong.includes(name)),
          `${type} ${name}`,
        );
      }
    });
  }

  it("refuses a stack that is no account", () => {
    const stray: Registration = { type: ROLE, name: "extra", inputs: { name: "extra" } };
    assert.throws(() => new Pack().refusals("qa", [stray]), {
      name: "UserError",
      message: 'There is no account "qa" in src/organization.ts. Its stacks are: users, dev, staging, prod.',
    });
  });

  describe("leaves a roster at fault to the program, which names it next", () => {
    const root: Registration = { type: "pulumi:pulumi:Stack", name: "muster-dev", inputs: {} };
    const stray: Registration = { type: ROLE, name: "extra", inputs: { name: "extra" } };
    const pack = new Pack(
      { roster: {} },
      POLICIES.filter(({ kind }) => kind === "resource"),
    );

    it("at the root of the stack, which is registered before the roster is read", () => {
      assert.deepEqual(pack.refusals("dev", [root]), []);
    });

    it("and lets nothing else pass", () => {
      assert.throws(() => pack.refusals("dev", [root, stray]), {
        name: "UserError",
        message: /problems? to solve first/,
      });
    });
  });

  describe("tells at the end of a preview, once, what it cannot compare with", () => {
    const stray: Registration = { type: ROLE, name: "extra", inputs: { name: "extra" } };
    const pack = (isPreview: boolean): Pack =>
      new Pack({ roster: {}, sentStack: () => ({ name: "dev", project: "muster", isPreview }) });

    it("and says nothing of resources before", () => {
      assert.deepEqual(pack(true).refusals("dev", [stray, { ...stray, name: "more" }]), [
        { policy: "aws-iam-exemption-valid", resource: undefined, wrong: "1 problem to solve first." },
      ]);
    });

    it("and where something would be made, lets nothing pass", () => {
      assert.throws(() => pack(false).refusals("dev", [stray]), /^UserError: 1 problem to solve first\./);
    });
  });

  describe("says what somebody wrote wrong without a stack trace", () => {
    const stray: Registration = { type: ROLE, name: "extra", inputs: { name: "extra" } };

    /** What a check throws, as the SDK prints it. */
    function stackOfError(check: () => unknown): string | undefined {
      try {
        check();
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
        return error.stack === error.message ? undefined : error.stack;
      }
      return assert.fail("It throws nothing.");
    }

    const badSettings = { config: { "muster:alarmSubscriptions": "[" } };
    const oldEngine = {
      sentStack: (): never => {
        throw new UserError("This Pulumi engine tells a policy pack nothing of the stack.");
      },
    };

    for (const [what, situation, stack] of [
      ["a stack that is no account", {}, "qa"],
      ["settings that do not parse", badSettings, "prod"],
      ["an engine that does not name the stack", oldEngine, "prod"],
    ] as const) {
      it(`to policies of one resource: ${what}`, () => {
        assert.equal(
          stackOfError(() => new Pack(situation).refusals(stack, [stray])),
          undefined,
        );
      });

      it(`to policies of the whole stack: ${what}`, () => {
        assert.equal(
          stackOfError(() => new Pack(situation).refusals(stack, [])),
          undefined,
        );
      });
    }

    it("where it would remedy", () => {
      assert.equal(
        stackOfError(() => new Pack().remedied("qa", stray)),
        undefined,
      );
    });
  });

  describe("lets be what is exempt", () => {
    const exemption: Exemption = {
      policy: "aws-iam-role-session-length",
      stack: "prod",
      type: ROLE,
      name: "infra-ReadR-prod",
      only: "infra-ReadR-prod allows sessions of 43200 seconds; 8 hours is the most.",
      owner: "chris.security",
      reason: "A migration runs for eleven hours.",
      expires: "2026-11-30",
    };
    const input: Exemption = {
      ...exemption,
      policy: "aws-resource-inputs",
      only: "infra-ReadR-prod: The input maxSessionDuration is 43200; it has to be 28800.",
    };
    const exemptions = [exemption, input];
    const longer = ["infra-ReadR-prod", "infra-DbaR-prod"].map((name) =>
      setting(ROLE, name, { maxSessionDuration: 43_200 }),
    );

    it("and nothing else", async () => {
      const found = await refusals("prod", { exemptions }, ...longer);
      assert.deepEqual(found, [
        {
          policy: "aws-resource-inputs",
          resource: "infra-DbaR-prod",
          wrong: "infra-DbaR-prod: The input maxSessionDuration is 43200; it has to be 14400.",
        },
        {
          policy: "aws-iam-role-session-length",
          resource: "infra-DbaR-prod",
          wrong: "infra-DbaR-prod allows sessions of 43200 seconds; 4 hours is the most.",
        },
      ]);
    });

    it("until it expires", async () => {
      const moment = new Date("2026-12-01T00:00:00Z");
      const found = await refusals("prod", { exemptions, moment }, ...longer);
      assert.deepEqual(
        found.map(({ policy, resource }) => [policy, resource]),
        [
          ["aws-resource-inputs", "infra-DbaR-prod"],
          ["aws-iam-role-session-length", "infra-DbaR-prod"],
          ["aws-resource-inputs", "infra-ReadR-prod"],
          ["aws-iam-role-session-length", "infra-ReadR-prod"],
          ["aws-iam-exemption-valid", undefined],
          ["aws-iam-exemption-valid", undefined],
        ],
      );
    });
  });

  describe("remedies what only narrows, where it is told to", () => {
    const role = async (inputs: Readonly<Record<string, unknown>>): Promise<Registration> => {
      const found = (await stackOf("prod")).find(
        ({ type, name }) => type === ROLE && name === "infra-OpsR-prod",
      );
      assert.ok(found !== undefined);
      return { ...found, inputs: { ...found.inputs, ...inputs } };
    };

    it("session lengths and tags, and nothing else", async () => {
      const broken = await role({ maxSessionDuration: 43_200, tags: { CostCenter: "7" } });
      assert.deepEqual(new Pack().remedied("prod", broken), {
        ...broken.inputs,
        maxSessionDuration: 14_400,
        tags: { CostCenter: "7", ManagedBy: "muster", Environment: "prod" },
      });
    });

    it("once, and the same again changes nothing", async () => {
      const pack = new Pack();
      const broken = await role({ maxSessionDuration: 43_200, tags: {} });
      const mended = { ...broken, inputs: pack.remedied("prod", broken) };
      assert.deepEqual(pack.remedied("prod", mended), mended.inputs);
      assert.deepEqual(
        pack.refusals("prod", [mended]).filter(({ policy }) => /session-length|tags/.test(policy)),
        [],
      );
    });

    it("never what is right already, however short", async () => {
      const right = await role({ maxSessionDuration: 3_600 });
      assert.deepEqual(new Pack().remedied("prod", right), right.inputs);
    });
  });
});
