import type { Account } from "../model/account";
import {
  awsManagedPolicyArn,
  customerPolicyArn,
  numberedPolicyName,
  type Arn,
  type RolePolicyPurpose,
} from "../model/names";
import { renderDocument } from "./policy-document";
import type { CustomerPolicy, RolePolicy } from "./role-permissions";

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

/** A policy of our own, whatever has it. */
export type ManagedPolicyBlueprint = Pick<CustomerPolicyBlueprint, "name" | "arn" | "description" | "text">;

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

/** A policy of our own of the role of that name, as deployed in the account. */
export function customerPolicyBlueprint(
  account: Account,
  roleName: string,
  { purpose, index, description, document }: CustomerPolicy,
): CustomerPolicyBlueprint {
  const name = numberedPolicyName(roleName, purpose, index);
  return {
    kind: "customer",
    purpose,
    arn: customerPolicyArn(account, name),
    name,
    description,
    text: renderDocument(document),
  };
}

/** A policy of the role of that name, as deployed in the account. */
export function policyBlueprint(account: Account, roleName: string, policy: RolePolicy): PolicyBlueprint {
  if (policy.kind === "customer") return customerPolicyBlueprint(account, roleName, policy);
  return { kind: "aws-managed", arn: awsManagedPolicyArn(policy.name) };
}
