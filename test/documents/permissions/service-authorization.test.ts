import assert from "node:assert/strict";
import { policyDocument, type PermissionStatement } from "../../../src/documents/policy-document";
import { authorizationProblems, type Attachment } from "../../support/service-authorization";

interface WrongStatement {
  /** What the seed, or a likely mistake, gets wrong (design, section 7). */
  readonly mistake: string;
  readonly statement: PermissionStatement;
  readonly attachment?: Attachment;
  readonly problems: readonly string[];
}

const SEEDS: readonly WrongStatement[] = [
  {
    mistake: "MenoTime, developers: rds-db:connect on an RDS instance, and RDS instances after a slash",
    statement: {
      Sid: "DevelopmentRDSAccess",
      Effect: "Allow",
      Action: ["rds:DescribeDBInstances", "rds:DescribeDBClusters", "rds-db:connect"],
      Resource: "arn:aws:rds:us-east-1:111111111111:db/menotime-dev*",
    },
    problems: [
      "DevelopmentRDSAccess: arn:aws:rds:us-east-1:111111111111:db/menotime-dev*: rds has no such resource",
      "DevelopmentRDSAccess: rds:DescribeDBInstances: takes none of arn:aws:rds:us-east-1:111111111111:db/menotime-dev* (it takes db)",
      "DevelopmentRDSAccess: rds:DescribeDBClusters: takes none of arn:aws:rds:us-east-1:111111111111:db/menotime-dev* (it takes cluster)",
      "DevelopmentRDSAccess: rds-db:connect: takes none of arn:aws:rds:us-east-1:111111111111:db/menotime-dev* (it takes db-user)",
    ],
  },
  {
    mistake: "MenoTime, developers: task definitions as if they were services",
    statement: {
      Sid: "ECSDeployment",
      Effect: "Allow",
      Action: [
        "ecs:UpdateService",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:RegisterTaskDefinition",
      ],
      Resource: [
        "arn:aws:ecs:us-east-1:111111111111:service/menotime-dev/*",
        "arn:aws:ecs:us-east-1:111111111111:service/menotime-staging/*",
      ],
    },
    problems: [
      "ECSDeployment: ecs:DescribeTaskDefinition: takes none of arn:aws:ecs:us-east-1:111111111111:service/menotime-dev/*, arn:aws:ecs:us-east-1:111111111111:service/menotime-staging/* (it takes only *)",
      "ECSDeployment: ecs:RegisterTaskDefinition: takes none of arn:aws:ecs:us-east-1:111111111111:service/menotime-dev/*, arn:aws:ecs:us-east-1:111111111111:service/menotime-staging/* (it takes task-definition)",
    ],
  },
  {
    mistake: "MenoTime, developers: all log groups, narrowed to some",
    statement: {
      Sid: "CloudWatchLogsAccess",
      Effect: "Allow",
      Action: ["logs:GetLogEvents", "logs:DescribeLogStreams", "logs:DescribeLogGroups"],
      Resource: "arn:aws:logs:us-east-1:111111111111:log-group:/menotime/dev*",
    },
    problems: [
      "CloudWatchLogsAccess: logs:DescribeLogGroups: takes none of arn:aws:logs:us-east-1:111111111111:log-group:/menotime/dev* (it takes only *)",
    ],
  },
  {
    mistake: "MenoTime, DevOps: a condition key that does not exist",
    statement: {
      Sid: "IAMRoleManagement",
      Effect: "Allow",
      Action: ["iam:CreateRole", "iam:ListRole*", "iam:GetRole*"],
      Resource: "arn:aws:iam::111111111111:role/menotime-*",
      Condition: { StringNotLike: { "iam:RoleName": "menotime-root-*" } },
    },
    problems: ["IAMRoleManagement: iam:RoleName: AWS has no such condition key"],
  },
  {
    mistake: "MenoTime, DevOps: a user's name in a role's policy",
    statement: {
      Sid: "SecretsManagerProd",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: "arn:aws:secretsmanager:*:111111111111:secret:menotime/prod/*",
      Condition: { StringEquals: { "aws:username": "sre-team-only" } },
    },
    problems: ["SecretsManagerProd: aws:username: absent in sessions of roles"],
  },
  {
    mistake:
      "MenoTime, database administrators: RDS instances after a slash, and what a restored one needs besides",
    statement: {
      Sid: "RDSAdministration",
      Effect: "Allow",
      Action: ["rds:RestoreDBInstanceFromDBSnapshot", "rds:ModifyDBInstance"],
      Resource: "arn:aws:rds:*:111111111111:db:*",
    },
    problems: [
      "RDSAdministration: rds:RestoreDBInstanceFromDBSnapshot: needs a resource of type og too",
      "RDSAdministration: rds:RestoreDBInstanceFromDBSnapshot: needs a resource of type pg too",
      "RDSAdministration: rds:RestoreDBInstanceFromDBSnapshot: needs a resource of type subgrp too",
    ],
  },
  {
    mistake: "MenoTime, security: an action that does not exist",
    statement: {
      Sid: "SecurityHubAccess",
      Effect: "Allow",
      Action: ["securityhub:GetFindings", "securityhub:GetInsights", "securityhub:ListInsights"],
      Resource: "*",
    },
    problems: ["SecurityHubAccess: securityhub:ListInsights: AWS has no such action"],
  },
  {
    mistake: "Svitla, scenario 1: a service's own key for tags, which DynamoDB does not have",
    statement: {
      Sid: "Sensitive",
      Effect: "Deny",
      Action: "dynamodb:*",
      Resource: "arn:aws:dynamodb:eu-west-1:111111111111:table/*",
      Condition: { StringEquals: { "dynamodb:ResourceTag/AccessLevel": "Sensitive" } },
    },
    problems: ["Sensitive: dynamodb:ResourceTag/AccessLevel: AWS has no such condition key"],
  },
  {
    mistake: "Svitla, scenario 3: reading tables through IAM",
    statement: {
      Sid: "DataShare",
      Effect: "Allow",
      Action: ["redshift:DescribeClusters", "redshift:DescribeTables", "redshift:Select"],
      Resource: [
        "arn:aws:redshift:eu-west-1:111111111111:cluster:sales",
        "arn:aws:redshift:eu-west-1:111111111111:table:sales.public.orders",
      ],
    },
    problems: [
      "DataShare: redshift:DescribeTables: AWS has no such action",
      "DataShare: redshift:Select: AWS has no such action",
      "DataShare: arn:aws:redshift:eu-west-1:111111111111:table:sales.public.orders: redshift has no such resource",
    ],
  },
];

