import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import { ComponentResource, type Output } from "@pulumi/pulumi";

import { trailBucketPolicy, trailRolePermissions, trailRoleTrust } from "../documents/detection/trail";
import { render } from "../documents/policy-document";
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
import { into, tagsOf, type Placement } from "./placement";

const LOG_RETENTION_DAYS = 365;

/** A trail of every region's events, in a bucket for keeping and a log group for alarms (CIS 3.1, 3.2). */
export class Trail extends ComponentResource {
  readonly logGroupName: Output<string>;

  constructor(private readonly placement: Placement) {
    super("muster:stacks:Trail", trailName(placement.organization), {}, into(placement));
    const { organization, account } = placement;
    const logGroup = new cloudwatch.LogGroup(
      trailLogGroupName(organization),
      {
        name: trailLogGroupName(organization),
        retentionInDays: LOG_RETENTION_DAYS,
        tags: tagsOf(placement),
      },
      { parent: this },
    );
    new cloudtrail.Trail(
      trailName(organization),
      {
        name: trailName(organization),
        s3BucketName: this.createBucket(),
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        cloudWatchLogsGroupArn: logGroup.name.apply(() => trailLogGroupArn(organization, account)),
        cloudWatchLogsRoleArn: this.createRole(),
        tags: tagsOf(placement),
      },
      { parent: this },
    );
    this.logGroupName = logGroup.name;
    this.registerOutputs();
  }

  /** Answers the bucket's name once the trail may write to it. */
  private createBucket(): Output<string> {
    const { organization, account } = this.placement;
    const name = trailBucketName(organization, account);
    // Evidence outlives the program that began to collect it.
    const bucket = new s3.Bucket(
      name,
      { bucket: name, tags: tagsOf(this.placement) },
      { parent: this, retainOnDelete: true },
    );
    const parent = { parent: this };
    new s3.BucketVersioning(
      name,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      parent,
    );
    const closed = new s3.BucketPublicAccessBlock(
      name,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      parent,
    );
    const policy = new s3.BucketPolicy(
      name,
      { bucket: closed.bucket, policy: render(trailBucketPolicy(this.placement)) },
      parent,
    );
    return policy.bucket;
  }

  /** Answers the ARN of the role once it may write to the log group. */
  private createRole(): Output<string> {
    const { organization, account } = this.placement;
    const name = trailRoleName(organization);
    const policyName = trailRolePolicyName(organization);
    const parent = { parent: this };
    const role = new iam.Role(
      name,
      {
        name,
        description: "CloudTrail writes events to the log group that alarms watch.",
        assumeRolePolicy: render(trailRoleTrust()),
        forceDetachPolicies: true,
        tags: tagsOf(this.placement),
      },
      parent,
    );
    const policy = new iam.Policy(
      policyName,
      {
        name: policyName,
        description: "Write events to the trail's log group.",
        policy: render(trailRolePermissions(this.placement)),
        tags: tagsOf(this.placement),
      },
      parent,
    );
    const attachment = new iam.RolePolicyAttachment(
      policyName,
      { role: role.name, policyArn: policy.name.apply(() => customerPolicyArn(account, policyName)) },
      parent,
    );
    new iam.RolePolicyAttachmentsExclusive(
      name,
      { roleName: role.name, policyArns: [attachment.policyArn] },
      parent,
    );
    new iam.RolePoliciesExclusive(name, { roleName: role.name, policyNames: [] }, parent);
    return attachment.role.apply(() => trailRoleArn(organization, account));
  }
}
