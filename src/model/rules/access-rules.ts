import {
  BREAK_GLASS_HOLDERS,
  CATEGORIES,
  ON_CALL_ROLE_NAMES,
  POWER_HOLDERS,
  rolesAllowed,
  temporaryRolesAllowed,
  temporaryTerms,
  type Category,
} from "../categories";
import { ENVIRONMENTS, type Environment, type WorkloadEnvironment } from "../organization";
import type { AccountEntry } from "../reading/organization-entry";
import type { Cell } from "../reading/cursor";
import type { PersonEntry } from "../reading/roster-entry";
import { joinWithOr, formatPath, capitalize, countNoun } from "../problems";
import { PARTNER_ROLES, PEOPLE_ROLES, type PeopleRole } from "../roles";
import { formatChoices } from "../choices";
import { accountNamed, reportRepetitions, type RuleInput } from "./references";

interface TableCell {
  readonly category: Category;
  readonly environment: Environment;
  readonly roles: readonly PeopleRole[];
}

const place = (environment: Environment): string =>
  environment === "identity" ? "the identity account" : environment;

const environmentOf = ({ kind, environment }: AccountEntry): Environment | undefined =>
  kind?.value === "identity" ? "identity" : environment?.value;

/** "dev: Developer, Admin, Read; staging: Developer, Read" */
function cellsOf(category: Category): string {
  const cells = ENVIRONMENTS.flatMap((environment) => {
    const roles = rolesAllowed(category, environment);
    return roles.length === 0 ? [] : [`${place(environment)}: ${roles.join(", ")}`];
  });
  return cells.join("; ");
}

/** Says how the category may hold the role for a time, where it may. */
function temporaryInstead(
  category: Category,
  role: PeopleRole,
  environment: WorkloadEnvironment,
): string | undefined {
  const temporary = temporaryRolesAllowed(category, environment).find((name) => name === role);
  if (temporary === undefined) return undefined;
  const { hours } = temporaryTerms(temporary, environment);
  return `For at most ${countNoun(hours, "hour")}, grant it under \`temporary\`.`;
}

/** Checks a role against one cell of the category table; all roles are in the cell that is not known. */
function checkRole({ value, cursor }: Cell<string>, cell: TableCell | undefined): void {
  const allowed: readonly PeopleRole[] = cell?.roles ?? PEOPLE_ROLES;
  const role = PEOPLE_ROLES.find((name) => name === value);
  if (value === "BreakGlass") {
    cursor.problem("Only `breakGlass` names who may assume BreakGlass.", {
      remedy: `Name somebody of category ${joinWithOr(BREAK_GLASS_HOLDERS)} under \`breakGlass\`.`,
    });
  } else if (role === undefined && allowed.length > 0) {
    const isPartners = PARTNER_ROLES.some((name) => name === value);
    cursor.problem(isPartners ? "This role is for partners, not for people." : "There is no such role.", {
      allowed: formatChoices(value, allowed, "roles"),
    });
  } else if (cell !== undefined && (role === undefined || !allowed.includes(role))) {
    const { category, environment } = cell;
    const may = allowed.length === 0 ? "may hold no role" : `may not hold ${value}`;
    const remedy =
      role && environment !== "identity" ? temporaryInstead(category, role, environment) : undefined;
    cursor.problem(`${capitalize(CATEGORIES[category].person)} ${may} in ${place(environment)}.`, {
      allowed: cellsOf(category),
      ...(remedy !== undefined && { remedy }),
    });
  }
}

function cellOf({ category }: PersonEntry, account: AccountEntry): TableCell | undefined {
  const environment = environmentOf(account);
  if (category === undefined || environment === undefined) return undefined;
  return { category: category.value, environment, roles: rolesAllowed(category.value, environment) };
}

function rolesFitCategoryAndEnvironment(written: RuleInput): void {
  for (const person of written.roster.people) {
    for (const { account: key, cursor, roles } of person.access) {
      const account = accountNamed(written, key, cursor);
      for (const role of roles) checkRole(role, account && cellOf(person, account));
    }
  }
}

/** Roles of a workload account that reach its IAM, and people's users where these live there. */
const REACHING_USERS = ["Admin", "Ops"] as const satisfies readonly PeopleRole[];

/** The administrators of a workload account in which people's users live rule over everybody. */
function whoRulesOverUsersMayHoldPower({ roster, organization }: RuleInput): void {
  const shared = (organization.accounts ?? []).filter(({ standsInForIdentity }) => standsInForIdentity);
  for (const { key } of shared) {
    for (const { access, category } of roster.people) {
      if (category === undefined || POWER_HOLDERS.some((one) => one === category.value)) continue;
      for (const { roles } of access.filter(({ account }) => account === key)) {
        for (const { value, cursor } of roles) {
          if (!REACHING_USERS.some((role) => role === value)) continue;
          cursor.problem(
            `People's users live in ${key}, so that ${value} there controls every role of every account; ` +
              `${CATEGORIES[category.value].person} may hold no such power.`,
            {
              allowed: `${value} in ${key} for category ${joinWithOr(POWER_HOLDERS)}`,
              remedy: 'Give the people an account of their own, `kind: "identity"`; or grant another role.',
            },
          );
        }
      }
    }
  }
}

/** Changes in prod take several approvals (seed: MenoTime): who holds the role for good makes them alone. */
function standingOpsInProdIsTold(written: RuleInput): void {
  for (const { access } of written.roster.people) {
    for (const { account, roles } of access) {
      if (written.accounts?.get(account)?.environment?.value !== "prod") continue;
      for (const { value, cursor } of roles) {
        const role = ON_CALL_ROLE_NAMES.find((name) => name === value);
        if (role === undefined) continue;
        const { hours } = temporaryTerms(role, "prod");
        cursor.warning(`${role} in ${account} for good lets one person change it at any time.`, {
          value,
          remedy:
            `Give them shifts under \`${formatPath("onCall", account)}\`, or the role for at most ${countNoun(hours, "hour")} under ` +
            "`temporary`; leave it where that is too few people.",
        });
      }
    }
  }
}

function rolesAreListedOnce({ roster }: RuleInput): void {
  for (const { access } of roster.people) {
    for (const { roles } of access) reportRepetitions(roles, (role) => role, "This role is listed already.");
  }
}

export const ACCESS_RULES = [
  rolesFitCategoryAndEnvironment,
  whoRulesOverUsersMayHoldPower,
  rolesAreListedOnce,
  standingOpsInProdIsTold,
];
