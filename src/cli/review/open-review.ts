import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import * as register from "../../../policypack/exemptions";
import { readSnapshot } from "../../aws/snapshot/reader";
import { folderReader } from "../../definitions/folder-reader";
import { KeyPlaces } from "../../definitions/key-places";
import { readDefinitions } from "../../definitions/definitions";
import { definitionsHistory } from "../../history/commits";
import { readPastRoster } from "../../history/past-grants";
import { commitPeople, type CommitPeople } from "../../history/commit-people";
import { policyCommits, type PolicyCommit } from "../../history/policy-changes";
import { buildTimeline, underPresentNames, type HeldPeriod } from "../../history/timeline";
import { formatChoices } from "../../model/choices";
import { buildModel, type Model } from "../../model/model";
import { joinWithOr, UserError } from "../../model/problems";
import { GitRepository } from "../../releases/repository";
import { RecordFiles } from "../../incidents/record-files";
import { periodAt, reviewWindow, type ReviewWindow } from "../../review/cadence";
import { decisionsCsv } from "../../review/decisions-file";
import { evaluateAccess } from "../../review/evaluated-access";
import { isAtLeast, REVIEW_SEVERITIES, type Severity } from "../../review/review-finding";
import { reviewOcsf } from "../../review/ocsf";
import { UNDECIDED } from "../../review/review-outcome";
import { readPersonnel, type Personnel } from "../../review/personnel";
import {
  buildReview,
  earlierReview,
  isStanding,
  reviewedAccounts,
  type FindingAcceptance,
  type Review,
} from "../../review/review";
import { reviewJson } from "../../review/review-file";
import { rosterDiff, type RosterDiff } from "../../review/roster-diff";
import { reviewSummary } from "../../review/review-summary";
import { sarifLog } from "../../sarif/sarif-log";
import { reviewFindings } from "../../sarif/review-findings";
import { PROJECT_FOLDER } from "../project-folder";
import { COMMAND_EXIT } from "../run-main";
import { noteProse, printProse } from "../terminal";
import { cadenceOf } from "./cadence-option";
import { earlierReviews, ReviewFolder } from "./review-folder";
import { writeReports } from "./review-reports";

export interface OpenOptions {
  readonly cadence?: string;
  readonly snapshot?: string;
  readonly account?: readonly string[];
  readonly people?: string;
  readonly failOn?: string;
  readonly ocsf?: true;
  readonly reviews: string;
}

function severityOf(text: string | undefined): Severity | undefined {
  if (text === undefined) return undefined;
  const severity = REVIEW_SEVERITIES.find((one) => one === text);
  if (severity === undefined)
    throw new UserError(
      `--fail-on ${JSON.stringify(text)} is no severity. Allowed: ${joinWithOr(REVIEW_SEVERITIES)}.`,
    );
  return severity;
}

function keysOf(
  asked: readonly string[] | undefined,
  { organization }: Model,
): readonly string[] | undefined {
  const known = organization.accounts.map(({ key }) => key);
  const unknown = asked?.find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new UserError(
      `There is no account "${unknown}". Known: ${formatChoices(unknown, known, "accounts")}`,
    );
  }
  return asked;
}

function personnelOf(file: string | undefined): Personnel | undefined {
  if (file === undefined) return undefined;
  if (!existsSync(file)) throw new UserError(`There is no ${file}.`);
  return readPersonnel(path.basename(file), readFileSync(file, "utf8"));
}

/** What git tells of the roster; nothing of it where this is no clone. */
interface Git {
  readonly head: string;
  readonly heldPeriods: readonly HeldPeriod[];
  readonly commitPeople: ReadonlyMap<string, CommitPeople>;
  readonly changes?: readonly PolicyCommit[];
}

async function gitOf({ people, organization }: Model, window: ReviewWindow): Promise<Git> {
  const repository = new GitRepository(PROJECT_FOLDER);
  const head = await repository.commitOf("HEAD");
  if (head === undefined) {
    noteProse(
      "This is no clone with a commit: since when somebody has what, and who wrote it, is not known.\n",
    );
    return { head: "none", heldPeriods: [], commitPeople: new Map() };
  }
  const dirty = await repository.ask("status", "--porcelain", "--", "src");
  if (dirty !== "")
    noteProse("Files below src/ are changed and not committed: the review is of them as they are.\n");
  const { states, isShallow } = await definitionsHistory(PROJECT_FOLDER, head);
  const timeline = buildTimeline(
    states.map(({ commit, outcome }) => ({ commit, roster: readPastRoster(outcome) })),
    isShallow,
  );
  const changes = await policyCommits(PROJECT_FOLDER, head, window.from, window.until);
  return {
    head: dirty === "" ? head : `${head}, with changes that are not committed`,
    heldPeriods: underPresentNames(timeline, {
      people: people.map(({ name }) => name),
      accounts: new Map(organization.accounts.map(({ id, key }) => [id, key])),
    }),
    commitPeople: await commitPeople(PROJECT_FOLDER, head, ["src"]),
    ...(changes && { changes }),
  };
}

