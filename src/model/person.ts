import type { Category } from "./categories";
import { isOver, type Instant, type Validity } from "./dates";
import type { GitHubHandle, UserName } from "./names";

/** A human with an IAM user in the identity account. */
export interface Person {
  readonly name: UserName;
  readonly email: string;
  readonly category: Category;
  /** First and last day, where the roster says them; every grant of `access` and `breakGlass` ends with them. */
  readonly terms: Validity;
  /** Their name on GitHub, as they write it; GitHub compares without case. */
  readonly github?: GitHubHandle;
  /** The person who confirms that their access is still needed, where the roster says it: contractors have a sponsor instead. */
  readonly manager?: Manager;
  readonly renamedFrom?: UserName;
  readonly contract?: Contract;
}

/** Somebody of the roster, or somebody outside by their e-mail address. */
export type Manager<Name extends string = UserName> =
  { readonly kind: "person"; readonly name: Name } | { readonly kind: "outside"; readonly email: string };

/** A manager as reports name them. */
export const managerWords = (manager: Manager<string>): string =>
  manager.kind === "person" ? manager.name : manager.email;

/** The contract that a contractor's access rests on. */
export interface Contract {
  readonly project: string;
  readonly sponsor: UserName;
  /** Instants at which the days of signature began. */
  readonly agreements: { readonly nda?: Instant; readonly baa?: Instant };
  readonly approvedBy: readonly UserName[];
}

/** Whether the person's last day has passed: their user then stays until the roster drops it, in no group. */
export function hasLeft({ terms }: Person, now: Instant): boolean {
  return isOver(terms, now);
}

/** Whether somebody has begun and not left. */
export const isThere = (person: Person, now: Instant): boolean =>
  !hasLeft(person, now) && (person.terms.from === undefined || person.terms.from <= now);
