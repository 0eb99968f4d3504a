import assert from "node:assert/strict";

import { alarmKeyPolicy, alarmTopicPolicy } from "../../../src/documents/detection/alarm-channel";
import { trailKeyPolicy } from "../../../src/documents/detection/trail-key";
import {
  trailBucketPolicy,
  trailRolePermissions,
  trailRoleTrust,
} from "../../../src/documents/detection/trail-delivery";
import {
  policyDocument,
  type PermissionStatement,
  type PolicyDocument,
  type ResourceStatement,
  type TrustStatement,
} from "../../../src/documents/policy-document";
import type { RequestContext } from "../../../src/access/caller";
import type { Arn } from "../../../src/model/names";
import { decide, sessionCaller, type Caller, type Decision } from "../../support/evaluate";
import { TRAIL_ARN, withPlaceholder } from "../../support/encryption-context";
import { mutate } from "../../support/mutation";
import { ACCOUNTS, contextIn } from "../fixture";

const OURS = ACCOUNTS.prod.id;
const THEIRS = "999988887777";

/** A service of AWS, on behalf of something in an account. */
const service = (name: string, account: string, source: string, context: RequestContext = {}): Caller => ({
  arn: `${name}.amazonaws.com`,
  accountId: OURS,
  context: {
    "aws:PrincipalIsAWSService": "true",
    "aws:SourceAccount": account,
    "aws:SourceArn": source,
    ...context,
  },
});

const alarm = (account: string, name = "infra-BreakGlassUsed"): string =>
  `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${name}`;
const trail = (account: string, name = "infra-trail"): string =>
  `arn:aws:cloudtrail:eu-west-1:${account}:trail/${name}`;

/** Without a source, as CloudTrail calls when it assumes the role that writes to the log group. */
const CLOUDTRAIL: Caller = { arn: "cloudtrail.amazonaws.com", accountId: OURS, context: {} };

const admin = sessionCaller(`arn:aws:iam::${OURS}:role/infra-AdminR-prod`, "sarah.devops");
const withoutTls: Caller = { ...admin, context: { ...admin.context, "aws:SecureTransport": "false" } };
const stranger = sessionCaller(`arn:aws:iam::${THEIRS}:role/etl`, "etl");

const security = sessionCaller(`arn:aws:iam::${OURS}:role/infra-SecurityR-prod`, "chris.security");
const ops = sessionCaller(`arn:aws:iam::${OURS}:role/infra-OpsR-prod`, "sarah.devops");

/** With the trail whose objects are encrypted or decrypted. */
const ofObjectsOf = (caller: Caller, source: string): Caller => ({
  ...caller,
  context: { ...caller.context, [TRAIL_ARN]: source },
});
const encrypting = (account: string, name?: string, objectsOf = trail(account, name)): Caller =>
  ofObjectsOf(service("cloudtrail", account, trail(account, name)), objectsOf);

const EVERYTHING = policyDocument<PermissionStatement>({
  Sid: "All",
  Effect: "Allow",
  Action: "*",
  Resource: "*",
});

type Case = readonly [who: string, caller: Caller, action: string, resource: string, expected: Decision];

interface Proof {
  readonly of: string;
  readonly document: PolicyDocument<ResourceStatement | TrustStatement>;
  readonly cases: readonly Case[];
}

const key = `arn:aws:kms:eu-west-1:${OURS}:key/1`;
const topic = `arn:aws:sns:eu-west-1:${OURS}:infra-alarms`;
const bucket = `arn:aws:s3:::infra-trail-${OURS}`;
const log = `${bucket}/AWSLogs/${OURS}/CloudTrail/1.json.gz`;
const role = `arn:aws:iam::${OURS}:role/infra-TrailR`;
const ownerControls = { "s3:x-amz-acl": "bucket-owner-full-control" };

/** Each of the conditions on a source holds by itself, though AWS never sends one without the other. */
const alarmCases = (action: string, resource: string): readonly Case[] => [
  ["our alarms", service("cloudwatch", OURS, alarm(OURS)), action, resource, "allowed"],
  ["alarms of another account", service("cloudwatch", THEIRS, alarm(THEIRS)), action, resource, "denied"],
  [
    "another account in our alarms' name",
    service("cloudwatch", THEIRS, alarm(OURS)),
    action,
    resource,
    "denied",
  ],
  [
    "alarms that are not Muster's",
    service("cloudwatch", OURS, alarm(OURS, "app")),
    action,
    resource,
    "denied",
  ],
  ["another service", service("events", OURS, alarm(OURS)), action, resource, "denied"],
  ["somebody of another account", stranger, action, resource, "denied"],
];