/** Fixes that are changes of the roster, by the ids of their findings. */
function rosterDiffs({ findings }: Review, people: readonly string[]): Readonly<Record<string, RosterDiff>> {
  const read = folderReader(PROJECT_FOLDER);
  return Object.fromEntries(
    findings.flatMap(({ id, fix }) =>
      fix.kind !== "edit" ? [] : [[id, rosterDiff(read, people, fix.changes)] as const],
    ),
  );
}

/** Nobody's decisions are written over. */
function expectNothingDecided(folder: ReviewFolder): void {
  if (!folder.has("decisions") || !folder.has("review")) return;
  if (folder.has("signature"))
    throw new UserError(`${folder.path} is signed. Its next review is another period's.`);
  if (folder.decisions(folder.review()).size > 0) {
    throw new UserError(
      `${folder.file("decisions")} has decisions, which a new review would lose. Delete the folder to begin again.`,
    );
  }
}

/** Opens a review: reads, writes its folder, and says what was found. */
export async function openReview(options: OpenOptions): Promise<void> {
  const cadence = cadenceOf(options.cadence);
  const failOn = severityOf(options.failOn);
  if (options.snapshot === undefined) {
    throw new UserError("--snapshot names the folder that npm run snapshot wrote.");
  }
  const personnel = personnelOf(options.people);
  const definitions = readDefinitions();
  const accounts = buildModel(definitions.organization, definitions.roster, new Date(), definitions.workloads)
    .organization.accounts;
  const snapshot = readSnapshot(options.snapshot, { accounts: accounts.map(({ key, id }) => ({ key, id })) });
  const now = snapshot.startedAt;
  const model = buildModel(
    definitions.organization,
    definitions.roster,
    new Date(now),
    definitions.workloads,
  );
  const only = keysOf(options.account, model);
  const period = periodAt(cadence, now);
  const folder = new ReviewFolder(options.reviews, period);
  expectNothingDecided(folder);
  const earlier = earlierReviews(options.reviews, period);
  const window = reviewWindow(cadence, now, earlier.at(-1)?.snapshot.startedAt);
  const { head, heldPeriods, commitPeople: behind, changes } = await gitOf(model, window);
  const reviewed = reviewedAccounts({ model, period, ...(only && { only }) });
  const evaluated = await evaluateAccess({ model, snapshot, cadence, accounts: reviewed });
  const built = buildReview({
    model,
    snapshot,
    period,
    ...(only && { only }),
    window,
    head,
    heldPeriods,
    commitPeople: behind,
    ...(personnel && { personnel }),
    accepted: acceptedFindings(),
    incidents: new RecordFiles(PROJECT_FOLDER).all(),
    ...(changes && { changes }),
    earlier: earlier.map(earlierReview),
    ...(evaluated && { evaluated }),
  });
  const names = model.people.map(({ name }) => name);
  const review: Review = { ...built, diffs: rosterDiffs(built, names) };
  folder.write("review", reviewJson(review));
  folder.write("decisions", decisionsCsv(review, new Map()));
  writeReports(folder, review, UNDECIDED);
  if (options.ocsf === true) folder.write("ocsf", reviewOcsf(review));
  else folder.remove("ocsf");
  const prefix = (await new GitRepository(PROJECT_FOLDER).ask("rev-parse", "--show-prefix")) ?? "";
  folder.write(
    "sarif",
    sarifLog(reviewFindings(review), new KeyPlaces(folderReader(PROJECT_FOLDER)), prefix),
  );
  printProse(reviewSummary(folder.path, review));
  const isFailure =
    failOn !== undefined &&
    review.findings.some((finding) => isStanding(finding) && isAtLeast(finding.severity, failOn));
  if (isFailure) process.exitCode = COMMAND_EXIT.findings;
}

/** A project of an earlier version has no such list in its register. */
const REGISTER = z.object({
  ACCEPTED_FINDINGS: z
    .array(
      z.strictObject({
        finding: z.string(),
        owner: z.string().min(1),
        reason: z.string().min(1),
        expires: z.iso.date(),
      }),
    )
    .default([]),
});

/** @throws UserError with the place of each entry that is none */
function acceptedFindings(): readonly FindingAcceptance[] {
  const read = REGISTER.safeParse({ ...register });
  if (read.success) return read.data.ACCEPTED_FINDINGS;
  const lines = read.error.issues.map(
    ({ path: place, message }) => `  ${place.map(String).join(".")}: ${message}`,
  );
  throw new UserError(["policypack/exemptions.ts cannot be used:", ...lines].join("\n"));
}
