// First, for the imports below fail without them.
import "./access/packages";

import { Command } from "commander";

import { readCommit, type CommitToRead } from "../definitions/commit-definitions";
import { differingFiles } from "../definitions/differing-files";
import { gitEmail, runGit } from "../definitions/git";
import { folderReader } from "../definitions/folder-reader";
import { addTemporary } from "../definitions/temporary-list";
import { definitionsHistory } from "../history/commits";
import { readPastRoster } from "../history/past-grants";
import { historyGaps, historyNeededSince, removedEntries } from "../history/removed-entries";
import { formerNames, buildTimeline, type HeldPeriod, type Timeline } from "../history/timeline";
import { compactInstant, DATE_FORMS, toInstant, addSeconds, parseDate, type Instant } from "../model/dates";
import { countNoun, formatProblems, UserError } from "../model/problems";
import type { RemovedEntry } from "../model/removed-entry";
import { commitEdits, createBranch, deleteBranch } from "../requests/branch";
import { DURATION_FORMS, formatDuration, parseDuration } from "../requests/duration";
import {
  askForReviews,
  baseRef,
  remoteBranchName,
  deleteRemoteBranch,
  fetchRemote,
  hasRemote,
  isSignedIn,
  openPullRequest,
  pullRequestArguments,
  pushBranch,
  REMOTE,
  type PullRequest,
} from "../requests/host";
import { HISTORY_DAYS, describePullRequest } from "../requests/pull-request";
import { checkRequest, parseRoleTitle, type CheckedRequest } from "../requests/access-request";
import { findRequester } from "../requests/requester";
import { UndoSteps } from "../requests/undo";
import { printable, printableLines } from "../text/printable";
import { PROJECT_FOLDER } from "./project-folder";
import { exitOnMisuse, runMain } from "./run-main";
import { noteProse, printProse } from "./terminal";

const DAY = 86_400;

interface Options {
  readonly for: string;
  readonly reason: string;
  readonly from?: string;
  readonly as?: string;
  readonly database?: string;
  readonly approver?: readonly string[];
  readonly base?: string;
  /** False with `--no-pull-request`. */
  readonly pullRequest: boolean;
  readonly dryRun?: true;
}

/** The present minute, or what was asked for. */
function beginOf(from: string | undefined, now: Date): Instant {
  if (from === undefined) return toInstant(new Date(Math.floor(now.getTime() / 60_000) * 60_000));
  const instant = parseDate(from, "from");
  if (instant === undefined) throw new UserError(`--from ${from} is no date. Dates are ${DATE_FORMS}.`);
  return instant;
}

function secondsOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined)
    throw new UserError(`--for ${text} is no length of time. Write ${DURATION_FORMS}.`);
  return seconds;
}

/** The part of a branch's history that a request needs. */
interface RosterRecord {
  readonly timeline: Timeline;
  readonly removed: readonly RemovedEntry[];
  /** Whether all of the time that a pull request tells of can be read. */
  readonly isWhole: boolean;
}

/** Reads the history, and says of which time it does not know. */
async function recordOf(ref: string, now: Date): Promise<RosterRecord> {
  const toldSince = addSeconds(toInstant(now), -HISTORY_DAYS * DAY);
  const history = await definitionsHistory(PROJECT_FOLDER, ref, toldSince);
  const states = history.states.map(({ commit, outcome }) => ({ commit, roster: readPastRoster(outcome) }));
  const gaps = historyGaps(history, states, historyNeededSince(toInstant(now)));
  if (gaps.length > 0) noteProse(`${gaps.join("\n")}\n`);
  return {
    timeline: buildTimeline(states, history.isShallow),
    removed: removedEntries(states),
    isWhole: historyGaps(history, states, toldSince).length === 0,
  };
}

