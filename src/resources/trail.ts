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
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";
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

/** The bucket; ready is its name once the trail may write to it. */
function bucketPart(context: RoleContext): Part {
  // Evidence outlives the program that began to collect it, and so does what protects it.
  const kept = { parent: componentOf(context), retainOnDelete: true } as const;
  const name = trailBucketName(context.organization, context.account);
  const bucket = describe("aws:s3/bucket:Bucket", name, { bucket: name, tags: tagsOf(context) }, kept);
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
  const policy = describe(
    "aws:s3/bucketPolicy:BucketPolicy",
    name,
    { bucket: after(closed, name), policy: render(trailBucketPolicy(context)) },
    kept,
  );
  return { resources: [bucket, versioning, closed, policy], ready: after(policy, name) };
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

/** A trail of every region's events, in a bucket for keeping and a log group for alarms (CIS 3.1, 3.2). */
export function trailResources(context: RoleContext): TrailResources {
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
  const bucket = bucketPart(context);
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
