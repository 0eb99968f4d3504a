import type { AdmittedPrincipal } from "../admitted-principals";
import { managerWords } from "../../model/person";
import type { Directory } from "../directory";
import type { RoleKind } from "../iam/iam-account";
import type { RoleAccess, UserAccess } from "../matrix";
import { findPeriods, type IsoPeriod } from "../iso-period";
import type { Requirement } from "../requirement";
import { formatConditions } from "./verdict-text";

/** Why somebody has a role, as the roster has it. */
export interface GrantReason {
  readonly source: "access" | "temporary" | "onCall" | "breakGlass";
  readonly reason?: string;
  readonly approvedBy?: readonly string[];
}

/** A role that somebody can become. */
export interface RoleRecord {
  readonly account: string;
  readonly role: string;
  /** The roles through which it is reached, by their titles; absent where the user gets into it. */
  readonly through?: readonly string[];
  readonly verdict: "allowed" | "allowed if" | "not decidable here";
  /** When it is, where nothing but time decides; UTC. */
  readonly periods?: readonly IsoPeriod[];
  /** Everything that decides, as data and in words. */
  readonly requires?: Requirement;
  readonly conditions?: string;
  /** Empty where the roster knows nothing of it. */
  readonly grants: readonly GrantReason[];
}

/** Somebody besides users who gets into a role. */
export interface PrincipalRecord {
  readonly who: string;
  readonly account: string;
  readonly role: string;
  /** The kind of holder that the role is for in the roster; `other` for a role outside the roster. */
  readonly kind: RoleKind;
  readonly through?: readonly string[];
  readonly conditions?: string;
}

/** A principal as reports show it. */
export const principalRecord = ({
  who,
  account,
  role,
  kind,
  through,
  conditions,
}: AdmittedPrincipal): PrincipalRecord => ({
  who,
  account,
  role,
  kind,
  ...(through && { through }),
  ...(conditions !== undefined && { conditions }),
});

/** One user of the matrix. */
export interface UserRecord {
  readonly name: string;
  readonly account: string;
  /** Only of people in the roster. */
  readonly category?: string;
  readonly email?: string;
  readonly project?: string;
  readonly sponsor?: string;
  readonly manager?: string;
  /** May change what others may do. */
  readonly power: boolean;
  readonly roles: readonly RoleRecord[];
}

function roleRecord(
  name: string,
  { account, role, title, through, verdict }: RoleAccess,
  directory: Directory,
): RoleRecord {
  const requires = verdict.kind === "allowed if" ? verdict.requires : undefined;
  const periods = requires && findPeriods(requires);
  const conditions = formatConditions(verdict);
  return {
    account,
    role,
    ...(through && { through }),
    verdict: verdict.kind,
    ...(periods && { periods }),
    ...(requires && { requires }),
    ...(conditions !== "" && { conditions }),
    // The roster grants the role itself, not roles that are reached through another.
    grants: (through ? [] : directory.grantsOf(name, title)).map(({ source, reason, approvedBy }) => ({
      source,
      ...(reason !== undefined && { reason }),
      ...(approvedBy !== undefined && { approvedBy }),
    })),
  };
}

/** A row of the matrix together with what the roster says of its user. */
export function userRecord({ user, account, roles, powers }: UserAccess, directory: Directory): UserRecord {
  const person = directory.person(user.name);
  return {
    name: user.name,
    account,
    ...(person && { category: person.category, email: person.email }),
    ...(person?.contract && { project: person.contract.project, sponsor: person.contract.sponsor }),
    ...(person?.manager && { manager: managerWords(person.manager) }),
    power: powers.length > 0,
    roles: roles.map((access) => roleRecord(user.name, access, directory)),
  };
}
