import type { Environment } from "../../../src/model/organization";
import { ACCOUNTS } from "../fixture";
import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { can, cannot, proveRole, type CaseDetails } from "./role-proof";

const EVERYWHERE = ["identity", "dev", "staging", "prod"] as const;

const trailBucket = "arn:aws:s3:::infra-trail-{account}";
const trailObject = `${trailBucket}/AWSLogs/{account}/CloudTrail/1.json.gz`;
const key = "arn:aws:kms:{region}:{account}:key/1";
const encryptedBy = (account: Environment, name = "infra-trail"): CaseDetails => ({
  context: {
    "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:eu-west-1:${ACCOUNTS[account].id}:trail/${name}`,
  },
});

const logGroup = "arn:aws:logs:{region}:{account}:log-group:/menotime/api";

const fn = "arn:aws:lambda:{region}:{account}:function:infra-report";
const SETTINGS = [
  ["variables of a function", "lambda:GetFunctionConfiguration", fn],
  ["a function's code and variables", "lambda:GetFunction", fn],
  ["variables of a build", "codebuild:BatchGetProjects", "arn:aws:codebuild:{region}:{account}:project/app"],
] as const;

describe("Security", () => {
  proveRole({
    role: "Security",
    environments: EVERYWHERE,
    cases: [
      ...beside(
        MENOTIME.security,
        // "They can"
        can(EVERYWHERE, "view CloudTrail's events", "cloudtrail:LookupEvents"),
        can(
          EVERYWHERE,
          "view whether CloudTrail works",
          "cloudtrail:GetTrailStatus",
          "arn:aws:cloudtrail:{region}:{account}:trail/infra-trail",
        ),
        can(
          EVERYWHERE,
          "view CloudTrail's logs",
          "logs:FilterLogEvents",
          "arn:aws:logs:{region}:{account}:log-group:infra-trail",
          { decision: "15.19" },
        ),
        can(
          EVERYWHERE,
          "query CloudTrail Lake",
          "cloudtrail:StartQuery",
          "arn:aws:cloudtrail:{region}:{account}:eventdatastore/1",
          { decision: "15.19" },
        ),
        can(
          EVERYWHERE,
          "access Security Hub's findings",
          "securityhub:GetFindings",
          "arn:aws:securityhub:{region}:{account}:hub/default",
        ),
        can(
          EVERYWHERE,
          "access Security Hub's insights",
          "securityhub:GetInsights",
          "arn:aws:securityhub:{region}:{account}:hub/default",
        ),
        can(
          EVERYWHERE,
          "review IAM policies",
          "iam:GetPolicyVersion",
          "arn:aws:iam::{account}:policy/infra-OpsR-boundary",
          { decision: "15.19" },
        ),
        can(EVERYWHERE, "review IAM roles", "iam:GetRole", "arn:aws:iam::{account}:role/infra-OpsR"),
        can(EVERYWHERE, "monitor GuardDuty alerts", "guardduty:GetFindings"),
        can(EVERYWHERE, "list GuardDuty's detectors", "guardduty:ListDetectors"),
        can(EVERYWHERE, "find GuardDuty alerts", "guardduty:ListFindings"),
        can(EVERYWHERE, "list IAM policies", "iam:ListPolicies"),
        can(EVERYWHERE, "see a user", "iam:GetUser", "arn:aws:iam::{account}:user/people/bob"),
        can(EVERYWHERE, "find log groups", "logs:DescribeLogGroups", "*", { decision: "15.11" }),
        can(EVERYWHERE, "read CloudWatch logs", "logs:GetLogEvents", `${logGroup}:log-stream:1`),
        can(EVERYWHERE, "search CloudWatch logs", "logs:StartQuery", logGroup, { decision: "15.19" }),
        can(EVERYWHERE, "list IAM users", "iam:ListUsers"),
        can(EVERYWHERE, "list IAM roles", "iam:ListRoles"),
        can(
          EVERYWHERE,
          "see whether people have MFA",
          "iam:ListMFADevices",
          "arn:aws:iam::{account}:user/people/bob",
        ),
        can(EVERYWHERE, "read the credential report", "iam:GetCredentialReport", "*", { decision: "15.19" }),

        // "They cannot"
        cannot(EVERYWHERE, "modify anything: roles", "iam:PutRolePolicy", "arn:aws:iam::{account}:role/app"),
        cannot(
          EVERYWHERE,
          "modify anything: instances",
          "ec2:StopInstances",
          "arn:aws:ec2:{region}:{account}:instance/i-1",
        ),
        cannot(
          EVERYWHERE,
          "access application data: objects",
          "s3:GetObject",
          "arn:aws:s3:::menotime-data/patient",
        ),
        cannot(
          EVERYWHERE,
          "access application data: items",
          "dynamodb:GetItem",
          "arn:aws:dynamodb:{region}:{account}:table/patients",
        ),
        cannot(
          EVERYWHERE,
          "access application data: secrets",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:{region}:{account}:secret:menotime-AbCdEf",
        ),
        cannot(
          EVERYWHERE,
          "access application data: parameters",
          "ssm:GetParameter",
          "arn:aws:ssm:{region}:{account}:parameter/menotime",
        ),
        cannot(
          EVERYWHERE,
          "access application data: vectors",
          "s3vectors:GetVectors",
          "arn:aws:s3vectors:{region}:{account}:bucket/patients/index/notes",
        ),
        cannot(
          EVERYWHERE,
          "access application data: what instances start with",
          "ec2:DescribeInstanceAttribute",
          "arn:aws:ec2:{region}:{account}:instance/i-1",
        ),
        cannot(
          EVERYWHERE,
          "access databases",
          "rds-db:connect",
          "arn:aws:rds-db:{region}:{account}:dbuser:db-ABC/dev_readonly_user",
        ),
        cannot(
          EVERYWHERE,
          "modify security configurations: GuardDuty",
          "guardduty:DeleteDetector",
          "arn:aws:guardduty:{region}:{account}:detector/1",
        ),
        cannot(
          EVERYWHERE,
          "modify security configurations: Security Hub",
          "securityhub:BatchUpdateFindings",
          "arn:aws:securityhub:{region}:{account}:hub/default",
        ),
        cannot(
          EVERYWHERE,
          "modify security configurations: trails",
          "cloudtrail:StopLogging",
          "arn:aws:cloudtrail:{region}:{account}:trail/infra-trail",
        ),
        cannot(
          EVERYWHERE,
          "modify security configurations: alarms",
          "cloudwatch:DeleteAlarms",
          "arn:aws:cloudwatch:{region}:{account}:alarm:infra-BreakGlassUsed",
        ),
      ),
      cannot(
        EVERYWHERE,
        "access application data: objects of a bucket that is open",
        "s3:GetObject",
        "arn:aws:s3:::menotime-data/patient",
        { isOpen: true },
      ),
      can(EVERYWHERE, "find the trail's objects", "s3:ListBucket", trailBucket),
      can(EVERYWHERE, "find earlier versions of the trail's objects", "s3:ListBucketVersions", trailBucket),
      can(EVERYWHERE, "read the trail's objects", "s3:GetObject", trailObject),
      can(EVERYWHERE, "read earlier versions of the trail's objects", "s3:GetObjectVersion", trailObject),
      ...EVERYWHERE.map((account) =>
        can(account, "decrypt the trail's objects", "kms:Decrypt", key, encryptedBy(account)),
      ),
      cannot(EVERYWHERE, "change the trail's objects", "s3:PutObject", trailObject),
      cannot(EVERYWHERE, "decrypt anything else", "kms:Decrypt", key),
      cannot("prod", "decrypt another account's trail", "kms:Decrypt", key, encryptedBy("dev")),
      cannot("prod", "decrypt another trail", "kms:Decrypt", key, encryptedBy("prod", "other")),
      cannot("prod", "access objects of another trail", "s3:GetObject", `${trailBucket}-2/AWSLogs/1`, {
        isOpen: true,
      }),
      cannot(EVERYWHERE, "decrypt application data with a key that is open", "kms:Decrypt", key, {
        isOpen: true,
      }),
      ...SETTINGS.map(([what, action, resource]) =>
        cannot("prod", `access application data: ${what}, where its policy opens`, action, resource, {
          isOpen: true,
        }),
      ),
      can(["dev", "staging"], "see functions and their variables", "lambda:GetFunctionConfiguration", fn),
      cannot("prod", "access application data: variables of containers", "ecs:DescribeTaskDefinition"),
      cannot("prod", "access application data: pre-shared keys of VPNs", "ec2:DescribeVpnConnections"),
    ],
  });
});
