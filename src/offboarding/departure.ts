import { groupBlueprints } from "../documents/group-blueprint";
import type { Account } from "../model/account";
import { rolesPlacedIn } from "../model/categories";
import { addSeconds, type Instant, type Validity } from "../model/dates";
import type { Holding } from "../model/holdings";
import type { Model } from "../model/model";
import { parseUserName, type UserName } from "../model/names";
import { hasLeft, type Person } from "../model/person";
import { UserError } from "../model/problems";
import { Cursor } from "../model/reading/cursor";
import { readRoster, type RosterEntry } from "../model/reading/roster-entry";
import { formatChoices } from "../model/choices";
import { ROLE_NAMES, ROLES, type HeldRole } from "../model/roles";
import { heldRoles, type HeldRoleIn } from "../profiles/held-roles";
import { lastDayEdits, removalEdits, type RosterEdit } from "./roster-edits";

/** A session, and how long it could last if somebody opened it at this moment. */
export interface LiveSession {
  readonly account: Account;
  readonly role: HeldRole;
  /** When it ends at the latest, if nobody ends it before. */
  readonly until: Instant;
}

/** A role in which somebody may have a session. */
export interface RoleIn {
  readonly account: Account;
  readonly role: HeldRole;
}

interface DepartureOfSomebody {
  readonly person: UserName;
  /** Every name that their sessions may carry: the one before a rename too. */
  readonly sessionNames: readonly UserName[];
  /** Roles in which a session of theirs may be live: to be closed. */
  readonly open: readonly RoleIn[];
  /** When the last session that may be live now ends, if nobody ends it before. */
  readonly sessionsEnd: Instant;
}

/** Somebody of the roster, who may be still here, about to come, or have left. */
export interface DepartureOfPerson extends DepartureOfSomebody {
  /**
   * `future`: they have not begun, so no session is live. `present`: they are here. `left`: their last day has passed, and the
   * policies that end their sessions are there.
   */
  readonly stage: "future" | "present" | "left";
  readonly terms: Validity;
  /** The access that a removal takes away. */
  readonly revoked: {
    readonly roles: readonly HeldRoleIn[];
    readonly groups: readonly string[];
    readonly power: boolean;
  };
  readonly sessions: readonly LiveSession[];
  /** First edit of the roster: their last moment is the model's. Empty where it is in the roster already. */
  readonly lastDay: readonly RosterEdit[];
  /** Second edit: out of the roster. Places are those of the roster as it is, before the first. */
  readonly removal: readonly RosterEdit[];
  /** Until this instant a removal may revive sessions that a policy ends today. Absent where it is past. */
  readonly removalNotBefore?: Instant;
}

/** Somebody whom the roster names only under `departed`: it no longer knows what they held. */
export interface DepartureOfDeparted extends DepartureOfSomebody {
  readonly stage: "departed";
  /** In seconds: how long the last session may last after the deployment that removed them. */
  readonly longestSession: number;
}

export type Departure = DepartureOfPerson | DepartureOfDeparted;

const latest = (instants: readonly Instant[], otherwise: Instant): Instant =>
  instants.reduce((one, other) => (one > other ? one : other), otherwise);

/** When the last session of a holding that may be live now is over by itself; undefined where none can be. */
function liveUntil({ role, validities }: Holding, now: Instant): Instant | undefined {
  const ends = validities
    .filter(({ from }) => from === undefined || from < now)
    .map(({ until }) =>
      addSeconds(until === undefined || until > now ? now : until, ROLES[role].sessionSeconds),
    )
    .filter((end) => end > now);
  return ends.length === 0 ? undefined : latest(ends, now);
}

/** The sessions that nothing ends yet: a dated grant ends its own. */
function sessionsOf(holdings: readonly HeldRoleIn[], now: Instant): readonly LiveSession[] {
  return holdings.flatMap(({ account, role, validities }) => {
    const current = validities.find(
      ({ from, until }) => (from === undefined || from < now) && (until === undefined || now < until),
    );
    if (current === undefined) return [];
    const end = addSeconds(now, ROLES[role].sessionSeconds);
    const until = current.until !== undefined && current.until < end ? current.until : end;
    return [{ account, role, until }];
  });
}

