import { NoSuchEntityException, type IAM } from "@aws-sdk/client-iam";

import type { PolicyDocument, TrustStatement } from "../../../src/documents/policy-document";

/** IAM answers documents URL-encoded. */
const decoded = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? ""));

/** The statements of a role's trust, as IAM has it now. */
export async function trustOf(iam: IAM, RoleName: string): Promise<readonly TrustStatement[]> {
  const { Role: role } = await iam.getRole({ RoleName });
  return (decoded(role?.AssumeRolePolicyDocument) as PolicyDocument<TrustStatement>).Statement;
}

/** The names of the people whom a role's trust names. */
export async function admittedBy(iam: IAM, role: string): Promise<readonly string[]> {
  const arns = (await trustOf(iam, role)).flatMap(
    ({ Condition }) => Condition?.["ArnEquals"]?.["aws:PrincipalArn"] ?? [],
  );
  return arns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1)).sort();
}

/** The document of a customer managed policy that is in force now. */
export async function documentOf(iam: IAM, PolicyArn: string): Promise<PolicyDocument> {
  const { Policy: policy } = await iam.getPolicy({ PolicyArn });
  const { PolicyVersion: version } = await iam.getPolicyVersion({
    PolicyArn,
    VersionId: policy?.DefaultVersionId,
  });
  return decoded(version?.Document) as PolicyDocument;
}

/** The names of a user's groups. */
export async function groupsOf(iam: IAM, UserName: string): Promise<readonly string[]> {
  const { Groups: groups = [] } = await iam.listGroupsForUser({ UserName });
  return groups.map(({ GroupName }) => GroupName ?? "").sort();
}

/** A user's tags. */
export async function tagsOf(iam: IAM, UserName: string): Promise<Readonly<Record<string, string>>> {
  const { Tags: tags = [] } = await iam.listUserTags({ UserName, MaxItems: 100 });
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/** The answer, or `undefined` where IAM has no such thing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  });
}

/** What a person makes of their own user in the first week. */
export interface Credentials {
  readonly accessKeys: readonly string[];
  readonly mfaDevices: readonly string[];
}

/** Gives a user a password, two access keys and an MFA device, as their owner would. */
export async function giveCredentials(iam: IAM, UserName: string): Promise<Credentials> {
  await iam.createLoginProfile({ UserName, Password: "correct horse battery staple 1A!" });
  await iam.createAccessKey({ UserName });
  await iam.createAccessKey({ UserName });
  const { VirtualMFADevice: device } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: UserName });
  const SerialNumber = device?.SerialNumber ?? "";
  await iam.enableMFADevice({
    UserName,
    SerialNumber,
    AuthenticationCode1: "123456",
    AuthenticationCode2: "654321",
  });
  return credentialsOf(iam, UserName);
}

/** The access keys and MFA devices that a user has now. */
export async function credentialsOf(iam: IAM, UserName: string): Promise<Credentials> {
  const { AccessKeyMetadata: keys = [] } = await iam.listAccessKeys({ UserName });
  const { MFADevices: devices = [] } = await iam.listMFADevices({ UserName });
  return {
    accessKeys: keys.map(({ AccessKeyId }) => AccessKeyId ?? "").sort(),
    mfaDevices: devices.map(({ SerialNumber }) => SerialNumber ?? ""),
  };
}
