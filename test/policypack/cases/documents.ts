import { sampleOrganization } from "../../support/rosters";
import type { PolicyCases, RefusedCase } from "../support/cases";
import { adding, rewriting, rewritingStatement, setting } from "../support/edits";
import { POLICY, ROLE } from "../support/types";

const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const TRAIL_BUCKET = "infra-trail-222222222222";
const MONITOR = "infra-MonitorR-dev-permissions";

export const documentValid: PolicyCases = {
  refuses: [
    {
      rule: "JSON",
      stack: "dev",
      edits: [setting(POLICY, MONITOR, { policy: "everything" })],
      wrong: [[MONITOR, `The policy ${MONITOR} is no policy document.`]],
    },
    {
      rule: "of the version that substitutes variables",
      stack: "dev",
      edits: [
        setting(POLICY, MONITOR, {
          policy: '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}',
        }),
        setting(BUCKET_POLICY, TRAIL_BUCKET, {
          policy:
            '{"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
        }),
      ],
      wrong: [
        [
          MONITOR,
          `The policy ${MONITOR} is not of Version 2012-10-17, so IAM substitutes no variable in it.`,
        ],
        [
          TRAIL_BUCKET,
          `The policy of ${TRAIL_BUCKET} is not of Version 2012-10-17, so IAM substitutes no variable in it.`,
        ],
      ],
    },
    {
      rule: "with IAM's elements alone",
      stack: "dev",
      edits: [
        setting(BUCKET_POLICY, TRAIL_BUCKET, { policy: '{"Statement":[{"Effect":"Allow","Actions":"*"}]}' }),
      ],
      wrong: [[TRAIL_BUCKET, `The policy of ${TRAIL_BUCKET} is no policy document.`]],
    },
    {
      rule: "with IAM's effects alone, in their own case",
      stack: "dev",
      edits: [
        setting(BUCKET_POLICY, TRAIL_BUCKET, {
          policy:
            '{"Version":"2012-10-17","Statement":[{"Effect":"allow","Principal":"*","Action":"*","Resource":"*"}]}',
        }),
      ],
      wrong: [
        [
          TRAIL_BUCKET,
          `The policy of ${TRAIL_BUCKET} has the effect "allow" in the statement number 1, which is neither Allow nor Deny.`,
        ],
      ],
    },
    {
      rule: "trusts and inline policies too",
      stack: "dev",
      edits: [
        setting(ROLE, "infra-ReadR-dev", {
          assumeRolePolicy: '{"Statement":[{}]}',
          inlinePolicies: [{ name: "extra", policy: "[]" }],
        }),
      ],
      wrong: [
        ["infra-ReadR-dev", "The trust of infra-ReadR-dev is no policy document."],
        ["infra-ReadR-dev", "An inline policy of infra-ReadR-dev is no policy document."],
      ],
    },
  ],
};

const KEY = "aws:kms/key:Key";

/** A key that everybody may use, whom a condition leaves. */
const keyForThose = (Condition: object) =>
  adding(KEY, "extra", {
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Use",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition,
        },
      ],
    }),
  });
const everybodyUsesKey: RefusedCase["wrong"] = [
  ["extra", 'The policy of extra allows everybody in the statement "Use".'],
];
const OWN_ROLES = [
  "arn:aws:iam::444444444444:role/infra-DbaR-prod",
  "arn:aws:iam::444444444444:role/workloads/infra-task-web-prod",
];

const BY_THE_ACCOUNT = {
  "kms:CallerAccount": "444444444444",
  "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
};
const NOT_FOR_A_VALUE = { "kms:EncryptionContext:SecretVersionId": "RequestToValidateKeyAccess" };

