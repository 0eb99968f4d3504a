import type { ServiceRoleBlueprint } from "../documents/service-role-blueprint";
import { isSameDocument } from "../documents/statement";
import type { LiveRole } from "./live-account";
import type { RoleRule } from "./role-rule";

/** How a role differs from the one that stacks make; the policy that it has is compared where its text is. */
function differences(
  { path, trust, attached, inline, boundary }: LiveRole,
  { trust: made, policy, isBounded }: ServiceRoleBlueprint,
): readonly string[] {
  const isAsMade =
    path === "/" &&
    isSameDocument(trust, made.text) &&
    attached.length === 1 &&
    attached[0] === policy.arn &&
    inline.length === 0 &&
    boundary === (isBounded ? policy.arn : undefined);
  return isAsMade ? [] : ["is not as the program makes it"];
}

/** The rules for roles that stacks make for services of AWS, which no blueprint of an account has. */
export const rolesOfServices = (made: readonly ServiceRoleBlueprint[]): readonly RoleRule[] =>
  made.map((role) => ({
    kind: role.kind,
    reason: `${role.service} alone assumes it; what its policy allows is compared by npm run drift.`,
    mayHavePower: false,
    claims: ({ name }) => name === role.name,
    faults: (live) => differences(live, role),
  }));
