import type { Exemption, OwnResource } from "../../../policypack/exemption";
import { sampleOrganization } from "../../support/rosters";
import type { PolicyCases } from "../support/cases";
import { adding, removing, setting } from "../support/edits";
import {
  GROUP,
  GROUP_ATTACHMENT,
  MEMBERSHIP,
  PASSWORD_POLICY,
  POLICY,
  ROLE,
  ROLE_ATTACHMENT,
  ROLE_ATTACHMENTS,
  ROLE_POLICIES,
  SECRET,
  SECURITY_GROUP,
  USER,
} from "../support/types";

export const resourceSecret: PolicyCases = {
  passes: [
    {
      rule: "a parameter that is no secret",
      stack: "dev",
      edits: [adding("aws:ssm/parameter:Parameter", "extra", { type: "String", value: "blue" })],
    },
    {
      rule: "what is not known yet will be looked at when it is",
      stack: "dev",
      edits: [
        adding("aws:ssm/parameter:Parameter", "extra", { type: "String", value: { __pulumiUnknown: true } }),
      ],
    },
    {
      rule: "a password that AWS makes and keeps, and one that the state never has",
      stack: "dev",
      edits: [
        adding("aws:rds/instance:Instance", "extra", {
          manageMasterUserPassword: true,
          password: "",
          passwordWo: "x",
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "no access key",
      stack: "users",
      edits: [adding("aws:iam/accessKey:AccessKey", "extra", { user: "alex.dba" })],
      wrong: [["extra", "extra (aws:iam/accessKey:AccessKey) puts an access key into the state."]],
    },
    {
      rule: "no login profile",
      stack: "users",
      edits: [adding("aws:iam/userLoginProfile:UserLoginProfile", "extra", { user: "alex.dba" })],
      wrong: [["extra", "extra (aws:iam/userLoginProfile:UserLoginProfile) puts a password into the state."]],
    },
    {
      rule: "no password of another provider",
      stack: "users",
      edits: [adding("random:index/randomPassword:RandomPassword", "extra", { length: 20 })],
      wrong: [
        ["extra", "extra (random:index/randomPassword:RandomPassword) puts a password into the state."],
      ],
    },
    {
      rule: "no value of a secret, whatever it is",
      stack: "prod",
      edits: [
        adding("aws:secretsmanager/secretVersion:SecretVersion", "extra", {
          secretId: "worker/rds/main",
          secretString: { __pulumiUnknown: true },
        }),
      ],
      wrong: [
        ["extra", "extra (aws:secretsmanager/secretVersion:SecretVersion) puts a secret into the state."],
      ],
    },
    {
      rule: "no secret parameter",
      stack: "dev",
      edits: [adding("aws:ssm/parameter:Parameter", "extra", { type: "SecureString", value: "x" })],
      wrong: [["extra", "extra (aws:ssm/parameter:Parameter) puts a secret into the state."]],
    },
    {
      rule: "no key in some property",
      stack: "dev",
      edits: [
        adding("aws:lambda/function:Function", "extra", {
          environment: { variables: { KEYS: ["id", `AKIA${"EXAMPLE0".repeat(2)}`] } },
        }),
      ],
      wrong: [["extra", "extra (aws:lambda/function:Function) has an access key among its properties."]],
    },
    {
      rule: "no private key",
      stack: "dev",
      edits: [
        adding("aws:acm/certificate:Certificate", "extra", {
          privateKey: "-----BEGIN RSA PRIVATE KEY-----\n",
        }),
      ],
      wrong: [["extra", "extra (aws:acm/certificate:Certificate) has a private key among its properties."]],
    },
    {
      rule: "no key that is written into something of another package",
      stack: "dev",
      edits: [
        adding("github:index/actionsSecret:ActionsSecret", "extra", {
          plaintextValue: `AKIA${"EXAMPLE0".repeat(2)}`,
        }),
      ],
      wrong: [
        ["extra", "extra (github:index/actionsSecret:ActionsSecret) has an access key among its properties."],
      ],
    },
    {
      rule: "no random bytes, which are a secret",
      stack: "dev",
      edits: [adding("random:index/randomBytes:RandomBytes", "extra", { length: 20 })],
      wrong: [["extra", "extra (random:index/randomBytes:RandomBytes) puts a secret into the state."]],
    },
    {
      rule: "no password of a database, a broker or a cache, at any depth",
      stack: "dev",
      edits: [
        adding("aws:rds/cluster:Cluster", "extra", { masterPassword: "hunter2" }),
        adding("aws:mq/broker:Broker", "extra", { users: [{ username: "a", password: "hunter2" }] }),
        adding("aws:elasticache/user:User", "extra", { passwords: ["hunter2"] }),
        adding("aws:elasticache/replicationGroup:ReplicationGroup", "extra", { authToken: "hunter2" }),
      ],
      wrong: [
        [
          "extra",
          "extra (aws:rds/cluster:Cluster) has a password or another secret among its properties: masterPassword.",
        ],
        [
          "extra",
          "extra (aws:mq/broker:Broker) has a password or another secret among its properties: password.",
        ],
        [
          "extra",
          "extra (aws:elasticache/user:User) has a password or another secret among its properties: passwords.",
        ],
        [
          "extra",
          "extra (aws:elasticache/replicationGroup:ReplicationGroup) has a password or another secret among its properties: authToken.",
        ],
      ],
    },
    {
      rule: "no password, token or key of an API, in the environment of a function, a container or a build, or by another package",
      stack: "dev",
      edits: [
        adding("aws:lambda/function:Function", "extra", {
          environment: { variables: { GITHUB_TOKEN: "hunter2", STRIPE_API_KEY: "hunter2", TABLE: "visits" } },
        }),
        adding("github:index/actionsSecret:ActionsSecret", "extra", { plaintextValue: "hunter2" }),
        adding("aws:ecs/taskDefinition:TaskDefinition", "extra", {
          containerDefinitions: JSON.stringify([
            {
              environment: [
                { name: "DB_PASSWORD", value: "hunter2" },
                { name: "TABLE", value: "visits" },
              ],
            },
          ]),
        }),
        adding("aws:codebuild/project:Project", "extra", {
          environment: {
            environmentVariables: [
              { name: "NPM_TOKEN", value: "npm/token", type: "SECRETS_MANAGER" },
              { name: "API_KEY", value: "hunter2" },
            ],
          },
        }),
        adding("aws:appsync/apiKey:ApiKey", "extra", { apiId: "x" }),
      ],
      wrong: [
        ...["GITHUB_TOKEN", "STRIPE_API_KEY"].map(
          (key) =>
            [
              "extra",
              `extra (aws:lambda/function:Function) has a password or another secret among its properties: ${key}.`,
            ] as const,
        ),
        [
          "extra",
          "extra (github:index/actionsSecret:ActionsSecret) has a password or another secret among its properties: plaintextValue.",
        ],
        [
          "extra",
          "extra (aws:ecs/taskDefinition:TaskDefinition) has a password or another secret among its properties: DB_PASSWORD.",
        ],
        [
          "extra",
          "extra (aws:codebuild/project:Project) has a password or another secret among its properties: API_KEY.",
        ],
        ["extra", "extra (aws:appsync/apiKey:ApiKey) puts a key of an API into the state."],
      ],
    },
  ],
};

export const resourceTags: PolicyCases = {
  passes: [
    {
      rule: "a list of tags is of another kind",
      stack: "dev",
      edits: [adding("aws:autoscaling/group:Group", "extra", { tags: [{ key: "Name", value: "web" }] })],
    },
    {
      rule: "further tags are welcome",
      stack: "dev",
      edits: [
        setting("aws:s3/bucket:Bucket", "infra-trail-222222222222", {
          tags: { ManagedBy: "muster", Environment: "dev", CostCenter: "7" },
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "who manages it, and where",
      stack: "dev",
      edits: [setting(ROLE, "infra-ReadR-dev", { tags: undefined })],
      wrong: [
        ["infra-ReadR-dev", "The tag ManagedBy of infra-ReadR-dev is missing; it has to be muster."],
        ["infra-ReadR-dev", "The tag Environment of infra-ReadR-dev is missing; it has to be dev."],
      ],
    },
    {
      rule: "whatever takes tags",
      stack: "dev",
      edits: [adding("aws:sqs/queue:Queue", "extra", { tags: { ManagedBy: "muster" } })],
      wrong: [["extra", "The tag Environment of extra is missing; it has to be dev."]],
    },
    {
      rule: "what takes tags and has none: a security group, the shell of a secret",
      stack: "prod",
      edits: [
        adding(SECURITY_GROUP, "extra", { vpcId: "vpc-1" }),
        adding(SECRET, "other", { name: "other" }),
      ],
      wrong: [
        ["extra", "The tag ManagedBy of extra is missing; it has to be muster."],
        ["extra", "The tag Environment of extra is missing; it has to be prod."],
        ["other", "The tag ManagedBy of other is missing; it has to be muster."],
        ["other", "The tag Environment of other is missing; it has to be prod."],
      ],
    },
    {
      rule: "in the right environment",
      stack: "prod",
      edits: [
        setting("aws:kms/key:Key", "infra-alarms", { tags: { ManagedBy: "muster", Environment: "dev" } }),
      ],
      wrong: [["infra-alarms", "The tag Environment of infra-alarms is dev; it has to be prod."]],
    },
    {
      rule: "with the tags of a service's role",
      stack: "dev",
      situation: { workloads: { web: { runsOn: "ecs", project: "phoenix", environments: { dev: {} } } } },
      edits: [
        setting(ROLE, "infra-task-web-dev", {
          tags: { ManagedBy: "muster", Environment: "dev", Service: "web" },
        }),
      ],
      wrong: [
        ["infra-task-web-dev", "The tag Project of infra-task-web-dev is missing; it has to be phoenix."],
      ],
    },
    {
      rule: "from the repository, where the organization names one",
      stack: "users",
      situation: { organization: { ...sampleOrganization(), repository: "example/accounts" } },
      edits: [
        setting(USER, "alex.dba", { tags: { ManagedBy: "muster", Environment: "identity" } }),
        setting("aws:cloudtrail/trail:Trail", "infra-trail", {
          tags: { ManagedBy: "muster", Environment: "identity", Repository: "example/other" },
        }),
      ],
      wrong: [
        ["infra-trail", "The tag Repository of infra-trail is example/other; it has to be example/accounts."],
        ["alex.dba", "The tag Repository of alex.dba is missing; it has to be example/accounts."],
      ],
    },
  ],
};

const PASSWORDS = "infra-password-policy";

export const accountPasswordPolicy: PolicyCases = {
  passes: [
    {
      rule: "stricter is right",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { minimumPasswordLength: 20, maxPasswordAge: 30 })],
    },
  ],
  refuses: [
    {
      rule: "14 characters",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { minimumPasswordLength: 13 })],
      wrong: [[PASSWORDS, `${PASSWORDS} takes passwords of fewer than 14 characters (CIS 2.8).`]],
    },
    {
      rule: "no reuse",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { passwordReusePrevention: undefined })],
      wrong: [[PASSWORDS, `${PASSWORDS} takes one of the last 24 passwords again (CIS 2.9).`]],
    },
    {
      rule: "90 days",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { maxPasswordAge: 91 })],
      wrong: [[PASSWORDS, `${PASSWORDS} lets passwords be older than 90 days.`]],
    },
    {
      rule: "0 days are for ever",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { maxPasswordAge: 0 })],
      wrong: [[PASSWORDS, `${PASSWORDS} lets passwords be older than 90 days.`]],
    },
    {
      rule: "every kind of character",
      stack: "dev",
      edits: [
        setting(PASSWORD_POLICY, PASSWORDS, {
          requireLowercaseCharacters: false,
          requireUppercaseCharacters: undefined,
          requireNumbers: false,
          requireSymbols: false,
        }),
      ],
      wrong: [
        [PASSWORDS, `${PASSWORDS} does not set requireLowercaseCharacters.`],
        [PASSWORDS, `${PASSWORDS} does not set requireUppercaseCharacters.`],
        [PASSWORDS, `${PASSWORDS} does not set requireNumbers.`],
        [PASSWORDS, `${PASSWORDS} does not set requireSymbols.`],
      ],
    },
    {
      rule: "people can change theirs",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { allowUsersToChangePassword: false })],
      wrong: [[PASSWORDS, `${PASSWORDS} does not let people change their password.`]],
    },
    {
      rule: "even when it has expired",
      stack: "dev",
      edits: [setting(PASSWORD_POLICY, PASSWORDS, { hardExpiry: true })],
      wrong: [[PASSWORDS, `${PASSWORDS} locks people out whose password has expired (hardExpiry).`]],
    },
    {
      rule: "longer, where it is configured",
      stack: "dev",
      situation: { settings: { "aws-iam-account-password-policy": { length: 20 } } },
      edits: [],
      wrong: [[PASSWORDS, `${PASSWORDS} takes passwords of fewer than 20 characters (CIS 2.8).`]],
    },
  ],
};

