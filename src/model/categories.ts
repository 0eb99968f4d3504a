import { keysOf } from "./keys-of";
import type { Environment, WorkloadEnvironment } from "./organization";
import { PEOPLE_ROLES, type PeopleRole } from "./roles";

interface CategoryRule {
  /** One of these people, as messages call them. */
  readonly person: string;
  readonly access: Readonly<Record<Environment, readonly PeopleRole[]>>;
  /** Days after which passwords and keys are due (seed: MenoTime, user categories). */
  readonly rotationDays: number;
}

// Read sees data in dev and staging, which security people do not (seed: MenoTime); in prod it shows none.
const AUDIT = ["Security", "Monitor"] as const;
const AUDIT_IN_PROD = ["Security", "Read", "Monitor"] as const;
/** The roles that each category may hold. BreakGlass is in no cell: only `breakGlass` names its holders. */
export const CATEGORIES = {
  developer: {
    person: "a developer",
    access: {
      identity: [],
      dev: ["Developer", "Admin", "Read", "DbRead"],
      staging: ["Developer", "Read", "DbRead"],
      prod: [],
    },
    rotationDays: 60,
  },
  devops: {
    person: "a devops engineer",
    access: { identity: [], dev: PEOPLE_ROLES, staging: PEOPLE_ROLES, prod: ["Ops", "Read", "Monitor"] },
    rotationDays: 45,
  },
  dba: {
    person: "a DBA",
    access: { identity: [], dev: [], staging: ["Dba", "DbRead"], prod: ["Dba", "DbRead"] },
    rotationDays: 30,
  },
  security: {
    person: "a security engineer",
    access: { identity: ["Security"], dev: AUDIT, staging: AUDIT, prod: AUDIT_IN_PROD },
    rotationDays: 30,
  },
  qa: {
    person: "a QA engineer",
    access: { identity: [], dev: ["Read"], staging: ["Developer", "Read"], prod: [] },
    rotationDays: 60,
  },
  analyst: {
    person: "an analyst",
    access: { identity: [], dev: [], staging: ["Analyst"], prod: [] },
    rotationDays: 90,
  },
  executive: {
    person: "an executive",
    access: { identity: [], dev: [], staging: [], prod: ["Dashboard"] },
    rotationDays: 90,
  },
  contractor: {
    person: "a contractor",
    access: { identity: [], dev: ["Developer", "Read"], staging: ["Developer", "Read"], prod: [] },
    rotationDays: 30,
  },
} as const satisfies Record<string, CategoryRule>;

export type Category = keyof typeof CATEGORIES;
export const CATEGORY_NAMES = keysOf(CATEGORIES);

/** The roles that people of a category may hold in an environment. */
export function rolesAllowed(category: Category, environment: Environment): readonly PeopleRole[] {
  return CATEGORIES[category].access[environment];
}

/** Categories whose people may approve contractors and temporary grants. */
export const APPROVERS = ["devops", "dba", "security"] as const satisfies readonly Category[];
export type ApproverCategory = (typeof APPROVERS)[number];

/** How `temporary` may grant a role in one environment. */
export interface TemporaryTerms {
  /** The longest time, in hours, that somebody may have it before a break. A break is at least as long. */
  readonly hours: number;
  /** Categories whose people may get it. */
  readonly grantees: readonly Category[];
  /** How many people approve it. */
  readonly approvers: number;
  /** The category of one approver at least. */
  readonly oneApproverOf?: ApproverCategory;
}

// A DBA gives access to databases (seed: MenoTime, temporary database access); production changes take several approvals.
const DATABASE_TERMS = { hours: 4, approvers: 1, oneApproverOf: "dba" } as const;
const DB_READ = { ...DATABASE_TERMS, grantees: ["developer", "qa", "devops", "dba"] } as const;
const DBA = { ...DATABASE_TERMS, grantees: ["devops", "dba"] } as const;
const READ = { hours: 12, approvers: 1, grantees: ["devops", "dba"] } as const;
const OPS = { hours: 12, approvers: 2, grantees: ["devops"] } as const;
const ADMIN = { hours: 4, approvers: 2, grantees: ["devops"] } as const;

/** The roles that `temporary` may grant: for how long, to whom, and who approves. */
export const TEMPORARY_ROLES = {
  DbRead: { dev: DB_READ, staging: DB_READ, prod: DB_READ },
  Dba: { dev: DBA, staging: DBA, prod: DBA },
  Read: { dev: READ, staging: READ, prod: { ...READ, grantees: ["devops", "dba", "security"] } },
  Ops: { dev: OPS, staging: OPS, prod: OPS },
  Admin: { dev: ADMIN, staging: ADMIN, prod: { ...ADMIN, oneApproverOf: "security" } },
} as const satisfies Partial<Record<PeopleRole, Record<WorkloadEnvironment, TemporaryTerms>>>;
export type TemporaryRole = keyof typeof TEMPORARY_ROLES;
export const TEMPORARY_ROLE_NAMES = keysOf(TEMPORARY_ROLES);

interface OnCallTerms {
  /** The longest time, in days, that somebody may have the role before a break. */
  readonly days: number;
  /** How long a break is, in hours: less than the time off of those who take turns of 12 hours. */
  readonly breakHours: number;
  /** Categories whose people may be on call. */
  readonly grantees: readonly Category[];
}

/** The roles that a rota of `onCall` may grant. */
export const ON_CALL_ROLES = {
  Ops: { days: 14, breakHours: 8, grantees: ["devops"] },
} as const satisfies Partial<Record<PeopleRole, OnCallTerms>>;
export type OnCallRole = keyof typeof ON_CALL_ROLES;
export const ON_CALL_ROLE_NAMES = keysOf(ON_CALL_ROLES);

/** A grant that begins less than so many days after one of the same role to the same person renews it. */
export const RENEWAL_DAYS = 7;

/** How `temporary` may grant a role in an environment. */
export function temporaryTerms(role: TemporaryRole, environment: WorkloadEnvironment): TemporaryTerms {
  return TEMPORARY_ROLES[role][environment];
}

/** The roles that `temporary` may grant to people of a category in an environment. */
export function temporaryRolesAllowed(
  category: Category,
  environment: WorkloadEnvironment,
): readonly TemporaryRole[] {
  return TEMPORARY_ROLE_NAMES.filter((role) => temporaryTerms(role, environment).grantees.includes(category));
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

/** Categories whose people may hold BreakGlass. */
export const BREAK_GLASS_HOLDERS = ["devops", "security", "executive"] as const satisfies readonly Category[];
/** Categories whose people may be in PowerG. */
export const POWER_HOLDERS = ["devops", "security"] as const satisfies readonly Category[];
