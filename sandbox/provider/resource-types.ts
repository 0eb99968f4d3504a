import { recordedAs } from "./recorded-type";
import { accessanalyzer } from "./accessanalyzer";
import { cfg } from "./cfg";
import { cloudtrail } from "./cloudtrail";
import { cloudwatch } from "./cloudwatch";
import { contacts } from "./contacts";
import { ec2 } from "./ec2";
import { guardduty } from "./guardduty";
import { iam } from "./iam";
import { kms } from "./kms";
import { rds } from "./rds";
import type { ResourceType } from "./resource-type";
import { s3 } from "./s3";
import { secretsmanager } from "./secretsmanager";
import { securityhub } from "./securityhub";
import { sns } from "./sns";
import { ssm } from "./ssm";

/** Every resource type that this provider knows, by its token. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  ...iam,
  ...kms,
  ...sns,
  ...cloudwatch,
  ...cfg,
  ...cloudtrail,
  ...s3,
  ...ec2,
  ...rds,
  ...secretsmanager,
  ...accessanalyzer,
  ...contacts,
  ...guardduty,
  ...securityhub,
  ...ssm,
};

/** The resource type of a token such as `aws:iam/user:User`; refuses those that this provider does not know. */
export function resourceTypeOf(token: string): ResourceType {
  const type = resourceTypes[token];
  if (type !== undefined) return recordedAs(token, type);
  const known = Object.keys(resourceTypes).sort().join(", ");
  throw new Error(
    `The sandbox's AWS provider does not know ${token}. It knows: ${known}. Another type is one file in sandbox/provider.`,
  );
}