/** When the person had the role before; undefined where the history does not tell. */
function pastOf(
  { timeline: { periods, renamedFrom }, isWhole }: RosterRecord,
  { person, account, role, before }: CheckedRequest,
): readonly HeldPeriod[] | undefined {
  if (!isWhole) return undefined;
  const since = addSeconds(before.now, -HISTORY_DAYS * DAY);
  const names = formerNames(person, renamedFrom);
  return periods.filter(
    (period) =>
      names.has(period.who) &&
      period.account === account &&
      period.role === role &&
      period.from < before.now &&
      (period.until === undefined || period.until > since),
  );
}

const commitMessage = ({
  person,
  account,
  role,
  seconds,
  from,
  until,
  reason,
  approvers,
}: CheckedRequest): string =>
  printableLines(
    [
      `Grant ${account}/${role} to ${person} for ${formatDuration(seconds)}`,
      "",
      `From ${from} until ${until}, because of ${printable(reason)}.`,
      `Approval is asked of ${approvers.join(", ")}.`,
      "",
    ].join("\n"),
  );

/** A shell's word. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The commands to type where nobody is signed in to GitHub. */
function commandsOf(request: PullRequest): string {
  return [
    `git push --set-upstream ${REMOTE} ${word(request.branch)}`,
    ["gh", ...pullRequestArguments({ ...request, body: "" }).slice(0, -2)].map(word).join(" ") +
      " --body-file request.md   # with the text below",
  ].join("\n");
}

function said({
  person,
  account,
  role,
  from,
  until,
  seconds,
  reason,
  approvers,
  after,
}: CheckedRequest): string {
  return [
    `${person} asks for ${account}/${role} from ${from} until ${until} (${formatDuration(seconds)}): ${printable(reason)}`,
    `Approval: ${approvers.join(", ")}.`,
    ...(after.warnings.length > 0
      ? [formatProblems(`${countNoun(after.warnings.length, "warning")} of the roster:`, after.warnings)]
      : []),
    "",
  ].join("\n");
}

async function makeBranch(
  checked: CheckedRequest,
  parentRef: string,
  parent: CommitToRead,
  record: RosterRecord,
  options: Options,
): Promise<void> {
  const { person, account, role, database, from, approvers, after } = checked;
  const parts = [person.replace(/[^\w.-]/g, "-"), account, role, database, compactInstant(from)];
  const branch = `access/${parts.filter((part) => part !== undefined).join("-")}`;
  const base = remoteBranchName(parentRef) ?? "main";
  const edits = addTemporary(parent.read, checked.grant);
  const text = await describePullRequest(checked, pastOf(record, checked));
  const request: PullRequest = { base, branch, ...text };
  const undo = new UndoSteps();
  await undo.guard(async () => {
    const commit = await commitEdits(PROJECT_FOLDER, {
      parent,
      edits,
      message: commitMessage(checked),
      roster: checked.roster,
    });
    undo.expectRunning();
    await createBranch(PROJECT_FOLDER, branch, commit);
    undo.add(`delete the branch ${branch}`, () => deleteBranch(PROJECT_FOLDER, branch, commit));
    const opens =
      options.pullRequest && (await hasRemote(PROJECT_FOLDER)) && (await isSignedIn(PROJECT_FOLDER));
    printProse(
      `Branch ${branch}: commit ${commit.slice(0, 12)} on ${parentRef}, ${edits.map(({ file }) => file).join(", ")}. ` +
        "The working tree is as it was.\n",
    );
    if (!opens) {
      process.stdout.write(`\nOpen the pull request:\n\n${commandsOf(request)}\n\n`);
      printProse(text.body);
      return;
    }
    undo.expectRunning();
    undo.add(`delete the branch ${branch} of ${REMOTE}`, () => deleteRemoteBranch(PROJECT_FOLDER, branch));
    await pushBranch(PROJECT_FOLDER, commit, branch);
    undo.expectRunning();
    const address = await openPullRequest(PROJECT_FOLDER, request);
    process.stdout.write(`Pull request: ${address}\n`);
    const handles = approvers.flatMap((name) => after.people.find((one) => one.name === name)?.github ?? []);
    await askForReviews(PROJECT_FOLDER, address, handles);
  });
}

