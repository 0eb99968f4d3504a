import { rolesAllowed, type Category } from "../categories";
import { ENVIRONMENTS, type Environment } from "../organization";
import type { AccountEntry } from "../reading/organization";
import type { AccessEntry } from "../reading/roster";
import { PEOPLE_ROLES } from "../roles";
import { accountNamed, choices, reportRepetitions, type Written } from "./references";

const article = (category: Category): string => (/^[aeiou]/.test(category) ? "An" : "A");
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

function checkRole({ role }: AccessEntry, category: Category, environment: Environment): void {
  const known = PEOPLE_ROLES.find((name) => name === role.value);
  if (role.value === "BreakGlass") {
    role.cursor.problem("Only `breakGlass` names who may assume BreakGlass.", {
      remedy: "Name the person under `breakGlass`.",
    });
  } else if (known === undefined) {
    role.cursor.problem("There is no such role.", { allowed: choices(role.value, PEOPLE_ROLES, "role") });
  } else if (!rolesAllowed(category, environment).includes(known)) {
    const what = rolesAllowed(category, environment).length === 0 ? "no role" : `not ${known}`;
    role.cursor.problem(`${article(category)} ${category} may hold ${what} in ${place(environment)}.`, {
      allowed: `for ${category}, ${cellsOf(category)}`,
    });
  }
}

function rolesFitCategoryAndEnvironment(written: Written): void {
  for (const { access, category } of written.roster.people) {
    const reported = new Set<string>();
    for (const entry of access) {
      if (!written.accounts.has(entry.account)) {
        if (!reported.has(entry.account)) accountNamed(written, entry.account, entry.accountCursor);
        reported.add(entry.account);
        continue;
      }
      const account = written.accounts.get(entry.account);
      const environment = account && environmentOf(account);
      if (category !== undefined && environment !== undefined) checkRole(entry, category.value, environment);
    }
  }
}

function rolesAreListedOnce({ roster }: Written): void {
  for (const { access } of roster.people) {
    const roles = access.map(({ account, role }) => ({
      value: `${account} ${role.value}`,
      cursor: role.cursor,
    }));
    reportRepetitions(roles, (role) => role, "This role is listed already.");
  }
}

export const ACCESS_RULES = [rolesFitCategoryAndEnvironment, rolesAreListedOnce];