const MISTAKES: readonly WrongStatement[] = [
  {
    mistake: "a service that does not exist",
    statement: { Sid: "Typo", Effect: "Allow", Action: "dynamo:GetItem", Resource: "*" },
    problems: ["Typo: dynamo:GetItem: AWS has no service dynamo"],
  },
  {
    mistake: "a key that one of two actions does not offer, in a Deny that holds without it",
    statement: {
      Sid: "Lasting",
      Effect: "Deny",
      Action: ["cloudwatch:PutMetricData", "ssm:PutParameter"],
      Resource: "*",
      Condition: { StringNotEquals: { "ssm:Policies": "true" } },
    },
    problems: ["Lasting: ssm:Policies: cloudwatch:PutMetricData does not offer it"],
  },
  {
    mistake: "a key that no action offers, in an Allow that holds without it",
    statement: {
      Sid: "Lasting",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringNotEquals: { "ssm:Policies": "true" } },
    },
    problems: ["Lasting: ssm:Policies: cloudwatch:PutMetricData does not offer it"],
  },
  {
    mistake: "a pattern that matches no action",
    statement: { Sid: "Typo", Effect: "Deny", Action: "s3:Remove*", Resource: "*" },
    problems: ["Typo: s3:Remove*: AWS has no such action"],
  },
  {
    mistake: "a resource of a service that does not exist",
    statement: {
      Sid: "Typo",
      Effect: "Deny",
      NotAction: "s3:GetObject",
      Resource: "arn:aws:cloudwatchlogs:*:111111111111:log-group:app",
    },
    problems: [
      "Typo: arn:aws:cloudwatchlogs:*:111111111111:log-group:app: AWS has no service cloudwatchlogs",
    ],
  },
  {
    mistake: "an exception for a resource that its service does not have",
    statement: {
      Sid: "Typo",
      Effect: "Deny",
      Action: "iam:PassRole",
      NotResource: "arn:aws:iam::111111111111:roles/app",
    },
    problems: ["Typo: arn:aws:iam::111111111111:roles/app: iam has no such resource"],
  },
  {
    mistake: "a resource that none of the actions takes",
    statement: {
      Sid: "Idle",
      Effect: "Deny",
      Action: "s3:DeleteBucket",
      Resource: ["arn:aws:s3:::app", "arn:aws:s3:eu-west-1:111111111111:job/1"],
    },
    problems: ["Idle: arn:aws:s3:eu-west-1:111111111111:job/1: none of the actions takes it"],
  },
  {
    mistake: "MFA in a role's policy",
    statement: {
      Sid: "Mfa",
      Effect: "Allow",
      Action: "s3:ListAllMyBuckets",
      Resource: "*",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
    problems: ["Mfa: aws:MultiFactorAuthPresent: absent in sessions of roles"],
  },
  {
    mistake: "a user's name inside a role's resource",
    statement: {
      Sid: "OwnUser",
      Effect: "Allow",
      Action: "iam:GetUser",
      Resource: "arn:aws:iam::111111111111:user/people/${aws:username}",
    },
    problems: ["OwnUser: aws:username: absent in sessions of roles"],
  },
  {
    mistake: "a condition key of another action",
    statement: {
      Sid: "Boundary",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:CreatePolicyVersion"],
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/b" } },
    },
    problems: ["Boundary: iam:PermissionsBoundary: iam:CreatePolicyVersion does not offer it"],
  },
  {
    mistake: "a tag of the request where the action takes none",
    statement: {
      Sid: "Tagged",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::111111111111:role/app",
      Condition: { StringEquals: { "aws:RequestTag/project": "phoenix" } },
    },
    problems: ["Tagged: aws:RequestTag/project: iam:PassRole does not offer it"],
  },
  {
    mistake: "what a key encrypts, asked of an action that encrypts nothing",
    statement: {
      Sid: "Secrets",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "*",
      Condition: { StringLike: { "kms:EncryptionContext:SecretARN": "*" } },
    },
    problems: ["Secrets: kms:EncryptionContext:SecretARN: kms:DescribeKey does not offer it"],
  },
];

