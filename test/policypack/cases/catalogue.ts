import assert from "node:assert/strict";

import type { OwnResource } from "../../../policypack/exemption";
import { blueprintsOf } from "../../../src/documents/blueprint";
import { buildModel } from "../../../src/model/model";
import { accountOutputs, type AccountOutputs } from "../../../src/resources/account-outputs";
import { databaseAccessConfig } from "../../support/database-access";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import type { PolicyCases } from "../support/cases";
import {
  adding,
  asComponent,
  depending,
  managing,
  placing,
  reading,
  removing,
  rewriting,
  setting,
  withParentsInType,
  type Edit,
} from "../support/edits";
import { PROVIDER_VERSION } from "../support/provider-version";
import {
  GROUP,
  GROUP_ATTACHMENT,
  MEMBERSHIP,
  PASSWORD_POLICY,
  POLICY,
  PROVIDER,
  ROLE,
  ROLE_ATTACHMENT,
  SECURITY_GROUP,
  USER,
} from "../support/types";

const beside = (type: string, name = "extra") => [
  [name, `${name} (${type}) is not in the catalogue of dev.`] as const,
];

const ALIAS = "aws:kms/alias:Alias";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const TRAIL = "aws:cloudtrail/trail:Trail";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const KEY = "aws:kms/key:Key";
const SECRET = "aws:secretsmanager/secret:Secret";
const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const OIDC = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
const QUEUE = "aws:sqs/queue:Queue";

/** What makes or opens something without being one of the program's types; none of them is named in the pack. */
const OTHER_TYPES = [
  "aws:iam/accessKey:AccessKey",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/samlProvider:SamlProvider",
  "aws:iam/serviceLinkedRole:ServiceLinkedRole",
  "aws:iam/userGroupMembership:UserGroupMembership",
  "aws:cloudformation/stack:Stack",
  "aws:cloudformation/stackSet:StackSet",
  "aws:cloudformation/stackSetInstance:StackSetInstance",
  "aws:cloudcontrol/resource:Resource",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
  "aws:ssm/association:Association",
  "aws:ssoadmin/accountAssignment:AccountAssignment",
  "aws:ssoadmin/permissionSet:PermissionSet",
  "aws:identitystore/user:User",
  "aws:eks/accessEntry:AccessEntry",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  "aws:rolesanywhere/trustAnchor:TrustAnchor",
  "aws:rolesanywhere/profile:Profile",
  "aws:ram/resourceShare:ResourceShare",
  "aws:ram/principalAssociation:PrincipalAssociation",
  "aws:lambda/permission:Permission",
  "aws:lambda/functionUrl:FunctionUrl",
  "aws:lambda/invocation:Invocation",
  "aws:organizations/policy:Policy",
  "aws:organizations/policyAttachment:PolicyAttachment",
  "aws:organizations/account:Account",
  "aws:accessanalyzer/archiveRule:ArchiveRule",
  "aws:scheduler/schedule:Schedule",
  "aws:kms/grant:Grant",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  "aws:s3/bucketAclV2:BucketAclV2",
  "aws:guardduty/filter:Filter",
  "aws:iam/Role:Role",
  "aws:s3/bucketV2:BucketV2",
  "acme:index:X$aws:iam/role:Role",
  "aws-native:iam:Role",
  "aws-native:cloudformation:Stack",
  "aws-native:index:ExtensionResource",
  "awsx:ec2:Vpc",
  "pulumi-nodejs:dynamic:Resource",
  "pulumi-python:dynamic:Resource",
  "command:local:Command",
  "command:remote:Command",
  "terraform:state:RemoteStateReference",
  "terraform-module:index:Module",
  "kubernetes:core/v1:ConfigMap",
  "random:index/randomPassword:RandomPassword",
  "tls:index/privateKey:PrivateKey",
  "github:index/repositoryEnvironment:RepositoryEnvironment",
  "pulumiservice:index:Stack",
  "pulumi:pulumi:StackReference",
  "pulumi:providers:aws-native",
  "pulumi:providers:command",
  "pulumi:providers:terraform-provider",
  "acme:index:Network",
  "muster:stacks:Hidden",
] as const;

const own = (resource: Partial<OwnResource> = {}): OwnResource => ({
  stack: "dev",
  type: QUEUE,
  name: "events",
  owner: "chris.security",
  reason: "The web shop's events.",
  expires: "2027-05-31",
  ...resource,
});

const registered = (...resources: readonly Partial<OwnResource>[]) => ({
  ownResources: resources.map((resource) => own(resource)),
});

const open = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Open", Effect: "Allow", ...statement }] });

