import assert from "node:assert/strict";

import { groupBy } from "../../src/model/group-by";
import type { DescribedResource, ResourceTypeToken } from "../../src/resources/described-resource";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import { findAllowedRequests } from "../../src/proofs/allowed-requests";
import { asHoldersUseIt, everyRole, placedRoleTitle, widestSession } from "../../src/proofs/proven-account";
import { BECOMING_ACTIONS, CHANGING_LEVELS } from "../../src/proofs/invariants/administration-invariants";
import type { Prover } from "../../src/proofs/prover";
import { withEverySetting } from "../support/every-setting";
import { everySettingWorld, theProver } from "./support";

/** Where a resource of Muster's is: its ARNs, or the invariant that says who changes what has none of its own. */
type Place = (properties: Readonly<Record<string, unknown>>, accountId: string) => readonly string[];
type Guarded = Place | { readonly heldBy: string };

const word = (value: unknown): string => {
  assert.equal(typeof value, "string");
  return String(value);
};
const path = (value: unknown): string => (value === undefined ? "/" : word(value));
const inIam =
  (type: string): Place =>
  ({ name, path: below }, id) => [`arn:aws:iam::${id}:${type}${path(below)}${word(name)}`];

const DETECTORS = { heldBy: "what-watches-stays-on" } as const;
const DEFAULTS = { heldBy: "what-watches-stays-on" } as const;
/** Held in what they are attached to, which is listed itself. */
const PART = "part" as const;

const GUARDED = {
  "aws:accessanalyzer/analyzer:Analyzer": DETECTORS,
  "aws:account/alternativeContact:AlternativeContact": DEFAULTS,
  "aws:cfg/deliveryChannel:DeliveryChannel": DETECTORS,
  "aws:cfg/recorder:Recorder": DETECTORS,
  "aws:cfg/recorderStatus:RecorderStatus": DETECTORS,
  "aws:cfg/rule:Rule": DETECTORS,
  "aws:cloudtrail/trail:Trail": DETECTORS,
  "aws:cloudwatch/eventRule:EventRule": ({ name, region = "eu-west-1" }, id) => [
    `arn:aws:events:${word(region)}:${id}:rule/${word(name)}`,
  ],
  "aws:cloudwatch/eventTarget:EventTarget": PART,
  "aws:cloudwatch/logGroup:LogGroup": ({ name }, id) => [
    `arn:aws:logs:eu-west-1:${id}:log-group:${word(name)}`,
    `arn:aws:logs:eu-west-1:${id}:log-group:${word(name)}:*`,
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": DETECTORS,
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ name }, id) => [
    `arn:aws:cloudwatch:eu-west-1:${id}:alarm:${word(name)}`,
  ],
  "aws:ebs/encryptionByDefault:EncryptionByDefault": DEFAULTS,
  // By its tag: see below.
  "aws:ec2/securityGroup:SecurityGroup": (_, id) => [`arn:aws:ec2:eu-west-1:${id}:security-group/*`],
  "aws:guardduty/detector:Detector": DETECTORS,
  "aws:guardduty/detectorFeature:DetectorFeature": DETECTORS,
  "aws:iam/accountAlias:AccountAlias": { heldBy: "users-are-the-rosters" },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": { heldBy: "users-are-the-rosters" },
  "aws:iam/group:Group": inIam("group"),
  "aws:iam/groupMembership:GroupMembership": PART,
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": PART,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": PART,
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": PART,
  "aws:iam/instanceProfile:InstanceProfile": inIam("instance-profile"),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ({ url }, id) => [
    `arn:aws:iam::${id}:oidc-provider/${word(url).replace("https://", "")}`,
  ],
  "aws:iam/policy:Policy": inIam("policy"),
  "aws:iam/role:Role": inIam("role"),
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": PART,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": PART,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": PART,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { heldBy: "iam-is-changed-by-administrators" },
  "aws:iam/user:User": inIam("user"),
  "aws:kms/alias:Alias": ({ name }, id) => [`arn:aws:kms:eu-west-1:${id}:${word(name)}`],
  // By its tag: see below.
  "aws:kms/key:Key": (_, id) => [`arn:aws:kms:eu-west-1:${id}:key/*`],
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": DEFAULTS,
  "aws:rds/subnetGroup:SubnetGroup": ({ name }, id) => [`arn:aws:rds:eu-west-1:${id}:subgrp:${word(name)}`],
  "aws:s3/bucket:Bucket": ({ bucket }) => [`arn:aws:s3:::${word(bucket)}`, `arn:aws:s3:::${word(bucket)}/*`],
  "aws:s3/bucketPolicy:BucketPolicy": PART,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": PART,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": PART,
  "aws:s3/bucketVersioning:BucketVersioning": PART,
  "aws:secretsmanager/secret:Secret": ({ name }, id) => [
    `arn:aws:secretsmanager:eu-west-1:${id}:secret:${word(name)}-??????`,
  ],
  "aws:securityhub/account:Account": DETECTORS,
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": DETECTORS,
  "aws:securityhub/standardsSubscription:StandardsSubscription": DETECTORS,
  "aws:secretsmanager/secretRotation:SecretRotation": PART,
  "aws:sns/topic:Topic": ({ name }, id) => [`arn:aws:sns:eu-west-1:${id}:${word(name)}`],
  "aws:sns/topicPolicy:TopicPolicy": PART,
  "aws:sns/topicSubscription:TopicSubscription": PART,
  "aws:ssm/document:Document": ({ name }, id) => [`arn:aws:ssm:eu-west-1:${id}:document/${word(name)}`],
} as const satisfies Readonly<Record<ResourceTypeToken, Guarded | typeof PART>>;

