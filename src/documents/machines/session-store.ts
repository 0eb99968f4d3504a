import { accountRootArn, sessionBucketArn, sessionsName } from "../../model/names";
import { policyDocument, type PolicyDocument, type ResourceStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * Policy of the key of sessions: the account's own policies say who encrypts with it, and CloudWatch Logs encrypts the one log group.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function sessionKeyPolicy({ organization, account }: RoleContext): PolicyDocument<ResourceStatement> {
  const group = `arn:aws:logs:${organization.region}:${account.id}:log-group:${sessionsName(organization)}`;
  return policyDocument<ResourceStatement>(
    {
      Sid: "AccountAdministersKey",
      Effect: "Allow",
      Principal: { AWS: accountRootArn(account.id) },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "LogsEncryptSessions",
      Effect: "Allow",
      Principal: { Service: `logs.${organization.region}.amazonaws.com` },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": group } },
    },
  );
}

/** Policy of the bucket of sessions: nobody speaks to it without TLS, and who writes is said by the roles of machines. */
export function sessionBucketPolicy({
  organization,
  account,
}: RoleContext): PolicyDocument<ResourceStatement> {
  const bucket = sessionBucketArn(organization, account);
  return policyDocument<ResourceStatement>({
    Sid: "NobodyWithoutTls",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
}
