import {
  paginateGetAccountAuthorizationDetails,
  type AttachedPermissionsBoundary,
  type AttachedPolicy,
  type GroupDetail,
  type IAM,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
} from "@aws-sdk/client-iam";

import type { Account } from "../../model/account";
import type { IamAccount, IamRole, IamUser } from "./account";
import { awsManagedPolicy } from "./aws-managed";
import { iamPolicy, type IamPolicy } from "./policy";

/** All that IAM told, before it is put together. */
interface Details {
  readonly users: readonly UserDetail[];
  readonly groups: ReadonlyMap<string, GroupDetail>;
  readonly roles: readonly RoleDetail[];
  /** By ARN, the account's own and those of AWS that are attached. */
  readonly policies: ReadonlyMap<string, IamPolicy>;
}

/** IAM answers with documents in the encoding of addresses. */
const textOf = (encoded: string | undefined): string => decodeURIComponent(encoded ?? "");

async function detailsOf(iam: IAM): Promise<Details> {
  const users: UserDetail[] = [];
  const groups = new Map<string, GroupDetail>();
  const roles: RoleDetail[] = [];
  const policies = new Map<string, IamPolicy>();
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam }, {})) {
    users.push(...(page.UserDetailList ?? []));
    for (const group of page.GroupDetailList ?? []) groups.set(group.GroupName ?? "", group);
    roles.push(...(page.RoleDetailList ?? []));
    for (const { Arn, PolicyName, PolicyVersionList } of page.Policies ?? []) {
      const current = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion);
      if (Arn === undefined || current === undefined) continue;
      policies.set(Arn, iamPolicy(PolicyName ?? Arn, textOf(current.Document)));
    }
  }
  return { users, groups, roles, policies };
}

function managed({ policies }: Details, arn: string): IamPolicy {
  return policies.get(arn) ?? awsManagedPolicy(arn);
}

function attachedTo(
  details: Details,
  attached: readonly AttachedPolicy[] = [],
  inline: readonly PolicyDetail[] = [],
  group?: string,
): readonly IamPolicy[] {
  return [
    ...attached.map(({ PolicyArn }) => managed(details, PolicyArn ?? "")),
    ...inline.map(({ PolicyName, PolicyDocument }) =>
      iamPolicy(`${PolicyName ?? ""} (inline)`, textOf(PolicyDocument)),
    ),
  ].map((policy) => (group === undefined ? policy : { ...policy, group }));
}

function boundaryOf(
  details: Details,
  boundary: AttachedPermissionsBoundary | undefined,
): { readonly boundary?: IamPolicy } {
  const arn = boundary?.PermissionsBoundaryArn;
  return arn === undefined ? {} : { boundary: managed(details, arn) };
}

function userOf(details: Details, user: UserDetail): IamUser {
  const groups = user.GroupList ?? [];
  return {
    kind: "other",
    name: user.UserName ?? "",
    arn: user.Arn ?? "",
    tags: Object.fromEntries((user.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""])),
    groups,
    policies: [
      ...attachedTo(details, user.AttachedManagedPolicies, user.UserPolicyList),
      ...groups.flatMap((name) => {
        const group = details.groups.get(name);
        return attachedTo(details, group?.AttachedManagedPolicies, group?.GroupPolicyList, name);
      }),
    ],
    ...boundaryOf(details, user.PermissionsBoundary),
  };
}

function roleOf(details: Details, role: RoleDetail): IamRole {
  const name = role.RoleName ?? "";
  return {
    kind: "other",
    label: name,
    name,
    arn: role.Arn ?? "",
    trust: iamPolicy(`trust of ${name}`, textOf(role.AssumeRolePolicyDocument)),
    policies: attachedTo(details, role.AttachedManagedPolicies, role.RolePolicyList),
    ...boundaryOf(details, role.PermissionsBoundary),
  };
}

/** Gives what the roster knows its names there; whatever it does not know keeps the name that IAM has. */
function namedAs(found: IamAccount, byRoster: IamAccount): IamAccount {
  const users = new Map(byRoster.users.map((user) => [user.arn, user]));
  const roles = new Map(byRoster.roles.map((role) => [role.arn, role]));
  return {
    ...found,
    users: found.users.map((user) => ({ ...user, kind: users.get(user.arn)?.kind ?? user.kind })),
    roles: found.roles.map((role) => {
      const { kind, label } = roles.get(role.arn) ?? role;
      return { ...role, kind, label };
    }),
  };
}

/** What IAM holds in an account, whoever made it; `byRoster` tells what to call things. */
export async function readIamAccount(iam: IAM, account: Account, byRoster: IamAccount): Promise<IamAccount> {
  const details = await detailsOf(iam);
  const found: IamAccount = {
    key: account.key,
    id: account.id,
    environment: account.environment,
    users: details.users.map((user) => userOf(details, user)),
    roles: details.roles.map((role) => roleOf(details, role)),
  };
  return namedAs(found, byRoster);
}