/** Resources whose ARNs have an id in them are told by the tag that all of Muster's have. */
const BY_TAG: readonly ResourceTypeToken[] = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:kms/key:Key",
  "aws:rds/subnetGroup:SubnetGroup",
];
const TAGGED = { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } };

/** Ops, and the roles that it makes, which its boundary alone limits. */
const OPS_IN_PROD = ["prod/Ops", "prod/Ops, a role of its making"];

interface Reviewed {
  readonly roles: readonly string[];
  readonly actions: readonly string[];
  readonly of: string;
  readonly because: string;
}

/** What others may do to what Muster makes, each with its reason. */
const REVIEWED: readonly Reviewed[] = [
  {
    roles: ["dev/Dba", "prod/Dba"],
    actions: [
      "rds:AddTagsToResource",
      "rds:ModifyDBInstance",
      "rds:RestoreDBClusterFromSnapshot",
      "rds:RestoreDBClusterToPointInTime",
      "rds:RestoreDBInstanceFromDBSnapshot",
      "rds:RestoreDBInstanceToPointInTime",
    ],
    of: "SubnetGroup",
    because: "A database is put into the subnets, which stay as they are, with Muster's tag.",
  },
  {
    roles: ["staging/Dba"],
    actions: ["rds:AddTagsToResource"],
    of: "SubnetGroup",
    because: "Tags, but not Muster's.",
  },
  {
    roles: OPS_IN_PROD,
    actions: [
      "rds:CreateDBCluster",
      "rds:CreateDBInstance",
      "rds:CreateDBInstanceReadReplica",
      "rds:CreateDBSubnetGroup",
      "rds:RestoreDBClusterFromSnapshot",
      "rds:RestoreDBClusterToPointInTime",
      "rds:RestoreDBInstanceFromDBSnapshot",
      "rds:RestoreDBInstanceToPointInTime",
    ],
    of: "SubnetGroup",
    because: "A database is put into the subnets; a group that is there is not made again.",
  },
  {
    roles: ["dev/Dba", "prod/Dba"],
    actions: ["secretsmanager:RotateSecret"],
    of: "Secret",
    because: "Muster makes it without a value; Dba rotates it.",
  },
  {
    roles: ["prod/BreakGlass"],
    actions: [
      "secretsmanager:PutSecretValue",
      "secretsmanager:RotateSecret",
      "secretsmanager:UpdateSecretVersionStage",
    ],
    of: "Secret",
    because: "An emergency operator changes a password that is known to others (decision 130).",
  },
  {
    roles: OPS_IN_PROD,
    actions: [
      "kms:Decrypt",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyPair",
      "kms:GenerateDataKeyPairWithoutPlaintext",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
    of: "Key",
    because: "The key's own policy decides who uses it; to enable it is no harm.",
  },
  {
    roles: ["users", "dev", "staging", "prod"].map((key) => `${key}/Security`),
    actions: ["kms:Decrypt"],
    of: "Key",
    because: "Security reads the trail's objects.",
  },
  ...[
    { of: "Key", actions: ["kms:Decrypt"] },
    { of: "LogGroup", actions: ["logs:CreateLogStream", "logs:PutLogEvents"] },
    { of: "Bucket", actions: ["s3:PutObject"] },
  ].map((one) => ({
    ...one,
    roles: ["dev/instance-mw-records", "prod/instance-mw-records"],
    because: "The agent writes the records of sessions (decision 107).",
  })),
  {
    roles: ["users/Preview"],
    actions: ["kms:Decrypt"],
    of: "Key",
    because: "The key of Pulumi's state, which could have that tag too.",
  },
  {
    roles: ["prod/Ops"],
    actions: ["ssm:StartAutomationExecution", "ssm:StartSession"],
    of: "Document",
    because: "It runs the documents that are made for it.",
  },
  {
    roles: ["prod/ExternalSystem-keeper"],
    actions: ["ssm:StartAutomationExecution"],
    of: "Document",
    because: "It runs the document that is made for it.",
  },
];

/** They administer their accounts. */
const ADMINISTRATORS = /\/(Admin|Deploy)$|^(dev|staging)\/Ops$/;

function placesByType(
  resources: readonly DescribedResource[],
  accountId: string,
): readonly (readonly [ResourceTypeToken, readonly string[]])[] {
  const places = resources.map(({ type, properties }) => {
    const guarded: Guarded | typeof PART = GUARDED[type];
    return { type, arns: typeof guarded === "function" ? guarded({ ...properties }, accountId) : [] };
  });
  return [...groupBy(places, ({ type }) => type)]
    .map(([type, some]) => [type, [...new Set(some.flatMap(({ arns }) => arns))]] as const)
    .filter(([, arns]) => arns.length > 0);
}

describe("what Muster makes with every setting", function () {
  this.timeout(120_000);
  const input = everySettingWorld();
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  it("is held by invariants that there are, where it has no name of its own", () => {
    const ids: readonly string[] = INVARIANTS.map(({ id }) => id);
    for (const guarded of Object.values(GUARDED)) {
      if (typeof guarded === "object") assert.ok(ids.includes(guarded.heldBy), guarded.heldBy);
    }
  });

  it("is changed by those who administer, and otherwise as it is written down", () => {
    const changed = new Set<string>();
    for (const { blueprint, resources } of withEverySetting(input.model)) {
      const roles = everyRole(input).filter(
        (placed) =>
          placed.account.key === blueprint.account.key && !ADMINISTRATORS.test(placedRoleTitle(placed)),
      );
      for (const placed of roles.flatMap(asHoldersUseIt)) {
        const access = findAllowedRequests(widestSession(placed), placed.role);
        for (const [type, places] of placesByType(resources, blueprint.account.id)) {
          const breaches = prover.breaches(access, {
            actions: "*",
            levels: CHANGING_LEVELS,
            except: BECOMING_ACTIONS,
            resources: places,
            isKnownOnly: true,
            ...(BY_TAG.includes(type) && { when: TAGGED }),
          });
          for (const action of breaches.flatMap(({ actions }) => actions)) {
            changed.add(`${placedRoleTitle(placed)} ${action} ${type.split(":").at(-1) ?? ""}`);
          }
        }
      }
    }
    const reviewed = REVIEWED.flatMap(({ roles, actions, of }) =>
      roles.flatMap((role) => actions.map((action) => `${role} ${action} ${of}`)),
    );
    assert.deepEqual([...changed].sort(), reviewed.sort());
  });
});
