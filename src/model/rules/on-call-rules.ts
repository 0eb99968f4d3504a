import { formatChoices } from "../choices";
import { ON_CALL_ROLE_NAMES, ON_CALL_ROLES, type OnCallRole } from "../categories";
import { addSeconds, type Instant } from "../dates";
import { groupBy } from "../group-by";
import { betweenBreaks, lastEnd, secondsHeld, type HeldTime } from "../held-time";
import { joinWithOr, countNoun } from "../problems";
import type { Cell } from "../reading/cursor";
import type { OnCallEntry, TemporaryEntry } from "../reading/roster-entry";
import { expectWorkload, personNamed, type RuleInput } from "./references";
import { humanKey } from "./same-person";
import { expectEndAfterBeginning, expectWithinTerms } from "./terms";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** For how long the coming end of a rota is told. */
const DAYS_BEFORE_THE_END = 7;

function roleOf({ role }: OnCallEntry): OnCallRole | undefined {
  return ON_CALL_ROLE_NAMES.find((name) => name === role?.value);
}

function rotasPointSomewhere(written: RuleInput): void {
  for (const rota of written.roster.onCall) {
    expectWorkload(written, rota.account, rota.cursor);
    const role = roleOf(rota);
    if (rota.role !== undefined && role === undefined) {
      rota.role.cursor.problem("This role cannot be granted by a rota.", {
        allowed: formatChoices(rota.role.value, ON_CALL_ROLE_NAMES, "roles"),
      });
    }
    for (const { person } of rota.shifts) {
      const category = personNamed(written, person)?.category?.value;
      if (role === undefined || category === undefined) continue;
      const grantees: readonly string[] = ON_CALL_ROLES[role].grantees;
      if (grantees.includes(category)) continue;
      person?.cursor.problem(`This person is of category ${category} and may not be on call for ${role}.`, {
        allowed: `people of category ${joinWithOr(grantees)}`,
      });
    }
  }
}

function shiftsLieWithinTerms(written: RuleInput): void {
  for (const { person, from, until } of written.roster.onCall.flatMap(({ shifts }) => shifts)) {
    if (from !== undefined && until !== undefined) expectEndAfterBeginning(from, until);
    expectWithinTerms(written.people?.get(person?.value ?? ""), from, until);
  }
}

/** A time during which somebody has a role for a time, whether by a shift or by a temporary grant. */
interface Turn extends HeldTime {
  readonly isShift: boolean;
  /** Whether only history has it: it counts, and is past changing. */
  readonly isRemoved: boolean;
  readonly human: string;
  /** As the roster names the person. */
  readonly name: string;
  readonly begin: Cell<Instant>;
  readonly end: Cell<Instant>;
}

function turnOf(
  { people }: RuleInput,
  entry: OnCallEntry["shifts"][number],
  { isShift, isRemoved = false }: { readonly isShift: boolean; readonly isRemoved?: boolean },
): readonly Turn[] {
  const { person, from, until } = entry;
  const human = humanKey(people?.get(person?.value ?? ""));
  if (human === undefined || person === undefined || from === undefined || until === undefined) return [];
  if (until.value <= from.value) return [];
  const period = { from: from.value, until: until.value };
  return [{ ...period, isShift, isRemoved, human, name: person.value, begin: from, end: until }];
}

const inOrder = (turns: readonly Turn[]): readonly Turn[] =>
  [...turns].sort((one, other) => (one.from < other.from ? -1 : 1));

/** The shifts of a rota, in order of time. */
const shiftsOf = (written: RuleInput, { shifts }: OnCallEntry): readonly Turn[] =>
  inOrder(shifts.flatMap((shift) => turnOf(written, shift, { isShift: true })));

/** One human's shifts do not overlap: one of them is a mistake. */
function nobodyHasTwoShiftsAtOnce(written: RuleInput): void {
  for (const rota of written.roster.onCall) {
    for (const own of groupBy(shiftsOf(written, rota), ({ human }) => human).values()) {
      own.forEach((shift, index) => {
        const end = lastEnd(own.slice(0, index));
        if (end === undefined || shift.from >= end) return;
        shift.begin.cursor.problem(`${shift.name} has another shift until ${end}.`, {
          allowed: `a time from ${end} on`,
        });
      });
    }
  }
}

