import { readDefinitions, type Definitions } from "../../definitions/definitions";
import type { RosterChange } from "../../definitions/roster-changes";
import { gitEmail } from "../../definitions/git";
import { folderReader } from "../../definitions/folder-reader";
import { buildModel } from "../../model/model";
import { toInstant } from "../../model/dates";
import { joinWithOr, countNoun, UserError } from "../../model/problems";
import { findRequester } from "../../requests/requester";
import { rowTitle } from "../../review/access-row";
import { changedRoster } from "../../review/changed-roster";
import { planRemovals, type Removal } from "../../review/removal";
import { rosterDiff } from "../../review/roster-diff";
import { SIGNER_ROLES, signatureJson, signingFaults, type Signature } from "../../review/signature";
import { printableLines } from "../../text/printable";
import { PROJECT_FOLDER } from "../project-folder";
import { printProse } from "../terminal";
import { folderNamed, type ReviewFolder } from "./review-folder";
import { writeReports } from "./review-reports";
import { signedHashes } from "./signed-hashes";

export interface SignOptions {
  readonly as: string;
  readonly by?: string;
  readonly reviews: string;
}

const changesOf = (removals: readonly Removal[]): readonly RosterChange[] =>
  removals.flatMap((removal) => (removal.kind === "edit" ? removal.changes : []));

/** What the roster's rules say of it with all these changes: another entry may need what goes. */
function refusedBy({ organization, roster, workloads }: Definitions, removals: readonly Removal[]): string[] {
  try {
    buildModel(organization, changedRoster(roster, changesOf(removals)), new Date(), workloads);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [
      "With these changes alone, the rules refuse the roster:",
      ...error.message.split("\n").map((line) => `  ${line}`),
    ];
  }
}

/** Writes what leaves the roster as a diff, and answers what is left to do by hand, one line each. */
function writeRemovals(
  folder: ReviewFolder,
  removals: readonly Removal[],
  people: readonly string[],
): readonly string[] {
  const changes = changesOf(removals);
  const { diff, byHand } = rosterDiff(folderReader(PROJECT_FOLDER), people, changes);
  if (diff !== "") folder.write("removals", diff);
  return [
    ...removals.flatMap((removal) =>
      removal.kind === "by hand" ? [`${rowTitle(removal.row)}: ${removal.words}`] : [],
    ),
    ...byHand.map(({ path, reason }) => `${path}: ${reason}`),
  ];
}

/** Signs a review whose every row is decided, and writes what its decisions ask of the roster. */
export async function signReview(name: string, options: SignOptions): Promise<void> {
  const folder = folderNamed(options.reviews, name);
  const as = SIGNER_ROLES.find((role) => role === options.as);
  if (as === undefined)
    throw new UserError(
      `Nobody signs as ${JSON.stringify(options.as)}. --as takes ${joinWithOr(SIGNER_ROLES)}; --by says who signs.`,
    );
  if (folder.has("signature")) throw new UserError(`${folder.path} is signed already.`);
  const review = folder.review();
  const decisions = folder.decisions(review);
  const now = new Date();
  const definitions = readDefinitions();
  const { organization, roster, workloads } = definitions;
  const model = buildModel(organization, roster, now, workloads);
  const by = findRequester(roster, await gitEmail(PROJECT_FOLDER), options.by);
  const faults = signingFaults(review, decisions, model, by);
  if (faults.length > 0) {
    throw new UserError(
      printableLines(
        [`${folder.path} cannot be signed by ${by}:`, ...faults.map((fault) => `  ${fault}`)].join("\n"),
      ),
    );
  }
  const signed = signedHashes(folder);
  const removals = planRemovals(review, decisions, model);
  const byHand = writeRemovals(
    folder,
    removals,
    model.people.map((person) => person.name),
  );
  const signature: Signature = { as, by, at: toInstant(now), signed };
  folder.write("signature", signatureJson(signature));
  writeReports(folder, review, { decisions, signature });
  printProse(
    [
      `${folder.file("signature")}: ${by} signed ${countNoun(review.rows.length, "decision")} as ${as}; review.json ${signed["review.json"].slice(0, 12)}, ` +
        `decisions.csv ${signed["decisions.csv"].slice(0, 12)}. The signature that counts is the approval by ${by} of the pull request that has it: somebody else commits and opens it.`,
      ...(folder.has("removals") ? [`The roster's change: git apply ${folder.file("removals")}`] : []),
      ...(byHand.length === 0 ? [] : ["By hand:", ...byHand.map((line) => `  ${line}`)]),
      ...refusedBy(definitions, removals),
      removals.length === 0
        ? `Nothing is removed or changed: npm run review -- close ${folder.period.name} --snapshot <folder>`
        : `After the deployment: npm run review -- close ${folder.period.name} --snapshot <a new one>`,
      "",
    ].join("\n"),
  );
}
