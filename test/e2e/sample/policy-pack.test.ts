import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";

import type { PolicyName } from "../../../policypack/index";
import { changing } from "../support/aws-calls";
import { assertRefused, assertSucceeded, type Outcome } from "../support/outcome";
import { withProgram, type ProgramChange } from "../support/program-change";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const CHECKOUT = path.join(__dirname, "..", "..", "..");
const PACK = ["--policy-pack", "policypack"];
const NO_EXEMPTIONS = "export const EXEMPTIONS = [];\n";

const LONGER_BREAK_GLASS: ProgramChange = {
  file: "src/model/roles.ts",
  text: 'BreakGlass: { admits: "break-glass", sessionSeconds: HOUR,',
  instead: 'BreakGlass: { admits: "break-glass", sessionSeconds: 12 * HOUR,',
};

/** A change of one described resource, between its description and its creation. */
const described = (type: string, name: string, change: string): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "    const { type, name, properties } = described;\n",
  instead: `    const { type, name } = described;
    const properties = type === "${type}" && name === "${name}" ? { ...described.properties, ${change} } : described.properties;\n`,
});

/** A resource too many, of any type: Pulumi knows it by its type alone. */
const stray = (type: string, inputs = "{}"): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "  creation.finish();\n",
  instead: `  creation.finish();\n  new (class extends CustomResource {})("${type}", "extra", ${inputs}, { provider });\n`,
});

/** What a program may do to every resource of a type, or to one. */
const managed = (condition: string, options: string): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "      this.optionsOf(described),\n",
  instead: `      { ...this.optionsOf(described), ...(${condition} && ${options}) },\n`,
});

