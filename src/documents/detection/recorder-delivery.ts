import { configBucketArn } from "../../model/names";
import {
  policyDocument,
  type Conditions,
  type PolicyDocument,
  type ResourceStatement,
} from "../policy-document";
import type { RoleContext } from "../role-permissions";

/** Types of IAM, which has no region: one recorder of the account records them. */
export const isGlobalType = (type: string): boolean => type.startsWith("AWS::IAM::");

/**
 * The resources that Config records: IAM's, and those that the CIS controls of Security Hub look at by their recorded state.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-config-resources.html
 */
export const RECORDED_TYPES = [
  "AWS::CloudTrail::Trail",
  "AWS::EC2::Instance",
  "AWS::EC2::NetworkAcl",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::VPC",
  "AWS::EFS::FileSystem",
  "AWS::IAM::Group",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::User",
  "AWS::KMS::Key",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::S3::Bucket",
] as const;

const CONFIG = { Service: "config.amazonaws.com" } as const;

/**
 * Policy of the bucket that Config delivers to with its service-linked role, from every region: it delivers under its own name, on
 * behalf of this account. Nobody speaks to the bucket without TLS.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
export function configBucketPolicy({
  organization,
  account,
}: RoleContext): PolicyDocument<ResourceStatement> {
  const bucket = configBucketArn(organization, account);
  const ownAccount: Conditions[string] = { "aws:SourceAccount": account.id };
  return policyDocument<ResourceStatement>(
    {
      Sid: "ConfigChecksBucket",
      Effect: "Allow",
      Principal: CONFIG,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucket,
      Condition: { StringEquals: ownAccount },
    },
    {
      Sid: "ConfigWritesHistory",
      Effect: "Allow",
      Principal: CONFIG,
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${account.id}/Config/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...ownAccount } },
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
