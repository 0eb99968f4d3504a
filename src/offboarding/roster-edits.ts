import type { Instant } from "../model/dates";
import { formatPath } from "../model/problems";
import type { Cell } from "../model/reading/cursor";
import type { NameList, RosterEntry, ShiftEntry } from "../model/reading/roster-entry";

/** One change of `src/roster.ts`. */
export interface RosterEdit {
  /** As one would type it: `people["john.developer"].until`. */
  readonly path: string;
  /** What to do there. */
  readonly change: string;
}

const edit = (change: string, ...steps: readonly (string | number)[]): RosterEdit => ({
  path: formatPath(...steps),
  change,
});

/** The places of a list that hold the name. */
function placesOf(list: NameList | undefined, name: string): readonly number[] {
  return (list?.names ?? []).flatMap(({ value }, index) => (value === name ? [index] : []));
}

const isName = (cell: Cell<string> | undefined, name: string): boolean => cell?.value === name;

function powerEdits({ power }: RosterEntry, name: string): readonly RosterEdit[] {
  const others = (power?.names.length ?? 0) - 1;
  const change = others < 2 ? "remove, and name somebody else, so that two have power" : "remove";
  return placesOf(power, name).map((index) => edit(change, "power", index));
}

const ANOTHER_SHIFT = "give it to somebody else, or remove it";

interface PlacedShift {
  readonly account: string;
  readonly index: number;
  readonly shift: ShiftEntry;
}

/** The shifts of a person in every rota. */
const shiftsOf = ({ onCall }: RosterEntry, name: string): readonly PlacedShift[] =>
  onCall.flatMap(({ account, shifts }) =>
    shifts.flatMap((shift, index) => (isName(shift.person, name) ? [{ account, index, shift }] : [])),
  );

/** Lists the places where a person answers for what others begin at such an instant. */
function answerEdits(
  roster: RosterEntry,
  name: string,
  concerns: (begins: Instant | undefined) => boolean,
): readonly RosterEdit[] {
  return [
    ...roster.temporary.flatMap((grant, index) =>
      isName(grant.person, name) || !concerns(grant.from?.value)
        ? []
        : placesOf(grant.approvedBy, name).map((place) =>
            edit("somebody else approves, or the grant goes", "temporary", index, "approvedBy", place),
          ),
    ),
    ...roster.people
      .filter(({ from }) => concerns(from?.value))
      .flatMap((person) => [
        ...(isName(person.sponsor, name)
          ? [edit("name another sponsor", "people", person.name, "sponsor")]
          : []),
        ...placesOf(person.approvedBy, name).map((place) =>
          edit("somebody else approves", "people", person.name, "approvedBy", place),
        ),
      ]),
  ];
}

/**
 * Lists the edits that end a person's access at an instant and keep their entry, so that the program ends their sessions too: it
 * knows nothing of removed entries.
 */
export function lastDayEdits(roster: RosterEntry, name: string, moment: Instant): readonly RosterEdit[] {
  const until = JSON.stringify(moment);
  return [
    edit(until, "people", name, "until"),
    // Membership of a group has no dates.
    ...powerEdits(roster, name),
    ...roster.breakGlass.flatMap(({ account, primary, backup }) =>
      isName(primary, name) && backup === undefined
        ? [edit("add somebody: nobody else holds BreakGlass there", "breakGlass", account, "backup")]
        : [],
    ),
    ...answerEdits(roster, name, (begins) => begins !== undefined && begins >= moment),
    ...roster.temporary.flatMap((grant, index) => {
      if (!isName(grant.person, name)) return [];
      if (grant.from !== undefined && grant.from.value >= moment) return [edit("remove", "temporary", index)];
      if (grant.until !== undefined && grant.until.value > moment)
        return [edit(until, "temporary", index, "until")];
      return [];
    }),
    ...shiftsOf(roster, name).flatMap(({ account, index, shift }) => {
      const place = ["onCall", account, "shifts", index] as const;
      if (shift.from !== undefined && shift.from.value >= moment) return [edit(ANOTHER_SHIFT, ...place)];
      if (shift.until !== undefined && shift.until.value > moment)
        return [edit(`${until}, and somebody else from then on`, ...place, "until")];
      return [];
    }),
  ];
}

/** Lists the edits that remove a person from the roster: their entry, and every other mention, which the rules would refuse. */
export function removalEdits(roster: RosterEntry, name: string): readonly RosterEdit[] {
  return [
    edit("remove", "people", name),
    edit(`add ${JSON.stringify(name)}`, "departed"),
    ...powerEdits(roster, name),
    ...roster.breakGlass.flatMap(({ account, primary, backup }) => [
      ...(isName(primary, name)
        ? [edit("name somebody else, or remove the account's break-glass", "breakGlass", account, "primary")]
        : []),
      ...(isName(backup, name)
        ? [edit("remove, or name somebody else", "breakGlass", account, "backup")]
        : []),
    ]),
    ...roster.temporary.flatMap((grant, index) =>
      isName(grant.person, name) ? [edit("remove", "temporary", index)] : [],
    ),
    ...shiftsOf(roster, name).map(({ account, index }) =>
      edit(ANOTHER_SHIFT, "onCall", account, "shifts", index),
    ),
    ...answerEdits(roster, name, () => true),
    ...roster.people.flatMap((person) =>
      isName(person.manager, name) ? [edit("name another manager", "people", person.name, "manager")] : [],
    ),
  ];
}