export const accountComplete: PolicyCases = {
  passes: [
    {
      rule: "a trail that is not ours needs no role",
      stack: "dev",
      edits: [
        removing(ROLE, "infra-TrailR"),
        removing(ROLE_ATTACHMENT, "infra-TrailR-permissions"),
        removing(ROLE_ATTACHMENTS, "infra-TrailR"),
        removing(ROLE_POLICIES, "infra-TrailR"),
        removing(POLICY, "infra-TrailR-permissions"),
      ],
    },
  ],
  refuses: [
    {
      rule: "users, groups and memberships",
      stack: "users",
      edits: [
        removing(USER, "alex.dba"),
        removing(USER, "maria.cto"),
        removing(GROUP, "infra-PowerG"),
        removing(MEMBERSHIP, "infra-PowerG"),
        removing(GROUP_ATTACHMENT, "infra-PowerG-permissions"),
        removing("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", "infra-PowerG"),
        removing("aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive", "infra-PowerG"),
      ],
      wrong: [
        ["", "Missing users: alex.dba, maria.cto."],
        ["", "Missing groups: infra-PowerG."],
        ["", "Missing memberships of groups: infra-PowerG."],
        [
          "",
          "Missing policies attached to groups: infra-PowerG with arn:aws:iam::111111111111:policy/infra-PowerG-permissions.",
        ],
        ["", "Missing lists of all policies attached to groups: infra-PowerG."],
        ["", "Missing lists of all inline policies of groups: infra-PowerG."],
      ],
    },
    {
      rule: "roles and what is attached to them, partners' too",
      stack: "prod",
      edits: [
        removing(ROLE, "infra-DataShareR-prod-acme"),
        removing(ROLE_ATTACHMENT, "infra-ReadR-prod/infra-ReadR-prod-limits"),
        removing(ROLE_ATTACHMENTS, "infra-ReadR-prod"),
        removing(ROLE_POLICIES, "infra-ReadR-prod"),
        removing(POLICY, "infra-ReadR-prod-limits"),
        removing(PASSWORD_POLICY, PASSWORDS),
      ],
      wrong: [
        ["", "Missing roles: infra-DataShareR-prod-acme."],
        [
          "",
          "Missing policies attached to roles: infra-ReadR-prod with arn:aws:iam::444444444444:policy/infra-ReadR-prod-limits.",
        ],
        ["", "Missing lists of all policies attached to roles: infra-ReadR-prod."],
        ["", "Missing lists of all inline policies of roles: infra-ReadR-prod."],
        ["", "Missing policies: infra-ReadR-prod-limits."],
        ["", "Missing password policy: of the account."],
      ],
    },
  ],
};

