import { trailArn, trailBucketArn, trailLogStreamsArn, trailRoleName } from "../../model/names";
import {
  policyDocument,
  type Conditions,
  type PolicyDocument,
  type ResourceStatement,
  type TrustStatement,
} from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { serviceRoleBlueprint, type ServiceRoleBlueprint } from "../service-role-blueprint";

/** CloudTrail, as the principal of a policy. */
export const CLOUDTRAIL_PRINCIPAL = { Service: "cloudtrail.amazonaws.com" } as const;

/** Requires that CloudTrail acts for the account's own trail. */
export function fromOwnTrail({ organization, account }: RoleContext): Conditions[string] {
  return { "aws:SourceArn": trailArn(organization, account) };
}

/**
 * Policy of the trail's bucket: the trail alone writes objects, others of the account at most read them, as their own policies
 * say, and nobody speaks to it without TLS. AWS says of every signed request whether a service makes it by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function trailBucketPolicy(context: RoleContext): PolicyDocument<ResourceStatement> {
  const bucket = trailBucketArn(context.organization, context.account);
  return policyDocument<ResourceStatement>(
    {
      Sid: "TrailChecksBucket",
      Effect: "Allow",
      Principal: CLOUDTRAIL_PRINCIPAL,
      Action: "s3:GetBucketAcl",
      Resource: bucket,
      Condition: { StringEquals: fromOwnTrail(context) },
    },
    {
      Sid: "TrailWritesEvents",
      Effect: "Allow",
      Principal: CLOUDTRAIL_PRINCIPAL,
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${context.account.id}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...fromOwnTrail(context) } },
    },
    {
      Sid: "OthersReadAtMost",
      Effect: "Deny",
      Principal: { AWS: "*" },
      NotAction: "s3:GetObject*",
      Resource: `${bucket}/*`,
      Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
    },
    {
      Sid: "NobodyWithoutTls",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}

/**
 * Trust of the role with which the trail writes to its log group. CloudTrail names no source when it assumes this role, so
 * a condition on one keeps it out: `CreateTrail` fails, or delivery stops. Which log stream it writes is said in its
 * permissions instead.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
 */
export function trailRoleTrust(): PolicyDocument<TrustStatement> {
  return policyDocument<TrustStatement>({
    Sid: "TrailWritesLogs",
    Effect: "Allow",
    Principal: CLOUDTRAIL_PRINCIPAL,
    Action: "sts:AssumeRole",
  });
}

/**
 * What that role may do: write to the log streams that a trail of this account and region names so.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function trailRolePermissions({ organization, account }: RoleContext): PolicyDocument {
  return policyDocument({
    Sid: "WriteEvents",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: trailLogStreamsArn(organization, account),
  });
}

/** The role with which the trail writes to its log group. */
export const trailRole = (context: RoleContext): ServiceRoleBlueprint =>
  serviceRoleBlueprint(context.account, {
    id: "Trail",
    kind: "the trail's role",
    service: "CloudTrail",
    name: trailRoleName(context.organization),
    description: "CloudTrail writes events to the log group that alarms watch.",
    trust: trailRoleTrust(),
    permissions: {
      description: "Write events to the trail's log group.",
      document: trailRolePermissions(context),
    },
  });
