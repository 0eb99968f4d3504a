import { closest, distance } from "fastest-levenshtein";

import type { Cell, Cursor } from "../reading/cursor";
import type { AccountEntry, OrganizationEntry } from "../reading/organization";
import type { PersonEntry, RosterEntry } from "../reading/roster";
import { count } from "../problems";

const LONGEST_LIST = 12;

/** Everything that was written, with the people and accounts by name, for rules that refer to them. */
export interface Written {
  readonly organization: OrganizationEntry;
  readonly roster: RosterEntry;
  readonly people: ReadonlyMap<string, PersonEntry>;
  readonly accounts: ReadonlyMap<string, AccountEntry>;
}

/** Words of a list for a message: all of a short one, the number of a long one and the word that comes nearest. */
export function choices(written: string, words: readonly string[], noun: string): string {
  if (words.length === 0) return `none, for there is no ${noun}`;
  const nearest = closest(written, [...words]);
  const hint =
    distance(written, nearest) <= Math.ceil(written.length / 3) ? ` Did you mean "${nearest}"?` : "";
  if (words.length > LONGEST_LIST) return `one of the ${count(words.length, noun)} of the roster.${hint}`;
  return `${words.map((word) => JSON.stringify(word)).join(", ")}.${hint}`;
}

/** The person that a name refers to; a name that nobody has is reported. */
export function personNamed(written: Written, name: Cell<string> | undefined): PersonEntry | undefined {
  if (name === undefined) return undefined;
  const person = written.people.get(name.value);
  if (person === undefined) {
    name.cursor.problem("Nobody in `people` has this name.", {
      allowed: choices(name.value, [...written.people.keys()], "name"),
    });
  }
  return person;
}

/** The account that a key refers to; a key that no account has is reported. */
export function accountNamed(written: Written, key: string, cursor: Cursor): AccountEntry | undefined {
  const account = written.accounts.get(key);
  if (account === undefined) {
    cursor.problem("There is no such account in `src/organization.ts`.", {
      value: key,
      allowed: choices(key, [...written.accounts.keys()], "account"),
    });
  }
  return account;
}

/** The same for places where only a workload account makes sense. */
export function workloadNamed(written: Written, key: string, cursor: Cursor): AccountEntry | undefined {
  const account = accountNamed(written, key, cursor);
  if (account?.kind?.value !== "identity") return account;
  cursor.problem("The identity account holds people and no workload.", {
    value: key,
    allowed: "a workload account",
  });
  return undefined;
}

/** Reports every value that an earlier one repeats, in the eyes of `key`. */
export function reportRepetitions<T>(
  cells: readonly Cell<T>[],
  key: (value: T) => string,
  rule: string,
): void {
  const seen = new Set<string>();
  for (const cell of cells) {
    const own = key(cell.value);
    if (seen.has(own)) cell.cursor.problem(rule, { remedy: "Remove the repetition." });
    seen.add(own);
  }
}
