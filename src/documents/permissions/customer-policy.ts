import type { RolePolicyPurpose } from "../../model/names";
import { policyDocument, type PermissionStatement } from "../policy-document";
import type { CustomerPolicy } from "../role-permissions";

/** A policy of our own, of these statements. */
export const customerPolicy = (
  purpose: RolePolicyPurpose,
  description: string,
  ...statements: readonly PermissionStatement[]
): CustomerPolicy => ({ kind: "customer", purpose, description, document: policyDocument(...statements) });