export const documentWildcardPrincipal: PolicyCases = {
  passes: [
    {
      rule: "a condition that names roles of the account, so that nobody else is left",
      stack: "prod",
      edits: [keyForThose({ ArnEquals: { "aws:PrincipalArn": OWN_ROLES } })],
    },
    {
      rule: "conditions that leave the account nothing but to try the key for a secret",
      stack: "prod",
      edits: [keyForThose({ StringEquals: { ...BY_THE_ACCOUNT, ...NOT_FOR_A_VALUE } })],
    },
  ],
  refuses: [
    {
      rule: "no use of the key by all of the account",
      stack: "prod",
      edits: [keyForThose({ StringEquals: BY_THE_ACCOUNT })],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no trial of the key by another account",
      stack: "prod",
      edits: [
        keyForThose({
          StringEquals: { "kms:CallerAccount": ["444444444444", "222222222222"], ...NOT_FOR_A_VALUE },
        }),
      ],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no use of the key under some version beside the trial",
      stack: "prod",
      edits: [
        keyForThose({
          StringEquals: {
            ...BY_THE_ACCOUNT,
            "kms:EncryptionContext:SecretVersionId": ["RequestToValidateKeyAccess", "11111111"],
          },
        }),
      ],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no condition about something else",
      stack: "prod",
      edits: [keyForThose({ StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no condition that holds where nobody is named",
      stack: "prod",
      edits: [keyForThose({ ArnEqualsIfExists: { "aws:PrincipalArn": OWN_ROLES } })],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no condition that names whom it does not mean",
      stack: "prod",
      edits: [keyForThose({ ArnNotEquals: { "aws:PrincipalArn": OWN_ROLES } })],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no pattern beside the names",
      stack: "prod",
      edits: [
        keyForThose({
          ArnEquals: { "aws:PrincipalArn": [...OWN_ROLES, "arn:aws:iam::444444444444:role/*"] },
        }),
      ],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no role of another account beside the names",
      stack: "prod",
      edits: [
        keyForThose({
          ArnEquals: { "aws:PrincipalArn": [...OWN_ROLES, "arn:aws:iam::222222222222:role/infra-DbaR-dev"] },
        }),
      ],
      wrong: everybodyUsesKey,
    },
    {
      rule: "no bucket is open to everybody",
      stack: "dev",
      edits: [
        rewritingStatement(BUCKET_POLICY, TRAIL_BUCKET, "policy", (statement) => {
          statement.Principal = "*";
        }),
      ],
      wrong: [
        [
          TRAIL_BUCKET,
          `The policy of ${TRAIL_BUCKET} allows everybody in the statement "TrailChecksBucket".`,
        ],
      ],
    },
    {
      rule: "no key",
      stack: "prod",
      edits: [
        rewritingStatement(KEY, "infra-alarms", "policy", (statement) => {
          statement.Principal = { AWS: "*" };
        }),
      ],
      wrong: [
        [
          "infra-alarms",
          'The policy of infra-alarms allows everybody in the statement "AccountAdministersKey".',
        ],
      ],
    },
    {
      rule: "no topic",
      stack: "prod",
      edits: [
        rewritingStatement("aws:sns/topicPolicy:TopicPolicy", "infra-alarms", "policy", (statement) => {
          statement.Principal = { AWS: ["444444444444", "*"] };
        }),
      ],
      wrong: [
        [
          "infra-alarms",
          'The policy of infra-alarms allows everybody in the statement "AlarmsPublishNotices".',
        ],
      ],
    },
  ],
};

export const documentNotAllow: PolicyCases = {
  refuses: [
    {
      rule: "no NotAction",
      stack: "dev",
      edits: [
        rewritingStatement(POLICY, MONITOR, "policy", (statement) => {
          delete statement.Action;
          statement.NotAction = "iam:*";
        }),
      ],
      wrong: [[MONITOR, `The policy ${MONITOR} allows by NotAction in the statement "Read".`]],
    },
    {
      rule: "no NotPrincipal",
      stack: "dev",
      edits: [
        rewritingStatement(BUCKET_POLICY, TRAIL_BUCKET, "policy", (statement) => {
          delete statement.Principal;
          statement.NotPrincipal = { AWS: "arn:aws:iam::111111111111:user/people/mallory" };
        }),
      ],
      wrong: [
        [
          TRAIL_BUCKET,
          `The policy of ${TRAIL_BUCKET} allows by NotPrincipal in the statement "TrailChecksBucket".`,
        ],
      ],
    },
  ],
};

export const documentMfaDeny: PolicyCases = {
  refuses: [
    {
      rule: "IfExists, because access keys carry no MFA key",
      stack: "users",
      edits: [
        rewriting(POLICY, "infra-ManageOwnUserG-permissions", "policy", ({ Statement }) => {
          for (const statement of Statement.filter(({ Sid }) => Sid === "NothingElseWithoutMfa")) {
            statement.Condition = { Bool: { "aws:MultiFactorAuthPresent": "false" } };
          }
        }),
      ],
      wrong: [
        [
          "infra-ManageOwnUserG-permissions",
          'The policy infra-ManageOwnUserG-permissions denies by Bool aws:MultiFactorAuthPresent in the statement "NothingElseWithoutMfa", which never matches access keys.',
        ],
      ],
    },
    {
      rule: "for MFA's age too, and whatever the key's case",
      stack: "users",
      edits: [
        rewriting(POLICY, "infra-ManageOwnUserG-permissions", "policy", ({ Statement }) => {
          for (const statement of Statement.filter(({ Sid }) => Sid === "NothingElseWithoutMfa")) {
            statement.Condition = { NumericGreaterThan: { "AWS:multifactorauthage": "3600" } };
          }
        }),
      ],
      wrong: [
        [
          "infra-ManageOwnUserG-permissions",
          'The policy infra-ManageOwnUserG-permissions denies by NumericGreaterThan AWS:multifactorauthage in the statement "NothingElseWithoutMfa", which never matches access keys.',
        ],
      ],
    },
  ],
};

export const policyMfaCondition: PolicyCases = {
  refuses: [
    {
      rule: "no MFA condition in a role's policy",
      stack: "dev",
      edits: [
        rewritingStatement(POLICY, MONITOR, "policy", (statement) => {
          statement.Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
        }),
      ],
      wrong: [
        [MONITOR, `The policy ${MONITOR} depends on aws:MultiFactorAuthPresent in the statement "Read".`],
      ],
    },
    {
      rule: "nor in an inline one, nor about its age",
      stack: "users",
      edits: [
        setting(ROLE, "infra-SecurityR-users", {
          inlinePolicies: [
            {
              policy: JSON.stringify({
                Statement: {
                  Effect: "Deny",
                  Action: "*",
                  Resource: "*",
                  Condition: { NumericGreaterThanIfExists: { "aws:MultiFactorAuthAge": 3_600 } },
                },
              }),
            },
          ],
        }),
      ],
      wrong: [
        [
          "infra-SecurityR-users",
          "An inline policy of infra-SecurityR-users depends on aws:MultiFactorAuthAge in the statement number 1.",
        ],
      ],
    },
  ],
};

export const policyRoster: PolicyCases = {
  passes: [
    {
      rule: "the order of statements and of actions is free",
      stack: "dev",
      edits: [
        rewriting(POLICY, MONITOR, "policy", (document) => {
          document.Statement.reverse();
          for (const statement of document.Statement) (statement.Action as string[]).reverse();
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "nothing is added",
      stack: "dev",
      edits: [
        rewriting(POLICY, MONITOR, "policy", ({ Statement }) => {
          Statement.push({ Sid: "More", Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
        }),
      ],
      wrong: [[MONITOR, `The policy ${MONITOR} has a statement too many, "More".`]],
    },
    {
      rule: "nothing is taken away",
      stack: "prod",
      edits: [
        rewriting(POLICY, "infra-OpsR-prod-boundary", "policy", (document) => {
          document.Statement = document.Statement.filter(({ Sid }) => Sid !== "Bounded");
        }),
      ],
      wrong: [
        ["infra-OpsR-prod-boundary", 'The policy infra-OpsR-prod-boundary lacks the statement "Bounded".'],
      ],
    },
    {
      rule: "nothing is changed",
      stack: "users",
      edits: [
        rewritingStatement(POLICY, "infra-PowerG-permissions", "policy", (statement) => {
          delete statement.Condition;
        }),
      ],
      wrong: [
        [
          "infra-PowerG-permissions",
          'The policy infra-PowerG-permissions differs in Condition.Bool.aws:MultiFactorAuthPresent (missing: true), Condition.NumericLessThan.aws:MultiFactorAuthAge (missing: 3600), Condition.StringNotEquals.aws:ResourceTag/BreakGlassHolder (missing: true) of the statement "FullIam".',
        ],
      ],
    },
  ],
};

const more = (statement: object) =>
  rewriting(POLICY, MONITOR, "policy", ({ Statement }) => {
    Statement.push({ Sid: "More", Effect: "Allow", ...statement });
  });

export const policyFullAccess: PolicyCases = {
  passes: [
    {
      rule: "a whole service is not everything",
      stack: "dev",
      edits: [more({ Action: "s3:*", Resource: "*" })],
    },
    { rule: "a Deny is not", stack: "dev", edits: [more({ Effect: "Deny", Action: "*", Resource: "*" })] },
  ],
  refuses: [
    {
      rule: "no * on *",
      stack: "dev",
      edits: [more({ Action: "*", Resource: "*" })],
      wrong: [[MONITOR, `The policy ${MONITOR} allows everything in the statement "More".`]],
    },
    {
      rule: "however it is written",
      stack: "dev",
      edits: [more({ Action: ["s3:*", "*:*"], Resource: ["arn:aws:s3:::x", "*"] })],
      wrong: [[MONITOR, `The policy ${MONITOR} allows everything in the statement "More".`]],
    },
    {
      rule: "nor by exclusion",
      stack: "dev",
      edits: [more({ NotAction: "iam:*", Resource: "*" })],
      wrong: [[MONITOR, `The policy ${MONITOR} allows everything in the statement "More".`]],
    },
    {
      rule: "nor in a policy that nobody knows",
      stack: "dev",
      edits: [
        adding(POLICY, "extra", {
          name: "extra",
          policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
        }),
      ],
      wrong: [["extra", "The policy extra allows everything in the statement number 1."]],
    },
  ],
};

export const policyPassRole: PolicyCases = {
  passes: [
    {
      rule: "a path is a limit",
      stack: "dev",
      edits: [more({ Action: "iam:PassRole", Resource: "arn:aws:iam::222222222222:role/workloads/*" })],
    },
    {
      rule: "Ops on its account's, whatever the account's id",
      stack: "dev",
      situation: {
        organization: {
          ...sampleOrganization(),
          accounts: {
            ...sampleOrganization().accounts,
            dev: { id: "000000000000", kind: "workload", environment: "dev" },
          },
        },
      },
      edits: [],
    },
  ],
  refuses: [
    {
      rule: "not on *",
      stack: "dev",
      edits: [more({ Action: "iam:PassRole", Resource: "*" })],
      wrong: [[MONITOR, `The policy ${MONITOR} allows iam:PassRole on every role in the statement "More".`]],
    },
    {
      rule: "not on all roles of the account, by a wildcard action",
      stack: "dev",
      edits: [more({ Action: "iam:P*", Resource: "arn:aws:iam::222222222222:role/*" })],
      wrong: [[MONITOR, `The policy ${MONITOR} allows iam:PassRole on every role in the statement "More".`]],
    },
    {
      rule: "Ops, which has full IAM, on its account's",
      stack: "dev",
      edits: [
        rewriting(POLICY, "infra-OpsR-dev-permissions", "policy", ({ Statement }) => {
          Statement.push({ Sid: "More", Effect: "Allow", Action: "iam:PassRole", Resource: "*" });
        }),
      ],
      wrong: [
        [
          "infra-OpsR-dev-permissions",
          'The policy infra-OpsR-dev-permissions allows iam:PassRole on every role in the statement "More".',
        ],
      ],
    },
  ],
};

export const policyEscalation: PolicyCases = {
  passes: [
    {
      rule: "roles of workloads may be passed to machines",
      stack: "dev",
      edits: [
        more({ Action: "iam:PassRole", Resource: "arn:aws:iam::222222222222:role/workloads/*" }),
        more({ Action: "ec2:RunInstances", Resource: "*" }),
      ],
    },
    {
      rule: "one's own keys are one's own",
      stack: "users",
      edits: [
        rewriting(POLICY, "infra-SecurityR-users-permissions", "policy", ({ Statement }) => {
          const own = "arn:aws:iam::111111111111:user/people/${aws:username}";
          Statement.push({ Effect: "Allow", Action: "iam:CreateAccessKey", Resource: own });
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "a known combination",
      stack: "dev",
      edits: [more({ Action: ["iam:PassRole", "glue:CreateSession", "glue:RunStatement"], Resource: "*" })],
      wrong: [
        [
          MONITOR,
          `The policy ${MONITOR} opens known ways up: glue-007 (iam:PassRole with glue:CreateSession with glue:RunStatement).`,
        ],
      ],
    },
    {
      rule: "by wildcards, and over several statements",
      stack: "dev",
      edits: [
        more({ Action: "iam:Pass*", Resource: "arn:aws:iam::222222222222:role/infra-*" }),
        more({ Action: "braket:*", Resource: "*" }),
      ],
      wrong: [
        [
          MONITOR,
          `The policy ${MONITOR} opens known ways up: braket-001 (iam:PassRole with braket:CreateJob).`,
        ],
      ],
    },
    {
      rule: "in a policy that nobody knows",
      stack: "users",
      edits: [
        adding("aws:iam/userPolicy:UserPolicy", "extra", {
          user: "alex.dba",
          policy: '{"Statement":[{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"}]}',
        }),
      ],
      wrong: [["extra", "The policy extra opens known ways up: iam-007 (iam:PutUserPolicy)."]],
    },
    {
      rule: "a Developer's functions are meant, nothing else",
      stack: "dev",
      edits: [
        rewriting(POLICY, "infra-DeveloperR-dev-permissions", "policy", ({ Statement }) => {
          Statement.push({ Effect: "Allow", Action: "lambda:AddPermission", Resource: "*" });
        }),
      ],
      wrong: [
        [
          "infra-DeveloperR-dev-permissions",
          "The policy infra-DeveloperR-dev-permissions opens known ways up: lambda-005 (lambda:UpdateFunctionCode with lambda:AddPermission).",
        ],
      ],
    },
  ],
};
