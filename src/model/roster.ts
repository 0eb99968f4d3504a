import type { CATEGORIES, Category, TemporaryRole } from "./categories";
import type { Environment, EnvironmentOf, OrganizationDefinition } from "./organization";
import type { PartnerRole } from "./roles";

type Place<E extends Environment> = E extends "identity" ? "the identity account" : E;

/** The roles for one cell of the category table; for an empty cell, the rule in words as the only value. */
type AllowedRole<C extends Category, E extends Environment> = [
  (typeof CATEGORIES)[C]["access"][E][number],
] extends [never]
  ? `${(typeof CATEGORIES)[C]["person"]} may hold no role in ${Place<E>}`
  : (typeof CATEGORIES)[C]["access"][E][number];

type OneOrMore<T> = T | readonly T[];

type AccountKey<O extends OrganizationDefinition> = keyof O["accounts"] & string;

type WorkloadKey<O extends OrganizationDefinition> = {
  [A in AccountKey<O>]: O["accounts"][A] extends { readonly kind: "workload" } ? A : never;
}[AccountKey<O>];

/** By account: the role or roles that somebody of the category holds there. */
type Access<O extends OrganizationDefinition, C extends Category> = {
  readonly [A in AccountKey<O>]?: OneOrMore<AllowedRole<C, EnvironmentOf<O["accounts"][A]>>>;
};

/** Dates are `YYYY-MM-DD` (`from` its start, `until` its end, UTC) or full ISO instants. */
interface EmployeeTerms {
  readonly from?: string;
  readonly until?: string;
}

interface ContractorTerms<Name extends string> {
  readonly project: string;
  readonly sponsor: Name;
  readonly from: string;
  readonly until: string;
  /** Days on which the agreements were signed, `YYYY-MM-DD`. */
  readonly agreements?: { readonly nda?: string; readonly baa?: string };
  readonly approvedBy?: readonly Name[];
}

type Terms<C extends Category, Name extends string> = C extends "contractor"
  ? ContractorTerms<Name>
  : EmployeeTerms;

/** What `src/roster.ts` says, for the accounts of `O` and people of the categories `C`. */
export interface RosterDefinition<O extends OrganizationDefinition, C extends Record<string, Category>> {
  readonly people: {
    readonly [P in keyof C]: {
      readonly email: string;
      readonly category: C[P];
      readonly access: Access<O, NoInfer<C[P]>>;
      /** The name that this person's user had before: it is renamed in place. */
      readonly renamedFrom?: string;
    } & Terms<NoInfer<C[P]>, NoInfer<keyof C & string>>;
  };
  /** Full IAM in the identity account without assuming a role: two people or more. */
  readonly power?: readonly NoInfer<keyof C & string>[];
  readonly breakGlass?: {
    readonly [A in WorkloadKey<O>]?: {
      readonly primary: NoInfer<keyof C & string>;
      readonly backup?: NoInfer<keyof C & string>;
    };
  };
  readonly temporary?: readonly {
    readonly person: NoInfer<keyof C & string>;
    readonly account: WorkloadKey<O>;
    readonly role: TemporaryRole;
    readonly from: string;
    readonly until: string;
    readonly reason: string;
    readonly approvedBy: readonly NoInfer<keyof C & string>[];
  }[];
  readonly partners?: {
    readonly [partner: string]: {
      readonly account: string;
      readonly externalId: string;
      readonly grants: { readonly [A in WorkloadKey<O>]?: OneOrMore<PartnerRole> };
    };
  };
  /** Names of leavers: they may never come back, for their trusts would let them in again. */
  readonly departed?: readonly string[];
}

/**
 * Declares who holds what. What the category table forbids, and who or what does not exist, does not compile; only
 * each person's category is inferred, so that every mistake is reported where it stands.
 */
export function defineRoster<
  const O extends OrganizationDefinition,
  const C extends Record<string, Category>,
>(_organization: O, roster: RosterDefinition<O, C>): RosterDefinition<O, C> {
  return roster;
}