const many = (length: number) => Array.from({ length }, (_, index) => index);

export const accountQuotas: PolicyCases = {
  refuses: [
    {
      rule: "5,000 users",
      stack: "users",
      edits: many(4_995).map((index) => adding(USER, `user-${String(index)}`, {})),
      wrong: [["", "The account users has 5,001 users; IAM allows 5,000."]],
    },
    {
      rule: "300 groups",
      stack: "users",
      edits: many(300).map((index) => adding(GROUP, `group-${String(index)}`, {})),
      wrong: [["", "The account users has 307 groups; IAM allows 300."]],
    },
    {
      rule: "1,000 roles",
      stack: "dev",
      edits: many(1_000).map((index) => adding(ROLE, `role-${String(index)}`, {})),
      wrong: [["", "The account dev has 1,012 roles; IAM allows 1,000."]],
    },
    {
      rule: "2,048 characters of trust, white space aside",
      stack: "dev",
      edits: [
        setting(ROLE, "infra-ReadR-dev", { assumeRolePolicy: `{"Id": "${"x".repeat(2_040)}"}` }),
        setting(ROLE, "infra-OpsR-dev", { assumeRolePolicy: `{"Id": "${"x".repeat(2_039)}"}`.padEnd(3_000) }),
      ],
      wrong: [["", "The trust of infra-ReadR-dev has 2,049 characters; IAM allows 2,048."]],
    },
    {
      rule: "or what AWS has raised that to",
      stack: "dev",
      situation: {
        organization: {
          ...sampleOrganization(),
          accounts: {
            ...sampleOrganization().accounts,
            dev: { id: "222222222222", kind: "workload", environment: "dev", trustQuota: 4_096 },
          },
        },
      },
      edits: [setting(ROLE, "infra-ReadR-dev", { assumeRolePolicy: "x".repeat(4_097) })],
      wrong: [["", "The trust of infra-ReadR-dev has 4,097 characters; IAM allows 4,096."]],
    },
    {
      rule: "6,144 characters of policy",
      stack: "dev",
      edits: [setting(POLICY, "infra-MonitorR-dev-permissions", { policy: "x".repeat(6_145) })],
      wrong: [["", "The policy infra-MonitorR-dev-permissions has 6,145 characters; IAM allows 6,144."]],
    },
    {
      rule: "64 characters of a role's name",
      stack: "dev",
      edits: [adding(ROLE, "extra".repeat(13), {})],
      wrong: [["", "The name of a role has 65 characters; IAM allows 64."]],
    },
    {
      rule: "50 tags",
      stack: "users",
      edits: [
        setting(USER, "alex.dba", { tags: Object.fromEntries(many(51).map((index) => [String(index), ""])) }),
      ],
      wrong: [["", "The user alex.dba has 51 tags; IAM allows 50."]],
    },
    {
      rule: "10 groups a user",
      stack: "users",
      edits: many(11).map((index) => adding(MEMBERSHIP, `group-${String(index)}`, { users: ["mallory"] })),
      wrong: [["", "The user mallory has 11 groups; IAM allows 10."]],
    },
    {
      rule: "10 attached policies",
      stack: "dev",
      edits: many(11).map((index) => adding(ROLE_ATTACHMENT, `policy-${String(index)}`, { role: "extra" })),
      wrong: [["", "extra has 11 attached policies; IAM allows 10."]],
    },
  ],
};

