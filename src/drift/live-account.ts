import {
  paginateGetAccountAuthorizationDetails,
  type AttachedPolicy,
  type IAM,
  type PolicyDetail,
} from "@aws-sdk/client-iam";

/** Policies that something has. */
interface Attached {
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** Names of inline policies. */
  readonly inline: readonly string[];
}

interface Named {
  readonly name: string;
  readonly path: string;
}

export type LiveUser = Named & Attached;

export type LiveGroup = Named & Attached & { readonly members: readonly string[] };

export type LiveRole = Named &
  Attached & {
    /** ARN of its permissions boundary. */
    readonly boundary?: string;
  };

export type LivePolicy = Named & { readonly arn: string };

/** `arn:aws:iam::111111111111:policy/ops/deploy` is `deploy` at `/ops/`. */
function policyOf(arn: string): LivePolicy {
  const path = arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);
  return { arn, path, name: arn.slice(arn.lastIndexOf("/") + 1) };
}

/** What IAM holds in an account, whoever made it. */
export interface LiveAccount {
  readonly users: readonly LiveUser[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  /** The account's own managed policies. */
  readonly policies: readonly LivePolicy[];
  /** ARNs of OpenID Connect and SAML providers. */
  readonly identityProviders: readonly string[];
}

const policiesOf = (
  attached: readonly AttachedPolicy[] = [],
  inline: readonly PolicyDetail[] = [],
): Attached => ({
  attached: attached.map(({ PolicyArn }) => PolicyArn ?? "").sort(),
  inline: inline.map(({ PolicyName }) => PolicyName ?? "").sort(),
});

const byName = <T extends Named>(all: readonly T[]): readonly T[] =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1));

async function identityProviders(iam: IAM): Promise<readonly string[]> {
  const [openIdConnect, saml] = await Promise.all([
    iam.listOpenIDConnectProviders({}),
    iam.listSAMLProviders({}),
  ]);
  return [...(openIdConnect.OpenIDConnectProviderList ?? []), ...(saml.SAMLProviderList ?? [])]
    .map(({ Arn }) => Arn ?? "")
    .sort();
}

/** Reads everything of IAM that gives somebody access to the account. */
export async function readLiveAccount(iam: IAM): Promise<LiveAccount> {
  const users: LiveUser[] = [];
  const groups: Omit<LiveGroup, "members">[] = [];
  const roles: LiveRole[] = [];
  const policies: LivePolicy[] = [];
  const members = new Map<string, string[]>();
  const pages = paginateGetAccountAuthorizationDetails(
    { client: iam },
    { Filter: ["User", "Group", "Role", "LocalManagedPolicy"] },
  );
  for await (const page of pages) {
    for (const user of page.UserDetailList ?? []) {
      const name = user.UserName ?? "";
      users.push({
        name,
        path: user.Path ?? "/",
        ...policiesOf(user.AttachedManagedPolicies, user.UserPolicyList),
      });
      for (const group of user.GroupList ?? []) members.set(group, [...(members.get(group) ?? []), name]);
    }
    for (const group of page.GroupDetailList ?? []) {
      groups.push({
        name: group.GroupName ?? "",
        path: group.Path ?? "/",
        ...policiesOf(group.AttachedManagedPolicies, group.GroupPolicyList),
      });
    }
    for (const role of page.RoleDetailList ?? []) {
      const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
      roles.push({
        name: role.RoleName ?? "",
        path: role.Path ?? "/",
        ...policiesOf(role.AttachedManagedPolicies, role.RolePolicyList),
        ...(boundary !== undefined && { boundary }),
      });
    }
    for (const policy of page.Policies ?? []) policies.push(policyOf(policy.Arn ?? ""));
  }
  return {
    users: byName(users),
    groups: byName(groups.map((group) => ({ ...group, members: (members.get(group.name) ?? []).sort() }))),
    roles: byName(roles),
    policies: byName(policies),
    identityProviders: await identityProviders(iam),
  };
}