/** Reports the first turn with which somebody has the role for too long, or the last one that can be changed. */
function expectBreaks(turns: readonly Turn[], role: OnCallRole): void {
  const { days, breakHours } = ON_CALL_ROLES[role];
  for (const [index, turn] of turns.entries()) {
    const earlier = turns.slice(0, index);
    const seconds = secondsHeld([...earlier, turn]);
    if (seconds <= days * DAY || seconds === secondsHeld(earlier)) continue;
    const next = addSeconds(lastEnd(earlier) ?? turn.from, breakHours * HOUR);
    const told = turn.isRemoved ? turns.findLast(({ isRemoved }) => !isRemoved) : turn;
    told?.end.cursor.problem(
      `Nobody is on call for more than ${countNoun(days, "day")} in all, until a break of ${countNoun(breakHours, "hour")}: ` +
        `by the end of this, ${turn.name} has been for ${String(Math.round((seconds / DAY) * 100) / 100)} days.`,
      {
        allowed:
          earlier.length === 0
            ? `a time up to ${addSeconds(turn.from, days * DAY)}`
            : `somebody else, or a beginning at ${next} or later`,
      },
    );
    return;
  }
}

/** The rotas of the roster, and one without shifts for each that only history has. */
function rotasToLimit({ roster, removed }: RuleInput): readonly OnCallEntry[] {
  const keyOf = (rota: OnCallEntry): string => JSON.stringify([rota.account, rota.role?.value]);
  const known = new Set(roster.onCall.map(keyOf));
  const gone = new Map(
    removed.onCall.filter((rota) => !known.has(keyOf(rota))).map((rota) => [keyOf(rota), rota]),
  );
  return [...roster.onCall, ...[...gone.values()].map((rota) => ({ ...rota, shifts: [] }))];
}

/** Limits what somebody has by shifts and by temporary grants of the same role; it adds up, until a break. */
function shiftsAreLimited(written: RuleInput): void {
  const { roster, removed } = written;
  for (const rota of rotasToLimit(written)) {
    const role = roleOf(rota);
    if (role === undefined) continue;
    const isOfRota = (entry: TemporaryEntry): boolean =>
      entry.account?.value === rota.account && entry.role?.value === role;
    const turns = [
      ...shiftsOf(written, rota),
      ...roster.temporary.filter(isOfRota).flatMap((entry) => turnOf(written, entry, { isShift: false })),
      ...removed.temporary
        .filter(isOfRota)
        .flatMap((entry) => turnOf(written, entry, { isShift: false, isRemoved: true })),
      ...removed.onCall
        .filter((other) => other.account === rota.account && roleOf(other) === role)
        .flatMap(({ shifts }) => shifts)
        .flatMap((shift) => turnOf(written, shift, { isShift: true, isRemoved: true })),
    ];
    for (const own of groupBy(turns, ({ human }) => human).values()) {
      if (!own.some(({ isShift }) => isShift)) continue;
      for (const group of betweenBreaks(own, ON_CALL_ROLES[role].breakHours * HOUR)) {
        if (!group.every(({ isRemoved }) => isRemoved)) expectBreaks(group, role);
      }
    }
  }
}

export const ON_CALL_RULES = [
  rotasPointSomewhere,
  shiftsLieWithinTerms,
  nobodyHasTwoShiftsAtOnce,
  shiftsAreLimited,
];

const NOBODY = "Fill it with a shift, or leave it where nobody has to be on call then.";

/** Warns of two shifts in a row that leave a gap or overlap, in what has not passed yet. */
function warnOfSeams(shifts: readonly Turn[], role: OnCallRole, account: string, now: Instant): void {
  shifts.forEach((shift, index) => {
    const earlier = shifts.slice(0, index);
    const end = lastEnd(earlier);
    if (end === undefined) return;
    if (shift.from > end && shift.from > now) {
      shift.begin.cursor.warning(
        `Nobody is on call for ${role} in ${account} from ${end} until ${shift.from}.`,
        { remedy: NOBODY },
      );
    }
    for (const other of earlier) {
      const until = other.until < shift.until ? other.until : shift.until;
      // One human's own are refused.
      if (other.human === shift.human || until <= shift.from || until <= now) continue;
      shift.begin.cursor.warning(
        `Both ${other.name} and ${shift.name} are on call for ${role} in ${account} from ${shift.from} until ${until}.`,
        { remedy: "Leave it where they hand over or work in two; otherwise shorten one of the shifts." },
      );
    }
  });
}

/** Tells of gaps, of overlaps and of the end of each rota, as far as they lie ahead. */
export function warnOfRotas(written: RuleInput, now: Instant): void {
  for (const rota of written.roster.onCall) {
    const role = roleOf(rota);
    if (role === undefined) continue;
    const shifts = shiftsOf(written, rota);
    warnOfSeams(shifts, role, rota.account, now);
    const end = lastEnd(shifts);
    if (end === undefined) {
      rota.cursor.warning(`The rota of ${rota.account} has no shift: nobody has ${role} by it.`, {
        remedy: "Add shifts, or remove the rota.",
      });
    } else if (end <= addSeconds(now, DAYS_BEFORE_THE_END * DAY)) {
      rota.cursor.warning(
        `The rota of ${rota.account} ends at ${end}: nobody has ${role} by it from then on.`,
        {
          remedy: "Add the next shifts.",
        },
      );
    }
  }
}
