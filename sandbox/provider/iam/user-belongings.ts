import {
  paginateListAccessKeys,
  paginateListAttachedUserPolicies,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
  paginateListUserPolicies,
  type IAM,
} from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";

/** Takes a user out of all groups; IAM deletes no user that is still in one. */
export async function leaveGroups(iam: IAM, UserName: string): Promise<void> {
  for await (const page of paginateListGroupsForUser({ client: iam }, { UserName })) {
    for (const group of page.Groups ?? []) {
      await iam.removeUserFromGroup({ UserName, GroupName: group.GroupName });
    }
  }
}

/** Removes everything that would keep a user from being deleted, as `forceDestroy` promises, in its order. */
export async function emptyUser(iam: IAM, UserName: string): Promise<void> {
  const user = { UserName };
  for await (const page of paginateListUserPolicies({ client: iam }, user)) {
    for (const PolicyName of page.PolicyNames ?? []) await iam.deleteUserPolicy({ UserName, PolicyName });
  }
  for await (const page of paginateListAttachedUserPolicies({ client: iam }, user)) {
    for (const policy of page.AttachedPolicies ?? [])
      await iam.detachUserPolicy({ UserName, PolicyArn: policy.PolicyArn });
  }
  for await (const page of paginateListAccessKeys({ client: iam }, user)) {
    for (const key of page.AccessKeyMetadata ?? [])
      await iam.deleteAccessKey({ UserName, AccessKeyId: key.AccessKeyId });
  }
  for await (const page of paginateListSSHPublicKeys({ client: iam }, user)) {
    for (const key of page.SSHPublicKeys ?? []) {
      await iam.deleteSSHPublicKey({ UserName, SSHPublicKeyId: key.SSHPublicKeyId });
    }
  }
  for await (const page of paginateListMFADevices({ client: iam }, user)) {
    for (const device of page.MFADevices ?? [])
      await removeMfaDevice(iam, UserName, device.SerialNumber ?? "");
  }
  await unlessMissing(iam.deleteLoginProfile(user));
  for await (const page of paginateListSigningCertificates({ client: iam }, user)) {
    for (const certificate of page.Certificates ?? []) {
      await iam.deleteSigningCertificate({ UserName, CertificateId: certificate.CertificateId });
    }
  }
  const { ServiceSpecificCredentials: credentials = [] } = await iam.listServiceSpecificCredentials(user);
  for (const { ServiceSpecificCredentialId } of credentials)
    await iam.deleteServiceSpecificCredential({ UserName, ServiceSpecificCredentialId });
}

/** A virtual device exists only for its user and is deleted too; a hardware device has no ARN and stays. */
async function removeMfaDevice(iam: IAM, UserName: string, SerialNumber: string): Promise<void> {
  await iam.deactivateMFADevice({ UserName, SerialNumber });
  if (SerialNumber.includes(":mfa/")) await iam.deleteVirtualMFADevice({ SerialNumber });
}
