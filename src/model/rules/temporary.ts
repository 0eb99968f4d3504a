import {
  TEMPORARY_ROLES,
  TEMPORARY_ROLE_NAMES,
  temporaryRolesAllowed,
  type TemporaryRole,
} from "../categories";
import { secondsBetween } from "../dates";
import { count } from "../problems";
import type { TemporaryEntry } from "../reading/roster";
import { approversOf } from "./approvals";
import { choices, personNamed, workloadNamed, type Written } from "./references";

const HOUR = 3_600;

function roleOf({ role }: TemporaryEntry): TemporaryRole | undefined {
  return TEMPORARY_ROLE_NAMES.find((name) => name === role?.value);
}

function temporaryGrantsPointSomewhere(written: Written): void {
  for (const grant of written.roster.temporary) {
    personNamed(written, grant.person);
    if (grant.account !== undefined) workloadNamed(written, grant.account.value, grant.account.cursor);
    if (grant.role !== undefined && roleOf(grant) === undefined) {
      grant.role.cursor.problem("This role cannot be granted for a time.", {
        allowed: choices(grant.role.value, TEMPORARY_ROLE_NAMES, "role"),
      });
    }
  }
}

function temporaryRolesFitTheCategory(written: Written): void {
  for (const grant of written.roster.temporary) {
    const category = written.people.get(grant.person?.value ?? "")?.category?.value;
    const role = roleOf(grant);
    if (category === undefined || role === undefined) continue;
    const allowed = temporaryRolesAllowed(category);
    if (allowed.length === 0) {
      grant.person?.cursor.problem(`Temporary grants are not for ${category}s.`);
    } else if (!allowed.includes(role)) {
      grant.role?.cursor.problem(`${role} is not granted to ${category} for a time.`, {
        allowed: allowed.join(", "),
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
      until.cursor.problem("`until` lies before `from`.", { allowed: "a time after `from`" });
    } else if (role !== undefined) {
      const { hours } = TEMPORARY_ROLES[role];
      if (secondsBetween(from.value, until.value) <= hours * HOUR) continue;
      until.cursor.problem(`${role} is granted for at most ${count(hours, "hour")}.`, {
        allowed: `a time at most ${count(hours, "hour")} after \`from\`, written with its hours`,
      });
    }
  }
}

function temporaryGrantsLieWithinTerms(written: Written): void {
  for (const { person, from, until } of written.roster.temporary) {
    const terms = written.people.get(person?.value ?? "");
    if (from !== undefined && terms?.from !== undefined && from.value < terms.from.value) {
      from.cursor.problem("This is before the person's first day.");
    }
    if (until !== undefined && terms?.until !== undefined && until.value > terms.until.value) {
      until.cursor.problem("This is after the person's last day.");
    }
  }
}

function temporaryGrantsAreApproved(written: Written): void {
  for (const grant of written.roster.temporary) {
    const approvers = new Set(
      approversOf(written, grant.person?.value, grant.approvedBy).map(({ name }) => name),
    );
    const role = roleOf(grant);
    if (role === undefined || approvers.size >= TEMPORARY_ROLES[role].approvers) continue;
    grant.cursor.missing(
      "approvedBy",
      `${role} needs the approval of ${count(TEMPORARY_ROLES[role].approvers, "other person", "other people")}.`,
      { allowed: "names of category devops, dba or security" },
    );
  }
}

export const TEMPORARY_RULES = [
  temporaryGrantsPointSomewhere,
  temporaryRolesFitTheCategory,
  temporaryGrantsAreShort,
  temporaryGrantsLieWithinTerms,
  temporaryGrantsAreApproved,
];
