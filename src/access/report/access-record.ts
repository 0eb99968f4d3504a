import type { Directory } from "../directory";
import type { Access, UserAccess } from "../matrix";
import { periodsOf, type Period } from "../period";
import type { Requirement } from "../requirement";
import { conditionsOf } from "./verdict-words";

/** Why somebody has a role, as the roster has it. */
export interface Reason {
  readonly source: "access" | "temporary" | "breakGlass";
  readonly reason?: string;
  readonly approvedBy?: readonly string[];
}

/** A role that somebody can become. */
export interface RoleRecord {
  readonly account: string;
  readonly role: string;
  readonly verdict: "allowed" | "allowed if" | "not decidable here";
  /** When it is, where nothing but time decides; UTC. */
  readonly periods?: readonly Period[];
  /** Everything that decides, as data and in words. */
  readonly requires?: Requirement;
  readonly conditions?: string;
  /** Empty where the roster knows nothing of it. */
  readonly grants: readonly Reason[];
}

/** One user of the matrix. */
export interface UserRecord {
  readonly name: string;
  readonly account: string;
  /** Only of people in the roster. */
  readonly category?: string;
  readonly email?: string;
  readonly project?: string;
  readonly sponsor?: string;
  /** May change what others may do. */
  readonly power: boolean;
  readonly roles: readonly RoleRecord[];
}

function roleRecord(
  name: string,
  { account, role, title, verdict }: Access,
  directory: Directory,
): RoleRecord {
  const requires = verdict.kind === "allowed if" ? verdict.requires : undefined;
  const periods = requires && periodsOf(requires);
  const conditions = conditionsOf(verdict);
  return {
    account,
    role,
    verdict: verdict.kind,
    ...(periods && { periods }),
    ...(requires && { requires }),
    ...(conditions !== "" && { conditions }),
    grants: directory.grantsOf(name, title).map(({ source, reason, approvedBy }) => ({
      source,
      ...(reason !== undefined && { reason }),
      ...(approvedBy !== undefined && { approvedBy }),
    })),
  };
}

/** A row of the matrix together with what the roster says of its user. */
export function userRecord({ user, account, roles, power }: UserAccess, directory: Directory): UserRecord {
  const person = directory.person(user.name);
  return {
    name: user.name,
    account,
    ...(person && { category: person.category, email: person.email }),
    ...(person?.contract && { project: person.contract.project, sponsor: person.contract.sponsor }),
    power: power.kind !== "denied",
    roles: roles.map((access) => roleRecord(user.name, access, directory)),
  };
}