const PROOFS: readonly Proof[] = [
  {
    of: "the alarms' topic",
    document: alarmTopicPolicy(contextIn("prod"), topic as Arn),
    cases: alarmCases("sns:Publish", topic),
  },
  {
    of: "the alarms' key",
    document: alarmKeyPolicy(contextIn("prod")),
    cases: [
      ...alarmCases("kms:GenerateDataKey", key),
      ["the account's administrators", admin, "kms:PutKeyPolicy", key, "allowed"],
      [
        "our alarms, to administer it",
        service("cloudwatch", OURS, alarm(OURS)),
        "kms:PutKeyPolicy",
        key,
        "denied",
      ],
    ],
  },
  {
    of: "the trail's bucket",
    document: trailBucketPolicy(contextIn("prod")),
    cases: [
      ["our trail", service("cloudtrail", OURS, trail(OURS), ownerControls), "s3:PutObject", log, "allowed"],
      [
        "our trail, to check it",
        service("cloudtrail", OURS, trail(OURS)),
        "s3:GetBucketAcl",
        bucket,
        "allowed",
      ],
      [
        "our trail, without leaving us the file",
        service("cloudtrail", OURS, trail(OURS)),
        "s3:PutObject",
        log,
        "denied",
      ],
      [
        "another account's trail",
        service("cloudtrail", THEIRS, trail(THEIRS), ownerControls),
        "s3:PutObject",
        log,
        "denied",
      ],
      [
        "another account's trail, to check it",
        service("cloudtrail", THEIRS, trail(THEIRS)),
        "s3:GetBucketAcl",
        bucket,
        "denied",
      ],
      [
        "our trail, beside its folder",
        service("cloudtrail", OURS, trail(OURS), ownerControls),
        "s3:PutObject",
        `${bucket}/AWSLogs/${THEIRS}/1`,
        "denied",
      ],
      ["an administrator", admin, "s3:GetObject", log, "allowed"],
      ["an administrator", admin, "s3:PutObject", log, "denied"],
      ["an administrator", admin, "s3:DeleteObjectVersion", log, "denied"],
      ["an administrator", admin, "s3:PutBucketPolicy", bucket, "allowed"],
      ["an administrator without TLS", withoutTls, "s3:GetObject", log, "denied"],
      ["an administrator without TLS, to list it", withoutTls, "s3:ListBucket", bucket, "denied"],
      ["somebody of another account", stranger, "s3:GetObject", log, "denied"],
    ],
  },
  {
    of: "the trail's key",
    document: trailKeyPolicy(
      contextIn("prod"),
      ["Admin", "Security"].map((name) => `arn:aws:iam::${OURS}:role/infra-${name}R-prod` as Arn),
    ),
    cases: [
      ["our trail", encrypting(OURS), "kms:GenerateDataKey", key, "allowed"],
      [
        "our trail, of another region's events",
        encrypting(OURS, undefined, trail(OURS).replace("eu-west-1", "us-east-1")),
        "kms:GenerateDataKey",
        key,
        "allowed",
      ],
      ["our trail, to check it", service("cloudtrail", OURS, trail(OURS)), "kms:DescribeKey", key, "allowed"],
      [
        "another account's trail, to check it",
        service("cloudtrail", THEIRS, trail(THEIRS)),
        "kms:DescribeKey",
        key,
        "denied",
      ],
      ["our trail, to read it again", encrypting(OURS), "kms:Decrypt", key, "denied"],
      [
        "our trail, to encrypt something else",
        encrypting(OURS, undefined, ""),
        "kms:GenerateDataKey",
        key,
        "denied",
      ],
      ["another trail of ours", encrypting(OURS, "other"), "kms:GenerateDataKey", key, "denied"],
      [
        "another trail of ours, in our trail's name",
        encrypting(OURS, "other", trail(OURS)),
        "kms:GenerateDataKey",
        key,
        "denied",
      ],
      ["another account's trail", encrypting(THEIRS), "kms:GenerateDataKey", key, "denied"],
      ["Security", ofObjectsOf(security, trail(OURS)), "kms:Decrypt", key, "allowed"],
      ["an administrator", ofObjectsOf(admin, trail(OURS)), "kms:Decrypt", key, "allowed"],
      ["Security, of something else", security, "kms:Decrypt", key, "denied"],
      [
        "Security, of another trail",
        ofObjectsOf(security, trail(OURS, "other")),
        "kms:Decrypt",
        key,
        "denied",
      ],
      ["Security, to encrypt", ofObjectsOf(security, trail(OURS)), "kms:GenerateDataKey", key, "denied"],
      ["Ops, whatever IAM says", ofObjectsOf(ops, trail(OURS)), "kms:Decrypt", key, "denied"],
      ["the account's administrators", admin, "kms:PutKeyPolicy", key, "allowed"],
      ["an administrator, to let somebody use it on the side", admin, "kms:CreateGrant", key, "denied"],
      ["somebody of another account", ofObjectsOf(stranger, trail(OURS)), "kms:Decrypt", key, "denied"],
    ],
  },
  {
    of: "the trail's role",
    document: trailRoleTrust(),
    cases: [
      // CloudTrail sends no aws:SourceAccount and no aws:SourceArn when it assumes this role.
      ["CloudTrail", CLOUDTRAIL, "sts:AssumeRole", role, "allowed"],
      ["another service", service("events", OURS, trail(OURS)), "sts:AssumeRole", role, "denied"],
      ["an administrator", admin, "sts:AssumeRole", role, "denied"],
    ],
  },
];

