import type { Account } from "../model/account";
import { rolesPlacedIn } from "../model/categories";
import { remainingDeployed } from "../model/holdings";
import type { Model } from "../model/model";
import {
  awsManagedPolicyArn,
  customerPolicyArn,
  roleArn,
  roleName,
  policyNameOf,
  type Arn,
  type RolePolicyPurpose,
  type UserName,
} from "../model/names";
import { ROLES, type HeldRole } from "../model/roles";
import { PERMISSIONS } from "./permissions";
import { render, type PolicyDocument } from "./policy-document";
import type { CustomerPolicy, RolePolicy } from "./role-permissions";
import { projectScope } from "./project-scope";
import { sessionEnd } from "./session-end";
import { trustOf, type Trust } from "./trust";

/** A policy as deployed beside a role: one that AWS keeps, or one of our own with its document's JSON. */
export type PolicyBlueprint =
  | { readonly kind: "aws-managed"; readonly arn: Arn }
  | {
      readonly kind: "customer";
      readonly purpose: RolePolicyPurpose;
      readonly arn: Arn;
      readonly name: string;
      readonly description: string;
      readonly text: string;
    };

export type CustomerPolicyBlueprint = Extract<PolicyBlueprint, { kind: "customer" }>;

/** A role as deployed, whoever or whatever assumes it. */
export interface DeployedRole {
  readonly name: string;
  readonly arn: Arn;
  /** IAM path; `/` where it is left out. */
  readonly path?: string;
  /** Shown in the console. */
  readonly description: string;
  /** Beside those of everything that Muster makes. */
  readonly tags?: Readonly<Record<string, string>>;
  /** `text` is the trust's JSON. */
  readonly trust: { readonly text: string };
  /** The role's MaxSessionDuration. */
  readonly sessionSeconds: number;
  readonly policies: readonly PolicyBlueprint[];
  readonly boundary?: CustomerPolicyBlueprint;
}

/** A role that people hold, as deployed. */
export interface RoleBlueprint extends DeployedRole {
  readonly role: HeldRole;
  readonly trust: Trust;
  /** Everybody whom the trust admits now or at a later date that is in it, by name. */
  readonly holders: readonly UserName[];
}

function customerPolicy(
  account: Account,
  roleName: string,
  { purpose, index, description, document }: CustomerPolicy,
): CustomerPolicyBlueprint {
  const name = policyNameOf(roleName, purpose, index);
  return {
    kind: "customer",
    purpose,
    arn: customerPolicyArn(account, name),
    name,
    description,
    text: render(document),
  };
}

/** A policy of the role of that name, as deployed in the account. */
export function policyBlueprint(account: Account, roleName: string, policy: RolePolicy): PolicyBlueprint {
  if (policy.kind === "customer") return customerPolicy(account, roleName, policy);
  return { kind: "aws-managed", arn: awsManagedPolicyArn(policy.name) };
}

const policiesOf = (
  purpose: RolePolicyPurpose,
  description: string,
  documents: readonly PolicyDocument[],
): readonly CustomerPolicy[] =>
  documents.map((document, index) => ({ kind: "customer", purpose, index, description, document }));

/** What some of a role's holders are denied, whatever the role may do. */
const personalRestrictions = (model: Model, account: Account, role: HeldRole): readonly CustomerPolicy[] => [
  ...policiesOf(
    "project-scope",
    "Keeps contractors who hold this role within their projects.",
    projectScope(model, account, role),
  ),
  ...policiesOf(
    "session-end",
    "Ends the sessions of people whose grant of this role is over.",
    sessionEnd(model, account, role),
  ),
];

function roleBlueprint(model: Model, account: Account, role: HeldRole): RoleBlueprint {
  const { organization } = model;
  const { policies, boundary } = PERMISSIONS[role]({ organization, account });
  const name = roleName(organization, role, account);
  const restrictions = personalRestrictions(model, account, role);
  return {
    role,
    name,
    description: `${role} in ${account.key}; who may assume it is written in the roster.`,
    arn: roleArn(organization, role, account),
    trust: trustOf(model, account, role),
    holders: model.holdings
      .of(account.key, role)
      .filter((holding) => remainingDeployed(holding, model.now).length > 0)
      .map(({ person }) => person),
    sessionSeconds: ROLES[role].sessionSeconds,
    policies: [...policies, ...restrictions].map((policy) => policyBlueprint(account, name, policy)),
    ...(boundary && { boundary: customerPolicy(account, name, boundary) }),
  };
}

/**
 * The roles that people may hold in an account. Those of the catalogue are there whether or not anybody holds them, so
 * that granting one changes a trust and nothing else; BreakGlass is there only where the roster names a holder.
 */
export function roleBlueprints(model: Model, account: Account): readonly RoleBlueprint[] {
  const roles: readonly HeldRole[] = rolesPlacedIn(account.environment);
  const breakGlass: readonly HeldRole[] =
    model.holdings.of(account.key, "BreakGlass").length > 0 ? ["BreakGlass"] : [];
  return [...roles, ...breakGlass].map((role) => roleBlueprint(model, account, role));
}
