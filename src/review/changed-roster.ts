import { z } from "zod";

import type { RosterChange } from "../definitions/roster-changes";

const ACCESS = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const PERSON = z.looseObject({ access: ACCESS.default({}) });
const ROSTER = z.looseObject({
  people: z.record(z.string(), PERSON),
  power: z.array(z.string()).optional(),
  departed: z.array(z.string()).optional(),
});
type Roster = z.output<typeof ROSTER>;
type Person = z.output<typeof PERSON>;

const without = <T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));

/** A cell of somebody's access without a role, or with another in its place. */
function withRole({ access, ...person }: Person, account: string, role: string, to?: string): Person {
  const held = [access[account] ?? []].flat();
  const left = held.flatMap((one) => (one === role ? (to === undefined ? [] : [to]) : [one]));
  const others = without(access, account);
  return { ...person, access: left.length === 0 ? others : { ...others, [account]: left } };
}

function withPerson(roster: Roster, name: string, change: (person: Person) => Person): Roster {
  const person = roster.people[name];
  return person === undefined ? roster : { ...roster, people: { ...roster.people, [name]: change(person) } };
}

function changed(roster: Roster, change: RosterChange): Roster {
  const { person } = change;
  switch (change.kind) {
    case "role":
      return withPerson(roster, person, (one) => withRole(one, change.account, change.role));
    case "another role":
      return withPerson(roster, person, (one) => withRole(one, change.account, change.role, change.to));
    case "post":
      return withPerson(roster, person, (one) => ({ ...one, [change.key]: change.value }));
    case "last day":
      return withPerson(roster, person, (one) => ({ ...one, until: change.until }));
    case "power":
      return { ...roster, power: (roster.power ?? []).filter((name) => name !== person) };
    case "entry":
      return { ...roster, people: without(roster.people, person) };
    case "departed":
      return { ...roster, departed: [...(roster.departed ?? []), person] };
    case "agreements":
      return roster;
  }
}

/** Returns the roster with the changes; unchanged where it does not have the form of a roster. */
export function changedRoster(roster: unknown, changes: readonly RosterChange[]): unknown {
  const read = ROSTER.safeParse(roster);
  return read.success ? changes.reduce(changed, read.data) : roster;
}
