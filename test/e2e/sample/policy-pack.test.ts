import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";

import type { PolicyName } from "../../../policypack/index";
import { PROVIDER_VERSION } from "../../policypack/support/provider-version";
import { changing } from "../support/aws-calls";
import { assertRefused, assertSucceeded, refusalsIn, type Outcome } from "../support/outcome";
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

// The text that a change replaces stays in it, so that several can be made at once.

/** A change of one described resource, between its description and its creation. */
const described = (type: string, name: string, change: string): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "this.inputOf(properties)",
  instead: `Object.assign(this.inputOf(properties), type === "${type}" && name === "${name}" && { ${change} })`,
});

/** A resource too many, of any type: Pulumi knows it by its type alone. */
const stray = (type: string, inputs: string): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "  creation.finish();\n",
  instead: `  creation.finish();\n  new (class extends CustomResource {})("${type}", "extra", ${inputs}, { provider });\n`,
});

/** Options of one described resource. */
const managed = (type: string, name: string, options: string): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "this.optionsOf(described)",
  instead: `Object.assign(this.optionsOf(described), type === "${type}" && name === "${name}" && ${options})`,
});

/** A described resource that is made in another way than the others. */
const madeOtherwise = (type: string, name: string, instead: string): ProgramChange => ({
  file: "src/stacks/create-resources.ts",
  text: "  create(described: DescribedResource): CustomResource {\n",
  instead: `  create(described: DescribedResource): CustomResource {
    if (described.type === "${type}" && described.name === "${name}") {
      const { type, name, properties } = described;
      const made = new (class extends ${instead};
      this.resources.set(keyOf(described), made);
      return made;
    }\n`,
});

/** A trust that lets everybody in. */
const EVERYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";
const VERSIONS = "aws:s3/bucketVersioning:BucketVersioning";

/** A change, and each mandatory policy that refuses it, with the resource that it names: `aws-iam-user-roster: iam.User mallory`. */
interface Refusal {
  readonly what: string;
  readonly changes: readonly ProgramChange[];
  readonly refusedBy: readonly `${PolicyName}: ${string}`[];
  /** A part of what one of them says. */
  readonly says?: string | RegExp;
}

/** A program with changes that have nothing to do with each other. */
interface RefusedProgram {
  readonly name: string;
  readonly stack: string;
  readonly refusals: readonly Refusal[];
}

const refusalsOf = (
  resource: string,
  policies: readonly PolicyName[],
): readonly `${PolicyName}: ${string}`[] => policies.map((policy) => `${policy}: ${resource}` as const);

const PROD = "pulumi.Stack muster-prod";

/** What refuses a trust that admits somebody else. */
const MALLORY = [
  "aws-resource-inputs",
  "aws-iam-role-trust-roster",
  "aws-iam-role-trust-holders",
] as const satisfies readonly PolicyName[];

