import assert from "node:assert/strict";

import { PIPELINE_PERMISSIONS } from "../../../src/documents/pipeline-blueprint";
import { renderDocument, type PolicyDocument } from "../../../src/documents/policy-document";
import { PIPELINE_ROLE_NAMES, type PipelineRole } from "../../../src/model/pipeline";
import { QUOTAS } from "../../../src/model/quotas";
import type { IamRequest } from "../../support/iam-requests";
import { mutate } from "../../support/mutation";
import { providerRequests } from "../../support/provider-requests";
import { eachRequest, recordedRequests } from "../../support/recorded-requests";
import { authorizationProblems } from "../../support/service-authorization";
import { CONTEXT, decideAs, pipelinePermissions } from "./decide-as";

const BUCKET = "arn:aws:s3:::infra-trail-444444444444";
const LOG_GROUP = "arn:aws:logs:eu-west-1:444444444444:log-group:infra-trail";
const CONFIG_RULE = "arn:aws:config:eu-west-1:444444444444:config-rule/config-rule-abcdef";
const KEY = "arn:aws:kms:eu-west-1:444444444444:key/11111111-1111-1111-1111-111111111111";
const ROLE = "arn:aws:iam::444444444444:role/infra-OpsR-prod";
const USER = "arn:aws:iam::444444444444:user/people/ada.devops";
const WAY_BACK = "arn:aws:iam::444444444444:role/OrganizationAccountAccessRole";
const ROLE_OF_OTHERS = "arn:aws:iam::444444444444:role/ops/app";
const USER_OF_OTHERS = "arn:aws:iam::444444444444:user/app";
const LOG_GROUP_OF_OTHERS = "arn:aws:logs:eu-west-1:444444444444:log-group:/aws/lambda/app";
const OURS = { "aws:ResourceTag/ManagedBy": "muster" };

