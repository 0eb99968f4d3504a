import { caseless } from "../names";
import { PARTNER_ROLES } from "../roles";
import { choices, reportRepetitions, workloadNamed, type Written } from "./references";

function partnersAreOutsiders({ organization, roster }: Written): void {
  const own = new Set<string>(organization.accounts.flatMap(({ id }) => id?.value ?? []));
  for (const { account } of roster.partners) {
    if (account === undefined || !own.has(account.value)) continue;
    account.cursor.problem("This account is the organization's own; a partner's is somebody else's.");
  }
}

/** An external id that two partners share does not tell them apart: the confused deputy's case. */
function externalIdsAreUnique({ roster }: Written): void {
  reportRepetitions(
    roster.partners.flatMap(({ externalId }) => externalId ?? []),
    (externalId) => externalId,
    "Another partner has this external id already.",
  );
}

function partnerNamesAreUnique({ roster }: Written): void {
  reportRepetitions(
    roster.partners.map(({ name, cursor }) => ({ value: name, cursor })),
    caseless,
    "Another partner has this name already; IAM compares names without case.",
  );
}

function partnersHoldPartnerRoles(written: Written): void {
  for (const { cursor, grants } of written.roster.partners) {
    if (grants.length === 0) cursor.problem("This partner is granted nothing.", { remedy: "Remove it." });
    for (const { account, accountCursor, role } of grants) {
      workloadNamed(written, account, accountCursor);
      if (PARTNER_ROLES.some((known) => known === role.value)) continue;
      role.cursor.problem("This is not a partner's role.", {
        allowed: choices(role.value, PARTNER_ROLES, "role"),
      });
    }
  }
}

export const PARTNER_RULES = [
  partnersAreOutsiders,
  externalIdsAreUnique,
  partnerNamesAreUnique,
  partnersHoldPartnerRoles,
];
