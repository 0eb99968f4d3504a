import { trailBucketPolicy, trailRolePermissions, trailRoleTrust } from "../documents/detection/trail";
import { render } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import {
  customerPolicyArn,
  trailBucketName,
  trailLogGroupArn,
  trailLogGroupName,
  trailName,
  trailRoleArn,
  trailRoleName,
  trailRolePolicyName,
} from "../model/names";
import { UserError } from "../model/problems";
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";
import type { StackSettings } from "./settings";
import { tagsOf } from "../documents/tags";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

const LOG_RETENTION_DAYS = 365;

const componentOf = ({ organization }: RoleContext): Component => ({
  type: "muster:stacks:Trail",
  name: trailName(organization),
});

/** Some of the trail's resources, and a value that may be used once they exist. */
interface Part {
  readonly resources: readonly DescribedResource[];
  readonly ready: Dependent<string>;
}

/** @throws UserError where the settings name another bucket than the account's: its policy would be replaced */
function assertOwnBucket(kept: string | undefined, own: string, { account }: RoleContext): void {
  if (kept === undefined || kept === own) return;
  throw new UserError(
    `Pulumi.${account.key}.yaml: muster:keptTrailBucket = "${kept}"\n` +
      `Only the bucket that an earlier stack of this account left behind is taken over, and it is called ${own}. ` +
      "Write that name, or take the setting away; for a trail with another bucket, name its log group in muster:trailLogGroup.",
  );
}

/** The bucket; ready is its name once the trail may write to it. */
function bucketPart(context: RoleContext, { keptTrailBucket }: StackSettings): Part {
  // Evidence outlives the program that began to collect it, and so does what protects it.
  const kept = { parent: componentOf(context), retainOnDelete: true } as const;
  const name = trailBucketName(context.organization, context.account);
  assertOwnBucket(keptTrailBucket, name, context);
  // Only the bucket itself is refused when it exists. The others are put, over whatever was there before:
  // terraform-provider-aws, internal/service/s3/bucket_{versioning,public_access_block,server_side_encryption_configuration,policy}.go.
  const bucket = describe(
    "aws:s3/bucket:Bucket",
    name,
    { bucket: name, tags: tagsOf(context) },
    { ...kept, ...(keptTrailBucket !== undefined && { takesOver: keptTrailBucket }) },
  );
  const versioning = describe(
    "aws:s3/bucketVersioning:BucketVersioning",
    name,
    { bucket: after(bucket, name), versioningConfiguration: { status: "Enabled" } },
    kept,
  );
  const closed = describe(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name,
    {
      bucket: after(bucket, name),
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    kept,
  );
  // S3's own key is the default of new buckets, and need not be that of an old one.
  const encryption = describe(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name,
    {
      bucket: after(closed, name),
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: false,
          // The default of buckets made since April 2026, said so that older ones are no different.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    kept,
  );
  const policy = describe(
    "aws:s3/bucketPolicy:BucketPolicy",
    name,
    { bucket: after(encryption, name), policy: render(trailBucketPolicy(context)) },
    kept,
  );
  return { resources: [bucket, versioning, closed, encryption, policy], ready: after(policy, name) };
}

/** The role with which the trail writes; ready is its ARN once it may write to the log group. */
function rolePart(context: RoleContext): Part {
  const { organization, account } = context;
  const parent = componentOf(context);
  const tags = tagsOf(context);
  const name = trailRoleName(organization);
  const policyName = trailRolePolicyName(organization);
  const policyArn = customerPolicyArn(account, policyName);
  const role = describe(
    "aws:iam/role:Role",
    name,
    {
      name,
      description: "CloudTrail writes events to the log group that alarms watch.",
      assumeRolePolicy: render(trailRoleTrust()),
      forceDetachPolicies: true,
      tags,
    },
    { parent },
  );
  const policy = describe(
    "aws:iam/policy:Policy",
    policyName,
    {
      name: policyName,
      description: "Write events to the trail's log group.",
      policy: render(trailRolePermissions(context)),
      tags,
    },
    { parent, ...KEEPS_DESCRIPTION },
  );
  const attachment = describe(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    policyName,
    { role: after(role, name), policyArn: after(policy, policyArn) },
    { parent },
  );
  const attachments = describe(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name,
    { roleName: after(role, name), policyArns: [after(attachment, policyArn)] },
    { parent },
  );
  const inlinePolicies = describe(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    name,
    { roleName: after(role, name), policyNames: [] },
    { parent },
  );
  return {
    resources: [role, policy, attachment, attachments, inlinePolicies],
    ready: after(attachment, trailRoleArn(organization, account)),
  };
}

/** A trail, and the name of the log group that it writes to. */
export interface TrailResources {
  readonly resources: readonly DescribedResource[];
  readonly logGroupName: Dependent<string>;
}

/**
 * A trail of every region's events, in a bucket for keeping and a log group for alarms (`trailInAllRegions` and `trailIsValidated` of src/model/cis.ts).
 * @throws UserError where the settings take over another bucket than the account's
 */
export function trailResources(context: RoleContext, settings: StackSettings): TrailResources {
  const { organization, account } = context;
  const parent = componentOf(context);
  const tags = tagsOf(context);
  const name = trailName(organization);
  const logGroupName = trailLogGroupName(organization);
  const logGroup = describe(
    "aws:cloudwatch/logGroup:LogGroup",
    logGroupName,
    { name: logGroupName, retentionInDays: LOG_RETENTION_DAYS, tags },
    { parent, claimsAccount: true },
  );
  const bucket = bucketPart(context, settings);
  const role = rolePart(context);
  const trail = describe(
    "aws:cloudtrail/trail:Trail",
    name,
    {
      name,
      s3BucketName: bucket.ready,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      cloudWatchLogsGroupArn: after(logGroup, trailLogGroupArn(organization, account)),
      cloudWatchLogsRoleArn: role.ready,
      tags,
    },
    { parent },
  );
  return {
    resources: [logGroup, ...bucket.resources, ...role.resources, trail],
    logGroupName: after(logGroup, logGroupName),
  };
}
