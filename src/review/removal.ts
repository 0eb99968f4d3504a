import type { RosterChange } from "../definitions/roster-changes";
import { isOver, isUndated, type Instant } from "../model/dates";
import type { Model } from "../model/model";
import { remainingValidities } from "../model/holdings";
import { hasLeft } from "../model/person";
import { ROLE_NAMES } from "../model/roles";
import { POWER_ROLE, rowKey, USER_ROLE } from "./access-row";
import type { ReviewDecisions } from "./decisions-file";
import type { Review, ReviewRow } from "./review";
import { formatValidities } from "./review-dates";

/** A row that somebody decided to remove or to change. */
export interface DecidedAway {
  readonly row: ReviewRow;
  readonly decision: "remove" | "change";
  readonly note: string;
}

export const decidedAway = (
  { rows }: Pick<Review, "rows">,
  decisions: ReviewDecisions,
): readonly DecidedAway[] =>
  rows.flatMap((row) => {
    const found = decisions.get(rowKey(row));
    if (found === undefined || found.decision === "keep") return [];
    return [{ row, decision: found.decision, note: found.note }];
  });

/** What has to be done about a decision: an edit of the roster, or words. */
export type Removal = { readonly row: ReviewRow } & (
  | { readonly kind: "edit"; readonly changes: readonly RosterChange[] }
  | { readonly kind: "by hand"; readonly words: string }
);

/** Where an entry of the roster is, in words. */
const PLACES: Readonly<Record<string, string>> = {
  temporary: "the entry under temporary",
  onCall: "their shifts under onCall: somebody else takes them",
  breakGlass: "their place under breakGlass: somebody else takes it",
};

/** Ends somebody's access: sets their last day; once that day has passed, removes their entry. An earlier last day stays. */
function lastDayOf(
  who: string,
  until: Review["snapshot"]["finishedAt"],
  { people, power, now }: Model,
): readonly RosterChange[] {
  const person = people.find(({ name }) => name === who);
  if (person === undefined || !hasLeft(person, now)) return [{ kind: "last day", person: who, until }];
  return [
    { kind: "entry", person: who },
    ...(power.includes(person.name) ? [{ kind: "power", person: who } as const] : []),
    { kind: "departed", person: who },
  ];
}

function removalOf(row: ReviewRow, until: Review["snapshot"]["finishedAt"], model: Model): Removal {
  const { kind, who, account, role, sources } = row;
  if (kind !== "person")
    return {
      row,
      kind: "by hand",
      words: `take it out of ${kind === "partner" ? "src/roster.ts, partners" : kind === "service" ? "src/workloads.ts" : "src/organization.ts"}`,
    };
  if (role === POWER_ROLE) return { row, kind: "edit", changes: [{ kind: "power", person: who }] };
  if (role === USER_ROLE) return { row, kind: "edit", changes: lastDayOf(who, until, model) };
  const others = sources.filter((source) => source !== "access");
  if (others.length === 0)
    return { row, kind: "edit", changes: [{ kind: "role", person: who, account, role }] };
  return {
    row,
    kind: "by hand",
    words: sources.map((source) => PLACES[source] ?? `the role under their access`).join(", and "),
  };
}

/** A change whose note is a role's name and nothing else is an edit; any other note is for people to read. */
function changeOf(row: ReviewRow, note: string): Removal {
  const { kind, who, account, role, sources } = row;
  const to = ROLE_NAMES.find((name) => name === note);
  const isOwn = kind === "person" && sources.length > 0 && sources.every((source) => source === "access");
  return to !== undefined && to !== role && isOwn
    ? { row, kind: "edit", changes: [{ kind: "another role", person: who, account, role, to }] }
    : { row, kind: "by hand", words: `change: ${note}` };
}

/**
 * Lists what the decisions change in the roster.
 * @param model of the roster as it is now
 */
export function planRemovals(review: Review, decisions: ReviewDecisions, model: Model): readonly Removal[] {
  return decidedAway(review, decisions).map(({ row, decision, note }) =>
    decision === "change" ? changeOf(row, note) : removalOf(row, review.snapshot.finishedAt, model),
  );
}

/** Whether a decision has been carried out, and the evidence. */
export interface ClosedRow {
  /** `john.developer, dev/Developer`. */
  readonly row: string;
  readonly decision: "remove" | "change";
  readonly done: boolean;
  readonly seen: readonly string[];
}

/** Without a beginning and an end. */
export const FOR_GOOD = "for good";
const HAS_USER = "a user";
const HAS_POWER = "power";

/** When somebody holds the row's role, without periods that are over, in the form in which `heldIn` returns it. */
export function heldBefore({ role, periods }: ReviewRow, now: Instant): string {
  if (role === USER_ROLE) return HAS_USER;
  if (role === POWER_ROLE) return HAS_POWER;
  return periods.length === 0 ? FOR_GOOD : JSON.stringify(periods.filter((period) => !isOver(period, now)));
}

/** What a person holds in a roster, in a form to compare and in words. */
export interface Held {
  readonly key: string;
  readonly words: string;
}

const held = (key: string): Held => ({ key, words: key });

/** Finds when a person holds a role in a roster; undefined where they do not. */
export function heldIn(
  { holdings, people, power, now }: Model,
  { who, account, role }: ReviewRow,
): Held | undefined {
  if (role === USER_ROLE) return people.some(({ name }) => name === who) ? held(HAS_USER) : undefined;
  if (role === POWER_ROLE) return power.some((name) => name === who) ? held(HAS_POWER) : undefined;
  const holding = holdings.all.find(
    (one) => one.person === who && one.account === account && one.role === role,
  );
  const left = holding === undefined ? [] : remainingValidities(holding, now);
  if (left.length === 0) return undefined;
  return left.some(isUndated) ? held(FOR_GOOD) : { key: JSON.stringify(left), words: formatValidities(left) };
}