/** A trust that lets everybody in. */
const EVERYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What nothing but a comparison of the whole finds. */
const REFUSED_AS_A_WHOLE: readonly {
  readonly what: string;
  readonly change: ProgramChange;
  readonly policies: readonly PolicyName[];
  readonly says: string;
}[] = [
  {
    what: "an alarm that waits for sixteen hours",
    change: described(ALARM, "infra-RootUsed", "evaluationPeriods: 1_000"),
    policies: ["aws-resource-inputs"],
    says: "evaluationPeriods is 1000; it has to be 1",
  },
  {
    what: "an alarm that somebody can drown",
    change: described(ALARM, "infra-RootUsed", 'statistic: "Sum"'),
    policies: ["aws-resource-inputs", "aws-iam-account-alarms"],
    says: "No alarm rings at the first event of infra-RootUsed",
  },
  {
    what: "a filter on a log group that nothing is written to",
    change: described(
      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
      "infra-RootUsed",
      'logGroupName: "empty"',
    ),
    policies: ["aws-resource-inputs"],
    says: 'logGroupName is "empty"',
  },
  {
    what: "a trail whose files nobody can check",
    change: described("aws:cloudtrail/trail:Trail", "infra-trail", "enableLogFileValidation: false"),
    policies: ["aws-resource-inputs"],
    says: "enableLogFileValidation is false; it has to be true",
  },
  {
    what: "a bucket that may become public",
    change: described(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "infra-trail-444444444444",
      "restrictPublicBuckets: false",
    ),
    policies: ["aws-resource-inputs"],
    says: "restrictPublicBuckets is false; it has to be true",
  },
  {
    what: "sessions of twelve hours, written as a text",
    change: described("aws:iam/role:Role", "infra-ReadR-prod", 'maxSessionDuration: "43200"'),
    policies: ["aws-resource-inputs", "aws-iam-role-session-length"],
    says: 'maxSessionDuration is "43200"',
  },
  {
    what: "a trust of the older version of the language",
    change: described(
      "aws:iam/role:Role",
      "infra-ReadR-prod",
      'assumeRolePolicy: Reflect.get(described.properties, "assumeRolePolicy").replace("2012-10-17", "2008-10-17")',
    ),
    policies: ["aws-resource-inputs"],
    says: "assumeRolePolicy differs in Version",
  },
  {
    what: "an alias on a key that is not the alarms' own",
    change: described(
      "aws:kms/alias:Alias",
      "infra-alarms",
      'targetKeyId: "11111111-2222-3333-4444-555555555555"',
    ),
    policies: ["aws-resource-references"],
    says: "targetKeyId of infra-alarms refers to nothing",
  },
  {
    what: "a trust that stays what it was",
    change: managed('name === "infra-ReadR-prod"', '{ ignoreChanges: ["assumeRolePolicy"] }'),
    policies: ["aws-resource-options"],
    says: "ignoreChanges",
  },
  {
    what: "a grant that stays for good",
    change: managed('type === "aws:iam/role:Role"', "{ protect: true }"),
    policies: ["aws-resource-options"],
    says: "has the option protect",
  },
  {
    what: "a provider that stays for good, and takes over another",
    change: {
      file: "src/stacks/create-account.ts",
      text: "{ aliases: [{ name: context.account.key }] }",
      instead: '{ protect: true, aliases: [{ name: context.account.key }, { name: "other" }] }',
    },
    policies: ["aws-resource-options"],
    says: "account has the option protect",
  },
  {
    what: "a second topic, which src/resources does not describe",
    change: stray("aws:sns/topic:Topic", '{ name: "extra" }'),
    policies: ["aws-resource-catalogue"],
    says: "extra (aws:sns/topic:Topic) is not in the catalogue of prod",
  },
  {
    what: "a provider that tags everything as it likes",
    change: {
      file: "src/stacks/create-account.ts",
      text: "providerSettings(context)",
      instead: '{ ...providerSettings(context), defaultTags: { tags: { "infra:prod": "+Admin+" } } }',
    },
    policies: ["aws-provider-account"],
    says: "has the setting defaultTags, which src/resources does not describe",
  },
  {
    what: "an inline policy below one of our roles",
    change: {
      file: "src/stacks/create-resources.ts",
      text: "    this.resources.set(keyOf(described), resource);\n",
      instead: `    this.resources.set(keyOf(described), resource);
    if (name === "infra-ReadR-prod" && type === "aws:iam/role:Role") {
      new (class extends CustomResource {})("aws:iam/rolePolicy:RolePolicy", "extra", { role: name, policy: "{}" }, { parent: resource });
    }\n`,
    },
    policies: ["aws-resource-catalogue", "aws-iam-role-inline-policy"],
    says: "extra (aws:iam/rolePolicy:RolePolicy) is not in the catalogue of prod",
  },
  {
    what: "a trust that is marked as secret",
    change: described(
      "aws:iam/role:Role",
      "infra-ReadR-prod",
      'assumeRolePolicy: require("@pulumi/pulumi").secret(Reflect.get(described.properties, "assumeRolePolicy").replaceAll("people/sarah.devops", "people/mallory"))',
    ),
    policies: ["aws-resource-inputs", "aws-iam-role-trust-roster"],
    says: "assumeRolePolicy",
  },
  {
    what: "a trust that the engine changes after the program",
    change: {
      file: "src/stacks/create-resources.ts",
      text: "  const creation = new Creation(provider);\n",
      instead: `  const creation = new Creation(provider);
  require("@pulumi/pulumi").runtime.registerResourceTransform(({ type, props, opts }) =>
    type === "aws:iam/role:Role" ? { props: { ...props, assumeRolePolicy: '${EVERYBODY}' }, opts } : undefined,
  );\n`,
    },
    policies: ["aws-resource-inputs", "aws-iam-role-trust-wildcard"],
    says: "assumeRolePolicy",
  },
  {
    what: "a component that nothing describes",
    change: {
      file: "src/stacks/create-resources.ts",
      text: "  creation.finish();\n",
      instead: '  creation.finish();\n  new ComponentResource("acme:index:Hidden", "extra");\n',
    },
    policies: ["aws-resource-catalogue"],
    says: "extra (acme:index:Hidden) is not in the catalogue of prod",
  },
];