export const resourceCatalogue: PolicyCases = {
  passes: [
    {
      rule: "an alias of the account, where the settings name one",
      stack: "dev",
      situation: { config: { "muster:accountAlias": "example-dev" } },
      edits: [],
    },
    {
      rule: "what an adopter has registered as their own, of any provider",
      stack: "dev",
      situation: {
        ownResources: [own(), own({ type: "random:index/randomId:RandomId", name: "suffix" })],
      },
      edits: [
        adding(QUEUE, "events", {}),
        adding("random:index/randomId:RandomId", "suffix", {}),
        adding("pulumi:providers:random", "default", {}),
      ],
    },
  ],
  refuses: [
    {
      rule: "no other type at the URN of a described resource, which a type with its parents in it has",
      stack: "prod",
      edits: [withParentsInType(BUCKET_POLICY, "infra-trail-444444444444")],
      wrong: [
        [
          "infra-trail-444444444444",
          "infra-trail-444444444444 (muster:stacks:Trail$aws:s3/bucketPolicy:BucketPolicy) is not in the catalogue of prod.",
        ],
      ],
    },
    {
      rule: "no other provider of AWS, of the same name below a component either",
      stack: "prod",
      edits: [
        (all) => [
          ...all,
          ...all
            .filter(({ type }) => type === PROVIDER)
            .map((one) => ({ ...one, parents: ["muster:stacks:Role"] })),
        ],
      ],
      wrong: [["account", `account (${PROVIDER}) is not in the catalogue of prod.`]],
    },
    {
      rule: "no resource with an exemption: the register of one's own is the only way",
      stack: "dev",
      situation: {
        exemptions: [
          {
            ...own(),
            policy: "aws-resource-catalogue",
            only: `events (${QUEUE}) is not in the catalogue of dev.`,
          },
        ],
      },
      edits: [adding(QUEUE, "events", {})],
      wrong: [["events", `events (${QUEUE}) is not in the catalogue of dev.`]],
    },
    {
      rule: "no other role",
      stack: "dev",
      edits: [adding(ROLE, "extra", { name: "infra-SuperR-dev" })],
      wrong: beside(ROLE),
    },
    {
      rule: "no second description of a role that there is",
      stack: "dev",
      edits: [adding(ROLE, "extra", { name: "infra-ReadR-dev" })],
      wrong: beside(ROLE),
    },
    {
      rule: "no role without a name",
      stack: "dev",
      edits: [adding(ROLE, "extra", {})],
      wrong: beside(ROLE),
    },
    {
      rule: "no other policy",
      stack: "dev",
      edits: [adding(POLICY, "extra", { name: "extra", policy: '{"Statement":[]}' })],
      wrong: beside(POLICY),
    },
    {
      rule: "no group where no people live",
      stack: "dev",
      edits: [adding(GROUP, "extra", { name: "infra-PowerG" })],
      wrong: beside(GROUP),
    },
    {
      rule: "no alias of the account that the settings do not name",
      stack: "dev",
      edits: [adding("aws:iam/accountAlias:AccountAlias", "extra", { accountAlias: "example-dev" })],
      wrong: beside("aws:iam/accountAlias:AccountAlias"),
    },
    {
      rule: "nobody hears alarms whom the settings do not name",
      stack: "dev",
      edits: [adding(SUBSCRIPTION, "extra", { protocol: "email", endpoint: "mallory@example.com" })],
      wrong: beside(SUBSCRIPTION),
    },
    {
      rule: "nothing attached by another resource",
      stack: "dev",
      edits: [
        adding(ROLE_ATTACHMENT, "extra", { role: "infra-ReadR-dev", policyArn: "arn:aws:iam::aws:policy/X" }),
      ],
      wrong: beside(ROLE_ATTACHMENT),
    },
    {
      rule: "nothing elsewhere than described: URNs say what is renamed, and what is deleted",
      stack: "dev",
      edits: [placing(ROLE, "infra-ReadR-dev")],
      wrong: beside(ROLE, "infra-ReadR-dev"),
    },
    {
      rule: "nothing that says of itself that it is the stack",
      stack: "dev",
      edits: [adding("pulumi:pulumi:Stack", "extra", {})],
      wrong: beside("pulumi:pulumi:Stack"),
    },
    {
      rule: "no other provider of an adopter's than of what is registered",
      stack: "dev",
      situation: { ownResources: [own()] },
      edits: [adding("pulumi:providers:random", "extra", {})],
      wrong: beside("pulumi:providers:random"),
    },
    {
      rule: "nothing of an adopter's own under another name, or in another stack",
      stack: "dev",
      situation: { ownResources: [own(), own({ name: "extra", stack: "prod" })] },
      edits: [adding(QUEUE, "extra", {})],
      wrong: beside(QUEUE),
    },
    {
      rule: "nothing of an adopter's own after its last day",
      stack: "dev",
      situation: { ownResources: [own({ name: "extra", expires: "2026-11-19" })] },
      edits: [adding(QUEUE, "extra", {})],
      wrong: beside(QUEUE),
    },
    {
      rule: "nothing whose name looks like the end of another's URN",
      stack: "dev",
      edits: [adding(ROLE, "x::infra-ReadR-dev", {})],
      wrong: beside(ROLE, "x::infra-ReadR-dev"),
    },
    {
      rule: "nothing of an adopter's own whose type is two in one, of which the provider makes the second",
      stack: "dev",
      situation: registered(
        { type: `aws:a:B$${POLICY}`, name: "extra" },
        { type: `random:index:X$${ROLE_ATTACHMENT}`, name: "more" },
      ),
      edits: [
        adding(`aws:a:B$${POLICY}`, "extra", { policy: open({ Action: "*", Resource: "*" }) }),
        adding(`random:index:X$${ROLE_ATTACHMENT}`, "more", {
          role: "events",
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
      ],
      wrong: [...beside(`aws:a:B$${POLICY}`), ...beside(`random:index:X$${ROLE_ATTACHMENT}`, "more")],
    },
    ...OTHER_TYPES.map((type) => ({
      rule: `no ${type}`,
      stack: "dev" as const,
      edits: [adding(type, "extra", {})],
      wrong: beside(type),
    })),
  ],
};

const READ = "infra-ReadR-prod";
const TRUST = "assumeRolePolicy";

/** A change of one input of prod's, and what is wrong with it. */
const refusedInput = (
  rule: string,
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  ...wrong: readonly string[]
) => ({
  rule,
  stack: "prod" as const,
  edits: [setting(type, name, inputs)],
  wrong: wrong.map((fault) => [name, `${name}: The input ${fault}.`] as const),
});

const READ_TRUST = { Version: "2012-10-17", Statement: [] };

export const resourceInputs: PolicyCases = {
  passes: [
    {
      rule: "what the provider puts where the program says nothing",
      stack: "prod",
      edits: [
        setting(ROLE, READ, {
          path: "/",
          forceDetachPolicies: true,
          tagsAll: { Environment: "prod", ManagedBy: "muster" },
        }),
        setting(ALARM, "infra-RootUsed", { actionsEnabled: true, region: "eu-west-1" }),
        setting(TRAIL, "infra-trail", { enableLogging: true, isOrganizationTrail: false }),
        setting(LOG_GROUP, "infra-trail", { skipDestroy: false, region: "eu-west-1" }),
      ],
    },
    {
      rule: "a number in another spelling",
      stack: "prod",
      edits: [setting(ROLE, READ, { maxSessionDuration: "28800" })],
    },
    {
      rule: "an order of lists that means nothing",
      stack: "users",
      edits: [setting(MEMBERSHIP, "infra-PowerG", { users: ["sarah.devops", "chris.security"] })],
    },
  ],
  refuses: [
    {
      rule: "no input, tag or element of a document with a name that every JavaScript object has",
      stack: "prod",
      edits: [
        setting(ROLE, READ, {
          constructor: "x",
          tags: { Environment: "prod", ManagedBy: "muster", toString: "x" },
        }),
        rewriting(TOPIC_POLICY, "infra-alarms", "policy", (document) => {
          Object.assign(document, { constructor: "x" });
        }),
      ],
      wrong: [
        [READ, `${READ}: The input tags.toString is "x"; it has to be left out.`],
        [READ, `${READ}: The input constructor is "x"; it has to be left out.`],
        [
          "infra-alarms",
          'infra-alarms: The input policy differs in constructor (is "x"; has to be left out).',
        ],
      ],
    },
    refusedInput(
      "periods of an alarm",
      ALARM,
      "infra-RootUsed",
      { evaluationPeriods: 1_000 },
      "evaluationPeriods is 1000; it has to be 1",
    ),
    refusedInput(
      "dimensions of an alarm",
      ALARM,
      "infra-RootUsed",
      { dimensions: { Host: "none" } },
      'dimensions is {"Host":"none"}; it has to be left out',
    ),
    refusedInput(
      "actions of an alarm",
      ALARM,
      "infra-RootUsed",
      { alarmActions: ["arn:aws:sns:eu-west-1:444444444444:nowhere"] },
      "alarmActions is another list. Too many: arn:aws:sns:eu-west-1:444444444444:nowhere. Missing: arn:aws:sns:eu-west-1:444444444444:infra-alarms",
    ),
    refusedInput(
      "an alarm that is switched off",
      ALARM,
      "infra-RootUsed",
      { actionsEnabled: false },
      "actionsEnabled is false; it has to be true",
    ),
    refusedInput(
      "an alarm that wants two of three",
      ALARM,
      "infra-RootUsed",
      { datapointsToAlarm: 2 },
      "datapointsToAlarm is 2; it has to be left out",
    ),
    refusedInput(
      "an alarm on a formula",
      ALARM,
      "infra-RootUsed",
      { metricQueries: [{ id: "m", expression: "0" }] },
      'metricQueries is [{"id":"m","expression":"0"}]; it has to be left out',
    ),
    refusedInput(
      "what a filter counts",
      FILTER,
      "infra-RootUsed",
      { metricTransformation: { name: "infra-RootUsed", namespace: "Muster", value: "0" } },
      'metricTransformation.value is "0"; it has to be "1"',
    ),
    refusedInput(
      "what a filter watches",
      FILTER,
      "infra-RootUsed",
      { logGroupName: "empty" },
      'logGroupName is "empty"; it has to be "infra-trail"',
    ),
    refusedInput(
      "a trail of some events",
      TRAIL,
      "infra-trail",
      { eventSelectors: [{ readWriteType: "ReadOnly" }] },
      'eventSelectors is [{"readWriteType":"ReadOnly"}]; it has to be left out',
    ),
    refusedInput(
      "a trail of some events, in its newer form",
      TRAIL,
      "infra-trail",
      { advancedEventSelectors: [] },
      "advancedEventSelectors is []; it has to be left out",
    ),
    refusedInput(
      "a trail whose files nobody can check",
      TRAIL,
      "infra-trail",
      { enableLogFileValidation: false },
      "enableLogFileValidation is false; it has to be true",
    ),
    refusedInput(
      "a trail that is switched off",
      TRAIL,
      "infra-trail",
      { enableLogging: false },
      "enableLogging is false; it has to be true",
    ),
    refusedInput(
      "logs for a day",
      LOG_GROUP,
      "infra-trail",
      { retentionInDays: 1 },
      "retentionInDays is 1; it has to be 365",
    ),
    refusedInput(
      "a topic with a policy beside its policy",
      TOPIC,
      "infra-alarms",
      { policy: "{}" },
      'policy is "{}"; it has to be left out',
    ),
    refusedInput(
      "a topic in the clear",
      TOPIC,
      "infra-alarms",
      { kmsMasterKeyId: undefined },
      'kmsMasterKeyId is missing; it has to be "alias/infra-alarms"',
    ),
    refusedInput(
      "a key that stays for ever",
      KEY,
      "infra-alarms",
      { enableKeyRotation: false },
      "enableKeyRotation is false; it has to be true",
    ),
    refusedInput(
      "public access to the trail's bucket",
      PUBLIC_ACCESS,
      "infra-trail-444444444444",
      { blockPublicPolicy: false },
      "blockPublicPolicy is false; it has to be true",
    ),
    refusedInput(
      "a bucket that can be emptied",
      BUCKET,
      "infra-trail-444444444444",
      { forceDestroy: true },
      "forceDestroy is true; it has to be false",
    ),
    refusedInput(
      "a password policy, stricter too: that is a change of the program",
      PASSWORD_POLICY,
      "infra-password-policy",
      { minimumPasswordLength: 20 },
      "minimumPasswordLength is 20; it has to be 14",
    ),
    refusedInput(
      "longer sessions, in another spelling",
      ROLE,
      READ,
      { maxSessionDuration: "43200" },
      'maxSessionDuration is "43200"; it has to be 28800',
    ),
    refusedInput(
      "a role at another path",
      ROLE,
      READ,
      { path: "/hidden/" },
      'path is "/hidden/"; it has to be "/"',
    ),
    refusedInput(
      "a boundary that is not meant",
      ROLE,
      READ,
      { permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" },
      'permissionsBoundary is "arn:aws:iam::aws:policy/AdministratorAccess"; it has to be left out',
    ),
    refusedInput(
      "policies that stay attached",
      ROLE,
      READ,
      { forceDetachPolicies: false },
      "forceDetachPolicies is false; it has to be true",
    ),
    refusedInput(
      "an inline policy",
      ROLE,
      READ,
      { inlinePolicies: [{ name: "x", policy: "{}" }] },
      'inlinePolicies is [{"name":"x","policy":"{}"}]; it has to be left out',
    ),
    refusedInput(
      "another region",
      TOPIC,
      "infra-alarms",
      { region: "us-east-1" },
      'region is "us-east-1"; it has to be "eu-west-1"',
    ),
    refusedInput(
      "a trust that is an object",
      ROLE,
      READ,
      { [TRUST]: READ_TRUST },
      `${TRUST} is {"Version":"2012-10-17","Statement":[]}; a document has to be plain text`,
    ),
    refusedInput(
      "a trust that is unknown",
      ROLE,
      READ,
      { [TRUST]: { __pulumiUnknown: true } },
      `${TRUST} is not known before deployment; a document has to be plain text`,
    ),
    refusedInput(
      "a name that is unknown",
      ROLE,
      READ,
      { name: { __pulumiUnknown: true } },
      `name is not known before deployment; it has to be "${READ}"`,
    ),
    refusedInput(
      "a list that is unknown in part",
      ALARM,
      "infra-RootUsed",
      { alarmActions: [{ __pulumiUnknown: true }] },
      'alarmActions is not known before deployment; it has to be ["arn:aws:sns:eu-west-1:444444444444:infra-alarms"]',
    ),
    refusedInput(
      "a key's id that is somebody else's thing",
      ALIAS,
      "infra-alarms",
      { targetKeyId: ["a"] },
      'targetKeyId is ["a"]; it has to be the keyId of infra-alarms',
    ),
    ...["0x7080", "2.88e4", " 28800", "28800abc", 28_800.4].map((spelling) =>
      refusedInput(
        `a number in a spelling that others may read otherwise: ${JSON.stringify(spelling)}`,
        ROLE,
        READ,
        { maxSessionDuration: spelling },
        `maxSessionDuration is ${JSON.stringify(spelling)}; it has to be 28800`,
      ),
    ),
    refusedInput(
      "a truth value in a spelling that others may read otherwise",
      ROLE,
      READ,
      { forceDetachPolicies: "True" },
      'forceDetachPolicies is "True"; it has to be true',
    ),
    refusedInput(
      "a trust that Pulumi takes from a file",
      ROLE,
      READ,
      { [TRUST]: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path: "x" } },
      `${TRUST} is {"4dabf18193072939515e22adb298388d":"c44067f5952c0a294b673a41bacd8c17","path":"x"}; a document has to be plain text`,
    ),
    refusedInput(
      "a tag whose key looks like another",
      ROLE,
      READ,
      { tags: { ManagedBy: "muster", Environment: "prod", "infra:\u0440rod": "+Admin+" } },
      'tags.infra:\u0440rod is "+Admin+"; it has to be left out',
    ),
    refusedInput(
      "a name in other capitals",
      ROLE,
      READ,
      { name: "INFRA-READR-PROD" },
      `name is "INFRA-READR-PROD"; it has to be "${READ}"`,
    ),
    {
      rule: "the version of a document, which decides what its variables mean",
      stack: "prod",
      edits: [
        setting(BUCKET_POLICY, "infra-trail-444444444444", {
          policy: '{"Version":"2008-10-17","Statement":[]}',
        }),
      ],
      wrong: [
        ...["TrailChecksBucket", "TrailWritesEvents", "OthersReadAtMost", "NobodyWithoutTls"].map(
          (sid) =>
            [
              "infra-trail-444444444444",
              `infra-trail-444444444444: The input policy lacks the statement "${sid}".`,
            ] as const,
        ),
        [
          "infra-trail-444444444444",
          'infra-trail-444444444444: The input policy differs in Version (is "2008-10-17"; has to be "2012-10-17").',
        ],
      ],
    },
    {
      rule: "a key that stands twice in a document: whoever reads it reads one of them",
      stack: "prod",
      edits: [setting(TOPIC_POLICY, "infra-alarms", { policy: '{"Statement":[],"Statement":[]}' })],
      wrong: [["infra-alarms", 'infra-alarms: The input policy has the key "Statement" twice.']],
    },
    {
      rule: "a tag that grants roles, in another spelling of its key",
      stack: "users",
      edits: [
        setting(USER, "maria.cto", {
          tags: {
            BreakGlassHolder: "true",
            Category: "executive",
            Environment: "identity",
            "INFRA:dev": "+Admin+",
            ManagedBy: "muster",
            "infra:prod": "+Dashboard+",
          },
        }),
      ],
      wrong: [["maria.cto", 'maria.cto: The input tags.INFRA:dev is "+Admin+"; it has to be left out.']],
    },
    {
      rule: "a user whose keys keep them",
      stack: "users",
      edits: [setting(USER, "maria.cto", { forceDestroy: false })],
      wrong: [["maria.cto", "maria.cto: The input forceDestroy is false; it has to be true."]],
    },
    {
      rule: "a group's policy of another account",
      stack: "users",
      edits: [
        setting(GROUP_ATTACHMENT, "infra-PowerG-permissions", {
          policyArn: "arn:aws:iam::222222222222:policy/infra-PowerG-permissions",
        }),
      ],
      wrong: [
        [
          "infra-PowerG-permissions",
          'infra-PowerG-permissions: The input policyArn is "arn:aws:iam::222222222222:policy/infra-PowerG-permissions"; it has to be "arn:aws:iam::111111111111:policy/infra-PowerG-permissions".',
        ],
      ],
    },
    {
      rule: "tokens that are meant for somebody else",
      stack: "dev",
      situation: {
        organization: {
          ...sampleOrganization(),
          pipeline: { kind: "github", repository: "example/accounts" },
        },
      },
      edits: [
        setting(OIDC, "https://token.actions.githubusercontent.com", {
          clientIdLists: ["sts.amazonaws.com", "example"],
        }),
      ],
      wrong: [
        [
          "https://token.actions.githubusercontent.com",
          "https://token.actions.githubusercontent.com: The input clientIdLists is another list. Too many: example.",
        ],
      ],
    },
    {
      rule: "a database that everybody reaches",
      stack: "prod",
      situation: {
        config: {
          ...databaseAccessConfig("444444444444"),
        },
      },
      edits: [
        setting(SECURITY_GROUP, "infra-database", { ingress: [] }),
        setting(SECRET, "app/rds/main", { policy: "{}" }),
        setting(SUBNET_GROUP, "infra-database", { subnetIds: ["subnet-00000000000000000"] }),
        setting(ROTATION, "app/rds/main", {
          rotationLambdaArn: "arn:aws:lambda:eu-west-1:999999999999:function:SecretsManagerOther",
        }),
      ],
      wrong: [
        [
          "infra-database",
          'infra-database: The input ingress is another list. Missing: {"description":"From the application","fromPort":"5432","protocol":"tcp","securityGroups":["sg-0123456789abcdef0"],"self":"false","toPort":"5432"}.',
        ],
        [
          "infra-database",
          "infra-database: The input subnetIds is another list. Too many: subnet-00000000000000000. Missing: subnet-0123456789abcdef0, subnet-0fedcba9876543210.",
        ],
        ["app/rds/main", 'app/rds/main: The input policy is "{}"; it has to be left out.'],
        [
          "app/rds/main",
          'app/rds/main: The input rotationLambdaArn is "arn:aws:lambda:eu-west-1:999999999999:function:SecretsManagerOther"; it has to be "arn:aws:lambda:eu-west-1:444444444444:function:SecretsManagerRotation".',
        ],
      ],
    },
  ],
};

/** The sample with another name of one person. */
function renamed(name: "alex.dba", renamedFrom: string): unknown {
  const { people, ...roster } = sampleRoster();
  return { ...roster, people: { ...people, [name]: { ...people[name], renamedFrom } } };
}

const URN = "urn:pulumi:prod::muster::muster:stacks:Role$aws:iam/role:Role::";

export const resourceOptions: PolicyCases = {
  passes: [
    {
      rule: "a person whose name has changed, by the roster",
      stack: "users",
      situation: { roster: renamed("alex.dba", "alex.ops") },
      edits: [],
    },
  ],
  refuses: [
    {
      rule: "no grant that stays although it has to go",
      stack: "prod",
      edits: [managing(ROLE, READ, { protect: true })],
      wrong: [[READ, `${READ} has the option protect, which keeps it when it has to go.`]],
    },
    {
      rule: "no trust that stays what it was",
      stack: "prod",
      edits: [managing(ROLE, READ, { ignoreChanges: [TRUST] })],
      wrong: [[READ, `${READ} ignores other changes than described (ignoreChanges). Too many: ${TRUST}.`]],
    },
    {
      rule: "no user who takes over somebody else's keys",
      stack: "users",
      edits: [managing(USER, "alex.dba", { aliases: ["aws:iam/user:User::old.colleague"] })],
      wrong: [
        [
          "alex.dba",
          "alex.dba takes over what something else was (aliases): urn:pulumi:users::muster::aws:iam/user:User::old.colleague.",
        ],
      ],
    },
    {
      rule: "no role that takes over another",
      stack: "prod",
      edits: [managing(ROLE, READ, { aliases: ["muster:stacks:Role$aws:iam/role:Role::infra-AdminR-prod"] })],
      wrong: [[READ, `${READ} takes over what something else was (aliases): ${URN}infra-AdminR-prod.`]],
    },
    {
      rule: "nothing else that the program does not use",
      stack: "prod",
      edits: [
        managing(ROLE, READ, {
          customTimeouts: { createSeconds: 0, updateSeconds: 86_400, deleteSeconds: 0 },
          additionalSecretOutputs: ["arn"],
          deleteBeforeReplace: true,
        }),
      ],
      wrong: [
        [READ, `${READ} has timeouts of its own (customTimeouts).`],
        [READ, `${READ} hides outputs from review (additionalSecretOutputs): arn.`],
        [READ, `${READ} has the option deleteBeforeReplace.`],
      ],
    },
    {
      rule: "no other provider",
      stack: "prod",
      edits: [managing(ROLE, READ, { provider: "other" })],
      wrong: [
        [
          READ,
          `${READ} goes through the provider pulumi:providers:aws::other; it has to be pulumi:providers:aws::account.`,
        ],
      ],
    },
    {
      rule: "no component of a described type, of which nothing is made",
      stack: "prod",
      edits: [asComponent(ROLE, READ)],
      wrong: [
        [READ, `${READ} is registered as a component: it goes through no provider, which would make it.`],
      ],
    },
    {
      rule: "no described resource that is registered as the adopter's own, with an option",
      stack: "prod",
      situation: registered({ stack: "prod", type: ROLE, name: READ, options: ["protect"] }),
      edits: [managing(ROLE, READ, { protect: true })],
      wrong: [[READ, `${READ} has the option protect, which keeps it when it has to go.`]],
    },
    {
      rule: "no former type of another place",
      stack: "prod",
      edits: [
        managing(BUCKET, "infra-trail-444444444444", {
          aliases: ["aws:s3/bucketV2:BucketV2::infra-trail-444444444444"],
        }),
      ],
      wrong: [
        [
          "infra-trail-444444444444",
          "infra-trail-444444444444 takes over what something else was (aliases): urn:pulumi:prod::muster::aws:s3/bucketV2:BucketV2::infra-trail-444444444444.",
        ],
      ],
    },
    {
      rule: "no other provider of the same name, below a component",
      stack: "prod",
      edits: [managing(ROLE, READ, { provider: "muster:stacks:Role$pulumi:providers:aws::account" })],
      wrong: [
        [
          READ,
          `${READ} goes through the provider muster:stacks:Role$pulumi:providers:aws::account; it has to be pulumi:providers:aws::account.`,
        ],
      ],
    },
    {
      rule: "nor of the provider, a component, or a resource of an adopter's own whose entry does not say so",
      stack: "prod",
      situation: registered({ stack: "prod" }, { stack: "prod", name: "kept", options: ["protect"] }),
      edits: [
        managing(PROVIDER, "account", { protect: true, aliases: ["pulumi:providers:aws::other"] }),
        managing("muster:stacks:Role", READ, { ignoreChanges: ["*"] }),
        adding(QUEUE, "events", {}),
        managing(QUEUE, "events", {
          protect: true,
          ignoreChanges: ["policy"],
          aliases: [`muster:stacks:Role$${ROLE}::infra-AdminR-prod`],
        }),
        adding(QUEUE, "kept", {}),
        managing(QUEUE, "kept", { protect: true, deleteBeforeReplace: true }),
      ],
      wrong: [
        [READ, `${READ} ignores other changes than described (ignoreChanges). Too many: *.`],
        ["account", "account has the option protect, which keeps it when it has to go."],
        [
          "account",
          "account takes over what something else was (aliases): urn:pulumi:prod::muster::pulumi:providers:aws::other.",
        ],
        ["events", "events has the option protect, which keeps it when it has to go."],
        ["events", "events ignores other changes than described (ignoreChanges). Too many: policy."],
        [
          "events",
          `events takes over what something else was (aliases): urn:pulumi:prod::muster::muster:stacks:Role$${ROLE}::infra-AdminR-prod.`,
        ],
        ["kept", "kept has the option deleteBeforeReplace."],
      ],
    },
  ],
};

const WORKER_KEY = "urn:pulumi:prod::muster::aws:kms/key:Key::worker";

export const resourceReferences: PolicyCases = {
  passes: [
    {
      rule: "a key that is known by now",
      stack: "prod",
      edits: [
        setting(ALIAS, "infra-alarms", { targetKeyId: "key-1" }),
        setting(KEY, "infra-alarms", { keyId: "key-1" }),
      ],
    },
  ],
  refuses: [
    {
      rule: "an alias on another key of the stack",
      stack: "prod",
      edits: [adding(KEY, "worker", {}), depending(ALIAS, "infra-alarms", "targetKeyId", WORKER_KEY)],
      wrong: [
        [
          "infra-alarms",
          `targetKeyId of infra-alarms refers to worker; it has to be the keyId of infra-alarms (${KEY}).`,
        ],
      ],
    },
    {
      rule: "an alias on a key that the program names",
      stack: "prod",
      edits: [
        setting(ALIAS, "infra-alarms", { targetKeyId: "mallorys" }),
        depending(ALIAS, "infra-alarms", "targetKeyId"),
      ],
      wrong: [
        [
          "infra-alarms",
          `targetKeyId of infra-alarms refers to nothing; it has to be the keyId of infra-alarms (${KEY}).`,
        ],
      ],
    },
    {
      rule: "an alias on a key that waits for the right one",
      stack: "prod",
      edits: [
        setting(ALIAS, "infra-alarms", { targetKeyId: "mallorys" }),
        setting(KEY, "infra-alarms", { keyId: "key-1" }),
      ],
      wrong: [
        [
          "infra-alarms",
          `targetKeyId of infra-alarms is mallorys; it has to be the keyId of infra-alarms (${KEY}).`,
        ],
      ],
    },
    {
      rule: "an alias that is known although its key is not",
      stack: "prod",
      edits: [setting(ALIAS, "infra-alarms", { targetKeyId: "mallorys" })],
      wrong: [
        [
          "infra-alarms",
          `targetKeyId of infra-alarms is mallorys; it has to be the keyId of infra-alarms (${KEY}).`,
        ],
      ],
    },
  ],
};

/** The outputs of the sample's dev, as the engine shows them at the end. */
const OUTPUTS_OF_DEV = ((): AccountOutputs => {
  const blueprints = blueprintsOf(buildModel(sampleOrganization(), sampleRoster(), NOW));
  const [dev] = blueprints.filter(({ account }) => account.key === "dev");
  assert.ok(dev !== undefined);
  return accountOutputs(dev);
})();

/** The stack itself, with outputs. */
const withOutputs = (outputs: object): Edit => adding("pulumi:pulumi:Stack", "muster-dev", { ...outputs });

export const stackOutputs: PolicyCases = {
  passes: [{ rule: "the account and its roles", stack: "dev", edits: [withOutputs(OUTPUTS_OF_DEV)] }],
  refuses: [
    {
      rule: "nothing besides, which the state would keep, and whose value is not shown",
      stack: "dev",
      edits: [withOutputs({ ...OUTPUTS_OF_DEV, ciToken: "hunter2", more: { list: ["x"], none: {} } })],
      wrong: [
        ["", "The output ciToken has to be left out."],
        ["", "The output more.list has to be left out."],
        ["", "The output more.none has to be left out."],
      ],
    },
    {
      rule: "no role of somebody else's, and none that is not known yet",
      stack: "dev",
      edits: [
        withOutputs({
          ...OUTPUTS_OF_DEV,
          account: { __pulumiUnknown: true },
          roles: { ...OUTPUTS_OF_DEV.roles, Read: "arn:aws:iam::999999999999:role/read" },
        }),
      ],
      wrong: [
        ["", 'The output account is not known before deployment; it has to be "222222222222".'],
        [
          "",
          'The output roles.Read is something else; it has to be "arn:aws:iam::222222222222:role/infra-ReadR-dev".',
        ],
      ],
    },
    {
      rule: "nothing less, since scripts take roles from there",
      stack: "dev",
      edits: [withOutputs({ account: OUTPUTS_OF_DEV.account, roles: OUTPUTS_OF_DEV.roles })],
      wrong: [["", 'The output environment is missing; it has to be "dev".']],
    },
  ],
};

export const resourceComplete: PolicyCases = {
  refuses: [
    {
      rule: "the trail, what keeps it, and who hears the alarms",
      stack: "prod",
      edits: [
        removing(TRAIL, "infra-trail"),
        removing(PUBLIC_ACCESS, "infra-trail-444444444444"),
        removing(SUBSCRIPTION, "email:security@example.com"),
      ],
      wrong: [
        ["", `Missing ${PUBLIC_ACCESS}: infra-trail-444444444444.`],
        ["", `Missing ${TRAIL}: infra-trail.`],
        ["", `Missing ${SUBSCRIPTION}: email:security@example.com.`],
      ],
    },
    {
      rule: "what is only read stands for nothing: an alarm and a topic that are somebody else's",
      stack: "prod",
      edits: [reading(ALARM, "infra-RootUsed"), reading(TOPIC, "infra-alarms")],
      wrong: [
        ["", `Missing ${TOPIC}: infra-alarms.`],
        ["", `Missing ${ALARM}: infra-RootUsed.`],
      ],
    },
    {
      rule: "what looks for threats",
      stack: "dev",
      edits: [
        removing("aws:guardduty/detector:Detector", "infra-eu-west-1"),
        removing("aws:securityhub/account:Account", "infra-eu-west-1"),
        removing("aws:securityhub/standardsSubscription:StandardsSubscription", "infra-eu-west-1"),
        removing("aws:accessanalyzer/analyzer:Analyzer", "infra-external-access-eu-west-1"),
        removing("aws:ebs/encryptionByDefault:EncryptionByDefault", "infra-eu-west-1"),
        removing("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "infra"),
      ],
      wrong: [
        ["", "Missing aws:ebs/encryptionByDefault:EncryptionByDefault: infra-eu-west-1."],
        ["", "Missing aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock: infra."],
        ["", "Missing aws:guardduty/detector:Detector: infra-eu-west-1."],
        ["", "Missing aws:securityhub/account:Account: infra-eu-west-1."],
        ["", "Missing aws:securityhub/standardsSubscription:StandardsSubscription: infra-eu-west-1."],
        ["", "Missing aws:accessanalyzer/analyzer:Analyzer: infra-external-access-eu-west-1."],
      ],
    },
    {
      rule: "an alarm, although something of its name is there",
      stack: "prod",
      edits: [placing(ALARM, "infra-RootUsed"), placing(FILTER, "infra-RootUsed", "muster:stacks:Trail")],
      wrong: [
        ["", `Missing ${FILTER}: infra-RootUsed.`],
        ["", `Missing ${ALARM}: infra-RootUsed.`],
      ],
    },
  ],
};

const EVENTS = registered({});
export const resourceOwnDocuments: PolicyCases = {
  passes: [
    {
      rule: "what lets in the organization's accounts and partners",
      stack: "dev",
      situation: EVENTS,
      edits: [
        adding(QUEUE, "events", {
          policy: open({
            Principal: { AWS: ["arn:aws:iam::444444444444:root", "arn:aws:iam::999988887777:root"] },
            Action: "sqs:SendMessage",
            Resource: "arn:aws:sqs:eu-west-1:222222222222:events",
          }),
        }),
      ],
    },
    {
      rule: "what is not known yet, which will be looked at when it is",
      stack: "dev",
      situation: EVENTS,
      edits: [adding(QUEUE, "events", { kmsMasterKeyId: { __pulumiUnknown: true } })],
    },
    {
      rule: "what is not registered, which is refused as a whole",
      stack: "dev",
      edits: [adding(QUEUE, "events", { policy: open({ Principal: "*", Action: "*" }) })],
    },
  ],
  refuses: [
    {
      rule: "nobody is let in from anywhere",
      stack: "dev",
      situation: EVENTS,
      edits: [adding(QUEUE, "events", { policy: open({ Principal: "*", Action: "sqs:*" }) })],
      wrong: [["events", 'events: policy lets everybody in by the statement "Open".']],
    },
    {
      rule: "nor by a document that no list knows",
      stack: "dev",
      situation: registered({ type: "aws:codeartifact/domainPermissionsPolicy:DomainPermissionsPolicy" }),
      edits: [
        adding("aws:codeartifact/domainPermissionsPolicy:DomainPermissionsPolicy", "events", {
          policyDocument: open({ NotPrincipal: { AWS: "222222222222" }, Action: "*" }),
        }),
      ],
      wrong: [["events", 'events: policyDocument lets everybody in by the statement "Open".']],
    },
    {
      rule: "nor by a document that is an object",
      stack: "dev",
      situation: EVENTS,
      edits: [adding(QUEUE, "events", { policy: { Statement: [] } })],
      wrong: [["events", "events: policy is a document as an object; it has to be plain text."]],
    },
    {
      rule: "nor by a property that is no document",
      stack: "dev",
      situation: registered({ type: "aws:lambda/permission:Permission" }),
      edits: [adding("aws:lambda/permission:Permission", "events", { principal: "*", action: "lambda:*" })],
      wrong: [["events", "events: principal lets everybody in."]],
    },
    {
      rule: "no account from outside, wherever it is named",
      stack: "dev",
      situation: registered({ type: "aws:ram/principalAssociation:PrincipalAssociation" }),
      edits: [
        adding("aws:ram/principalAssociation:PrincipalAssociation", "events", {
          principal: "666666666666",
          deep: [{ arn: "arn:aws:iam::777777777777:role/mallory" }],
        }),
      ],
      wrong: [
        [
          "events",
          "events: principal names the account 666666666666, which is neither the organization's nor a partner's.",
        ],
        [
          "events",
          "events: deep.0.arn names the account 777777777777, which is neither the organization's nor a partner's.",
        ],
      ],
    },
  ],
};

const BOUND = {
  allowedAccountIds: '["222222222222"]',
  ignoreTags: '{"keyPrefixes":["AKIA"]}',
  region: "eu-west-1",
  skipCredentialsValidation: "false",
  skipRegionValidation: "true",
};

/** Settings of the provider that decide as whom it works, whom it asks and what it adds. */
const FOREIGN_WAYS = {
  profile: "admin",
  sharedCredentialsFiles: '["/tmp/credentials"]',
  assumeRoleWithWebIdentity: '{"roleArn":"arn:aws:iam::444444444444:role/x"}',
  httpsProxy: "https://proxy.example.com",
  customCaBundle: "/tmp/ca.pem",
  defaultTags: '{"tags":{"infra:prod":"+Admin+"}}',
  stsRegion: "us-east-1",
  skipMetadataApiCheck: "true",
  forbiddenAccountIds: '["111111111111"]',
};

export const providerAccount: PolicyCases = {
  passes: [
    {
      rule: "bound to the stack's account, as JSON or as a list",
      stack: "dev",
      edits: [
        adding(PROVIDER, "first", BOUND),
        adding(PROVIDER, "other", { ...BOUND, allowedAccountIds: ["222222222222"] }),
      ],
    },
  ],
  refuses: [
    {
      rule: "not in another version than the one that is installed",
      stack: "dev",
      edits: [setting(PROVIDER, "account", { version: "0.0.1-evil" })],
      wrong: [
        [
          "account",
          `The setting version of the provider account is "0.0.1-evil"; it has to be "${PROVIDER_VERSION}".`,
        ],
      ],
    },
    {
      rule: "not to a region that only reads like the right one, in quotation marks",
      stack: "dev",
      edits: [setting(PROVIDER, "account", { region: '"eu-west-1"' })],
      wrong: [
        [
          "account",
          String.raw`The setting region of the provider account is "\"eu-west-1\""; it has to be "eu-west-1".`,
        ],
      ],
    },
    {
      rule: "in one sentence, where Pulumi has refused its settings, and says so before",
      stack: "dev",
      edits: [(all) => all.map((one) => (one.type === PROVIDER ? { ...one, inputs: {} } : one))],
      wrong: [
        [
          "account",
          "The provider account comes without any settings: Pulumi refused them and says why, or the program gives none.",
        ],
      ],
    },
    {
      rule: "not to none: a default provider",
      stack: "dev",
      edits: [adding(PROVIDER, "default", { ...BOUND, allowedAccountIds: undefined })],
      wrong: [["default", "The provider default takes credentials of any account; dev is 222222222222."]],
    },
    {
      rule: "not to another",
      stack: "dev",
      edits: [setting(PROVIDER, "account", { allowedAccountIds: '["444444444444"]' })],
      wrong: [["account", "The provider account takes credentials of 444444444444; dev is 222222222222."]],
    },
    {
      rule: "not to more than one",
      stack: "dev",
      edits: [setting(PROVIDER, "account", { allowedAccountIds: '["222222222222","444444444444"]' })],
      wrong: [
        [
          "account",
          "The provider account takes credentials of 222222222222, 444444444444; dev is 222222222222.",
        ],
      ],
    },
    {
      rule: "not to one that it cannot read",
      stack: "dev",
      edits: [setting(PROVIDER, "account", { allowedAccountIds: "222222222222" })],
      wrong: [["account", "The provider account takes credentials of any account; dev is 222222222222."]],
    },
    {
      rule: "not to one that nobody knows yet",
      stack: "dev",
      edits: [
        setting(PROVIDER, "account", { allowedAccountIds: ["222222222222", { __pulumiUnknown: true }] }),
      ],
      wrong: [
        [
          "account",
          "string value at .allowedAccountIds.1 can't be known during preview, so it cannot be checked: the program has to write it as a plain value.",
        ],
      ],
    },
    {
      rule: "not to one as a number, whose zeros at the front are lost",
      stack: "dev",
      edits: [setting(PROVIDER, "account", { allowedAccountIds: "[222222222222]" })],
      wrong: [["account", "The provider account takes credentials of 222222222222; dev is 222222222222."]],
    },
    {
      rule: "not with anybody else's credentials, by anybody else's address, with tags of its own",
      stack: "dev",
      edits: [setting(PROVIDER, "account", FOREIGN_WAYS)],
      wrong: Object.keys(FOREIGN_WAYS).map(
        (key) =>
          [
            "account",
            `The provider account has the setting ${key}, which src/resources does not describe.`,
          ] as const,
      ),
    },
    {
      rule: "not by another way, and blind to nothing else",
      stack: "dev",
      edits: [
        setting(PROVIDER, "account", {
          region: "us-east-1",
          ignoreTags: '{"keyPrefixes":["infra:"]}',
          endpoints: '[{"iam":"https://iam.example.com"}]',
          assumeRoles: '[{"roleArn":"arn:aws:iam::444444444444:role/x"}]',
          skipRequestingAccountId: "true",
        }),
      ],
      wrong: [
        ["account", 'The setting region of the provider account is "us-east-1"; it has to be "eu-west-1".'],
        [
          "account",
          'The setting ignoreTags of the provider account is {"keyPrefixes":["infra:"]}; it has to be {"keyPrefixes":["AKIA"]}.',
        ],
        ["account", "The provider account has the setting endpoints, which src/resources does not describe."],
        [
          "account",
          "The provider account has the setting assumeRoles, which src/resources does not describe.",
        ],
        [
          "account",
          "The provider account has the setting skipRequestingAccountId, which src/resources does not describe.",
        ],
      ],
    },
  ],
};

const ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";
const SUBJECT = `events (${ATTACHMENT})`;

export const resourceOwnTargets: PolicyCases = {
  passes: [
    {
      rule: "an alarm that tells Muster's topic, with a role of its own within Muster's boundary",
      stack: "prod",
      situation: registered({ stack: "prod", type: ALARM }, { stack: "prod", type: "aws:iam/role:Role" }),
      edits: [
        adding(ALARM, "events", { alarmActions: ["arn:aws:sns:eu-west-1:444444444444:infra-alarms"] }),
        adding("aws:iam/role:Role", "events", {
          name: "events",
          permissionsBoundary: "arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary",
        }),
      ],
    },
    {
      rule: "a function that knows Muster's topic and works behind Muster's security group, with Muster's names in its tags",
      stack: "prod",
      situation: registered({ stack: "prod", type: "aws:lambda/function:Function" }),
      edits: [
        adding("aws:lambda/function:Function", "events", {
          environment: { variables: { TOPIC: "arn:aws:sns:eu-west-1:444444444444:infra-alarms" } },
          vpcConfig: { securityGroupIds: ["infra-databases"], subnetIds: ["subnet-1"] },
          tags: { Owner: "infra-ReadR-prod" },
        }),
      ],
    },
    {
      rule: "an attachment of AWS's policy to something of its own",
      stack: "prod",
      situation: registered({ stack: "prod", type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment" }),
      edits: [
        adding("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "events", {
          role: "events",
          policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "no policy is attached to a role of the roster, whichever type attaches it",
      stack: "prod",
      situation: registered({ stack: "prod", type: ATTACHMENT }),
      edits: [
        adding(ATTACHMENT, "events", {
          roles: ["infra-ReadR-prod", "events"],
          policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
        }),
      ],
      wrong: [["events", `${SUBJECT} names infra-ReadR-prod in roles, which is Muster's.`]],
    },
    {
      rule: "no policy is taken from the roles that have it",
      stack: "prod",
      situation: registered({ stack: "prod", type: ATTACHMENT }),
      edits: [
        adding(ATTACHMENT, "events", {
          roles: ["events"],
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
      ],
      wrong: [
        [
          "events",
          `${SUBJECT} attaches arn:aws:iam::aws:policy/AdministratorAccess to nothing but what it lists, and takes it from what Muster attaches it to.`,
        ],
      ],
    },
    {
      rule: "nothing is set on Muster's topic or bucket, nor made under their names",
      stack: "prod",
      situation: registered(
        { stack: "prod", type: "aws:sns/topicPolicy:TopicPolicy" },
        { stack: "prod", type: "aws:s3/bucketAcl:BucketAcl" },
        { stack: "prod", type: "aws:lambda/function:Function" },
      ),
      edits: [
        adding("aws:sns/topicPolicy:TopicPolicy", "events", {
          arn: "arn:aws:sns:eu-west-1:444444444444:infra-alarms",
        }),
        adding("aws:s3/bucketAcl:BucketAcl", "events", { bucket: "infra-trail-444444444444" }),
        adding("aws:lambda/function:Function", "events", {
          role: "arn:aws:iam::444444444444:role/infra/infra-AdminR-prod",
        }),
      ],
      wrong: [
        [
          "events",
          "events (aws:sns/topicPolicy:TopicPolicy) names arn:aws:sns:eu-west-1:444444444444:infra-alarms in arn, which is Muster's.",
        ],
        [
          "events",
          "events (aws:s3/bucketAcl:BucketAcl) names infra-trail-444444444444 in bucket, which is Muster's.",
        ],
        [
          "events",
          "events (aws:lambda/function:Function) names arn:aws:iam::444444444444:role/infra/infra-AdminR-prod in role, which is Muster's.",
        ],
      ],
    },
    {
      rule: "nothing feeds the metric of an alarm of Muster's",
      stack: "prod",
      situation: registered({ stack: "prod", type: FILTER }),
      edits: [
        adding(FILTER, "events", {
          name: "events",
          logGroupName: "events",
          metricTransformation: { name: "infra-RootUsed", namespace: "Muster", value: "1" },
        }),
      ],
      wrong: [
        [
          "events",
          `events (${FILTER}) names infra-RootUsed in metricTransformation.name, which is Muster's.`,
        ],
      ],
    },
    {
      rule: "nothing of Muster's is named at any depth of the properties, in JSON texts too, nor by an ARN alone",
      stack: "prod",
      situation: registered(
        { stack: "prod", type: "aws:ssm/association:Association" },
        { stack: "prod", type: "aws:scheduler/schedule:Schedule" },
        { stack: "prod", type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig" },
        { stack: "prod", type: "aws:cloudwatch/eventTarget:EventTarget" },
      ),
      edits: [
        adding("aws:ssm/association:Association", "events", {
          targets: [{ key: "ParameterValues", values: ["other", "infra-ReadR-prod"] }],
        }),
        adding("aws:scheduler/schedule:Schedule", "events", {
          target: {
            arn: "arn:aws:scheduler:::aws-sdk:iam:attachRolePolicy",
            input: JSON.stringify({ RoleName: "infra-ReadR-prod" }),
          },
        }),
        adding("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "events", {
          rules: [{ destination: { bucket: "arn:aws:s3:::infra-trail-444444444444" } }],
        }),
        adding("aws:cloudwatch/eventTarget:EventTarget", "events", {
          arn: "arn:aws:logs:eu-west-1:444444444444:log-group:infra-trail:*",
        }),
      ],
      wrong: [
        [
          "events",
          "events (aws:ssm/association:Association) names infra-ReadR-prod in targets.values, which is Muster's.",
        ],
        [
          "events",
          "events (aws:scheduler/schedule:Schedule) names infra-ReadR-prod in target.input.RoleName, which is Muster's.",
        ],
        [
          "events",
          "events (aws:s3/bucketReplicationConfig:BucketReplicationConfig) names arn:aws:s3:::infra-trail-444444444444 in rules.destination.bucket, which is Muster's.",
        ],
        [
          "events",
          "events (aws:cloudwatch/eventTarget:EventTarget) names arn:aws:logs:eu-west-1:444444444444:log-group:infra-trail:* in arn, which is Muster's.",
        ],
      ],
    },
    {
      rule: "nor by an output that nobody knows yet",
      stack: "prod",
      situation: registered({ stack: "prod", type: "aws:kms/keyPolicy:KeyPolicy" }),
      edits: [
        adding("aws:kms/keyPolicy:KeyPolicy", "events", { keyId: { __pulumiUnknown: true } }),
        depending(
          "aws:kms/keyPolicy:KeyPolicy",
          "events",
          "keyId",
          "urn:pulumi:prod::muster::muster:stacks:Alarms$aws:kms/key:Key::infra-alarms",
        ),
      ],
      wrong: [
        ["events", "events (aws:kms/keyPolicy:KeyPolicy) names infra-alarms in keyId, which is Muster's."],
      ],
    },
  ],
};
