import type { Account, Organization } from "../model/account";
import type { RolePolicyPurpose } from "../model/names";
import type { PolicyDocument } from "./policy-document";

/** For which account of which organization a document is made. */
export interface RoleContext {
  readonly organization: Organization;
  readonly account: Account;
}

/** A policy that AWS writes and keeps, by its name after `arn:aws:iam::aws:policy/`. */
export interface AwsManagedPolicy {
  readonly kind: "aws-managed";
  readonly name: string;
}

/** A policy of our own, deployed in the role's account. */
export interface CustomerPolicy {
  readonly kind: "customer";
  readonly purpose: RolePolicyPurpose;
  /** Where one purpose takes several policies: which of them, 0 being the first. */
  readonly index?: number;
  /** At most 1,000 characters, shown in the console. */
  readonly description: string;
  readonly document: PolicyDocument;
}

export type RolePolicy = AwsManagedPolicy | CustomerPolicy;

/** What a role may do: the policies attached to it and the boundary that none of them can exceed. */
export interface RolePermissions {
  readonly policies: readonly RolePolicy[];
  readonly boundary?: CustomerPolicy;
}