const PROGRAMS: readonly RefusedProgram[] = [
  {
    name: "resources that differ from their description",
    stack: "prod",
    refusals: [
      {
        what: "an alarm that waits for sixteen hours",
        changes: [described(ALARM, "infra-RolesChanged", "evaluationPeriods: 1_000")],
        refusedBy: [
          "aws-resource-inputs: cloudwatch.MetricAlarm infra-RolesChanged",
          `aws-iam-account-alarms: ${PROD}`,
        ],
        says: "evaluationPeriods is 1000; it has to be 1",
      },
      {
        what: "an alarm that somebody can drown",
        changes: [described(ALARM, "infra-RootUsed", 'statistic: "Sum"')],
        refusedBy: [
          "aws-resource-inputs: cloudwatch.MetricAlarm infra-RootUsed",
          `aws-iam-account-alarms: ${PROD}`,
        ],
        says: "No alarm rings at the first event of infra-RootUsed",
      },
      {
        what: "a filter on a log group that nothing is written to",
        changes: [
          described(
            "aws:cloudwatch/logMetricFilter:LogMetricFilter",
            "infra-SignInFailed",
            'logGroupName: "empty"',
          ),
        ],
        refusedBy: [
          "aws-resource-inputs: cloudwatch.LogMetricFilter infra-SignInFailed",
          `aws-iam-account-alarms: ${PROD}`,
        ],
        says: 'logGroupName is "empty"',
      },
      {
        what: "a trail whose files nobody can check",
        changes: [described("aws:cloudtrail/trail:Trail", "infra-trail", "enableLogFileValidation: false")],
        refusedBy: ["aws-resource-inputs: cloudtrail.Trail infra-trail"],
        says: "enableLogFileValidation is false; it has to be true",
      },
      {
        what: "a bucket that may become public",
        changes: [
          described(
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            "infra-trail-444444444444",
            "restrictPublicBuckets: false",
          ),
        ],
        refusedBy: ["aws-resource-inputs: s3.BucketPublicAccessBlock infra-trail-444444444444"],
        says: "restrictPublicBuckets is false; it has to be true",
      },
      {
        what: "sessions of twelve hours, written as a text",
        changes: [described(ROLE, "infra-MonitorR-prod", 'maxSessionDuration: "43200"')],
        refusedBy: [
          "aws-resource-inputs: iam.Role infra-MonitorR-prod",
          "aws-iam-role-session-length: iam.Role infra-MonitorR-prod",
        ],
        says: 'maxSessionDuration is "43200"',
      },
      {
        what: "a trust of the older version of the language",
        changes: [
          described(
            ROLE,
            "infra-DbReadR-prod",
            'assumeRolePolicy: Reflect.get(described.properties, "assumeRolePolicy").replace("2012-10-17", "2008-10-17")',
          ),
        ],
        refusedBy: refusalsOf("iam.Role infra-DbReadR-prod", [
          "aws-resource-inputs",
          "aws-iam-document-valid",
          "aws-iam-role-trust-roster",
          "aws-iam-role-trust-session-name",
        ]),
        says: "assumeRolePolicy differs in Version",
      },
      {
        what: "an alias on a key that is not the alarms' own",
        changes: [
          described(
            "aws:kms/alias:Alias",
            "infra-alarms",
            'targetKeyId: "11111111-2222-3333-4444-555555555555"',
          ),
        ],
        refusedBy: ["aws-resource-references: kms.Alias infra-alarms"],
        says: "targetKeyId of infra-alarms refers to nothing",
      },
      {
        what: "a trust that stays what it was",
        changes: [managed(ROLE, "infra-OpsR-prod", '{ ignoreChanges: ["assumeRolePolicy"] }')],
        refusedBy: ["aws-resource-options: iam.Role infra-OpsR-prod"],
        says: "ignoreChanges",
      },
      {
        what: "a grant that stays for good",
        changes: [managed(ROLE, "infra-DbaR-prod", "{ protect: true }")],
        refusedBy: ["aws-resource-options: iam.Role infra-DbaR-prod"],
        says: "has the option protect",
      },
      {
        what: "a provider that stays for good, and takes over another",
        changes: [
          {
            file: "src/stacks/create-account.ts",
            text: "{ aliases: [{ name: context.account.key }] }",
            instead: '{ protect: true, aliases: [{ name: context.account.key }, { name: "other" }] }',
          },
        ],
        refusedBy: ["aws-resource-options: providers.aws account"],
        says: "account has the option protect",
      },
      {
        what: "a provider that tags everything as it likes",
        changes: [
          {
            file: "src/stacks/create-account.ts",
            text: "providerSettings(context)",
            instead: '{ ...providerSettings(context), defaultTags: { tags: { "infra:prod": "+Admin+" } } }',
          },
        ],
        refusedBy: ["aws-provider-account: providers.aws account"],
        says: "has the setting defaultTags, which src/resources does not describe",
      },
      {
        what: "a second topic, which src/resources does not describe",
        changes: [stray("aws:sns/topic:Topic", '{ name: "extra" }')],
        refusedBy: ["aws-resource-catalogue: sns.Topic extra", "aws-iam-resource-tags: sns.Topic extra"],
        says: "extra (aws:sns/topic:Topic) is not in the catalogue of prod",
      },
      {
        what: "an inline policy below one of our roles",
        changes: [
          {
            file: "src/stacks/create-resources.ts",
            text: "    this.resources.set(keyOf(described), resource);\n",
            instead: `    this.resources.set(keyOf(described), resource);
    if (name === "infra-DashboardR-prod" && type === "aws:iam/role:Role") {
      new (class extends CustomResource {})("aws:iam/rolePolicy:RolePolicy", "extra", { role: name, policy: "{}" }, { parent: resource });
    }\n`,
          },
        ],
        refusedBy: refusalsOf("iam.RolePolicy extra", [
          "aws-resource-catalogue",
          "aws-iam-document-valid",
          "aws-iam-role-inline-policy",
        ]),
        says: "extra (aws:iam/rolePolicy:RolePolicy) is not in the catalogue of prod",
      },
      {
        what: "a trust that is marked as secret",
        changes: [
          described(
            ROLE,
            "infra-ReadR-prod",
            'assumeRolePolicy: require("@pulumi/pulumi").secret(Reflect.get(described.properties, "assumeRolePolicy").replaceAll("people/sarah.devops", "people/mallory"))',
          ),
        ],
        refusedBy: refusalsOf("iam.Role infra-ReadR-prod", MALLORY),
        says: "assumeRolePolicy",
      },
      {
        what: "a trust that the engine changes after the program",
        changes: [
          {
            file: "src/stacks/create-resources.ts",
            text: "  const creation = new Creation(provider);\n",
            instead: `  const creation = new Creation(provider);
  require("@pulumi/pulumi").runtime.registerResourceTransform(({ type, name, props, opts }) =>
    type === "aws:iam/role:Role" && name === "infra-SecurityR-prod" ? { props: { ...props, assumeRolePolicy: '${EVERYBODY}' }, opts } : undefined,
  );\n`,
          },
        ],
        refusedBy: refusalsOf("iam.Role infra-SecurityR-prod", [
          ...MALLORY,
          // What a transform returns has deleteBeforeReplace among its options.
          "aws-resource-options",
          "aws-iam-role-trust-mfa",
          "aws-iam-role-trust-session-name",
          "aws-iam-role-trust-wildcard",
        ]),
        says: "assumeRolePolicy",
      },
      {
        what: "a component that nothing describes",
        changes: [
          {
            file: "src/stacks/create-resources.ts",
            text: "  creation.finish();\n",
            instead: '  creation.finish();\n  new ComponentResource("acme:index:Hidden", "hidden");\n',
          },
        ],
        refusedBy: ["aws-resource-catalogue: index.Hidden hidden"],
        says: "hidden (acme:index:Hidden) is not in the catalogue of prod",
      },
      {
        what: "an alarm that is a component: its URN and inputs are right, and nothing of it is made",
        changes: [
          madeOtherwise(
            ALARM,
            "infra-OtherRegionUsed",
            'require("@pulumi/pulumi").Resource {})(type, name, false, this["inputOf"](properties), this["optionsOf"](described))',
          ),
        ],
        refusedBy: ["aws-resource-options: cloudwatch.MetricAlarm infra-OtherRegionUsed"],
        says: "infra-OtherRegionUsed is registered as a component: it goes through no provider",
      },
      {
        what: "a type in which its parents stand, so that its URN is a bucket policy's",
        changes: [
          madeOtherwise(
            BUCKET_POLICY,
            "infra-trail-444444444444",
            'CustomResource {})("muster:stacks:Trail$" + type, name, this["inputOf"](properties), { provider: this.provider })',
          ),
        ],
        refusedBy: ["aws-resource-catalogue: s3.BucketPolicy infra-trail-444444444444"],
        says: "infra-trail-444444444444 (muster:stacks:Trail$aws:s3/bucketPolicy:BucketPolicy) is not in the catalogue of prod",
      },
      {
        what: "a second provider that asks another address, through which one of our roles goes",
        changes: [
          {
            file: "src/stacks/create-resources.ts",
            text: "  constructor(private readonly provider: ProviderResource) {}\n",
            instead: `  constructor(private readonly provider: ProviderResource) {}
  readonly elsewhere = new (require("@pulumi/aws/provider").Provider)("elsewhere", { region: "eu-west-1", endpoints: [{ iam: "http://127.0.0.1:1" }], skipCredentialsValidation: true, skipRequestingAccountId: true });\n`,
          },
          managed(ROLE, "infra-AdminR-prod", "{ provider: this.elsewhere }"),
        ],
        refusedBy: [
          "aws-resource-catalogue: providers.aws elsewhere",
          "aws-provider-account: providers.aws elsewhere",
          "aws-resource-options: iam.Role infra-AdminR-prod",
        ],
        says: "goes through the provider pulumi:providers:aws::elsewhere",
      },
      {
        what: "an alarm that tells a topic of another account",
        changes: [
          described(
            ALARM,
            "infra-SignInWithoutMfa",
            'alarmActions: ["arn:aws:sns:eu-west-1:999999999999:theirs"]',
          ),
        ],
        refusedBy: [
          "aws-resource-inputs: cloudwatch.MetricAlarm infra-SignInWithoutMfa",
          `aws-iam-account-alarms: ${PROD}`,
          `aws-iam-alarm-heard: ${PROD}`,
        ],
        says: "arn:aws:sns:eu-west-1:999999999999:theirs",
      },
      {
        what: "another stack's outputs, which the engine reads and asks no policy about, by their provider",
        changes: [
          {
            file: "src/stacks/create-resources.ts",
            text: "  const creation = new Creation(provider);\n",
            instead:
              '  const creation = new Creation(provider);\n  new (require("@pulumi/pulumi").StackReference)("organization/muster/users");\n',
          },
        ],
        refusedBy: ["aws-resource-catalogue: providers.pulumi default"],
      },
      {
        what: "an alarm that the program only reads, under its name",
        changes: [
          madeOtherwise(
            ALARM,
            "infra-KeyChanged",
            'CustomResource {})(type, name, {}, { ...this["optionsOf"](described), id: "infra-KeyChanged" })',
          ),
        ],
        refusedBy: refusalsOf(PROD, ["aws-resource-complete", "aws-iam-account-alarms"]),
        says: `Missing ${ALARM}: infra-KeyChanged.`,
      },
      {
        what: "an output that keeps a secret in the state, and one that names somebody else's role",
        changes: [
          {
            file: "src/stacks/create-account.ts",
            text: "return accountOutputs(blueprint);",
            instead:
              'const { roles, ...others } = accountOutputs(blueprint);\n  return { ...others, roles: { ...roles, Ops: "arn:aws:iam::999999999999:role/ops" }, ciToken: "hunter2" } as AccountOutputs;',
          },
        ],
        refusedBy: [`aws-stack-outputs: ${PROD}`],
        says: "The output ciToken has to be left out.",
      },
      {
        what: "a policy that goes through no provider of ours",
        changes: [managed(POLICY, "infra-ReadR-prod-limits", "{ provider: undefined }")],
        refusedBy: refusalsOf(`providers.aws default_${PROVIDER_VERSION.replaceAll(".", "_")}`, [
          "aws-resource-catalogue",
          "aws-provider-account",
        ]),
      },
      {
        what: "a bucket's versions outside their component",
        changes: [managed(VERSIONS, "infra-trail-444444444444", "{ parent: undefined }")],
        refusedBy: ["aws-resource-catalogue: s3.BucketVersioning infra-trail-444444444444"],
      },
      {
        what: "an alarm under another name in the account",
        changes: [described(ALARM, "infra-TrailChanged", 'name: "elsewhere"')],
        refusedBy: ["aws-resource-inputs: cloudwatch.MetricAlarm infra-TrailChanged"],
      },
      {
        what: "a second tag of the same name in other letters",
        changes: [
          described(
            "aws:sns/topic:Topic",
            "infra-alarms",
            'tags: { ManagedBy: "muster", Environment: "prod", environment: "dev" }',
          ),
        ],
        refusedBy: ["aws-resource-inputs: sns.Topic infra-alarms"],
      },
      {
        what: "a policy that is a file",
        changes: [
          described(
            POLICY,
            "infra-DashboardR-prod-permissions",
            'policy: new (require("@pulumi/pulumi").asset.StringAsset)("{}")',
          ),
        ],
        refusedBy: refusalsOf("iam.Policy infra-DashboardR-prod-permissions", [
          "aws-resource-inputs",
          "aws-iam-policy-roster",
        ]),
        says: "a document has to be plain text",
      },
      {
        what: "a role that is given up after a second",
        changes: [managed(ROLE, "infra-DashboardR-prod", '{ customTimeouts: { create: "1s" } }')],
        refusedBy: ["aws-resource-options: iam.Role infra-DashboardR-prod"],
      },
    ],
  },
  {
    name: "what the program describes otherwise",
    stack: "prod",
    refusals: [
      {
        what: "a principal that was added by hand",
        changes: [
          {
            file: "src/resources/role-resources.ts",
            text: "assumeRolePolicy: trust.text,",
            instead:
              'assumeRolePolicy: name === "infra-OpsR-prod" ? trust.text.replaceAll("people/sarah.devops", "people/mallory") : trust.text,',
          },
        ],
        refusedBy: refusalsOf("iam.Role infra-OpsR-prod", MALLORY),
      },
      {
        what: "AdministratorAccess for Read",
        changes: [
          {
            file: "src/documents/permissions/read.ts",
            text: "[...readPolicies(GRANTED_READS), limits]",
            instead: '[{ kind: "aws-managed", name: "AdministratorAccess" }]',
          },
        ],
        refusedBy: [
          ...refusalsOf("iam.RolePolicyAttachment infra-ReadR-prod/AdministratorAccess", [
            "aws-resource-catalogue",
            "aws-iam-role-attachments",
            "aws-iam-role-administrator-access",
          ]),
          ...refusalsOf("iam.RolePolicyAttachmentsExclusive infra-ReadR-prod", [
            "aws-resource-inputs",
            "aws-iam-role-attachments",
            "aws-iam-role-administrator-access",
          ]),
          ...refusalsOf(PROD, ["aws-resource-complete", "aws-iam-account-complete"]),
        ],
      },
      {
        what: "a longer BreakGlass",
        changes: [LONGER_BREAK_GLASS],
        refusedBy: refusalsOf("iam.Role infra-BreakGlassR-prod", [
          "aws-resource-inputs",
          "aws-iam-role-session-length",
          "aws-iam-role-break-glass",
        ]),
      },
      {
        what: "BreakGlass without its alarm",
        changes: [
          {
            file: "src/resources/account-resources.ts",
            text: "trail.logGroupName, blueprint)",
            instead:
              'trail.logGroupName, { ...blueprint, alarms: blueprint.alarms.filter(({ name }) => !name.endsWith("BreakGlassUsed")) })',
          },
        ],
        refusedBy: [
          "aws-iam-role-break-glass-alarm: iam.Role infra-BreakGlassR-prod",
          `aws-resource-complete: ${PROD}`,
        ],
      },
    ],
  },
  {
    name: "documents that the catalogue itself has otherwise by now",
    stack: "prod",
    refusals: [
      {
        what: "a trust without MFA",
        changes: [
          {
            file: "src/documents/role-trust.ts",
            text: 'Bool: { "aws:MultiFactorAuthPresent": "true" },',
            instead: "",
          },
        ],
        refusedBy: [
          ...["BreakGlass", "Dashboard", "DbRead", "Ops", "Read", "Security"].flatMap((role) =>
            refusalsOf(`iam.Role infra-${role}R-prod`, [
              "aws-resource-inputs",
              "aws-iam-role-trust-mfa",
              "aws-iam-role-trust-roster",
            ]),
          ),
          "aws-iam-role-break-glass: iam.Role infra-BreakGlassR-prod",
        ],
      },
      {
        what: "one action more, until the pack is compiled anew",
        changes: [
          {
            file: "src/documents/permissions/dashboard.ts",
            text: '"budgets:ViewBudget",',
            instead: '"budgets:ViewBudget", "budgets:ModifyBudget",',
          },
        ],
        refusedBy: refusalsOf("iam.Policy infra-DashboardR-prod-permissions", [
          "aws-resource-inputs",
          "aws-iam-policy-roster",
        ]),
        says: /npm run build:policypack\. src\/documents\/permissions\/dashboard\.ts and \d+ other files? changed after this pack was compiled/,
      },
    ],
  },
  {
    name: "people and groups",
    stack: "users",
    refusals: [
      {
        what: "a user too many",
        changes: [
          {
            file: "src/resources/people-resources.ts",
            text: "...users.map(",
            instead:
              'describeResource("aws:iam/user:User", "mallory", { name: "mallory" }),\n    ...users.map(',
          },
        ],
        refusedBy: refusalsOf("iam.User mallory", [
          "aws-resource-catalogue",
          "aws-iam-resource-tags",
          "aws-iam-user-roster",
        ]),
      },
      {
        what: "a root user that nobody watches",
        changes: [
          {
            file: "src/resources/account-resources.ts",
            text: "trail.logGroupName, blueprint)",
            instead:
              'trail.logGroupName, { ...blueprint, alarms: blueprint.alarms.filter(({ name }) => !name.endsWith("RootUsed")) })',
          },
        ],
        refusedBy: refusalsOf("pulumi.Stack muster-users", [
          "aws-resource-complete",
          "aws-iam-account-alarms",
        ]),
        says: "infra-RootUsed",
      },
      {
        what: "a group that lost its members",
        changes: [
          {
            file: "src/stacks/create-resources.ts",
            text: "for (const resource of described) {",
            instead:
              'for (const resource of described.filter(({ type, name }) => type !== "aws:iam/groupMembership:GroupMembership" || name !== "infra-PowerG")) {',
          },
        ],
        refusedBy: refusalsOf("pulumi.Stack muster-users", [
          "aws-resource-complete",
          "aws-iam-account-complete",
        ]),
        says: "infra-PowerG",
      },
    ],
  },
  {
    name: "a program that ends before it has registered anything",
    stack: "prod",
    refusals: [
      {
        what: "which would delete all there is",
        changes: [
          {
            file: "src/index.ts",
            text: "async function deploy(stack: string): Promise<AccountOutputs> {\n",
            instead:
              "Reflect.get(process, 'reallyExit').call(process, 0);\nasync function deploy(stack: string): Promise<AccountOutputs> {\n",
          },
        ],
        refusedBy: refusalsOf(PROD, [
          "aws-resource-complete",
          "aws-iam-account-complete",
          "aws-iam-account-alarms",
        ]),
        says: /The program registers nothing: it ended before it came to that, or is empty\. All \d+ resources of prod are missing\.\n/,
      },
    ],
  },
];