function everyRole({ organization, holdings }: Model): readonly RoleIn[] {
  return organization.accounts.flatMap((account): readonly RoleIn[] => {
    const breakGlass: readonly HeldRole[] =
      holdings.of(account.key, "BreakGlass").length > 0 ? ["BreakGlass"] : [];
    return [...rolesPlacedIn(account.environment), ...breakGlass].map((role) => ({ account, role }));
  });
}

const longestSessionOf = (roles: readonly RoleIn[]): number =>
  Math.max(0, ...roles.map(({ role }) => ROLES[role].sessionSeconds));

function stageOf(person: Person, now: Instant): DepartureOfPerson["stage"] {
  if (person.terms.from !== undefined && person.terms.from >= now) return "future";
  return hasLeft(person, now) ? "left" : "present";
}

function departureOfPerson(model: Model, roster: RosterEntry, person: Person): DepartureOfPerson {
  const { now, organization, holdings, power } = model;
  const { name, renamedFrom, terms } = person;
  const own = holdings.all.filter((holding) => holding.person === name);
  const open = organization.accounts.flatMap((account) =>
    own
      .filter((holding) => holding.account === account.key && liveUntil(holding, now) !== undefined)
      .sort((one, other) => ROLE_NAMES.indexOf(one.role) - ROLE_NAMES.indexOf(other.role))
      .map(({ role }) => ({ account, role })),
  );
  const sessionsEnd = latest(
    own.flatMap((holding) => liveUntil(holding, now) ?? []),
    now,
  );
  const held = heldRoles(model, name);
  const stage = stageOf(person, now);
  const lastDay = stage === "present" ? lastDayEdits(roster, name, now) : [];
  return {
    stage,
    person: name,
    sessionNames: [name, ...(renamedFrom === undefined ? [] : [renamedFrom])],
    terms,
    revoked: {
      roles: held,
      groups: groupBlueprints(model).flatMap((group) => (group.members.includes(name) ? [group.name] : [])),
      power: power.includes(name),
    },
    sessions: sessionsOf(held, now),
    open,
    sessionsEnd,
    lastDay,
    removal: removalEdits(roster, name).filter(
      (removal) => !lastDay.some(({ path }) => path === removal.path),
    ),
    ...(stage !== "future" && sessionsEnd > now && { removalNotBefore: sessionsEnd }),
  };
}

function departureOfDeparted(model: Model, person: UserName): DepartureOfDeparted {
  const open = everyRole(model);
  const longestSession = longestSessionOf(open);
  return {
    stage: "departed",
    person,
    sessionNames: [person],
    open,
    sessionsEnd: addSeconds(model.now, longestSession),
    longestSession,
  };
}

/**
 * A person's departure at the model's moment: what it takes away, and what it asks for.
 * @param written the roster that the model was made of
 * @throws UserError where the name is neither in `people` nor under `departed`
 */
export function planDeparture(model: Model, written: unknown, name: string): Departure {
  // The model was made of the same roster, so that nothing is left to report.
  const roster = readRoster(new Cursor("src/roster.ts", [], written, () => undefined));
  const person = model.people.find((one) => one.name === name);
  if (person !== undefined) return departureOfPerson(model, roster, person);
  const departed = roster.departed.find(({ value }) => value === name)?.value;
  if (departed !== undefined) return departureOfDeparted(model, departed);
  const known = [...model.people.map((one) => one.name), ...roster.departed.map(({ value }) => value)];
  throw new UserError(
    [
      `Nobody has the name ${JSON.stringify(name)} in src/roster.ts, in \`people\` or under \`departed\`.`,
      `Allowed: ${formatChoices(name, known, "names")}`,
      ...(parseUserName(name) === undefined
        ? []
        : [
            "If somebody of that name was removed: write it under `departed`, where it belongs, and run this again.",
          ]),
    ].join("\n"),
  );
}

/** The same departure, where a session may be live in every role that people may hold. */
export function withEveryRole(model: Model, departure: Departure): Departure {
  const open = everyRole(model);
  const sessionsEnd = latest([departure.sessionsEnd], addSeconds(model.now, longestSessionOf(open)));
  if (departure.stage === "departed") return { ...departure, open, sessionsEnd };
  return { ...departure, open, sessionsEnd, removalNotBefore: sessionsEnd };
}
