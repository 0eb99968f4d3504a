import { z } from "zod";

import { APPROVERS } from "../model/categories";
import { toInstant, parseDate, type Instant } from "../model/dates";
import { comparableAddress, isSameAddress } from "../model/email";
import { buildModel } from "../model/model";
import { caseless } from "../model/names";
import { joinWithOr, formatPath, countNoun, UserError } from "../model/problems";
import type { RemovedEntry } from "../model/removed-entry";
import {
  changedEntries,
  type ApprovedEntry,
  type CountedApproval,
  type EditedDefinitions,
} from "./changed-entries";
import type { PullRequestReview, PullRequestReviewer, PullRequestReviews } from "./pull-request-reviews";

/** The outcome of one name under `approvedBy`. */
export interface ApprovalOutcome {
  readonly name: string;
  readonly isApproval: boolean;
  /** Why it is no approval. */
  readonly why?: string;
}

/** The outcome of an entry: one for each name that it gives, or for each review by somebody who may approve it. */
export type EntryOutcome =
  | { readonly kind: "named"; readonly path: string; readonly approvals: readonly ApprovalOutcome[] }
  | {
      readonly kind: "counted";
      readonly path: string;
      readonly person: string;
      readonly approvedBy: readonly string[];
      /** How many approvals the entry takes. */
      readonly approvers: number;
    };

/** Whether the pull request has the approvals of everybody whom it names, or as many as it takes. */
export interface Judgement {
  /** The entries that are new or changed. */
  readonly entries: readonly EntryOutcome[];
  /** The rules' refusal of these entries, with the people of the base branch; absent where the rules accept them. */
  readonly refusal?: string;
}

const isEntryApproved = (entry: EntryOutcome): boolean =>
  entry.kind === "named"
    ? entry.approvals.length > 0 && entry.approvals.every(({ isApproval }) => isApproval)
    : entry.approvedBy.length >= entry.approvers;

export const isApproved = ({ entries, refusal }: Judgement): boolean =>
  refusal === undefined && entries.every(isEntryApproved);

const PERSON = z.looseObject({
  github: z.string().optional(),
  email: z.string().optional(),
  category: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
});
const ROSTER = z.looseObject({
  people: z.record(z.string(), PERSON).default({}),
});
type Roster = z.output<typeof ROSTER>;
type BasePerson = z.output<typeof PERSON>;

/** @throws UserError where it is none, which the rules would tell in their words of the roster as a whole */
function rosterOf(written: unknown, whose: string): Roster {
  const { data, error } = ROSTER.safeParse(written);
  if (data !== undefined) return data;
  const problems = error.issues.map(({ path, message }) => `${formatPath(...path.map(String))}: ${message}`);
  throw new UserError(`The roster of ${whose} cannot be read: ${problems.join("; ")}.`);
}

/** Whether a reviewer is this person, according to the base branch. */
function isPerson(reviewer: PullRequestReviewer, { github, email }: BasePerson): boolean {
  if ("github" in reviewer) return github !== undefined && caseless(reviewer.github) === caseless(github);
  return email !== undefined && isSameAddress(reviewer.email, email);
}

/** Two names of one human count as one approver, and neither approves for the other. */
const humanOf = (name: string, { email }: BasePerson): string =>
  email === undefined ? name : comparableAddress(email);

/** Whether a reviewer is the human behind a name, under any of their names. */
const isHumanOf = (
  reviewer: PullRequestReviewer,
  name: string,
  person: BasePerson,
  people: Readonly<Record<string, BasePerson>>,
): boolean =>
  Object.entries(people).some(
    ([other, one]) => humanOf(other, one) === humanOf(name, person) && isPerson(reviewer, one),
  );

/** The last review that says something; a comment says nothing. */
const lastOf = (reviews: readonly PullRequestReview[]): PullRequestReview | undefined =>
  reviews.filter(({ state }) => state !== "commented").at(-1);

function outcomeOf(
  name: string,
  people: Readonly<Record<string, BasePerson>>,
  reviews: PullRequestReviews,
): ApprovalOutcome {
  const not = (why: string): ApprovalOutcome => ({ name, isApproval: false, why });
  const person = Object.hasOwn(people, name) ? people[name] : undefined;
  if (person === undefined)
    return not("is not in the roster of the base branch, which alone says who may approve");
  const byGitHub = [reviews.author, ...reviews.reviews.map(({ by }) => by)].some((one) => "github" in one);
  if (byGitHub && person.github === undefined) return not("has no `github` in the roster of the base branch");
  const isHuman = (reviewer: PullRequestReviewer): boolean => isHumanOf(reviewer, name, person, people);
  if (isHuman(reviews.author)) return not("opened this, and nobody approves what they ask for");
  if (reviews.committers.some(isHuman)) return not("wrote a commit of this");
  const last = lastOf(reviews.reviews.filter(({ by }) => isPerson(by, person)));
  if (last === undefined) return not("has not reviewed it");
  if (last.state !== "approved") return not(`has not approved it: their last review is "${last.state}"`);
  if (last.commit !== reviews.head) return not("approved an earlier commit");
  return { name, isApproval: true };
}

/** Whether somebody's review approves what is to be merged, by what the base branch says of them. */
export const approvalBy = (
  name: string,
  base: EditedDefinitions,
  reviews: PullRequestReviews,
): ApprovalOutcome => outcomeOf(name, rosterOf(base.roster, "the base branch").people, reviews);

