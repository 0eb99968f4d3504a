import {
  paginateGetAccountAuthorizationDetails,
  paginateListInstanceProfiles,
  paginateListServerCertificates,
  paginateListVirtualMFADevices,
  type AttachedPolicy,
  type IAM,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
} from "@aws-sdk/client-iam";

import { readUserCredentials, type UserCredentials } from "./user-credentials";

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
    readonly credentials: UserCredentials;
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
  /** What the provider says about itself: metadata, or audiences and thumbprints. */
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

/** IAM answers with documents in the encoding of addresses. */
const decoded = (document: string | undefined): string => decodeURIComponent(document ?? "");

/** `v3` is 3. */
export const versionNumber = (id: string): number => Number(id.slice(1));

/** `arn:aws:iam::111111111111:policy/ops/deploy` is `deploy` at `/ops/`. */
function policyOf({ Arn: arn = "", PolicyVersionList: versions = [] }: ManagedPolicyDetail): LivePolicy {
  const current = versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
  const dormant = versions
    .filter((version) => version !== current)
    .map(({ VersionId = "", Document }) => ({ id: VersionId, document: decoded(Document) }))
    .sort((one, other) => versionNumber(one.id) - versionNumber(other.id));
  return {
    arn,
    path: arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1),
    name: arn.slice(arn.lastIndexOf("/") + 1),
    document: decoded(current?.Document),
    ...(dormant.length > 0 && { dormant: { inForce: current?.VersionId ?? "", versions: dormant } }),
  };
}

const byName = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1));

const policiesOf = (
  attached: readonly AttachedPolicy[] = [],
  inline: readonly PolicyDetail[] = [],
): LivePolicies => ({
  attached: attached.map(({ PolicyArn }) => PolicyArn ?? "").sort(),
  inline: byName(
    inline.map(({ PolicyName, PolicyDocument }) => ({
      name: PolicyName ?? "",
      document: decoded(PolicyDocument),
    })),
  ),
});

type UserWithoutCredentials = Omit<LiveUser, "credentials">;

function userOf(user: UserDetail): UserWithoutCredentials {
  const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    name: user.UserName ?? "",
    path: user.Path ?? "/",
    groups: [...(user.GroupList ?? [])].sort(),
    tags: Object.fromEntries((user.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""])),
    ...policiesOf(user.AttachedManagedPolicies, user.UserPolicyList),
    ...(boundary !== undefined && { boundary }),
  };
}

/** A role as IAM describes it. */
export function liveRoleOf(role: RoleDetail): LiveRole {
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    name: role.RoleName ?? "",
    path: role.Path ?? "/",
    trust: decoded(role.AssumeRolePolicyDocument),
    ...policiesOf(role.AttachedManagedPolicies, role.RolePolicyList),
    ...(boundary !== undefined && { boundary }),
  };
}

interface Details {
  readonly users: readonly UserWithoutCredentials[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  readonly policies: readonly LivePolicy[];
}

async function readDetails(iam: IAM): Promise<Details> {
  const users: UserWithoutCredentials[] = [];
  const groups: Omit<LiveGroup, "members">[] = [];
  const roles: LiveRole[] = [];
  const policies: LivePolicy[] = [];
  const pages = paginateGetAccountAuthorizationDetails(
    { client: iam },
    { Filter: ["User", "Group", "Role", "LocalManagedPolicy"] },
  );
  for await (const page of pages) {
    users.push(...(page.UserDetailList ?? []).map(userOf));
    for (const group of page.GroupDetailList ?? []) {
      groups.push({
        name: group.GroupName ?? "",
        path: group.Path ?? "/",
        ...policiesOf(group.AttachedManagedPolicies, group.GroupPolicyList),
      });
    }
    roles.push(...(page.RoleDetailList ?? []).map(liveRoleOf));
    policies.push(...(page.Policies ?? []).map(policyOf));
  }
  const membersOf = (group: string): readonly string[] =>
    byName(users.filter((user) => user.groups.includes(group))).map(({ name }) => name);
  return {
    users: byName(users),
    groups: byName(groups.map((group) => ({ ...group, members: membersOf(group.name) }))),
    roles: byName(roles),
    policies: byName(policies),
  };
}

/** Reads the roles of an account, by name; changes nothing. */
export async function readLiveRoles(iam: IAM): Promise<readonly LiveRole[]> {
  const roles: LiveRole[] = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam }, { Filter: ["Role"] })) {
    roles.push(...(page.RoleDetailList ?? []).map(liveRoleOf));
  }
  return byName(roles);
}

