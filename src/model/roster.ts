import type { CATEGORIES, Category, OnCallRole, TemporaryRole } from "./categories";
import type { Environment, EnvironmentOf, OrganizationDefinition } from "./organization";
import type { PartnerResources } from "./partner";
import type { PartnerRole } from "./roles";

type Place<E extends Environment> = E extends "identity" ? "the identity account" : E;

type RolesAllowed<C extends Category, E extends Environment> = (typeof CATEGORIES)[C]["access"][E][number];

/** The role or roles of one cell of the category table; for an empty cell, the rule in words as the only value. */
type Cell<C extends Category, E extends Environment> = [RolesAllowed<C, E>] extends [never]
  ? `${(typeof CATEGORIES)[C]["person"]} may hold no role in ${Place<E>}`
  : OneOrMore<RolesAllowed<C, E>>;

type OneOrMore<T> = T | readonly T[];

type AccountKey<O extends OrganizationDefinition> = keyof O["accounts"] & string;

/** The accounts where roles are, whoever holds them. */
type Workloads<O extends OrganizationDefinition> = {
  readonly [A in AccountKey<O> as O["accounts"][A] extends { readonly kind: "workload" } ? A : never]: A;
};

/** Dates are `YYYY-MM-DD` (`from` its start, `until` its end, UTC) or full ISO instants. */
interface EmployeeTerms<Name extends string> {
  readonly from?: string;
  readonly until?: string;
  /** The person who confirms that their access is still needed: a name of the roster, or the e-mail address of somebody outside it. */
  readonly manager?: Name | `${string}@${string}`;
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

/** The entry of a person, by category: eight types, however many people there are. */
type Details<O extends OrganizationDefinition, Name extends string> = {
  readonly [C in Category]: {
    readonly email: string;
    /** By account: the role or roles that the person holds there. */
    readonly access: { readonly [A in AccountKey<O>]?: Cell<C, EnvironmentOf<O["accounts"][A]>> };
    /** Their name on GitHub: reviews by it are their approvals. */
    readonly github?: string;
    /** The name that this person's user had before: it is renamed in place. */
    readonly renamedFrom?: string;
  } & (C extends "contractor" ? ContractorTerms<Name> : EmployeeTerms<Name>);
};

/** The content of `src/roster.ts`, for the accounts of `O` and people of the categories `C`. */
export interface RosterDefinition<
  O extends OrganizationDefinition,
  C extends Record<string, Category>,
  Name extends string = NoInfer<keyof C & string>,
> {
  readonly people: {
    readonly [P in keyof C]: { readonly category: C[P] } & Details<O, Name>[NoInfer<C[P]>];
  };
  /** Full IAM in the identity account without assuming a role: two people or more. */
  readonly power?: readonly Name[];
  readonly breakGlass?: {
    readonly [A in keyof Workloads<O>]?: {
      readonly primary: Name;
      readonly backup?: Name;
    };
  };
  readonly temporary?: readonly {
    readonly person: Name;
    readonly account: keyof Workloads<O>;
    readonly role: TemporaryRole;
    /** DbRead and Dba: the one database that it is for; all that the account names by default. */
    readonly database?: string;
    readonly from: string;
    readonly until: string;
    readonly reason: string;
    readonly approvedBy: readonly Name[];
  }[];
  /** Shifts of a role, by rota: one rota for an account. */
  readonly onCall?: {
    readonly [A in keyof Workloads<O>]?: {
      readonly role: OnCallRole;
      readonly shifts: readonly { readonly person: Name; readonly from: string; readonly until: string }[];
    };
  };
  readonly partners?: {
    readonly [partner: string]: {
      readonly account: string;
      readonly externalId: string;
      readonly grants: { readonly [A in keyof Workloads<O>]?: OneOrMore<PartnerRole> };
      /** By account: what the roles there are limited to. Where nothing is named, they may do nothing. */
      readonly resources?: { readonly [A in keyof Workloads<O>]?: PartnerResources };
    };
  };
  /** Names of leavers: they may never come back, for their trusts would let them in again. */
  readonly departed?: readonly string[];
}

/**
 * Declares who holds what. Access that the category table forbids, and names that do not exist, do not compile; only
 * each person's category is inferred, so that every mistake is reported where it stands.
 */
export function defineRoster<
  const O extends OrganizationDefinition,
  const C extends Record<string, Category>,
>(_organization: O, roster: RosterDefinition<O, C>): RosterDefinition<O, C> {
  return roster;
}
