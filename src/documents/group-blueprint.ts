import { rolesPlacedIn } from "../model/categories";
import { assumeRoleMembers, breakGlassMembers, manageOwnUserMembers } from "../model/groups";
import type { Model } from "../model/model";
import {
  ALL_ACCOUNTS,
  assumeRoleGroupName,
  breakGlassGroupName,
  customerPolicyArn,
  groupPolicyName,
  manageOwnUserGroupName,
  powerGroupName,
  roleArn,
  userArn,
  type Arn,
  type UserName,
} from "../model/names";
import { renderDocument, type PolicyDocument } from "./policy-document";
import type { CustomerPolicyBlueprint } from "./deployed-role";
import { assumeRolePolicies, makesNoAccessKeys } from "./self-service/assume-role";
import { manageOwnUser } from "./self-service/manage-own-user";
import { powerPolicy } from "./self-service/power-policy";

/** A group of the identity account, as deployed. */
export interface GroupBlueprint {
  readonly name: string;
  readonly members: readonly UserName[];
  readonly policies: readonly CustomerPolicyBlueprint[];
  /** What of the roster makes its policies long; otherwise names do. */
  readonly grownBy?: "power";
}

function groupBlueprint(
  { organization: { identity } }: Model,
  name: string,
  members: readonly UserName[],
  description: string,
  documents: readonly PolicyDocument[],
): GroupBlueprint {
  return {
    name,
    members,
    policies: documents.map((document, index) => {
      const policyName = groupPolicyName(name, index);
      const arn = customerPolicyArn(identity, policyName);
      return {
        kind: "customer",
        purpose: "permissions",
        arn,
        name: policyName,
        description,
        text: renderDocument(document),
      };
    }),
  };
}

function manageOwnUserGroup(model: Model): GroupBlueprint {
  const { organization } = model;
  return groupBlueprint(
    model,
    manageOwnUserGroupName(organization),
    manageOwnUserMembers(model),
    "People manage their own user, and nothing else without MFA.",
    [manageOwnUser(organization.identity)],
  );
}

function powerGroups(model: Model): readonly GroupBlueprint[] {
  if (model.power.length === 0) return [];
  const { organization } = model;
  const members = model.power.map((name) => userArn(organization.identity, name));
  const document = powerPolicy(organization.identity, members);
  const description = "Full IAM in the identity account, with MFA of at most an hour.";
  return [
    {
      ...groupBlueprint(model, powerGroupName(organization), model.power, description, [document]),
      grownBy: "power",
    },
  ];
}

function assumeRoleGroups(model: Model): readonly GroupBlueprint[] {
  const { organization } = model;
  const members = assumeRoleMembers(model);
  const rolesOf = organization.accounts.map((account) => ({
    key: account.key,
    arns: rolesPlacedIn(account.environment).map((role) => roleArn(organization, role, account)),
  }));
  const group = (key: string, people: readonly UserName[], arns: readonly Arn[]): GroupBlueprint =>
    groupBlueprint(
      model,
      assumeRoleGroupName(organization, key),
      people,
      key === ALL_ACCOUNTS
        ? "People try every account's roles; the roles' trusts decide."
        : `People try the roles of ${key}; the roles' trusts decide.`,
      assumeRolePolicies(arns),
    );
  const separate = rolesOf
    .filter(({ arns }) => arns.length > 0)
    .map(({ key, arns }) => group(key, members.byAccount.get(key) ?? [], arns));
  if (members.everywhere.length === 0) return separate;
  return [
    ...separate,
    group(
      ALL_ACCOUNTS,
      members.everywhere,
      rolesOf.flatMap(({ arns }) => arns),
    ),
  ];
}

function breakGlassGroups(model: Model): readonly GroupBlueprint[] {
  const { organization } = model;
  const members = breakGlassMembers(model);
  const accounts = organization.accounts.filter(({ key }) => model.holdings.of(key, "BreakGlass").length > 0);
  const arnOf = (account: (typeof accounts)[number]): Arn => roleArn(organization, "BreakGlass", account);
  const group = (key: string, people: readonly UserName[], arns: readonly Arn[]): GroupBlueprint =>
    groupBlueprint(
      model,
      breakGlassGroupName(organization, key),
      people,
      "Break-glass holders try BreakGlass; the role's trust decides.",
      assumeRolePolicies(arns, makesNoAccessKeys(organization.identity)),
    );
  const separate = accounts.map((account) =>
    group(account.key, members.byAccount.get(account.key) ?? [], [arnOf(account)]),
  );
  if (members.everywhere.length === 0) return separate;
  return [...separate, group(ALL_ACCOUNTS, members.everywhere, accounts.map(arnOf))];
}

/** Every group of the identity account. */
export function groupBlueprints(model: Model): readonly GroupBlueprint[] {
  return [
    manageOwnUserGroup(model),
    ...powerGroups(model),
    ...assumeRoleGroups(model),
    ...breakGlassGroups(model),
  ];
}
