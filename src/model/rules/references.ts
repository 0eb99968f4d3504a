import type { Cell, Cursor } from "../reading/cursor";
import type { AccountEntry, OrganizationEntry } from "../reading/organization-entry";
import type { PersonEntry, RemovedEntries, RosterEntry } from "../reading/roster-entry";
import { formatChoices } from "../choices";

/** Everything that was written, with the people and accounts by name, for rules that refer to them. */
export interface RuleInput {
  readonly organization: OrganizationEntry;
  readonly roster: RosterEntry;
  /** Entries that the roster has no more and limits count all the same. */
  readonly removed: RemovedEntries;
  /** Undefined where `people` could not be read: then every reference to a person would look wrong. */
  readonly people: ReadonlyMap<string, PersonEntry> | undefined;
  /** Undefined where `accounts` could not be read. */
  readonly accounts: ReadonlyMap<string, AccountEntry> | undefined;
}

/** The person that a name refers to; a name that nobody has is reported. */
export function personNamed({ people }: RuleInput, name: Cell<string> | undefined): PersonEntry | undefined {
  if (name === undefined || people === undefined) return undefined;
  const person = people.get(name.value);
  if (person === undefined) {
    name.cursor.problem("Nobody in `people` has this name.", {
      allowed: formatChoices(name.value, [...people.keys()], "names in `people`"),
    });
  }
  return person;
}

function reportUnknownAccount(key: string, cursor: Cursor, known: readonly string[], what: string): void {
  cursor.problem("There is no such account in `src/organization.ts`.", {
    value: key,
    allowed: formatChoices(key, known, what),
  });
}

/** The account that a key refers to; a key that no account has is reported. */
export function accountNamed({ accounts }: RuleInput, key: string, cursor: Cursor): AccountEntry | undefined {
  if (accounts === undefined) return undefined;
  const account = accounts.get(key);
  if (account === undefined) reportUnknownAccount(key, cursor, [...accounts.keys()], "accounts");
  return account;
}

/** Whether the key is a workload account's; one that no account has, and the identity account's, are reported. */
export function expectWorkload({ accounts }: RuleInput, key: string, cursor: Cursor): boolean {
  if (accounts === undefined) return false;
  const workloads = [...accounts.values()].filter(({ kind }) => kind?.value !== "identity");
  const keys = workloads.map((workload) => workload.key);
  if (keys.includes(key)) return true;
  if (accounts.has(key)) {
    cursor.problem("The identity account holds people and no workload.", {
      value: key,
      allowed: formatChoices(key, keys, "workload accounts"),
    });
  } else {
    reportUnknownAccount(key, cursor, keys, "workload accounts");
  }
  return false;
}

/** The reason why an account holds the people; undefined where there is none. */
export function findIdentityClaim({
  kind,
  standsInForIdentity,
}: AccountEntry): Cell<string | true> | undefined {
  return kind?.value === "identity" ? kind : standsInForIdentity;
}

/** Reports every value that an earlier one repeats, in the eyes of `key`. */
export function reportRepetitions<T>(
  cells: readonly Cell<T>[],
  key: (value: T) => string,
  rule: string,
  remedy = "Remove the repetition.",
): void {
  const seen = new Set<string>();
  for (const cell of cells) {
    const own = key(cell.value);
    if (seen.has(own)) cell.cursor.problem(rule, { value: cell.value, remedy });
    seen.add(own);
  }
}
