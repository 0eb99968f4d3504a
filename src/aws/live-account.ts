import type { IAM } from "@aws-sdk/client-iam";

import { readRootUser } from "./readers/account-facts-reader";
import { readAuthorizationDetails } from "./readers/authorization-details-reader";
import { readUnassignedMfaDevices } from "./readers/mfa-devices-reader";
import { readSignInObjects } from "./readers/sign-in-objects-reader";
import { readUserCredentials } from "./readers/user-credentials-reader";
import type {
  AuthorizationDetails,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "./snapshot/authorization-details";
import { availableSection } from "./snapshot/available-section";
import type { SnapshotAccount } from "./snapshot/reader";
import type { RootUser } from "./snapshot/root-user";
import type { SignInObjects } from "./snapshot/sign-in-objects";
import type { UserCredentials } from "./snapshot/user-credentials";

/** A credential with its identifier, which is no secret. */
export interface LiveCredential {
  readonly id: string;
  readonly isActive: boolean;
}

/** All that a user can sign in or sign requests with; MFA devices aside, which open nothing alone. */
export interface LiveCredentials {
  readonly hasPassword: boolean;
  readonly accessKeys: readonly LiveCredential[];
  /** For CodeCommit. */
  readonly sshKeys: readonly LiveCredential[];
  /** User names and passwords, or API keys, of single services: CodeCommit, Keyspaces, Bedrock. */
  readonly serviceCredentials: readonly LiveCredential[];
  /** For SOAP. */
  readonly signingCertificates: readonly LiveCredential[];
}

/** A policy that lives in the user, group or role that has it. */
export interface InlinePolicy {
  readonly name: string;
  /** JSON. */
  readonly document: string;
}

/** Policies that something has. */
export interface LivePolicies {
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  readonly inline: readonly InlinePolicy[];
}

interface Named {
  readonly name: string;
  readonly path: string;
}

export type LiveUser = Named &
  LivePolicies & {
    readonly groups: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
    /** ARN of its permissions boundary. */
    readonly boundary?: string;
    readonly credentials: LiveCredentials;
  };

export type LiveGroup = Named & LivePolicies & { readonly members: readonly string[] };

export type LiveRole = Named &
  LivePolicies & {
    /** JSON of its trust policy. */
    readonly trust: string;
    /** ARN of its permissions boundary. */
    readonly boundary?: string;
  };

/** One version of a managed policy. */
export interface LivePolicyVersion {
  /** `v3`; AWS counts on and never gives a number again. */
  readonly id: string;
  /** JSON. */
  readonly document: string;
}

/** One of the account's own managed policies. */
export type LivePolicy = Named & {
  readonly arn: string;
  /** JSON of the version that is in force. */
  readonly document: string;
  /** Versions that are not in force, and which one is; absent where there are none. */
  readonly dormant?: { readonly inForce: string; readonly versions: readonly LivePolicyVersion[] };
};

export type LiveInstanceProfile = Named & {
  /** Names of the roles that an instance with it may have. */
  readonly roles: readonly string[];
};

/** What others than IAM sign in with. */
export interface LiveIdentityProvider {
  readonly arn: string;
  /** Audiences and thumbprints, or the SHA-256 of the metadata. */
  readonly content: readonly string[];
}

export type LiveServerCertificate = Named & { readonly id: string };

/** What IAM holds in an account, whoever made it. */
export interface LiveAccount {
  readonly users: readonly LiveUser[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  readonly policies: readonly LivePolicy[];
  readonly instanceProfiles: readonly LiveInstanceProfile[];
  readonly identityProviders: readonly LiveIdentityProvider[];
  readonly serverCertificates: readonly LiveServerCertificate[];
  /** ARNs of virtual MFA devices that nobody has. */
  readonly unassignedMfaDevices: readonly string[];
  /** What the root user has beside its password: access keys, signing certificates. */
  readonly rootCredentials: readonly ("access keys" | "signing certificates")[];
}

/** What an account holds, before it is put together. */
interface Parts {
  readonly details: AuthorizationDetails;
  readonly credentials: readonly UserCredentials[];
  readonly signInObjects: SignInObjects;
  readonly unassignedMfaDevices: readonly string[];
  readonly rootUser: RootUser;
}

const credentialsOf = (all: readonly LiveCredential[]): readonly LiveCredential[] =>
  all.map(({ id, isActive }) => ({ id, isActive }));

const liveCredentialsOf = (credentials: UserCredentials): LiveCredentials => ({
  hasPassword: credentials.password !== undefined,
  accessKeys: credentialsOf(credentials.accessKeys),
  sshKeys: credentialsOf(credentials.sshKeys),
  serviceCredentials: credentialsOf(credentials.serviceCredentials),
  signingCertificates: credentialsOf(credentials.signingCertificates),
});

const liveUserOf = (
  { name, path, groups, tags, attached, inline, boundary }: UserDetail,
  credentials: UserCredentials,
): LiveUser => ({
  name,
  path,
  groups,
  tags,
  attached,
  inline,
  ...(boundary !== undefined && { boundary }),
  credentials: liveCredentialsOf(credentials),
});

/** A role without what says nothing of who may use it and for what. */
export const toLiveRole = ({ name, path, trust, attached, inline, boundary }: RoleDetail): LiveRole => ({
  name,
  path,
  trust,
  attached,
  inline,
  ...(boundary !== undefined && { boundary }),
});

const livePolicyOf = ({ arn, path, name, inForce, dormant }: PolicyDetail): LivePolicy => ({
  arn,
  path,
  name,
  document: inForce.document,
  ...(dormant.length > 0 && { dormant: { inForce: inForce.id, versions: dormant } }),
});

function liveAccountOf(parts: Parts): LiveAccount {
  const { users, groups, roles, policies } = parts.details;
  const credentials = new Map(parts.credentials.map((one) => [one.user, one]));
  const membersOf = (group: string): readonly string[] =>
    users.filter((user) => user.groups.includes(group)).map(({ name }) => name);
  return {
    users: users.flatMap((user) => {
      const own = credentials.get(user.name);
      // Without credentials it was deleted while we looked.
      return own === undefined ? [] : [liveUserOf(user, own)];
    }),
    groups: groups.map(({ name, path, attached, inline }) => ({
      name,
      path,
      attached,
      inline,
      members: membersOf(name),
    })),
    // In an order that AWS does not promise.
    roles: roles.map(toLiveRole).sort((one, other) => (one.name < other.name ? -1 : 1)),
    policies: policies.filter(({ isAwsManaged }) => !isAwsManaged).map(livePolicyOf),
    ...parts.signInObjects,
    unassignedMfaDevices: parts.unassignedMfaDevices,
    rootCredentials: [
      ...(parts.rootUser.hasAccessKeys ? (["access keys"] as const) : []),
      ...(parts.rootUser.hasSigningCertificates ? (["signing certificates"] as const) : []),
    ],
  };
}

/** Reads everything of IAM that gives somebody access to the account; changes nothing. */
export async function readLiveAccount(iam: IAM): Promise<LiveAccount> {
  const details = await readAuthorizationDetails(iam);
  return liveAccountOf({
    details,
    credentials: await readUserCredentials(
      iam,
      details.users.map(({ name }) => name),
    ),
    signInObjects: await readSignInObjects(iam),
    unassignedMfaDevices: await readUnassignedMfaDevices(iam),
    rootUser: await readRootUser(iam),
  });
}

/**
 * The same from a snapshot.
 * @throws UserError where a section that it takes is not available
 */
export function liveAccountFrom(account: SnapshotAccount): LiveAccount {
  return liveAccountOf({
    details: availableSection(account, "authorizationDetails"),
    credentials: availableSection(account, "userCredentials"),
    signInObjects: availableSection(account, "signInObjects"),
    unassignedMfaDevices: availableSection(account, "mfaDevices").flatMap(({ user, serial }) =>
      user === undefined ? [serial] : [],
    ),
    rootUser: availableSection(account, "rootUser"),
  });
}
