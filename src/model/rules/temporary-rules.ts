import {
  CATEGORY_NAMES,
  TEMPORARY_ROLE_NAMES,
  temporaryRolesAllowed,
  temporaryTerms,
  type TemporaryRole,
  type TemporaryTerms,
} from "../categories";
import { WORKLOAD_ENVIRONMENTS, type WorkloadEnvironment } from "../organization";
import { joinWithOr, countNoun } from "../problems";
import type { TemporaryEntry } from "../reading/roster-entry";
import { approvalsWritten, approversAllowed, findApprovers } from "./approval-rules";
import { formatChoices } from "../choices";
import { personNamed, expectWorkload, type RuleInput } from "./references";
import { expectWithinTerms } from "./terms";

const GRANTEES = CATEGORY_NAMES.filter((category) =>
  WORKLOAD_ENVIRONMENTS.some((environment) => temporaryRolesAllowed(category, environment).length > 0),
);

function roleOf({ role }: TemporaryEntry): TemporaryRole | undefined {
  return TEMPORARY_ROLE_NAMES.find((name) => name === role?.value);
}

function environmentOf(
  { accounts }: RuleInput,
  { account }: TemporaryEntry,
): WorkloadEnvironment | undefined {
  return accounts?.get(account?.value ?? "")?.environment?.value;
}

/** A role where `temporary` may grant it. */
export interface TemporaryPlace {
  readonly role: TemporaryRole;
  readonly environment: WorkloadEnvironment;
  readonly terms: TemporaryTerms;
}

/** Finds which role an entry grants where, and how that may be; undefined where the entry does not say it. */
export function temporaryPlace(written: RuleInput, entry: TemporaryEntry): TemporaryPlace | undefined {
  const role = roleOf(entry);
  const environment = environmentOf(written, entry);
  if (role === undefined || environment === undefined) return undefined;
  return { role, environment, terms: temporaryTerms(role, environment) };
}

function temporaryGrantsPointSomewhere(written: RuleInput): void {
  for (const grant of written.roster.temporary) {
    personNamed(written, grant.person);
    if (grant.account !== undefined) expectWorkload(written, grant.account.value, grant.account.cursor);
    if (grant.role !== undefined && roleOf(grant) === undefined) {
      grant.role.cursor.problem("This role cannot be granted for a time.", {
        allowed: formatChoices(grant.role.value, TEMPORARY_ROLE_NAMES, "roles"),
      });
    }
  }
}

const DATABASE_ROLES: readonly TemporaryRole[] = ["DbRead", "Dba"];

function databasesAreNamed(written: RuleInput): void {
  for (const grant of written.roster.temporary) {
    const { database, account } = grant;
    if (database === undefined) continue;
    const role = roleOf(grant);
    if (role !== undefined && !DATABASE_ROLES.includes(role)) {
      database.cursor.problem(`${role} is not limited to a database.`, {
        remedy: `Remove this line, or grant ${joinWithOr(DATABASE_ROLES)}.`,
      });
      continue;
    }
    const place = written.accounts?.get(account?.value ?? "");
    if (place === undefined) continue;
    const known = (place.databases ?? []).map(({ name }) => name);
    if (known.includes(database.value)) continue;
    database.cursor.problem(`${place.key} names no such database in \`src/organization.ts\`.`, {
      allowed: formatChoices(database.value, known, `databases of ${place.key}`),
    });
  }
}

function temporaryRolesFitTheCategory(written: RuleInput): void {
  for (const grant of written.roster.temporary) {
    const category = written.people?.get(grant.person?.value ?? "")?.category?.value;
    if (category === undefined) continue;
    if (!GRANTEES.includes(category)) {
      grant.person?.cursor.problem(`Temporary grants are not for ${category}s.`, {
        allowed: `people of category ${joinWithOr(GRANTEES)}`,
      });
      continue;
    }
    const place = temporaryPlace(written, grant);
    if (place === undefined || place.terms.grantees.includes(category)) continue;
    const { role, environment } = place;
    const allowed = temporaryRolesAllowed(category, environment)
      .map((name) => JSON.stringify(name))
      .join(", ");
    grant.role?.cursor.problem(
      `${role} in ${environment} is not granted to people of category ${category}.`,
      {
        allowed: allowed === "" ? `none in ${environment}` : allowed,
      },
    );
  }
}

function temporaryGrantsLieWithinTerms(written: RuleInput): void {
  for (const { person, from, until } of written.roster.temporary) {
    expectWithinTerms(written.people?.get(person?.value ?? ""), from, until);
  }
}

/** "the approval of 2 other people, one of them of category security" */
function approvalsNeeded({ approvers, oneApproverOf }: TemporaryTerms): string {
  const people = `the approval of ${countNoun(approvers, "other person", "other people")}`;
  if (oneApproverOf === undefined) return people;
  return `${people}, ${approvers === 1 ? "" : "one of them "}of category ${oneApproverOf}`;
}

function temporaryGrantsAreApproved(written: RuleInput): void {
  for (const grant of written.roster.temporary) {
    const { approvedBy, person, from } = grant;
    if (approvedBy === undefined) continue;
    const place = temporaryPlace(written, grant);
    const oneApproverOf = place?.terms.oneApproverOf;
    const approvers = findApprovers(written, person?.value, approvedBy, from?.value, oneApproverOf);
    if (place === undefined) continue;
    const { terms, role, environment } = place;
    const named = approvalsWritten(approvedBy);
    const lacksCategory =
      oneApproverOf !== undefined && !approvers.some(({ category }) => category?.value === oneApproverOf);
    // Where somebody named may not approve, that has been reported; whether the others suffice shows afterwards.
    if (named >= terms.approvers && (approvers.length < named || !lacksCategory)) continue;
    approvedBy.cursor.problem(`${role} in ${environment} needs ${approvalsNeeded(terms)}.`, {
      allowed: `${terms.approvers > 1 ? `${String(terms.approvers)} ` : ""}${approversAllowed(oneApproverOf)}`,
    });
  }
}

export const TEMPORARY_RULES = [
  temporaryGrantsPointSomewhere,
  databasesAreNamed,
  temporaryRolesFitTheCategory,
  temporaryGrantsLieWithinTerms,
  temporaryGrantsAreApproved,
];
