import type { IsoPeriod } from "../iso-period";

/** How much a role is able to do; colours and signs follow it. From the most to the least. */
export const POWER_LEVELS = {
  full: { sign: "◆", words: "full control" },
  operates: { sign: "▲", words: "operates" },
  works: { sign: "●", words: "works" },
  looks: { sign: "○", words: "looks" },
  machine: { sign: "■", words: "service, pipeline or partner" },
  unknown: { sign: "?", words: "not in the roster" },
} as const;

export type PowerLevel = keyof typeof POWER_LEVELS;

/** How far an action reaches: to everything, or to some resources or under some conditions. */
export type PageReach = "everywhere" | "limited";

/** How AWS groups actions, with the letter that stands for it in {@link CatalogueData}. */
export const LEVEL_LETTERS = {
  L: "List",
  R: "Read",
  T: "Tagging",
  W: "Write",
  P: "Permissions management",
} as const;

export type LevelLetter = keyof typeof LEVEL_LETTERS;

/** Every action of AWS: services with the names of their actions, separated by spaces, and a letter for each in that order. */
export interface CatalogueData {
  readonly services: readonly (readonly [service: string, names: string])[];
  readonly levels: string;
}

export interface AccountData {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  readonly environment: string;
}

/** `own` is no role: what a user may do without any. */
export type PageRoleKind = "people" | "partner" | "service" | "pipeline" | "other" | "own";

export interface RoleData {
  /** Position in `accounts`. */
  readonly account: number;
  /** `Ops`, `task-mw-worker`. */
  readonly label: string;
  /** What IAM calls it; empty for `own`. */
  readonly name: string;
  readonly kind: PageRoleKind;
  readonly power: PowerLevel;
  /** Position in `surfaces`. */
  readonly surface: number;
  /** For a role that is not in the roster and no deviation: its kind, and what nobody compared. */
  readonly passedOver?: string;
}

/** Why somebody has a role, as the roster has it. */
export interface GrantData {
  readonly source: "access" | "temporary" | "onCall" | "breakGlass";
  readonly reason?: string;
  readonly approvedBy?: readonly string[];
}

/** A role that somebody can become. */
export interface HeldData {
  /** Position in `roles`. */
  readonly role: number;
  /** Titles of the roles through which it is reached, the first of them entered directly; absent for that one. */
  readonly through?: readonly string[];
  /** Differs from the roster, in the access or in its conditions; only for accounts that were read. */
  readonly unexpected?: true;
  /** Absent where nothing more is asked. */
  readonly verdict?: "allowed if" | "not decidable here";
  /** ISO instants, where nothing but time decides. */
  readonly periods?: readonly IsoPeriod[];
  /** In words, where more than time decides. */
  readonly conditions?: string;
  readonly grants?: readonly GrantData[];
}

export type RowKind = "person" | "partner" | "service" | "pipeline" | "other";

/** A user, or another principal whom a role's trust admits. */
export interface RowData {
  readonly kind: RowKind;
  readonly name: string;
  /** The category of a person in the roster; the kind of any other principal. */
  readonly category: string;
  readonly email?: string;
  /** Key of the account of a user who is no person of the roster. */
  readonly home?: string;
  readonly project?: string;
  readonly sponsor?: string;
  readonly manager?: string;
  /** What they may do without any role. */
  readonly own?: HeldData;
  readonly held: readonly HeldData[];
}

/** Everything that the page shows. */
export interface PageData {
  readonly organization: string;
  /** ISO instant. */
  readonly made: string;
  /** ISO instant that somebody asked for, in place of the reader's clock. */
  readonly at?: string;
  /** Keys of the accounts that were read from AWS; the others are by the roster. */
  readonly live: readonly string[];
  /** What documents do not show. */
  readonly bounds: string;
  readonly accounts: readonly AccountData[];
  readonly roles: readonly RoleData[];
  readonly rows: readonly RowData[];
  /** What roles may do, see `surface-code.ts`; roles with the same share one. */
  readonly surfaces: readonly string[];
  readonly catalogue: CatalogueData;
}
