import type { IAM } from "@aws-sdk/client-iam";

import { toLiveRole, type LiveRole } from "../aws/live-account";
import { readRoles } from "../aws/readers/authorization-details-reader";
import { admissionsBesideServices } from "../aws/live-trust";
import { awsErrorMessage } from "../aws/unreadable-answer";
import type { AccountBlueprint } from "../documents/blueprint";
import { isSameDocument } from "../documents/statement";

/** A role that differs from the roster and admits somebody besides services. */
export interface OtherRole {
  readonly name: string;
  /** Whether a role of that name is the roster's, with another trust. */
  readonly isRosters: boolean;
  /** Everybody whom it admits: `admits arn:aws:iam::111111111111:root`. */
  readonly admits: readonly string[];
}

/** The roles that were found in an account, or why they are not known. */
export type RolesLook = { readonly otherRoles: readonly OtherRole[] } | { readonly notLookedAt: string };

/** The trusts of an account's roles in the roster, by the roles' names. */
function trustsOf(blueprint: AccountBlueprint): ReadonlyMap<string, string> {
  const { roles, partnerRoles, workloadRoles, pipeline } = blueprint;
  return new Map(
    [...roles, ...partnerRoles, ...workloadRoles, ...(pipeline?.roles ?? [])].map(({ name, trust }) => [
      name,
      trust.text,
    ]),
  );
}

/**
 * Finds the roles whose trust the roster does not explain. A leaver may have made or changed them, may be admitted under
 * another name or from another account, and may have a session there under a name that is nobody's.
 */
export function otherRoles(live: readonly LiveRole[], blueprint: AccountBlueprint): readonly OtherRole[] {
  const trusts = trustsOf(blueprint);
  return live.flatMap(({ name, trust }) => {
    const byRoster = trusts.get(name);
    if (byRoster !== undefined && isSameDocument(trust, byRoster)) return [];
    const admits = admissionsBesideServices(trust);
    return admits.length === 0 ? [] : [{ name, isRosters: byRoster !== undefined, admits }];
  });
}

/** Reads the roles of an account; where the account refuses, they are not known. */
export async function lookAtRoles(iam: IAM, blueprint: AccountBlueprint): Promise<RolesLook> {
  try {
    return { otherRoles: otherRoles((await readRoles(iam)).map(toLiveRole), blueprint) };
  } catch (error) {
    return { notLookedAt: awsErrorMessage(error) };
  }
}
