import type { Arn } from "../../model/names";
import { QUOTAS } from "../../model/quotas";
import { policyDocument, render, type PolicyDocument } from "../policy-document";

const assuming = (roles: readonly Arn[]): PolicyDocument =>
  policyDocument({ Sid: "AssumeRoles", Effect: "Allow", Action: "sts:AssumeRole", Resource: roles });

const fits = (document: PolicyDocument): boolean => render(document).length <= QUOTAS.policyCharacters;

/**
 * Lets people try to assume these roles; each role's trust decides. In as few documents as a managed policy's size asks
 * for, in the order given.
 */
export function assumeRole(roles: readonly Arn[]): readonly PolicyDocument[] {
  const groups: Arn[][] = [];
  for (const role of roles) {
    const group = groups.at(-1);
    if (group !== undefined && fits(assuming([...group, role]))) group.push(role);
    else groups.push([role]);
  }
  return groups.map(assuming);
}