/** What the issue names, and two changes that only a look at the whole stack finds. */
const REFUSED: readonly {
  readonly what: string;
  readonly stack: string;
  readonly change: ProgramChange;
  readonly policies: readonly PolicyName[];
}[] = [
  {
    what: "a principal that was added by hand",
    stack: "prod",
    change: {
      file: "src/resources/role.ts",
      text: "assumeRolePolicy: trust.text,",
      instead: 'assumeRolePolicy: trust.text.replaceAll("people/sarah.devops", "people/mallory"),',
    },
    policies: ["aws-iam-role-trust-roster", "aws-iam-role-trust-holders"],
  },
  {
    what: "AdministratorAccess for Read",
    stack: "prod",
    change: {
      file: "src/documents/permissions/read.ts",
      text: "[...readPolicies(GRANTED_READS), limits]",
      instead: '[{ kind: "aws-managed", name: "AdministratorAccess" }]',
    },
    policies: ["aws-iam-role-attachments", "aws-iam-role-administrator-access", "aws-iam-account-complete"],
  },
  {
    what: "a user too many",
    stack: "users",
    change: {
      file: "src/resources/people.ts",
      text: "...users.map(",
      instead: 'describe("aws:iam/user:User", "mallory", { name: "mallory" }),\n    ...users.map(',
    },
    policies: ["aws-iam-user-roster"],
  },
  {
    what: "a trust without MFA",
    stack: "prod",
    change: {
      file: "src/documents/trust.ts",
      text: 'Bool: { "aws:MultiFactorAuthPresent": "true" },',
      instead: "",
    },
    policies: ["aws-iam-role-trust-mfa", "aws-iam-role-trust-roster", "aws-iam-role-break-glass"],
  },
  {
    what: "a longer BreakGlass",
    stack: "prod",
    change: LONGER_BREAK_GLASS,
    policies: ["aws-iam-role-session-length", "aws-iam-role-break-glass"],
  },
  {
    what: "BreakGlass without its alarm",
    stack: "prod",
    change: {
      file: "src/resources/account-resources.ts",
      text: "trail.logGroupName, alarms)",
      instead: 'trail.logGroupName, alarms.filter(({ name }) => !name.endsWith("BreakGlassUsed")))',
    },
    policies: ["aws-iam-role-break-glass-alarm"],
  },
  {
    what: "a root user that nobody watches",
    stack: "users",
    change: {
      file: "src/resources/account-resources.ts",
      text: "trail.logGroupName, alarms)",
      instead: 'trail.logGroupName, alarms.filter(({ name }) => !name.endsWith("RootUsed")))',
    },
    policies: ["aws-iam-account-alarms"],
  },
  {
    what: "a program that ends before it has registered anything, which would delete all there is",
    stack: "prod",
    change: {
      file: "src/index.ts",
      text: "async function deploy(stack: string): Promise<AccountOutputs> {\n",
      instead:
        "Reflect.get(process, 'reallyExit').call(process, 0);\nasync function deploy(stack: string): Promise<AccountOutputs> {\n",
    },
    policies: ["aws-resource-complete", "aws-iam-account-complete", "aws-iam-account-alarms"],
  },
  {
    what: "a group that lost its members",
    stack: "users",
    change: {
      file: "src/stacks/create-resources.ts",
      text: "for (const resource of described) {",
      instead:
        'for (const resource of described.filter(({ type, name }) => type !== "aws:iam/groupMembership:GroupMembership" || name !== "infra-PowerG")) {',
    },
    policies: ["aws-iam-account-complete"],
  },
];