/** A resource of one's own beside Muster's, called "extra", and the policy that refuses it. */
interface RefusedOwn {
  readonly type: string;
  readonly inputs: object;
  readonly refusedBy: `${PolicyName}: ${string}`;
  readonly says: string;
}

const allowing = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const OWN: readonly RefusedOwn[] = [
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    inputs: {
      arn: "arn:aws:sns:eu-west-1:444444444444:extra",
      policy: allowing({ Principal: { AWS: "999999999999" }, Action: "sns:Publish", Resource: "*" }),
    },
    refusedBy: "aws-resource-own-documents: sns.TopicPolicy extra",
    says: "extra: policy admits 999999999999, which is no principal of the organization's accounts or a partner's",
  },
  {
    type: POLICY,
    inputs: {
      name: "own",
      tags: { ManagedBy: "muster", Environment: "prod" },
      policy: allowing({
        Action: "logs:DeleteLogStream",
        Resource: "arn:aws:logs:eu-west-1:444444444444:log-group:infra-trail:*",
      }),
    },
    refusedBy: "aws-resource-own-targets: iam.Policy extra",
    says: "in policy.Resource, which is Muster's",
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    inputs: { rule: "infra-RootUsed", arn: "arn:aws:sqs:eu-west-1:444444444444:own" },
    refusedBy: "aws-resource-own-targets: cloudwatch.EventTarget extra",
    says: "names infra-RootUsed in rule, which is Muster's",
  },
  {
    type: BUCKET_POLICY,
    inputs: {
      bucket: "infra-trail-444444444444",
      policy: allowing({
        Principal: { AWS: "222222222222" },
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::own",
      }),
    },
    refusedBy: "aws-resource-own-targets: s3.BucketPolicy extra",
    says: "names infra-trail-444444444444 in bucket, which is Muster's",
  },
  {
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    inputs: {
      name: "own",
      logGroupName: "infra-trail",
      pattern: "",
      metricTransformation: { name: "own", namespace: "own", value: "1" },
    },
    refusedBy: "aws-resource-own-targets: cloudwatch.LogMetricFilter extra",
    says: "names infra-trail in logGroupName, which is Muster's",
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    inputs: {
      topic: "arn:aws:sns:eu-west-1:444444444444:infra-alarms",
      protocol: "sqs",
      endpoint: "arn:aws:sqs:eu-west-1:444444444444:own",
    },
    refusedBy: "aws-resource-own-targets: sns.TopicSubscription extra",
    says: "infra-alarms in topic, which is Muster's",
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

  function assertUntouched(outcome: Outcome, stateBefore = state): void {
    assert.deepEqual(changing(outcome.calls), []);
    assert.deepEqual(workspace.state(), stateBefore);
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

  describe("refuses before it updates, and nothing changes", () => {
    for (const { name, stack, refusals } of PROGRAMS) {
      describe(name, () => {
        let stateBefore: ReadonlyMap<string, string>;
        let outcome: Outcome;

        before(async () => {
          stateBefore = workspace.state();
          const changes = refusals.flatMap((refusal) => refusal.changes);
          outcome = await workspace.aside(() =>
            withProgram(workspace, changes, () => workspace.up(stack, ...PACK)),
          );
        });

        for (const { what, refusedBy, says = "" } of refusals) {
          it(what, () => {
            const refused = refusalsIn(outcome);
            for (const refusal of refusedBy) assert.ok(refused.has(refusal), refusal);
            const messages = refusedBy.flatMap((refusal) => refused.get(refusal) ?? []);
            assert.ok(
              messages.some((message) =>
                typeof says === "string" ? message.includes(says) : says.test(message),
              ),
              messages.join("\n"),
            );
          });
        }

        it("by no other policy, and without a change", () => {
          assertRefused(outcome);
          assert.deepEqual(
            [...refusalsIn(outcome).keys()].sort(),
            [...new Set(refusals.flatMap(({ refusedBy }) => refusedBy))].sort(),
          );
          assertUntouched(outcome, stateBefore);
        });
      });
    }

    it("resources of one's own that let a stranger's account in or act on Muster's, and an exemption that nothing needs", async () => {
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      const entry = { stack: "prod", owner: "chris.security", reason: "Notices.", expires: tomorrow };
      const exemption = {
        ...entry,
        policy: "aws-iam-role-session-length",
        type: "aws:iam/role:Role",
        name: "infra-ReadR-prod",
        only: "infra-ReadR-prod allows sessions of 43200 seconds; 8 hours is the most.",
      };
      const own = OWN.map(({ type }) => ({ ...entry, type, name: "extra" }));
      workspace.writeFile(
        "policypack/exemptions.ts",
        [
          `export const EXEMPTIONS = [${JSON.stringify(exemption)}];`,
          `export const OWN_RESOURCES = ${JSON.stringify(own)};`,
          "",
        ].join("\n"),
      );
      try {
        const changes = OWN.map(({ type, inputs }) => stray(type, JSON.stringify(inputs)));
        const outcome = await workspace.aside(() =>
          withProgram(workspace, changes, () => workspace.up("prod", ...PACK)),
        );
        assertRefused(outcome, ...OWN.map(({ says }) => says), "is not needed");
        assert.deepEqual(
          [...refusalsIn(outcome).keys()].sort(),
          [`aws-iam-exemption-valid: ${PROD}`, ...OWN.map(({ refusedBy }) => refusedBy)].sort(),
        );
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
      await withProgram(workspace, [LONGER_BREAK_GLASS], async () => {
        const outcome = await previewConfigured({ all: "advisory" });
        assertSucceeded(outcome);
        assert.match(outcome.output, /\[advisory\].* aws-iam-role-session-length /);
      });
    });

    it("to mend what only narrows", async () => {
      await withProgram(workspace, [LONGER_BREAK_GLASS], async () => {
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
