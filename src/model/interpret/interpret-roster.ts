import { makeValidity } from "../dates";
import type { Grant } from "../grants";
import { parseUserName, type UserName } from "../names";
import type { Partner, PartnerResources } from "../partner";
import { resourceKindsOf } from "../partner";
import type { Contract, Manager, Person } from "../person";
import type { Cell } from "../reading/cursor";
import type { NameList, PartnerEntry, PersonEntry, RosterEntry } from "../reading/roster-entry";
import { PARTNER_ROLES, PEOPLE_ROLES, type PartnerRole } from "../roles";
import { expectPresent, expectValue } from "./expect-present";

const userNamesOf = (list: NameList | undefined): readonly UserName[] =>
  (list?.names ?? []).map(({ value }) => userNameOf(value));

const userNameOf = (name: string): UserName => expectPresent(parseUserName(name), `the name ${name}`);

function contractOf(entry: PersonEntry): Contract {
  return {
    project: expectValue(entry.project, "project"),
    sponsor: userNameOf(expectValue(entry.sponsor, "sponsor")),
    agreements: {
      ...(entry.nda && { nda: entry.nda.value }),
      ...(entry.baa && { baa: entry.baa.value }),
    },
    approvedBy: userNamesOf(entry.approvedBy),
  };
}

function managerOf({ value }: Cell<string>, names: ReadonlySet<string>): Manager {
  return names.has(value) ? { kind: "person", name: userNameOf(value) } : { kind: "outside", email: value };
}

/** The people that a roster without problems names, by name. */
export function interpretPeople(roster: RosterEntry): ReadonlyMap<string, Person> {
  const names = new Set(roster.people.map(({ name }) => name));
  return new Map(roster.people.map((entry) => [entry.name, personOf(entry, names)]));
}

function personOf(entry: PersonEntry, names: ReadonlySet<string>): Person {
  const category = expectValue(entry.category, "category");
  return {
    name: expectPresent(entry.userName, "name"),
    email: expectValue(entry.email, "email"),
    category,
    terms: makeValidity(entry.from?.value, entry.until?.value),
    ...(entry.github && { github: entry.github.value }),
    ...(entry.manager && { manager: managerOf(entry.manager, names) }),
    ...(entry.renamedFrom && { renamedFrom: entry.renamedFrom.value }),
    ...(category === "contractor" && { contract: contractOf(entry) }),
  };
}

const roleIn = <R extends string>(roles: readonly R[], written: string): R =>
  expectPresent(
    roles.find((name) => name === written),
    `the role ${written}`,
  );

function accessGrants(entry: PersonEntry): readonly Grant[] {
  const person = expectPresent(entry.userName, "name");
  const terms = makeValidity(entry.from?.value, entry.until?.value);
  return entry.access.flatMap(({ account, roles }) =>
    roles.map(({ value }) => ({
      person,
      account,
      role: roleIn(PEOPLE_ROLES, value),
      source: "access",
      validity: terms,
    })),
  );
}

function temporaryGrants({ temporary }: RosterEntry): readonly Grant[] {
  return temporary.map((entry) => ({
    person: userNameOf(expectValue(entry.person, "person")),
    account: expectValue(entry.account, "account"),
    role: roleIn(PEOPLE_ROLES, expectValue(entry.role, "role")),
    source: "temporary",
    ...(entry.database && { database: entry.database.value }),
    validity: { from: expectValue(entry.from, "from"), until: expectValue(entry.until, "until") },
    reason: expectValue(entry.reason, "reason"),
    approvedBy: userNamesOf(entry.approvedBy),
  }));
}

function onCallGrants({ onCall }: RosterEntry): readonly Grant[] {
  return onCall.flatMap(({ account, role, shifts }) =>
    shifts.map(({ person, from, until }) => ({
      person: userNameOf(expectValue(person, "person")),
      account,
      role: roleIn(PEOPLE_ROLES, expectValue(role, "role")),
      source: "onCall",
      validity: { from: expectValue(from, "from"), until: expectValue(until, "until") },
    })),
  );
}

function breakGlassGrants(
  { breakGlass }: RosterEntry,
  people: ReadonlyMap<string, Person>,
): readonly Grant[] {
  return breakGlass.flatMap(({ account, primary, backup }) =>
    [primary, backup].flatMap((cell) => {
      const person = cell && people.get(cell.value);
      if (person === undefined) return [];
      return [
        { person: person.name, account, role: "BreakGlass", source: "breakGlass", validity: person.terms },
      ];
    }),
  );
}

function partnerResourcesOf(
  { resources }: PartnerEntry,
  account: string,
  role: PartnerRole,
): PartnerResources {
  const own = resourceKindsOf(role);
  return Object.fromEntries(
    resources
      .filter((entry) => entry.account === account)
      .flatMap(({ kinds }) => kinds)
      .filter(({ kind }) => own.includes(kind))
      .map(({ kind, names }) => [kind, names.map(({ value }) => value)]),
  );
}

/** The partners that a roster without problems names. */
export function interpretPartners({ partners }: RosterEntry): readonly Partner[] {
  return partners.map((entry) => ({
    name: entry.name,
    account: expectValue(entry.account, "account"),
    externalId: expectValue(entry.externalId, "externalId"),
    grants: expectPresent(entry.grants, "grants").flatMap(({ account, roles }) =>
      roles.map(({ value }) => {
        const role = roleIn(PARTNER_ROLES, value);
        return { account, role, resources: partnerResourcesOf(entry, account, role) };
      }),
    ),
  }));
}

/** Every grant that a roster without problems makes, from all its parts. */
export function interpretGrants(roster: RosterEntry, people: ReadonlyMap<string, Person>): readonly Grant[] {
  return [
    ...roster.people.flatMap(accessGrants),
    ...temporaryGrants(roster),
    ...onCallGrants(roster),
    ...breakGlassGrants(roster, people),
  ];
}

/** Those in PowerG, by name. */
export function interpretPower({ power }: RosterEntry): readonly UserName[] {
  return [...userNamesOf(power)].sort();
}
