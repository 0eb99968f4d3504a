import { keysOf } from "./keys-of";
import type { Environment } from "./organization";
import { PEOPLE_ROLES, type PeopleRole } from "./roles";

interface CategoryRule {
  /** One of these people, as messages call them. */
  readonly person: string;
  readonly access: Readonly<Record<Environment, readonly PeopleRole[]>>;
  /** Days after which passwords and keys are due (seed: MenoTime, user categories). */
  readonly rotationDays: number;
  /** Roles that `temporary` may add for people of this category. */
  readonly temporary: readonly TemporaryRole[];
}

/** Roles that `temporary` may grant, with the longest time in hours and the approvals needed. */
export const TEMPORARY_ROLES = {
  DbRead: { hours: 4, approvers: 1 },
  Dba: { hours: 4, approvers: 1 },
  Read: { hours: 12, approvers: 1 },
  Admin: { hours: 4, approvers: 2 },
} as const satisfies Partial<Record<PeopleRole, { hours: number; approvers: number }>>;
export type TemporaryRole = keyof typeof TEMPORARY_ROLES;
export const TEMPORARY_ROLE_NAMES = keysOf(TEMPORARY_ROLES);

const AUDIT = ["Security", "Read", "Monitor"] as const;
/** What each category may hold. BreakGlass is in no cell: only `breakGlass` names its holders. */
export const CATEGORIES = {
  developer: {
    person: "a developer",
    access: { identity: [], dev: ["Developer", "Admin", "Read"], staging: ["Developer", "Read"], prod: [] },
    rotationDays: 60,
    temporary: ["DbRead"],
  },
  devops: {
    person: "a devops engineer",
    access: { identity: [], dev: PEOPLE_ROLES, staging: PEOPLE_ROLES, prod: ["Ops", "Read", "Monitor"] },
    rotationDays: 45,
    temporary: ["DbRead", "Dba", "Read", "Admin"],
  },
  dba: {
    person: "a DBA",
    access: { identity: [], dev: [], staging: ["Dba", "DbRead"], prod: ["Dba", "DbRead"] },
    rotationDays: 30,
    temporary: ["DbRead", "Dba", "Read"],
  },
  security: {
    person: "a security engineer",
    access: { identity: ["Security"], dev: AUDIT, staging: AUDIT, prod: AUDIT },
    rotationDays: 30,
    temporary: ["DbRead", "Dba", "Read"],
  },
  qa: {
    person: "a QA engineer",
    access: { identity: [], dev: ["Read"], staging: ["Developer", "Read"], prod: [] },
    rotationDays: 60,
    temporary: ["DbRead"],
  },
  analyst: {
    person: "an analyst",
    access: { identity: [], dev: [], staging: ["Analyst"], prod: [] },
    rotationDays: 90,
    temporary: [],
  },
  executive: {
    person: "an executive",
    access: { identity: [], dev: [], staging: [], prod: ["Dashboard"] },
    rotationDays: 90,
    temporary: [],
  },
  contractor: {
    person: "a contractor",
    access: { identity: [], dev: ["Developer", "Read"], staging: ["Developer", "Read"], prod: [] },
    rotationDays: 30,
    temporary: [],
  },
} as const satisfies Record<string, CategoryRule>;

export type Category = keyof typeof CATEGORIES;
export const CATEGORY_NAMES = keysOf(CATEGORIES);

/** The roles that people of a category may hold in an environment. */
export function rolesAllowed(category: Category, environment: Environment): readonly PeopleRole[] {
  return CATEGORIES[category].access[environment];
}

/** The roles that `temporary` may add for people of a category. */
export function temporaryRolesAllowed(category: Category): readonly TemporaryRole[] {
  return CATEGORIES[category].temporary;
}

/** Whether anybody may ever hold the role in the environment, by `access` or by `temporary`. */
function isPlacedIn(role: PeopleRole, environment: Environment): boolean {
  if (CATEGORY_NAMES.some((category) => rolesAllowed(category, environment).includes(role))) return true;
  return environment !== "identity" && TEMPORARY_ROLE_NAMES.some((temporary) => temporary === role);
}

/** The roles that exist in an environment, in the catalogue's order, whether or not anybody holds them. */
export function rolesPlacedIn(environment: Environment): readonly PeopleRole[] {
  return PEOPLE_ROLES.filter((role) => isPlacedIn(role, environment));
}

/** Categories whose people may approve contractors and temporary grants. */
export const APPROVERS = ["devops", "dba", "security"] as const satisfies readonly Category[];
/** Categories whose people may hold BreakGlass. */
export const BREAK_GLASS_HOLDERS = ["devops", "security", "executive"] as const satisfies readonly Category[];
/** Categories whose people may be in PowerG. */
export const POWER_HOLDERS = ["devops", "security"] as const satisfies readonly Category[];
