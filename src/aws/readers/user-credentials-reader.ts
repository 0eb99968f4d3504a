import type { IAM } from "@aws-sdk/client-iam";

import { mapConcurrently } from "../map-concurrently";
import { undefinedIfNoSuchEntity } from "../iam-answers";
import { instantIfAny, textIfAny } from "../optional-values";
import type { AccessKey, Credential, UserCredentials } from "../snapshot/user-credentials";

/** Users read at once: five requests each and more, and IAM throttles. */
const AT_ONCE = 3;

const credentialOf = (id: string | undefined, status: string | undefined, created?: Date): Credential => ({
  id: id ?? "",
  isActive: status === "Active",
  ...instantIfAny("createdAt", created),
});

const byId = <T extends { readonly id: string }>(all: readonly T[]): T[] =>
  [...all].sort((one, other) => (one.id < other.id ? -1 : 1));

async function accessKeysOf(iam: IAM, UserName: string): Promise<AccessKey[]> {
  const { paginateListAccessKeys } = await import("@aws-sdk/client-iam");
  const keys: AccessKey[] = [];
  for await (const page of paginateListAccessKeys({ client: iam }, { UserName })) {
    keys.push(
      ...(page.AccessKeyMetadata ?? []).map(({ AccessKeyId, Status, CreateDate }) =>
        credentialOf(AccessKeyId, Status, CreateDate),
      ),
    );
  }
  return byId(keys);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html */
async function withLastUse(iam: IAM, key: AccessKey): Promise<AccessKey> {
  const answer = await undefinedIfNoSuchEntity(iam.getAccessKeyLastUsed({ AccessKeyId: key.id }));
  const use = answer?.AccessKeyLastUsed;
  const { at } = instantIfAny("at", use?.LastUsedDate);
  if (at === undefined) return key;
  return {
    ...key,
    lastUsed: { at, ...textIfAny("service", use?.ServiceName), ...textIfAny("region", use?.Region) },
  };
}

/** IAM allows a user so few of each of the others that one page holds them. */
async function credentialsOf(iam: IAM, UserName: string): Promise<UserCredentials> {
  const [login, accessKeys, ssh, services, certificates] = await Promise.all([
    undefinedIfNoSuchEntity(iam.getLoginProfile({ UserName })),
    accessKeysOf(iam, UserName),
    iam.listSSHPublicKeys({ UserName }),
    iam.listServiceSpecificCredentials({ UserName }),
    iam.listSigningCertificates({ UserName }),
  ]);
  return {
    user: UserName,
    ...(login !== undefined && {
      password: {
        ...instantIfAny("createdAt", login.LoginProfile?.CreateDate),
        mustBeReset: login.LoginProfile?.PasswordResetRequired === true,
      },
    }),
    accessKeys,
    sshKeys: byId(
      (ssh.SSHPublicKeys ?? []).map(({ SSHPublicKeyId, Status, UploadDate }) =>
        credentialOf(SSHPublicKeyId, Status, UploadDate),
      ),
    ),
    serviceCredentials: byId(
      (services.ServiceSpecificCredentials ?? []).map(
        ({ ServiceName, ServiceSpecificCredentialId, Status, CreateDate }) =>
          credentialOf(`${ServiceName ?? ""} ${ServiceSpecificCredentialId ?? ""}`, Status, CreateDate),
      ),
    ),
    signingCertificates: byId(
      (certificates.Certificates ?? []).map(({ CertificateId, Status, UploadDate }) =>
        credentialOf(CertificateId, Status, UploadDate),
      ),
    ),
  };
}

/** What to read beside the credentials themselves, and who is told how far it is. */
export interface CredentialReading {
  /** When each access key was last used, which takes a request for each. */
  readonly lastUse?: true;
  readonly progress?: (done: number) => void;
}

/** The credentials of these users in their order; a user that is gone by now is not among them. */
export async function readUserCredentials(
  iam: IAM,
  names: readonly string[],
  { lastUse, progress }: CredentialReading = {},
): Promise<UserCredentials[]> {
  let done = 0;
  const all = await mapConcurrently(names, AT_ONCE, async (name) => {
    const found = await undefinedIfNoSuchEntity(credentialsOf(iam, name));
    progress?.(++done);
    if (found === undefined || lastUse === undefined) return found;
    return {
      ...found,
      accessKeys: await Promise.all(found.accessKeys.map((key) => withLastUse(iam, key))),
    };
  });
  return all.flatMap((one) => one ?? []);
}
