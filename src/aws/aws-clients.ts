import type { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import type { Account } from "@aws-sdk/client-account";
import type { CloudTrail } from "@aws-sdk/client-cloudtrail";
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import type { GuardDuty } from "@aws-sdk/client-guardduty";
import type { IAM } from "@aws-sdk/client-iam";
import type { RDS } from "@aws-sdk/client-rds";
import type { S3 } from "@aws-sdk/client-s3";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SecurityHub } from "@aws-sdk/client-securityhub";

import type { CredentialSource } from "./aws-credentials";

/** AWS throttles whoever asks much, and the SDK then slows down by itself and asks again. */
const PATIENCE = { maxAttempts: 10, retryMode: "adaptive" } as const;

/** With which credentials, and where. */
export interface ClientSource extends CredentialSource {
  readonly region: string;
}

/** The settings of a client that asks a lot. */
export const patientClient = (source: ClientSource) => ({ ...source, ...PATIENCE });

/** Milliseconds: somebody waits, and a request that hangs must not hold back an interrupt or the report on other accounts. */
const LIMITS = { connectionTimeout: 10_000, requestTimeout: 20_000, throwOnRequestTimeout: true } as const;

/** Loads IAM's client, which takes a while, where it is needed. It waits for as long as AWS throttles. */
export async function iamClient(source: ClientSource): Promise<IAM> {
  const { IAM: Client } = await import("@aws-sdk/client-iam");
  return new Client(patientClient(source));
}

/** The same for few requests that somebody waits for: it gives up soon. */
export async function promptIamClient(source: ClientSource): Promise<IAM> {
  const { IAM: Client } = await import("@aws-sdk/client-iam");
  return new Client({ ...source, requestHandler: LIMITS });
}

/** For few requests, as `promptIamClient`. */
export async function accountClient(source: ClientSource): Promise<Account> {
  const { Account: Client } = await import("@aws-sdk/client-account");
  return new Client({ ...source, requestHandler: LIMITS });
}

/** For few requests, as `promptIamClient`. */
export async function promptCloudTrailClient(source: ClientSource): Promise<CloudTrail> {
  const { CloudTrail: Client } = await import("@aws-sdk/client-cloudtrail");
  return new Client({ ...source, requestHandler: LIMITS });
}

/** For few requests, as `promptIamClient`, about buckets of any region. */
export async function promptS3Client(source: ClientSource): Promise<S3> {
  const { S3: Client } = await import("@aws-sdk/client-s3");
  return new Client({ ...source, requestHandler: LIMITS, followRegionRedirects: true });
}

export async function dynamoDbClient(source: ClientSource): Promise<DynamoDB> {
  const { DynamoDB: Client } = await import("@aws-sdk/client-dynamodb");
  return new Client(patientClient(source));
}

/** For few requests, as `promptIamClient`. */
export async function promptDynamoDbOf(source: ClientSource): Promise<DynamoDB> {
  const { DynamoDB: Client } = await import("@aws-sdk/client-dynamodb");
  return new Client({ ...source, requestHandler: LIMITS });
}

export async function rdsClient(source: ClientSource): Promise<RDS> {
  const { RDS: Client } = await import("@aws-sdk/client-rds");
  return new Client(source);
}

export async function accessAnalyzerClient(source: ClientSource): Promise<AccessAnalyzer> {
  const { AccessAnalyzer: Client } = await import("@aws-sdk/client-accessanalyzer");
  return new Client(patientClient(source));
}

/** For few requests, as `promptIamClient`. */
export async function promptAccessAnalyzerClient(source: ClientSource): Promise<AccessAnalyzer> {
  const { AccessAnalyzer: Client } = await import("@aws-sdk/client-accessanalyzer");
  return new Client({ ...source, requestHandler: LIMITS });
}

/** For few requests, as `promptIamClient`. */
export async function promptGuardDutyClient(source: ClientSource): Promise<GuardDuty> {
  const { GuardDuty: Client } = await import("@aws-sdk/client-guardduty");
  return new Client({ ...source, requestHandler: LIMITS });
}

/** For few requests, as `promptIamClient`. */
export async function promptSecurityHubClient(source: ClientSource): Promise<SecurityHub> {
  const { SecurityHub: Client } = await import("@aws-sdk/client-securityhub");
  return new Client({ ...source, requestHandler: LIMITS });
}

export async function cloudWatchClient(source: ClientSource): Promise<CloudWatch> {
  const { CloudWatch: Client } = await import("@aws-sdk/client-cloudwatch");
  return new Client(patientClient(source));
}

export async function secretsManagerClient(source: ClientSource): Promise<SecretsManager> {
  const { SecretsManager: Client } = await import("@aws-sdk/client-secrets-manager");
  return new Client(patientClient(source));
}

/** The same as `cloudWatchLogsClient` for many requests. */
export async function patientCloudWatchLogsClient(source: ClientSource): Promise<CloudWatchLogs> {
  const { CloudWatchLogs: Client } = await import("@aws-sdk/client-cloudwatch-logs");
  return new Client(patientClient(source));
}

export async function cloudWatchLogsClient(source: ClientSource): Promise<CloudWatchLogs> {
  const { CloudWatchLogs: Client } = await import("@aws-sdk/client-cloudwatch-logs");
  return new Client(source);
}
