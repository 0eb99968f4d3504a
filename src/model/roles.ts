import { keysOf } from "./keys-of";

const HOUR = 3_600;

interface RoleRule {
  /** The kind of principal that assumes it: people by their grants, break-glass holders, or an external account. */
  readonly admits: "people" | "break-glass" | "partner";
  /** Longest session, in seconds (the role's MaxSessionDuration). */
  readonly sessionSeconds: number;
  /** How long ago MFA may have been entered when the role is assumed, in seconds. */
  readonly mfaAgeSeconds: number;
}

/** Every role of the catalogue, from the most to the least powerful; reports keep this order. */
export const ROLES = {
  Admin: { admits: "people", sessionSeconds: HOUR, mfaAgeSeconds: HOUR },
  BreakGlass: { admits: "break-glass", sessionSeconds: HOUR, mfaAgeSeconds: HOUR },
  Ops: { admits: "people", sessionSeconds: 4 * HOUR, mfaAgeSeconds: 12 * HOUR },
  Dba: { admits: "people", sessionSeconds: 4 * HOUR, mfaAgeSeconds: 12 * HOUR },
  DbRead: { admits: "people", sessionSeconds: HOUR, mfaAgeSeconds: 12 * HOUR },
  Developer: { admits: "people", sessionSeconds: 8 * HOUR, mfaAgeSeconds: 12 * HOUR },
  Read: { admits: "people", sessionSeconds: 8 * HOUR, mfaAgeSeconds: 12 * HOUR },
  Security: { admits: "people", sessionSeconds: 8 * HOUR, mfaAgeSeconds: 12 * HOUR },
  Monitor: { admits: "people", sessionSeconds: 8 * HOUR, mfaAgeSeconds: 12 * HOUR },
  Analyst: { admits: "people", sessionSeconds: 8 * HOUR, mfaAgeSeconds: 12 * HOUR },
  Dashboard: { admits: "people", sessionSeconds: 8 * HOUR, mfaAgeSeconds: 12 * HOUR },
  DataShare: { admits: "partner", sessionSeconds: HOUR, mfaAgeSeconds: HOUR },
  ExternalSystem: { admits: "partner", sessionSeconds: HOUR, mfaAgeSeconds: HOUR },
} as const satisfies Record<string, RoleRule>;

export type Role = keyof typeof ROLES;

type RoleAdmitting<Who extends RoleRule["admits"]> = {
  [R in Role]: (typeof ROLES)[R]["admits"] extends Who ? R : never;
}[Role];

/** A role that a grant of the roster's `access` or `temporary` may name. */
export type PeopleRole = RoleAdmitting<"people">;
/** A role that only external accounts assume. */
export type PartnerRole = RoleAdmitting<"partner">;
/** A role that people assume, whether by grant or by break-glass. */
export type HeldRole = PeopleRole | "BreakGlass";

export const ROLE_NAMES = keysOf(ROLES);
export const PEOPLE_ROLES = ROLE_NAMES.filter((role): role is PeopleRole => ROLES[role].admits === "people");
export const PARTNER_ROLES = ROLE_NAMES.filter(
  (role): role is PartnerRole => ROLES[role].admits === "partner",
);