/** Whatever the caller's own policies allow; services have none. */
const ask = (
  resourcePolicy: PolicyDocument<unknown>,
  [, caller, action, resource]: Case,
): Promise<Decision> =>
  decide({
    caller: withPlaceholder(caller, TRAIL_ARN),
    policies: caller.arn.startsWith("arn:") ? [EVERYTHING] : [],
    resourcePolicy: withPlaceholder(resourcePolicy, TRAIL_ARN),
    action,
    resource,
    resourceAccount: OURS,
  });

for (const { of, document, cases } of PROOFS) {
  describe(`the policy of ${of}`, () => {
    for (const one of cases) {
      const [who, , action, , expected] = one;
      it(`${who}: ${action} ${expected}`, async () => {
        assert.equal(await ask(document, one), expected);
      });
    }

    for (const { without, document: mutated } of mutate(document)) {
      it(`a case fails without ${without}`, async () => {
        for (const one of cases) if ((await ask(mutated, one)) !== one[4]) return;
        assert.fail("Every case still holds.");
      });
    }
  });
}

describe("the permissions of the trail's role", () => {
  const trailRole = sessionCaller(role, "CloudTrail");
  const streams = (group: string, stream: string): string =>
    `arn:aws:logs:eu-west-1:${OURS}:log-group:${group}:log-stream:${stream}`;
  const cases: readonly (readonly [what: string, action: string, resource: string, expected: Decision])[] = [
    [
      "makes its stream",
      "logs:CreateLogStream",
      streams("infra-trail", `${OURS}_CloudTrail_eu-west-1`),
      "allowed",
    ],
    ["writes to it", "logs:PutLogEvents", streams("infra-trail", `${OURS}_CloudTrail_eu-west-1`), "allowed"],
    [
      "writes to its next one",
      "logs:PutLogEvents",
      streams("infra-trail", `${OURS}_CloudTrail_eu-west-1_2`),
      "allowed",
    ],
    ["no other stream", "logs:PutLogEvents", streams("infra-trail", "application"), "denied"],
    ["no other log group", "logs:PutLogEvents", streams("app", `${OURS}_CloudTrail_eu-west-1`), "denied"],
    ["reads nothing", "logs:GetLogEvents", streams("infra-trail", `${OURS}_CloudTrail_eu-west-1`), "denied"],
  ];
  for (const [what, action, resource, expected] of cases) {
    it(`${what}: ${action} ${expected}`, async () => {
      const policies = [trailRolePermissions(contextIn("prod"))];
      assert.equal(await decide({ caller: trailRole, policies, action, resource }), expected);
    });
  }
});