async function readIdentityProviders(iam: IAM): Promise<readonly LiveIdentityProvider[]> {
  const [openIdConnect, saml] = await Promise.all([
    iam.listOpenIDConnectProviders({}),
    iam.listSAMLProviders({}),
  ]);
  const providers = await Promise.all([
    ...(openIdConnect.OpenIDConnectProviderList ?? []).map(async ({ Arn: arn = "" }) => {
      const answer = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn });
      return { arn, content: [...(answer.ClientIDList ?? []), ...(answer.ThumbprintList ?? [])].sort() };
    }),
    ...(saml.SAMLProviderList ?? []).map(async ({ Arn: arn = "" }) => {
      const answer = await iam.getSAMLProvider({ SAMLProviderArn: arn });
      return { arn, content: [answer.SAMLMetadataDocument ?? ""] };
    }),
  ]);
  return providers.sort((one, other) => (one.arn < other.arn ? -1 : 1));
}

async function readInstanceProfiles(iam: IAM): Promise<readonly LiveInstanceProfile[]> {
  const profiles: LiveInstanceProfile[] = [];
  for await (const page of paginateListInstanceProfiles({ client: iam }, {})) {
    for (const { InstanceProfileName, Path, Roles = [] } of page.InstanceProfiles ?? []) {
      profiles.push({
        name: InstanceProfileName ?? "",
        path: Path ?? "/",
        roles: Roles.map(({ RoleName }) => RoleName ?? "").sort(),
      });
    }
  }
  return byName(profiles);
}

async function readServerCertificates(iam: IAM): Promise<readonly LiveServerCertificate[]> {
  const certificates: LiveServerCertificate[] = [];
  for await (const page of paginateListServerCertificates({ client: iam }, {})) {
    for (const one of page.ServerCertificateMetadataList ?? []) {
      certificates.push({
        name: one.ServerCertificateName ?? "",
        path: one.Path ?? "/",
        id: one.ServerCertificateId ?? "",
      });
    }
  }
  return byName(certificates);
}

async function readUnassignedMfaDevices(iam: IAM): Promise<readonly string[]> {
  const devices: string[] = [];
  for await (const page of paginateListVirtualMFADevices(
    { client: iam },
    { AssignmentStatus: "Unassigned" },
  )) {
    devices.push(...(page.VirtualMFADevices ?? []).map(({ SerialNumber }) => SerialNumber ?? ""));
  }
  return devices.sort();
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
async function readRootCredentials(iam: IAM): Promise<LiveAccount["rootCredentials"]> {
  const { SummaryMap: summary = {} } = await iam.getAccountSummary({});
  return [
    ...((summary.AccountAccessKeysPresent ?? 0) > 0 ? (["access keys"] as const) : []),
    ...((summary.AccountSigningCertificatesPresent ?? 0) > 0 ? (["signing certificates"] as const) : []),
  ];
}

/** Reads everything of IAM that gives somebody access to the account; changes nothing. */
export async function readLiveAccount(iam: IAM): Promise<LiveAccount> {
  const { users, ...details } = await readDetails(iam);
  const credentials = await readUserCredentials(
    iam,
    users.map(({ name }) => name),
  );
  return {
    users: users.flatMap((user) => {
      const own = credentials.get(user.name);
      // Without credentials it was deleted while we looked.
      return own === undefined ? [] : [{ ...user, credentials: own }];
    }),
    ...details,
    instanceProfiles: await readInstanceProfiles(iam),
    identityProviders: await readIdentityProviders(iam),
    serverCertificates: await readServerCertificates(iam),
    unassignedMfaDevices: await readUnassignedMfaDevices(iam),
    rootCredentials: await readRootCredentials(iam),
  };
}
