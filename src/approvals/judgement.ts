import { z } from "zod";

import { instantOf, parseDate } from "../model/dates";
import { isSameAddress } from "../model/email";
import { buildModel } from "../model/model";
import { caseless } from "../model/names";
import { at, UserError } from "../model/problems";
import { changedEntries, type ApprovedEntry, type Definitions } from "./changed-entries";
import type { Review, Reviewer, Reviews } from "./reviews";

/** What became of one name under `approvedBy`. */
export interface ApprovalOutcome {
  readonly name: string;
  readonly isApproval: boolean;
  /** Why it is none. */
  readonly why?: string;
}

export interface EntryOutcome {
  readonly path: string;
  readonly approvals: readonly ApprovalOutcome[];
}

/** Whether what is to be merged was approved by those whom it names. */
export interface Judgement {
  /** The entries that are new or changed. */
  readonly entries: readonly EntryOutcome[];
  /** What the rules say of them with the people whom the base branch knows; absent where they accept them. */
  readonly refusal?: string;
}

export const isApproved = ({ entries, refusal }: Judgement): boolean =>
  refusal === undefined &&
  entries.every(({ approvals }) => approvals.length > 0 && approvals.every(({ isApproval }) => isApproval));

const PERSON = z.looseObject({ github: z.string().optional(), email: z.string().optional() });
const ROSTER = z.looseObject({
  people: z.record(z.string(), PERSON).default({}),
  temporary: z.array(z.unknown()).default([]),
});
type Roster = z.output<typeof ROSTER>;
type BasePerson = z.output<typeof PERSON>;

/** Whether a reviewer is this person, by what the base branch says of them. */
function isPerson(reviewer: Reviewer, { github, email }: BasePerson): boolean {
  if ("github" in reviewer) return github !== undefined && caseless(reviewer.github) === caseless(github);
  return email !== undefined && isSameAddress(reviewer.email, email);
}

/** The last review that says something; a comment says nothing. */
const lastOf = (reviews: readonly Review[]): Review | undefined =>
  reviews.filter(({ state }) => state !== "commented").at(-1);

function outcomeOf(
  name: string,
  people: Readonly<Record<string, BasePerson>>,
  reviews: Reviews,
): ApprovalOutcome {
  const not = (why: string): ApprovalOutcome => ({ name, isApproval: false, why });
  const person = Object.hasOwn(people, name) ? people[name] : undefined;
  if (person === undefined)
    return not("is not in the roster of the base branch, which alone says who may approve");
  const byGitHub = [reviews.author, ...reviews.reviews.map(({ by }) => by)].some((one) => "github" in one);
  if (byGitHub && person.github === undefined) return not("has no `github` in the roster of the base branch");
  if (isPerson(reviews.author, person)) return not("opened this, and nobody approves what they ask for");
  if (reviews.committers.some((one) => isPerson(one, person))) return not("wrote a commit of this");
  const last = lastOf(reviews.reviews.filter(({ by }) => isPerson(by, person)));
  if (last === undefined) return not("has not reviewed it");
  if (last.state !== "approved") return not(`has not approved it: their last review is "${last.state}"`);
  if (last.commit !== reviews.head) return not("approved an earlier commit");
  return { name, isApproval: true };
}

const isEntryOf = ({ path }: ApprovedEntry, name: string): boolean => path === at("people", name);

/** The part of the roster in which an entry stands: `temporary` of `temporary[0]`. */
const partOf = ({ path }: ApprovedEntry): string => path.split(/[.[]/, 1).join("");

const BEGUN = z.looseObject({ from: z.string() });

/** What was held counts towards the limits although the change takes its entry out, or writes it anew. */
function begunOf(before: Roster, after: Roster, now: Date): readonly unknown[] {
  const kept = new Set(after.temporary.map((entry) => JSON.stringify(entry)));
  return before.temporary.filter((entry) => {
    const from = parseDate(BEGUN.safeParse(entry).data?.from ?? "", "from");
    return from !== undefined && from <= instantOf(now) && !kept.has(JSON.stringify(entry));
  });
}

/**
 * The base branch's roster with the entries that are new or changed: who people are, and what rules ask of whom, no change says of
 * itself.
 */
function rosterToJudge(base: unknown, head: unknown, changed: readonly ApprovedEntry[], now: Date): object {
  const [before, after] = [ROSTER.parse(base), ROSTER.parse(head)];
  const own = Object.entries(after.people).filter(([name]) =>
    changed.some((entry) => isEntryOf(entry, name)),
  );
  const parts = new Set(changed.map(partOf));
  return {
    ...before,
    ...Object.fromEntries(Object.entries(after).filter(([part]) => parts.has(part))),
    ...(parts.has("temporary") && { temporary: [...after.temporary, ...begunOf(before, after, now)] }),
    people: { ...after.people, ...before.people, ...Object.fromEntries(own) },
  };
}

function refusalOf(
  base: Definitions,
  head: Definitions,
  changed: readonly ApprovedEntry[],
  now: Date,
): string | undefined {
  try {
    buildModel(base.organization, rosterToJudge(base.roster, head.roster, changed, now), now);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/**
 * Compares the approvers of new and changed entries with the reviews. Who the approvers are, what they may approve and what the
 * organization asks, the base says.
 */
export function judge(base: Definitions, head: Definitions, reviews: Reviews, now: Date): Judgement {
  const changed = changedEntries(base, head);
  const { people } = ROSTER.parse(base.roster);
  const refusal = changed.length === 0 ? undefined : refusalOf(base, head, changed, now);
  return {
    entries: changed.map(({ path, approvedBy }) => ({
      path,
      approvals: approvedBy.map((name) => outcomeOf(name, people, reviews)),
    })),
    ...(refusal !== undefined && { refusal }),
  };
}

/** For a terminal and a job's log. */
export function judgementText(judgement: Judgement): string {
  const { entries, refusal } = judgement;
  if (entries.length === 0) return "No entry that names approvers is new or changed.\n";
  const lines = entries.flatMap(({ path, approvals }) => [
    `${path}:`,
    ...(approvals.length === 0 ? ["  ✖ names nobody under `approvedBy`"] : []),
    ...approvals.map(({ name, isApproval, why = "" }) =>
      isApproval ? `  ✔ ${name} approved it` : `  ✖ ${name} ${why}`,
    ),
  ]);
  const verdict = isApproved(judgement)
    ? "Everybody whom the entries name has approved the last commit."
    : "Not approved: a name under `approvedBy` is an approval once its owner's review is.";
  return [
    ...lines,
    ...(refusal === undefined
      ? []
      : [
          "",
          "With the people and the organization of the base branch, the rules refuse it. Where it also changes them, do that first, in",
          `a change of its own:\n${refusal}`,
        ]),
    "",
    verdict,
    "",
  ].join("\n");
}
