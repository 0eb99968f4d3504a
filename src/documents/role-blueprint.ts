import type { Account } from "../model/account";
import { rolesPlacedIn } from "../model/categories";
import { remaining } from "../model/holdings";
import type { Model } from "../model/model";
import {
  awsManagedPolicyArn,
  customerPolicyArn,
  roleArn,
  roleName,
  rolePolicyName,
  type Arn,
  type RolePolicyPurpose,
  type UserName,
} from "../model/names";
import { ROLES, type HeldRole } from "../model/roles";
import { PERMISSIONS } from "./permissions";
import { render } from "./policy-document";
import type { CustomerPolicy, RoleContext, RolePolicy } from "./role-permissions";
import { sessionEndOf } from "./session-end";
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

/** A role that people hold, as deployed. */
export interface RoleBlueprint {
  readonly role: HeldRole;
  readonly name: string;
  readonly arn: Arn;
  readonly trust: Trust;
  /** Everybody whom the trust admits now or at a later date, by name. */
  readonly holders: readonly UserName[];
  /** The role's MaxSessionDuration. */
  readonly sessionSeconds: number;
  readonly policies: readonly PolicyBlueprint[];
  readonly boundary?: CustomerPolicyBlueprint;
}

function customerPolicy(
  { organization, account }: RoleContext,
  role: HeldRole,
  { purpose, description, document }: CustomerPolicy,
): CustomerPolicyBlueprint {
  const name = rolePolicyName(organization, role, account, purpose);
  return {
    kind: "customer",
    purpose,
    arn: customerPolicyArn(account, name),
    name,
    description,
    text: render(document),
  };
}

function policyBlueprint(context: RoleContext, role: HeldRole, policy: RolePolicy): PolicyBlueprint {
  if (policy.kind === "customer") return customerPolicy(context, role, policy);
  return { kind: "aws-managed", arn: awsManagedPolicyArn(policy.name) };
}

function roleBlueprint(model: Model, account: Account, role: HeldRole): RoleBlueprint {
  const { organization } = model;
  const context = { organization, account };
  const { policies, boundary } = PERMISSIONS[role](context);
  const sessionEnd = sessionEndOf(model, account, role);
  const ending: readonly RolePolicy[] =
    sessionEnd === undefined
      ? []
      : [
          {
            kind: "customer",
            purpose: "session-end",
            description: "Ends the sessions of people whose grant of this role is over.",
            document: sessionEnd,
          },
        ];
  return {
    role,
    name: roleName(organization, role, account),
    arn: roleArn(organization, role, account),
    trust: trustOf(model, account, role),
    holders: model.holdings
      .of(account.key, role)
      .filter((holding) => remaining(holding, model.now).length > 0)
      .map(({ person }) => person),
    sessionSeconds: ROLES[role].sessionSeconds,
    policies: [...policies, ...ending].map((policy) => policyBlueprint(context, role, policy)),
    ...(boundary && { boundary: customerPolicy(context, role, boundary) }),
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