const exemption: Exemption = {
  policy: "aws-iam-role-session-length",
  stack: "dev",
  type: ROLE,
  name: "infra-ReadR-dev",
  only: "infra-ReadR-dev allows sessions of 43200 seconds; 8 hours is the most.",
  owner: "chris.security",
  reason: "A migration runs for eleven hours.",
  expires: "2026-11-30",
};
const EVENTS: OwnResource = {
  stack: "dev",
  type: "aws:sqs/queue:Queue",
  name: "events",
  owner: "chris.security",
  reason: "The web shop's events.",
  expires: "2027-05-31",
};
const SUBJECT = `The exemption of infra-ReadR-dev (${ROLE}) in dev from aws-iam-role-session-length`;
const OF_ITSELF = "The exemption of muster-dev (pulumi:pulumi:Stack) in dev from aws-iam-exemption-valid";
const needed = setting(ROLE, "infra-ReadR-dev", { maxSessionDuration: 43_200 });

export const exemptionValid: PolicyCases = {
  passes: [
    { rule: "one that is needed", stack: "dev", edits: [needed], situation: { exemptions: [exemption] } },
    { rule: "one of another stack", stack: "users", edits: [], situation: { exemptions: [exemption] } },
    {
      rule: "one of what the stack as a whole lacks",
      stack: "dev",
      edits: [removing(PASSWORD_POLICY, PASSWORDS)],
      situation: {
        exemptions: [
          {
            ...exemption,
            policy: "aws-iam-account-complete",
            type: "pulumi:pulumi:Stack",
            name: "muster-dev",
            only: "Missing password policy: of the account.",
          },
        ],
      },
    },
    {
      rule: "one on its last day",
      stack: "dev",
      edits: [needed],
      situation: { exemptions: [{ ...exemption, expires: "2026-11-20" }] },
    },
  ],
  refuses: [
    {
      rule: "one that is not needed",
      stack: "dev",
      edits: [],
      situation: { exemptions: [exemption] },
      wrong: [["", `${SUBJECT} is not needed: nothing there breaks the policy.`]],
    },
    {
      rule: "one that has expired",
      stack: "dev",
      edits: [needed],
      situation: { exemptions: [{ ...exemption, expires: "2026-11-19" }] },
      wrong: [["", `${SUBJECT} has expired on 2026-11-19.`]],
    },
    {
      rule: "in whatever stack",
      stack: "prod",
      edits: [],
      situation: { exemptions: [{ ...exemption, expires: "2026-11-19" }] },
      wrong: [["", `${SUBJECT} has expired on 2026-11-19.`]],
    },
    {
      rule: "one that lasts too long",
      stack: "dev",
      edits: [needed],
      situation: { exemptions: [{ ...exemption, expires: "2027-11-20" }] },
      wrong: [["", `${SUBJECT} lasts until 2027-11-20; 2027-02-18 is the latest possible day.`]],
    },
    {
      rule: "one without a date",
      stack: "dev",
      edits: [],
      situation: { exemptions: [{ ...exemption, expires: "soon" }] },
      wrong: [["", `${SUBJECT} has no date of expiry: "soon" is none.`]],
    },
    {
      rule: "one of all that a resource has",
      stack: "dev",
      edits: [needed],
      situation: { exemptions: [{ ...exemption, only: "" }] },
      wrong: [
        [
          "",
          `${SUBJECT} does not say of which violation: it needs \`only\`, with the first line of the message.`,
        ],
        ["", `${SUBJECT} is not needed: nothing there breaks the policy.`],
      ],
    },
    {
      rule: "one of another violation of the same resource",
      stack: "dev",
      edits: [setting(ROLE, "infra-ReadR-dev", { maxSessionDuration: 43_199 })],
      situation: { exemptions: [exemption] },
      wrong: [["", `${SUBJECT} is not needed: nothing there breaks the policy.`]],
    },
    {
      rule: "one from itself, for ever, that nobody answers for",
      stack: "dev",
      edits: [],
      situation: {
        exemptions: [
          {
            ...exemption,
            policy: "aws-iam-exemption-valid",
            type: "pulumi:pulumi:Stack",
            name: "muster-dev",
            only: OF_ITSELF,
            owner: "",
            expires: "9999-12-31",
          },
        ],
      },
      wrong: [
        ["", `${OF_ITSELF} is none: nothing is exempt from that policy.`],
        ["", `${OF_ITSELF} lasts until 9999-12-31; 2027-02-18 is the latest possible day.`],
        ["", `${OF_ITSELF} has no owner.`],
        ["", `${OF_ITSELF} is not needed: nothing there breaks the policy.`],
      ],
    },
    {
      rule: "resources of an adopter's own that are not there, too long, over, or nobody's",
      stack: "dev",
      edits: [],
      situation: {
        ownResources: [
          { ...EVENTS },
          { ...EVENTS, name: "late", expires: "2028-01-01", stack: "prod" },
          { ...EVENTS, name: "over", expires: "2026-11-19" },
          { ...EVENTS, name: "some", expires: "soon", owner: "", reason: " " },
          { ...EVENTS, name: "two", type: "aws:a:B$aws:iam/policy:Policy", stack: "prod" },
        ],
      },
      wrong: [
        ["", "events (aws:sqs/queue:Queue) of your own in dev is registered and not there."],
        [
          "",
          "late (aws:sqs/queue:Queue) of your own in prod is registered until 2028-01-01; 2027-11-21 is the latest possible day.",
        ],
        ["", "over (aws:sqs/queue:Queue) of your own in dev has expired on 2026-11-19."],
        ["", 'some (aws:sqs/queue:Queue) of your own in dev has no date of expiry: "soon" is none.'],
        ["", "some (aws:sqs/queue:Queue) of your own in dev has no owner."],
        ["", "some (aws:sqs/queue:Queue) of your own in dev has no reason."],
        [
          "",
          "two (aws:a:B$aws:iam/policy:Policy) of your own in prod has no type such as aws:sqs/queue:Queue, which is one alone.",
        ],
      ],
    },
    {
      rule: "one that nobody answers for, without a reason",
      stack: "dev",
      edits: [needed],
      situation: { exemptions: [{ ...exemption, owner: " ", reason: "" }] },
      wrong: [
        ["", `${SUBJECT} has no owner.`],
        ["", `${SUBJECT} has no reason.`],
      ],
    },
    {
      rule: "those of a stack that no account has, whichever stack is looked at",
      stack: "prod",
      edits: [],
      situation: {
        exemptions: [{ ...exemption, stack: "dve" }],
        ownResources: [{ ...EVENTS, stack: "old" }],
      },
      wrong: [
        [
          "",
          `The exemption of infra-ReadR-dev (${ROLE}) in dve from aws-iam-role-session-length is of no stack: "dve" is no account. Accounts are: users, dev, staging, prod.`,
        ],
        [
          "",
          'events (aws:sqs/queue:Queue) of your own in old is of no stack: "old" is no account. Accounts are: users, dev, staging, prod.',
        ],
      ],
    },
    {
      rule: "a pattern is no name",
      stack: "dev",
      edits: [needed],
      situation: { exemptions: [{ ...exemption, name: "infra-*" }] },
      wrong: [
        [
          "",
          `The exemption of infra-* (${ROLE}) in dev from aws-iam-role-session-length is not needed: nothing there breaks the policy.`,
        ],
      ],
    },
  ],
};
