import type {
  AttachedPolicy,
  GroupDetail as GroupAnswer,
  IAM,
  ManagedPolicyDetail,
  PolicyDetail as InlineAnswer,
  RoleDetail as RoleAnswer,
  Tag,
  UserDetail as UserAnswer,
} from "@aws-sdk/client-iam";

import { instantIfAny, textIfAny } from "../optional-values";
import { versionNumber } from "../policy-version";
import type {
  AuthorizationDetails,
  GroupDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "../snapshot/authorization-details";

/** IAM answers with documents in the encoding of addresses. */
const decoded = (document: string | undefined): string => decodeURIComponent(document ?? "");

const byName = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1));

const tagsOf = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));

const policiesOf = (attached: readonly AttachedPolicy[] = [], inline: readonly InlineAnswer[] = []) => ({
  attached: attached.map(({ PolicyArn }) => PolicyArn ?? "").sort(),
  inline: byName(
    inline.map(({ PolicyName, PolicyDocument }) => ({
      name: PolicyName ?? "",
      document: decoded(PolicyDocument),
    })),
  ),
});

const userOf = (user: UserAnswer): UserDetail => ({
  name: user.UserName ?? "",
  path: user.Path ?? "/",
  arn: user.Arn ?? "",
  ...instantIfAny("createdAt", user.CreateDate),
  ...policiesOf(user.AttachedManagedPolicies, user.UserPolicyList),
  groups: [...(user.GroupList ?? [])].sort(),
  tags: tagsOf(user.Tags),
  ...textIfAny("boundary", user.PermissionsBoundary?.PermissionsBoundaryArn),
});

const groupOf = (group: GroupAnswer): GroupDetail => ({
  name: group.GroupName ?? "",
  path: group.Path ?? "/",
  arn: group.Arn ?? "",
  ...instantIfAny("createdAt", group.CreateDate),
  ...policiesOf(group.AttachedManagedPolicies, group.GroupPolicyList),
});

function lastUseOf({ RoleLastUsed: use }: RoleAnswer): Pick<RoleDetail, "lastUsed"> {
  const { at } = instantIfAny("at", use?.LastUsedDate);
  return at === undefined ? {} : { lastUsed: { at, ...textIfAny("region", use?.Region) } };
}

const roleOf = (role: RoleAnswer): RoleDetail => ({
  name: role.RoleName ?? "",
  path: role.Path ?? "/",
  arn: role.Arn ?? "",
  ...instantIfAny("createdAt", role.CreateDate),
  ...policiesOf(role.AttachedManagedPolicies, role.RolePolicyList),
  tags: tagsOf(role.Tags),
  ...textIfAny("boundary", role.PermissionsBoundary?.PermissionsBoundaryArn),
  trust: decoded(role.AssumeRolePolicyDocument),
  ...lastUseOf(role),
});

const isAwsManaged = (arn: string): boolean => /^arn:[\w-]+:iam::aws:/.test(arn);

/** `arn:aws:iam::111111111111:policy/ops/deploy` is `deploy` at `/ops/`. */
function policyOf(policy: ManagedPolicyDetail): PolicyDetail {
  const { Arn: arn = "", PolicyVersionList: versions = [] } = policy;
  const current = versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
  // What AWS has replaced of its own, nobody can put in force.
  const others = isAwsManaged(arn) ? [] : versions.filter((version) => version !== current);
  return {
    name: arn.slice(arn.lastIndexOf("/") + 1),
    path: arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1),
    arn,
    ...instantIfAny("createdAt", policy.CreateDate),
    isAwsManaged: isAwsManaged(arn),
    inForce: { id: current?.VersionId ?? "", document: decoded(current?.Document) },
    dormant: others
      .map(({ VersionId = "", Document }) => ({ id: VersionId, document: decoded(Document) }))
      .sort((one, other) => versionNumber(one.id) - versionNumber(other.id)),
  };
}

/** Reads users, groups, roles and managed policies of an account, those of AWS that are attached too; changes nothing. */
export async function readAuthorizationDetails(iam: IAM): Promise<AuthorizationDetails> {
  const { paginateGetAccountAuthorizationDetails } = await import("@aws-sdk/client-iam");
  const found: AuthorizationDetails = { users: [], groups: [], roles: [], policies: [] };
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam }, {})) {
    found.users.push(...(page.UserDetailList ?? []).map(userOf));
    found.groups.push(...(page.GroupDetailList ?? []).map(groupOf));
    found.roles.push(...(page.RoleDetailList ?? []).map(roleOf));
    found.policies.push(...(page.Policies ?? []).map(policyOf));
  }
  return {
    users: byName(found.users),
    groups: byName(found.groups),
    roles: byName(found.roles),
    policies: byName(found.policies),
  };
}

/** Reads the roles of an account alone, by name. */
export async function readRoles(iam: IAM): Promise<readonly RoleDetail[]> {
  const { paginateGetAccountAuthorizationDetails } = await import("@aws-sdk/client-iam");
  const roles: RoleDetail[] = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam }, { Filter: ["Role"] })) {
    roles.push(...(page.RoleDetailList ?? []).map(roleOf));
  }
  return byName(roles);
}
