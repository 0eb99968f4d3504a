import { caseless } from "../names";
import { PARTNER_ROLES } from "../roles";
import { choices, reportRepetitions, expectWorkload, type Written } from "./references";

function partnersAreOutsiders({ organization, roster }: Written): void {
  const own = new Set<string>((organization.accounts ?? []).flatMap(({ id }) => id?.value ?? []));
  for (const { account } of roster.partners) {
    if (account === undefined || !own.has(account.value)) continue;
    account.cursor.problem("This account is the organization's own; a partner's is somebody else's.", {
      allowed: "the 12 digits of an account outside the organization",
    });
  }
}

/** An external id that two partners share does not tell them apart: the confused deputy's case. */
function externalIdsAreUnique({ roster }: Written): void {
  reportRepetitions(
    roster.partners.flatMap(({ externalId }) => externalId ?? []),
    (externalId) => externalId,
    "Another partner has this external id already.",
    "Agree on an external id of its own with one of them.",
  );
}

function partnerNamesAreUnique({ roster }: Written): void {
  reportRepetitions(
    roster.partners.map(({ name, cursor }) => ({ value: name, cursor })),
    caseless,
    "Another partner has this name already; IAM compares names without case.",
    "Choose another name.",
  );
}

function partnersHoldPartnerRoles(written: Written): void {
  for (const { cursor, grants } of written.roster.partners) {
    if (grants?.every(({ length }) => length === 0)) {
      cursor.problem("This partner is granted nothing.", { remedy: "Grant it a role, or remove it." });
    }
    for (const { account, cursor: accountCursor, roles } of grants ?? []) {
      expectWorkload(written, account, accountCursor);
      reportRepetitions(roles, (role) => role, "This role is listed already.");
      for (const role of roles) {
        if (PARTNER_ROLES.some((known) => known === role.value)) continue;
        role.cursor.problem("This is not a partner's role.", {
          allowed: choices(role.value, PARTNER_ROLES, "roles of partners"),
        });
      }
    }
  }
}

export const PARTNER_RULES = [
  partnersAreOutsiders,
  externalIdsAreUnique,
  partnerNamesAreUnique,
  partnersHoldPartnerRoles,
];
