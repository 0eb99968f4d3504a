import { caseless } from "../names";
import { resourceKindsOf } from "../partner";
import { joinWithOr } from "../problems";
import type { PartnerEntry } from "../reading/roster-entry";
import { PARTNER_ROLES, type PartnerRole } from "../roles";
import { formatChoices } from "../choices";
import { reportRepetitions, expectWorkload, type RuleInput } from "./references";

function partnersAreOutsiders({ organization, roster }: RuleInput): void {
  const own = new Set<string>((organization.accounts ?? []).flatMap(({ id }) => id?.value ?? []));
  for (const { account } of roster.partners) {
    if (account === undefined || !own.has(account.value)) continue;
    account.cursor.problem("This account is the organization's own; a partner's is somebody else's.", {
      allowed: "the 12 digits of an account outside the organization",
    });
  }
}

/** An external id that two partners share does not tell them apart: the confused deputy's case. */
function externalIdsAreUnique({ roster }: RuleInput): void {
  reportRepetitions(
    roster.partners.flatMap(({ externalId }) => externalId ?? []),
    (externalId) => externalId,
    "Another partner has this external id already.",
    "Agree on an external id of its own with one of them.",
  );
}

function partnerNamesAreUnique({ roster }: RuleInput): void {
  reportRepetitions(
    roster.partners.map(({ name, cursor }) => ({ value: name, cursor })),
    caseless,
    "Another partner has this name already; IAM compares names without case.",
    "Choose another name.",
  );
}

function partnersHoldPartnerRoles(written: RuleInput): void {
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
          allowed: formatChoices(role.value, PARTNER_ROLES, "roles of partners"),
        });
      }
    }
  }
}

/** The roles that a partner is granted in an account, and that exist. */
function rolesGranted({ grants }: PartnerEntry, account: string): readonly PartnerRole[] {
  const written = (grants ?? []).filter((grant) => grant.account === account).flatMap(({ roles }) => roles);
  return PARTNER_ROLES.filter((role) => written.some(({ value }) => value === role));
}

/** Whether a role cannot be read or does not exist: that has been reported, and nobody knows what it would reach. */
function hasUnknownRoles({ grants }: PartnerEntry, account: string): boolean {
  if (grants === undefined) return true;
  return grants.some(
    ({ account: key, roles, length }) =>
      key === account &&
      (roles.length < length || roles.some(({ value }) => !PARTNER_ROLES.some((role) => role === value))),
  );
}

function resourcesBelongToGrants(written: RuleInput): void {
  for (const partner of written.roster.partners) {
    for (const { account, cursor, kinds } of partner.resources) {
      if (!expectWorkload(written, account, cursor) || hasUnknownRoles(partner, account)) continue;
      const taken = rolesGranted(partner, account).flatMap(resourceKindsOf);
      for (const { kind, cursor: kindCursor, names } of kinds) {
        reportRepetitions(names, (name) => name, "This resource is listed already.");
        if (taken.includes(kind)) continue;
        kindCursor.problem(`No role that this partner holds in ${account} reaches \`${kind}\`.`, {
          allowed:
            taken.length === 0
              ? "none, for it holds no role there"
              : joinWithOr(taken.map((one) => `\`${one}\``)),
        });
      }
    }
  }
}

/** A role that may do nothing is no mistake: its trust can be agreed upon before there is anything to share. */
function rolesHaveResources({ roster }: RuleInput): void {
  for (const partner of roster.partners) {
    for (const { account } of partner.grants ?? []) {
      const entry = partner.resources.find((candidate) => candidate.account === account);
      for (const role of rolesGranted(partner, account)) {
        const kinds = resourceKindsOf(role);
        if (entry?.kinds.some(({ kind, length }) => kinds.includes(kind) && length > 0)) continue;
        partner.cursor.missing(
          `resources`,
          `${role} in ${account} is limited to no resource: whoever assumes it may do nothing.`,
          {
            remedy: `Name ${joinWithOr(kinds.map((kind) => `\`${kind}\``))} under \`resources.${account}\`.`,
          },
          "warning",
        );
      }
    }
  }
}

export const PARTNER_RULES = [
  partnersAreOutsiders,
  externalIdsAreUnique,
  partnerNamesAreUnique,
  partnersHoldPartnerRoles,
  resourcesBelongToGrants,
  rolesHaveResources,
];