describe("The policy pack", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let state: ReadonlyMap<string, string>;

  before(async () => {
    const compiled = path.join(CHECKOUT, "policypack", "dist", "policypack", "main.js");
    assert.ok(existsSync(compiled), "The pack is not compiled: npm run build:policypack");
    workspace = await sampleWorkspace();
    await workspace.bring(["users", "prod"], rosterToday());
  });

  beforeEach(() => {
    state = workspace.state();
  });

  function assertUntouched(outcome: Outcome): void {
    assert.deepEqual(changing(outcome.calls), []);
    assert.deepEqual(workspace.state(), state);
  }

  describe("passes the program", () => {
    for (const stack of ["users", "prod"]) {
      it(`in ${stack}, in preview and update`, async () => {
        assertSucceeded(await workspace.up(stack, ...PACK));
      });
    }

    it("with a roster that was edited after the pack was compiled", async () => {
      const { people, ...roster } = rosterToday();
      const newcomer = { email: "nora@example.com", category: "devops" as const, access: { prod: "Read" } };
      workspace.write({ ...roster, people: { ...people, "nora.devops": newcomer } });
      try {
        const outcome = await workspace.preview("prod", ...PACK);
        assertSucceeded(outcome);
        assert.deepEqual(outcome.changes, [
          "update iam.Policy infra-ReadR-prod-holders (policy)",
          "update iam.Role infra-ReadR-prod (assumeRolePolicy)",
        ]);
      } finally {
        workspace.write(rosterToday());
      }
    });
  });

  describe("refuses in preview, and nothing changes", () => {
    for (const { what, stack, change, policies } of REFUSED) {
      it(what, async () => {
        await withProgram(workspace, change, async () => {
          const outcome = await workspace.up(stack, ...PACK);
          assertRefused(outcome, ...policies.map((name) => new RegExp(`\\[mandatory\\].* ${name} `)));
          assertUntouched(outcome);
        });
      });
    }

    for (const { what, change, policies, says } of REFUSED_AS_A_WHOLE) {
      it(what, async () => {
        await withProgram(workspace, change, async () => {
          const outcome = await workspace.preview("prod", ...PACK);
          assertRefused(outcome, ...policies.map((name) => new RegExp(`\\[mandatory\\].* ${name} `)), says);
          assertUntouched(outcome);
        });
      });
    }

    it("what the catalogue itself says by now, until the pack is compiled anew", async () => {
      const change = {
        file: "src/documents/permissions/dashboard.ts",
        text: '"budgets:ViewBudget",',
        instead: '"budgets:ViewBudget", "budgets:ModifyBudget",',
      };
      await withProgram(workspace, change, async () => {
        const outcome = await workspace.preview("prod", ...PACK);
        const hint = /Changed since this pack was compiled: .*src\/documents\/permissions\/dashboard\.ts/;
        assertRefused(outcome, /\[mandatory\].* aws-iam-policy-roster /, hint, "npm run build:policypack");
        assertUntouched(outcome);
      });
    });

    it("a resource of one's own that lets a stranger's account in", async () => {
      const own = {
        stack: "prod",
        type: "aws:sns/topicPolicy:TopicPolicy",
        name: "extra",
        owner: "chris.security",
        reason: "Notices of the web shop.",
        expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      };
      const stranger = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: "999999999999" }, Action: "sns:Publish", Resource: "*" },
        ],
      });
      const topic = `{ arn: "arn:aws:sns:eu-west-1:444444444444:extra", policy: ${JSON.stringify(stranger)} }`;
      workspace.writeFile(
        "policypack/exemptions.ts",
        `${NO_EXEMPTIONS}export const OWN_RESOURCES = [${JSON.stringify(own)}];\n`,
      );
      try {
        await withProgram(workspace, stray(own.type, topic), async () => {
          const outcome = await workspace.preview("prod", ...PACK);
          assertRefused(
            outcome,
            /\[mandatory\].* aws-resource-own-documents /,
            "extra: policy admits 999999999999, which is no principal of the organization's accounts or a partner's",
          );
          assert.doesNotMatch(outcome.output, /aws-resource-catalogue/);
          assertUntouched(outcome);
        });
      } finally {
        workspace.writeFile("policypack/exemptions.ts", NO_EXEMPTIONS);
      }
    });

    it("an exemption that nothing needs, as soon as it is written", async () => {
      const exemption = {
        policy: "aws-iam-role-session-length",
        stack: "prod",
        type: "aws:iam/role:Role",
        name: "infra-ReadR-prod",
        owner: "chris.security",
        reason: "A migration.",
        only: "infra-ReadR-prod allows sessions of 43200 seconds; 8 hours is the most.",
        expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      };
      workspace.writeFile(
        "policypack/exemptions.ts",
        `export const EXEMPTIONS = [${JSON.stringify(exemption)}];\n`,
      );
      try {
        const outcome = await workspace.up("prod", ...PACK);
        assertRefused(outcome, /\[mandatory\].* aws-iam-exemption-valid /, "is not needed");
        assertUntouched(outcome);
      } finally {
        workspace.writeFile("policypack/exemptions.ts", NO_EXEMPTIONS);
      }
    });
  });

  describe("can be configured", () => {
    async function previewConfigured(configuration: object): Promise<Outcome> {
      workspace.writeFile("policies.json", JSON.stringify(configuration));
      return workspace.preview("prod", ...PACK, "--policy-pack-config", "policies.json");
    }

    it("as a whole, to advise only", async () => {
      await withProgram(workspace, LONGER_BREAK_GLASS, async () => {
        const outcome = await previewConfigured({ all: "advisory" });
        assertSucceeded(outcome);
        assert.match(outcome.output, /\[advisory\].* aws-iam-role-session-length /);
      });
    });

    it("to mend what only narrows", async () => {
      await withProgram(workspace, LONGER_BREAK_GLASS, async () => {
        const outcome = await previewConfigured({
          "aws-iam-role-session-length": { enforcementLevel: "remediate" },
        });
        assertSucceeded(outcome);
        assert.match(outcome.output, /\[remediate\].* aws-iam-role-session-length /);
        assert.deepEqual(outcome.changes, []);
      });
    });

    it("within bounds", async () => {
      const outcome = await previewConfigured({
        "aws-iam-role-session-length": { emergencySeconds: 43_200 },
      });
      assertRefused(outcome, "emergencySeconds", "3600");
    });
  });
});
