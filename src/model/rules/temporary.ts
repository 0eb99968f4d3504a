import {
  CATEGORY_NAMES,
  TEMPORARY_ROLES,
  TEMPORARY_ROLE_NAMES,
  temporaryRolesAllowed,
  type TemporaryRole,
} from "../categories";
import { later, secondsBetween } from "../dates";
import { anyOf, count } from "../problems";
import type { TemporaryEntry } from "../reading/roster";
import { APPROVER_CATEGORIES, approvalsWritten, approversOf } from "./approvals";
import { choices } from "../choices";
import { personNamed, expectWorkload, type Written } from "./references";

const HOUR = 3_600;
const TEMPORARY_HOLDERS = CATEGORY_NAMES.filter((category) => temporaryRolesAllowed(category).length > 0);

function roleOf({ role }: Pick<TemporaryEntry, "role">): TemporaryRole | undefined {
  return TEMPORARY_ROLE_NAMES.find((name) => name === role?.value);
}

function temporaryGrantsPointSomewhere(written: Written): void {
  for (const grant of written.roster.temporary) {
    personNamed(written, grant.person);
    if (grant.account !== undefined) expectWorkload(written, grant.account.value, grant.account.cursor);
    if (grant.role !== undefined && roleOf(grant) === undefined) {
      grant.role.cursor.problem("This role cannot be granted for a time.", {
        allowed: choices(grant.role.value, TEMPORARY_ROLE_NAMES, "roles"),
      });
    }
  }
}

function temporaryRolesFitTheCategory(written: Written): void {
  for (const grant of written.roster.temporary) {
    const category = written.people?.get(grant.person?.value ?? "")?.category?.value;
    const role = roleOf(grant);
    if (category === undefined) continue;
    const allowed = temporaryRolesAllowed(category);
    if (allowed.length === 0) {
      grant.person?.cursor.problem(`Temporary grants are not for ${category}s.`, {
        allowed: `people of category ${anyOf(TEMPORARY_HOLDERS)}`,
      });
    } else if (role !== undefined && !allowed.includes(role)) {
      grant.role?.cursor.problem(`${role} is not granted to people of category ${category}.`, {
        allowed: allowed.map((name) => JSON.stringify(name)).join(", "),
      });
    }
  }
}

function temporaryGrantsAreShort({ roster }: Written): void {
  for (const grant of roster.temporary) {
    const { from, until } = grant;
    const role = roleOf(grant);
    if (from === undefined || until === undefined) continue;
    if (until.value <= from.value) {
      until.cursor.problem("`until` is not after `from`.", { allowed: `a time after ${from.value}` });
    } else if (role !== undefined) {
      const { hours } = TEMPORARY_ROLES[role];
      if (secondsBetween(from.value, until.value) <= hours * HOUR) continue;
      until.cursor.problem(`${role} is granted for at most ${count(hours, "hour")}.`, {
        allowed: `a time up to ${later(from.value, hours * HOUR)}`,
      });
    }
  }
}

function temporaryGrantsLieWithinTerms(written: Written): void {
  for (const { person, from, until } of written.roster.temporary) {
    const terms = written.people?.get(person?.value ?? "");
    if (from !== undefined && terms?.from !== undefined && from.value < terms.from.value) {
      from.cursor.problem("This is before the person's first day.", {
        allowed: `a time from ${terms.from.value} on`,
      });
    }
    if (until !== undefined && terms?.until !== undefined && until.value > terms.until.value) {
      until.cursor.problem("This is after the person's last day.", {
        allowed: `a time up to ${terms.until.value}`,
      });
    }
  }
}

function temporaryGrantsAreApproved(written: Written): void {
  for (const { approvedBy, person, ...grant } of written.roster.temporary) {
    if (approvedBy === undefined) continue;
    approversOf(written, person?.value, approvedBy, grant.from?.value);
    const role = roleOf(grant);
    if (role === undefined || approvalsWritten(approvedBy) >= TEMPORARY_ROLES[role].approvers) continue;
    const approvers = count(TEMPORARY_ROLES[role].approvers, "other person", "other people");
    approvedBy.cursor.problem(`${role} needs the approval of ${approvers}.`, {
      allowed: APPROVER_CATEGORIES,
    });
  }
}

export const TEMPORARY_RULES = [
  temporaryGrantsPointSomewhere,
  temporaryRolesFitTheCategory,
  temporaryGrantsAreShort,
  temporaryGrantsLieWithinTerms,
  temporaryGrantsAreApproved,
];