/** Whether somebody is there by what the roster says, as `isThere` says it of a person of the model. */
function isThereByRoster({ from, until }: BasePerson, now: Instant): boolean {
  const [first, last] = [parseDate(from ?? "", "from"), parseDate(until ?? "", "until")];
  return (first === undefined || first <= now) && (last === undefined || now < last);
}

/** Finds the approvers of an entry that names nobody, by the terms of `temporary`; nobody approves for themselves. */
function countedApprovers(
  { person: grantee }: CountedApproval,
  { before, after }: { readonly before: Roster; readonly after: Roster },
  reviews: PullRequestReviews,
  now: Instant,
): readonly string[] {
  const own = new Set(
    [before, after].flatMap(({ people }) => {
      const person = Object.hasOwn(people, grantee) ? people[grantee] : undefined;
      return [grantee, ...(person === undefined ? [] : [humanOf(grantee, person)])];
    }),
  );
  const able = Object.entries(before.people).filter(
    ([name, person]) =>
      APPROVERS.some((category) => category === person.category) &&
      isThereByRoster(person, now) &&
      !own.has(name) &&
      !own.has(humanOf(name, person)) &&
      outcomeOf(name, before.people, reviews).isApproval,
  );
  const byHuman = new Map(able.map(([name, person]) => [humanOf(name, person), name]));
  return [...byHuman.values()].sort();
}

const isEntryOf = ({ path }: ApprovedEntry, name: string): boolean => path === formatPath("people", name);

/** The part of the roster in which an entry stands: `temporary` of `temporary[0]`. */
const partOf = ({ path }: ApprovedEntry): string => path.split(/[.[]/, 1).join("");

/**
 * The base branch's roster with the entries that are new or changed: who people are, and what rules ask of whom, no change says of
 * itself.
 */
function rosterToJudge(before: Roster, after: Roster, changed: readonly ApprovedEntry[]): object {
  const own = Object.entries(after.people).filter(([name]) =>
    changed.some((entry) => isEntryOf(entry, name)),
  );
  const parts = new Set(changed.map(partOf));
  return {
    ...before,
    ...Object.fromEntries(Object.entries(after).filter(([part]) => parts.has(part))),
    people: { ...after.people, ...before.people, ...Object.fromEntries(own) },
  };
}

function refusalOf(
  organization: unknown,
  roster: object,
  removed: readonly RemovedEntry[],
  now: Date,
): string | undefined {
  try {
    buildModel(organization, roster, now, {}, removed);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/**
 * Compares the approvers of new and changed entries with the reviews. Who the approvers are, what they may approve and what the
 * organization asks, the base says.
 * @param removed what counts towards limits though neither has it, or the change takes it out
 */
export function judgeEntries(
  base: EditedDefinitions,
  head: EditedDefinitions,
  reviews: PullRequestReviews,
  now: Date,
  removed: readonly RemovedEntry[],
): Judgement {
  const changed = changedEntries(base, head);
  const [before, after] = [rosterOf(base.roster, "the base branch"), rosterOf(head.roster, "the change")];
  const refusal =
    changed.length === 0
      ? undefined
      : refusalOf(base.organization, rosterToJudge(before, after, changed), removed, now);
  return {
    entries: changed.map((entry): EntryOutcome => {
      const { path } = entry;
      if (entry.kind === "counted") {
        const { kind, person, approvers } = entry;
        const approvedBy = countedApprovers(entry, { before, after }, reviews, toInstant(now));
        return { kind, path, person, approvedBy, approvers };
      }
      const approvals = entry.approvedBy.map((name) => outcomeOf(name, before.people, reviews));
      return { kind: entry.kind, path, approvals };
    }),
    ...(refusal !== undefined && { refusal }),
  };
}

function entryLines(entry: EntryOutcome): readonly string[] {
  if (entry.kind === "named") {
    return [
      ...(entry.approvals.length === 0 ? ["  ✖ names nobody under `approvedBy`"] : []),
      ...entry.approvals.map(({ name, isApproval, why = "" }) =>
        isApproval ? `  ✔ ${name} approved it` : `  ✖ ${name} ${why}`,
      ),
    ];
  }
  const { approvers, approvedBy, person } = entry;
  const missing = approvers - approvedBy.length;
  return [
    ...approvedBy.map((name) => `  ✔ ${name} approved it`),
    ...(missing > 0
      ? [
          `  ✖ takes ${countNoun(missing, "more approval")}: of people of category ${joinWithOr(APPROVERS)} in the roster of the base branch, other than ` +
            `${person}, who opened it, and who wrote a commit of it`,
        ]
      : []),
  ];
}

/** For a terminal and a job's log. */
export function judgementText(judgement: Judgement): string {
  const { entries, refusal } = judgement;
  if (entries.length === 0) return "No entry that takes approvals is new or changed.\n";
  const verdict = isApproved(judgement)
    ? "Every entry has its approvals, by reviews of the last commit."
    : entries.every(isEntryApproved)
      ? "Approved by reviews, and refused by the rules."
      : "Not approved: a review of the last commit counts, not a name that was typed.";
  return [
    ...entries.flatMap((entry) => [`${entry.path}:`, ...entryLines(entry)]),
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