const REFUSED: readonly (readonly [says: string, ...request: IamRequest])[] = [
  ["read objects", "s3:GetObject", "arn:aws:s3:::patients/record"],
  ["read the trail's objects", "s3:GetObject", `${BUCKET}/AWSLogs/1`],
  ["list other buckets", "s3:ListBucket", "arn:aws:s3:::patients"],
  ["open other buckets", "s3:PutBucketPolicy", "arn:aws:s3:::patients"],
  ["delete the trail's bucket", "s3:DeleteBucket", BUCKET],
  ["read events", "logs:GetLogEvents", `${LOG_GROUP}:log-stream:1`],
  ["search events", "logs:FilterLogEvents", LOG_GROUP],
  [
    "read secrets",
    "secretsmanager:GetSecretValue",
    "arn:aws:secretsmanager:eu-west-1:444444444444:secret:db-1",
  ],
  [
    "write secrets",
    "secretsmanager:PutSecretValue",
    "arn:aws:secretsmanager:eu-west-1:444444444444:secret:db-1",
    OURS,
  ],
  [
    "open others' security groups",
    "ec2:AuthorizeSecurityGroupIngress",
    "arn:aws:ec2:eu-west-1:444444444444:security-group/sg-0123456789abcdef0",
    { "aws:ResourceTag/ManagedBy": "somebody" },
  ],
  [
    "take others' security groups by tagging them",
    "ec2:CreateTags",
    "arn:aws:ec2:eu-west-1:444444444444:security-group/sg-0123456789abcdef0",
  ],
  [
    "take others' security groups by our tag",
    "ec2:CreateTags",
    "arn:aws:ec2:eu-west-1:444444444444:security-group/sg-0123456789abcdef0",
    { "aws:RequestTag/ManagedBy": "muster" },
  ],
  [
    "put another owner on our security group, its tag gone",
    "ec2:CreateTags",
    "arn:aws:ec2:eu-west-1:444444444444:security-group/sg-0123456789abcdef0",
    { "aws:RequestTag/ManagedBy": "somebody", "aws:ResourceTag/Name": "infra-database" },
  ],
  [
    "make a security group without our tag",
    "ec2:CreateSecurityGroup",
    "arn:aws:ec2:eu-west-1:444444444444:security-group/*",
  ],
  [
    "make a secret without our tag",
    "secretsmanager:CreateSecret",
    "arn:aws:secretsmanager:eu-west-1:444444444444:secret:db-1",
  ],
  [
    "delete others' secrets",
    "secretsmanager:DeleteSecret",
    "arn:aws:secretsmanager:eu-west-1:444444444444:secret:db-1",
    { "aws:ResourceTag/ManagedBy": "somebody" },
  ],
  ["read parameters", "ssm:GetParameter", "arn:aws:ssm:eu-west-1:444444444444:parameter/db"],
  ["decrypt", "kms:Decrypt", KEY, OURS],
  ["change others' keys", "kms:PutKeyPolicy", KEY, { "aws:ResourceTag/ManagedBy": "somebody" }],
  ["make a key without our tag", "kms:CreateKey", "*"],
  ["disable a key", "kms:DisableKey", KEY, OURS],
  ["tag others' keys", "kms:TagResource", KEY, { "aws:ResourceTag/ManagedBy": "somebody" }],
  [
    "tag others' secrets",
    "secretsmanager:TagResource",
    "arn:aws:secretsmanager:eu-west-1:444444444444:secret:db-1",
    { "aws:ResourceTag/ManagedBy": "somebody" },
  ],
  [
    "read functions and their variables",
    "lambda:GetFunctionConfiguration",
    "arn:aws:lambda:eu-west-1:444444444444:function:f",
  ],
  ["make a detector without our tag", "guardduty:CreateDetector", "*"],
  ["make a rule of Config without our tag", "config:PutConfigRule", CONFIG_RULE],
  [
    "delete others' rules of Config",
    "config:DeleteConfigRule",
    CONFIG_RULE,
    { "aws:ResourceTag/ManagedBy": "somebody" },
  ],
  [
    "tag others' rules of Config",
    "config:TagResource",
    CONFIG_RULE,
    { "aws:RequestTag/Owner": "somebody", "aws:ResourceTag/ManagedBy": "somebody" },
  ],
  [
    "stop others' recorder",
    "config:StopConfigurationRecorder",
    "arn:aws:config:eu-west-1:444444444444:configuration-recorder/default/abcdef",
  ],
  [
    "hand Config's role to a machine",
    "iam:PassRole",
    "arn:aws:iam::444444444444:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    { "iam:PassedToService": "ec2.amazonaws.com" },
  ],
  [
    "make a role that AWS writes for another service",
    "iam:CreateServiceLinkedRole",
    "arn:aws:iam::444444444444:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    { "iam:AWSServiceName": "autoscaling.amazonaws.com" },
  ],
  [
    "change a detector of another region than the organization's",
    "guardduty:UpdateDetector",
    "arn:aws:guardduty:us-east-1:444444444444:detector/1234567890abcdef1234567890abcdef",
  ],
  [
    "delete others' analyzers",
    "access-analyzer:DeleteAnalyzer",
    "arn:aws:access-analyzer:eu-west-1:444444444444:analyzer/organization",
  ],
  ["become a role of people", "sts:AssumeRole", ROLE],
  ["hand a role to a machine", "iam:PassRole", ROLE, { "iam:PassedToService": "ec2.amazonaws.com" }],
  [
    "hand a machine's role to a function",
    "iam:PassRole",
    "arn:aws:iam::444444444444:role/workloads/infra-instance-batch-prod",
    { "iam:PassedToService": "lambda.amazonaws.com" },
  ],
  [
    "hand the trail's role to a machine",
    "iam:PassRole",
    "arn:aws:iam::444444444444:role/infra-TrailR",
    { "iam:PassedToService": "ec2.amazonaws.com" },
  ],
  [
    "hand the alarms' role to a machine",
    "iam:PassRole",
    "arn:aws:iam::444444444444:role/infra-EventR",
    { "iam:PassedToService": "ec2.amazonaws.com" },
  ],
  [
    "stop the trail",
    "cloudtrail:StopLogging",
    "arn:aws:cloudtrail:eu-west-1:444444444444:trail/infra-trail",
    OURS,
  ],
  ["give a person a policy of their own", "iam:PutUserPolicy", USER],
  ["change who pays or is written to", "iam:UpdateAccountEmailAddress", "*"],
  ["make keys for a person", "iam:CreateAccessKey", USER],
  ["set a password", "iam:UpdateLoginProfile", USER],
  ["enrol an MFA device", "iam:EnableMFADevice", USER],
  ["let somebody into the organization's role", "iam:UpdateAssumeRolePolicy", WAY_BACK],
  ["delete the organization's role", "iam:DeleteRole", WAY_BACK],
  ["give a role of others a policy", "iam:AttachRolePolicy", ROLE_OF_OTHERS],
  ["make a role of another name", "iam:CreateRole", ROLE_OF_OTHERS],
  ["change a policy of others", "iam:CreatePolicyVersion", "arn:aws:iam::444444444444:policy/ops/app"],
  ["put somebody into a group of others", "iam:AddUserToGroup", "arn:aws:iam::444444444444:group/admins"],
  ["delete a group of others", "iam:DeleteGroup", "arn:aws:iam::444444444444:group/admins"],
  [
    "put a role into a profile of others",
    "iam:AddRoleToInstanceProfile",
    "arn:aws:iam::444444444444:instance-profile/app",
  ],
  ["delete a user of others", "iam:DeleteUser", USER_OF_OTHERS],
  ["delete a key of others", "iam:DeleteAccessKey", USER_OF_OTHERS],
  ["deactivate a key of others", "iam:UpdateAccessKey", USER_OF_OTHERS],
  ["delete a log group of others", "logs:DeleteLogGroup", LOG_GROUP_OF_OTHERS],
  ["let records of others expire", "logs:PutRetentionPolicy", LOG_GROUP_OF_OTHERS],
  ["read the tags of a log group of others", "logs:ListTagsForResource", LOG_GROUP_OF_OTHERS],
  [
    "read the tags of a recorder of AWS Config",
    "config:ListTagsForResource",
    "arn:aws:config:eu-west-1:444444444444:configuration-recorder/infra-recorder/abcdef",
  ],
  ["change another account", "iam:UpdateAssumeRolePolicy", "arn:aws:iam::222222222222:role/infra-ReadR-dev"],
];