/** Whose roster answers, and which files here it does not know: somebody may have written a person and not merged it yet. */
async function rosterSource(ref: string, { id, read }: CommitToRead): Promise<string> {
  const date = await runGit(PROJECT_FOLDER, ["show", "--no-patch", "--format=%cs", id]);
  const differing = differingFiles(read, folderReader(PROJECT_FOLDER));
  const here =
    differing.length === 0
      ? ""
      : ` What ${differing.join(", ")} ${differing.length === 1 ? "says" : "say"} otherwise in this folder does not count.`;
  return `The roster is that of ${ref}, commit ${id.slice(0, 12)} of ${date}.${here}\n`;
}

async function request(title: string, options: Options): Promise<void> {
  const now = new Date();
  if (options.reason.trim() === "") throw new UserError("--reason says why: a ticket, such as INC-1042.");
  const place = parseRoleTitle(title);
  const seconds = secondsOf(options.for);
  const from = beginOf(options.from, now);
  if (options.base === undefined && (await hasRemote(PROJECT_FOLDER))) await fetchRemote(PROJECT_FOLDER);
  const ref = options.base ?? (await baseRef(PROJECT_FOLDER));
  const parent = await readCommit(PROJECT_FOLDER, ref);
  printProse(await rosterSource(ref, parent));
  const { definitions } = parent;
  const record = await recordOf(parent.id, now);
  const person = findRequester(definitions.roster, await gitEmail(PROJECT_FOLDER), options.as);
  const checked = checkRequest(
    {
      person,
      ...place,
      from,
      seconds,
      reason: options.reason.trim(),
      ...(options.database !== undefined && { database: options.database }),
      ...(options.approver && { approvers: options.approver }),
    },
    definitions,
    now,
    record.removed,
  );
  printProse(said(checked));
  if (options.dryRun === true) {
    process.stdout.write("Every rule accepts it. Nothing was written.\n");
    return;
  }
  await makeBranch(checked, ref, parent, record, options);
}

const HELP = `
The entry goes into src/roster.ts as the branch that is deployed has it, in a commit on a branch of its own; what you have
changed and not committed stays where it is. All rules are asked first. Where somebody is signed in to gh, the pull request
is opened; elsewhere the commands are printed. A failure or Ctrl-C in the middle takes back what was done.

Times are UTC and end by themselves, sessions included. The time begins now, whenever it is approved: --from for later.

Exit status: 0; 2 failure, also where a rule refuses it.

Examples:
  npm run request -- prod/DbRead --for 2h --reason INC-1042
  npm run request -- prod/Admin --for 90m --reason INC-1042 --approver sarah.devops --approver chris.security
  npm run request -- prod/DbRead --for 4h --reason CHG-7 --from 2026-12-01T22:00:00Z --dry-run`;

void runMain(
  new Command("npm run request --")
    .description(
      "Asks for a role for some hours: the entry in the roster, checked, on a branch, as a pull request.",
    )
    .argument("<account/role>", "what to have: prod/DbRead")
    .requiredOption("--for <time>", `how long: ${DURATION_FORMS}`)
    .requiredOption("--reason <reason>", "why: a ticket, such as INC-1042")
    .option("--from <date>", `when it begins, by default now: ${DATE_FORMS}`)
    .option("--database <name>", "the one database to open: a name in src/organization.ts")
    .option("--as <name>", "who asks, where git's user.email does not tell: a name in the roster")
    .option(
      "--approver <name...>",
      "who is to approve; may be repeated; by default the first whom the rules accept",
    )
    .option("--base <ref>", "the commit to start from, by default the branch that is deployed")
    .option("--no-pull-request", "makes the branch alone")
    .option("--dry-run", "asks the rules and writes nothing")
    .addHelpText("after", HELP)
    .exitOverride(exitOnMisuse)
    .action(request),
);
