import { NoSuchEntityException, paginateListAccessKeys, type IAM } from "@aws-sdk/client-iam";

/** A credential with its identifier, which is no secret. */
export interface Credential {
  readonly id: string;
  readonly isActive: boolean;
}

/** All that a user can sign in or sign requests with; MFA devices aside, which open nothing alone. */
export interface UserCredentials {
  readonly hasPassword: boolean;
  readonly accessKeys: readonly Credential[];
  /** For CodeCommit. */
  readonly sshKeys: readonly Credential[];
  /** User names and passwords, or API keys, of single services: CodeCommit, Keyspaces, Bedrock. */
  readonly serviceCredentials: readonly Credential[];
  /** For SOAP. */
  readonly signingCertificates: readonly Credential[];
}

/** Users read at once: five requests each, and IAM throttles. */
const AT_ONCE = 3;

const credentialOf = (id: string | undefined, status: string | undefined): Credential => ({
  id: id ?? "",
  isActive: status === "Active",
});

const byId = (all: readonly Credential[]): readonly Credential[] =>
  [...all].sort((one, other) => (one.id < other.id ? -1 : 1));

/** The answer, or undefined where IAM has no such thing. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

async function accessKeysOf(iam: IAM, UserName: string): Promise<readonly Credential[]> {
  const keys: Credential[] = [];
  for await (const page of paginateListAccessKeys({ client: iam }, { UserName })) {
    keys.push(
      ...(page.AccessKeyMetadata ?? []).map(({ AccessKeyId, Status }) => credentialOf(AccessKeyId, Status)),
    );
  }
  return byId(keys);
}

/** IAM allows a user so few of each of the others that one page holds them. */
async function credentialsOf(iam: IAM, UserName: string): Promise<UserCredentials> {
  const [password, accessKeys, ssh, services, certificates] = await Promise.all([
    unlessMissing(iam.getLoginProfile({ UserName })),
    accessKeysOf(iam, UserName),
    iam.listSSHPublicKeys({ UserName }),
    iam.listServiceSpecificCredentials({ UserName }),
    iam.listSigningCertificates({ UserName }),
  ]);
  return {
    hasPassword: password !== undefined,
    accessKeys,
    sshKeys: byId(
      (ssh.SSHPublicKeys ?? []).map(({ SSHPublicKeyId, Status }) => credentialOf(SSHPublicKeyId, Status)),
    ),
    serviceCredentials: byId(
      (services.ServiceSpecificCredentials ?? []).map(
        ({ ServiceName, ServiceSpecificCredentialId, Status }) =>
          credentialOf(`${ServiceName ?? ""} ${ServiceSpecificCredentialId ?? ""}`, Status),
      ),
    ),
    signingCertificates: byId(
      (certificates.Certificates ?? []).map(({ CertificateId, Status }) =>
        credentialOf(CertificateId, Status),
      ),
    ),
  };
}

/** The credentials of these users by name; a user that is gone by now is not among them. */
export async function readUserCredentials(
  iam: IAM,
  names: readonly string[],
): Promise<ReadonlyMap<string, UserCredentials>> {
  const all = new Map<string, UserCredentials>();
  const queue = names.values();
  const work = async (): Promise<void> => {
    for (const name of queue) {
      const credentials = await unlessMissing(credentialsOf(iam, name));
      if (credentials !== undefined) all.set(name, credentials);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return all;
}