describe("neither role of the pipeline may", () => {
  for (const [says, ...request] of REFUSED) {
    it(`${says}: ${request[0]}`, async () => {
      for (const role of PIPELINE_ROLE_NAMES) assert.equal(await decideAs(role, request), "denied", role);
    });
  }
});

/** A role's documents, each time with one thing taken out of one of them. */
const mutationsOf = (
  role: PipelineRole,
): readonly { without: string; documents: readonly PolicyDocument[] }[] =>
  pipelinePermissions(role).flatMap((whole, position) =>
    mutate(whole).map(({ without, document }) => ({
      without,
      documents: pipelinePermissions(role).with(position, document),
    })),
  );

describe("what the pipeline's roles say", () => {
  const allowedTo = (role: PipelineRole): readonly IamRequest[] =>
    [...eachRequest(recordedRequests()), ...eachRequest(providerRequests())]
      .filter(({ operation }) => role === "Deploy" || operation === "read")
      .map(({ request }) => request);

  for (const role of PIPELINE_ROLE_NAMES) {
    for (const { without, documents } of mutationsOf(role)) {
      it(`${role}: something is decided otherwise without ${without}`, async function () {
        this.timeout(60_000);
        for (const [, ...request] of REFUSED)
          if ((await decideAs(role, request, documents)) === "allowed") return;
        for (const request of allowedTo(role))
          if ((await decideAs(role, request, documents)) === "denied") return;
        assert.fail("Every request is decided as before.");
      });
    }

    it(`${role}: AWS knows all of it`, async () => {
      for (const document of pipelinePermissions(role))
        assert.deepEqual(await authorizationProblems(document, "role"), []);
    });

    it(`${role}: each document fits a policy, names being long`, () => {
      const { organization, account } = CONTEXT;
      const long = {
        organization: { ...organization, prefix: "x".repeat(20), region: "ap-southeast-2" },
        account: { ...account, key: "y".repeat(32) },
      };
      for (const { document } of PIPELINE_PERMISSIONS[role](long))
        assert.ok(renderDocument(document).length <= QUOTAS.policyCharacters);
    });
  }
});
