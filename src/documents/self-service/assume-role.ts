import type { Account } from "../../model/account";
import { PEOPLE_PATH, type Arn } from "../../model/names";
import { QUOTAS } from "../../model/quotas";
import {
  policyDocument,
  renderDocument,
  type PermissionStatement,
  type PolicyDocument,
} from "../policy-document";

const assuming = (roles: readonly Arn[], also: readonly PermissionStatement[]): PolicyDocument =>
  policyDocument<PermissionStatement>(
    { Sid: "AssumeRoles", Effect: "Allow", Action: "sts:AssumeRole", Resource: roles },
    ...also,
  );

const fits = (document: PolicyDocument): boolean =>
  renderDocument(document).length <= QUOTAS.policyCharacters;

/**
 * Lets people try to assume these roles; each role's trust decides. In as few documents as a managed policy's size asks
 * for, in the order given; each has the other statements too.
 */
export function assumeRolePolicies(
  roles: readonly Arn[],
  ...also: readonly PermissionStatement[]
): readonly PolicyDocument[] {
  const groups: Arn[][] = [];
  for (const role of roles) {
    const group = groups.at(-1);
    if (group !== undefined && fits(assuming([...group, role], also))) group.push(role);
    else groups.push([role]);
  }
  return groups.map((group) => assuming(group, also));
}

/**
 * Holders of BreakGlass have no access keys of their own making: a key that leaks is then no way to the most powerful role,
 * whose MFA somebody may be talked out of. They sign in with `aws login`. Keys from before may still be switched off.
 */
export const makesNoAccessKeys = (identity: Account): PermissionStatement => ({
  Sid: "MakesNoAccessKeys",
  Effect: "Deny",
  Action: "iam:CreateAccessKey",
  Resource: `arn:aws:iam::${identity.id}:user${PEOPLE_PATH}\${aws:username}`,
});