const RIGHT: readonly (readonly [says: string, attachment: Attachment, statement: PermissionStatement])[] = [
  [
    "a user's name in a user's policy",
    "user",
    {
      Sid: "OwnUser",
      Effect: "Allow",
      Action: "iam:GetUser",
      Resource: "arn:aws:iam::111111111111:user/people/${aws:username}",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
  ],
  [
    "tags of a resource that its action offers",
    "role",
    {
      Sid: "Tagged",
      Effect: "Allow",
      Action: "ec2:StartInstances",
      Resource: "arn:aws:ec2:eu-west-1:111111111111:instance/*",
      Condition: { StringEquals: { "aws:ResourceTag/Environment": "dev" } },
    },
  ],
  [
    "a key that one of two actions offers, in an Allow that holds without it",
    "role",
    {
      Sid: "Lasting",
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData", "ssm:PutParameter"],
      Resource: "*",
      Condition: { StringNotEquals: { "cloudwatch:namespace": "Muster", "ssm:Policies": "true" } },
    },
  ],
  [
    "everything that a restored database needs",
    "role",
    {
      Sid: "Restore",
      Effect: "Allow",
      Action: "rds:RestoreDBInstanceFromDBSnapshot",
      Resource: ["db", "og", "pg", "snapshot", "subgrp"].map(
        (type) => `arn:aws:rds:eu-west-1:111111111111:${type}:*`,
      ),
    },
  ],
  ["a denial of everything", "role", { Sid: "Nothing", Effect: "Deny", Action: "*", Resource: "*" }],
];

describe("the check against AWS's service authorization data", () => {
  for (const { mistake, statement, attachment = "role", problems } of [...SEEDS, ...MISTAKES]) {
    it(`finds ${mistake}`, async () => {
      assert.deepEqual(await authorizationProblems(policyDocument(statement), attachment), problems);
    });
  }

  for (const [says, attachment, statement] of RIGHT) {
    it(`accepts ${says}`, async () => {
      assert.deepEqual(await authorizationProblems(policyDocument(statement), attachment), []);
    });
  }
});
