import { isOver, addSeconds, type Instant, type Validity } from "../model/dates";
import type { Grant } from "../model/grants";
import type { Model } from "../model/model";
import { hasLeft, managerWords, type Person } from "../model/person";
import { joinWithOr, countNoun } from "../model/problems";

/** Something that happens soon, or should. */
export interface Notice {
  /** When; absent where it is due already. */
  readonly at?: Instant;
  readonly text: string;
}

const DAY = 86_400;

/** `2026-12-01 10:00`. */
const when = (instant: Instant): string => instant.slice(0, 16).replace("T", " ");

interface Window {
  readonly now: Instant;
  readonly until: Instant;
}

const isWithin = (instant: Instant | undefined, { now, until }: Window): instant is Instant =>
  instant !== undefined && instant > now && instant <= until;

function grantNotices(
  { person, account, role, source, validity, reason }: Grant,
  window: Window,
): readonly Notice[] {
  const why = reason === undefined ? "" : ` (${reason})`;
  const title = `${account}/${role}`;
  const { from, until } = validity;
  if (source === "access" || source === "breakGlass") return [];
  const what = source === "onCall" ? "on call with" : "given";
  return [
    ...(isWithin(from, window)
      ? [{ at: from, text: `${person} is ${what} ${title} from ${when(from)} on${why}.` }]
      : []),
    ...(isWithin(until, window)
      ? [{ at: until, text: `${person} has ${title} until ${when(until)}${why}.` }]
      : []),
  ];
}

/** The people to ask whether somebody stays. */
function askWords({ contract, manager }: Person): string {
  const asked = [
    ...(contract === undefined ? [] : [`their sponsor ${contract.sponsor}`]),
    ...(manager === undefined ? [] : [`their manager ${managerWords(manager)}`]),
  ];
  return asked.length === 0 ? "" : ` Ask ${joinWithOr(asked)} whether they stay.`;
}

function termNotices(person: Person, window: Window): readonly Notice[] {
  const { name, category, contract, terms } = person;
  const { until } = terms;
  if (!isWithin(until, window)) return [];
  const who =
    contract === undefined ? `${name} (${category})` : `The contractor ${name} (${contract.project})`;
  return [{ at: until, text: `${who} leaves: all access ends at ${when(until)}.${askWords(person)}` }];
}

/** What should be on record before somebody's first day, whether or not the organization requires it. */
function contractNotices({ name, contract, terms }: Person, window: Window): readonly Notice[] {
  const begins: Validity["from"] = terms.from;
  if (contract === undefined || begins === undefined || begins > window.until || isOver(terms, window.now))
    return [];
  const missing = [
    ...(contract.agreements.nda === undefined ? ["a signed NDA"] : []),
    ...(contract.agreements.baa === undefined ? ["a signed BAA"] : []),
    ...(contract.approvedBy.length === 0 ? ["an approval"] : []),
  ];
  if (missing.length === 0) return [];
  const verb = begins > window.now ? `begins at ${when(begins)}` : `has been here since ${when(begins)}`;
  return [
    {
      ...(begins > window.now && { at: begins }),
      text: `The contractor ${name} ${verb} without ${missing.join(", ")} on record.`,
    },
  ];
}

/** What is due already first, then by time. */
export const sortNotices = (one: Notice, other: Notice): number => {
  const key = ({ at, text }: Notice): string => `${at ?? ""} ${text}`;
  return key(one) < key(other) ? -1 : 1;
};

/**
 * What begins, ends and is due within so many days, what is due already first: dated grants, shifts, last days, what contractors
 * have not on record, who has left, and what the roster warns of in rotas.
 * @param removable how many temporary grants may be removed
 */
export function findNotices(
  { people, grants, warnings, now }: Model,
  days: number,
  removable: number,
): readonly Notice[] {
  const window = { now, until: addSeconds(now, days * DAY) };
  return [
    ...grants.flatMap((grant) => grantNotices(grant, window)),
    ...people.flatMap((person) => [...termNotices(person, window), ...contractNotices(person, window)]),
    ...people
      .filter((person) => hasLeft(person, now))
      .map(({ name }) => ({
        text: `${name} has left: remove them from the roster (npm run offboard -- ${name}).`,
      })),
    // Gaps, overlaps and ends of rotas. Other warnings are there every day, and `pulumi up` tells them.
    ...warnings
      .filter(({ path }) => path.startsWith("onCall"))
      .map(({ rule, remedy = "" }) => ({ text: `${rule} ${remedy}`.trim() })),
    ...(removable === 0
      ? []
      : [{ text: `${countNoun(removable, "temporary grant")} may be removed: npm run expired.` }]),
  ].sort(sortNotices);
}

/** All of it in words; undefined where there is nothing to say. */
export function noticesText(notices: readonly Notice[], days: number): string | undefined {
  if (notices.length === 0) return undefined;
  return [
    `Access in the next ${countNoun(days, "day")}, by the roster (UTC):`,
    ...notices.map(({ text }) => `- ${text}`),
  ].join("\n");
}
