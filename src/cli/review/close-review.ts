import { readSnapshot } from "../../aws/snapshot/reader";
import { readDefinitions } from "../../definitions/definitions";
import { buildModel } from "../../model/model";
import { countNoun, UserError } from "../../model/problems";
import { closedRows } from "../../review/closing";
import type { Closing } from "../../review/review-outcome";
import { filesChangedSince, readSignature } from "../../review/signature";
import { printableJson } from "../../text/printable";
import { COMMAND_EXIT } from "../run-main";
import { printProse } from "../terminal";
import { folderNamed, type ReviewFolder } from "./review-folder";
import { writeReports } from "./review-reports";
import { signedHashes } from "./signed-hashes";

export interface CloseReviewOptions {
  readonly snapshot: string;
  readonly reviews: string;
}

/** @throws UserError where nobody signed it, or what was signed has changed */
export function expectSigned(folder: ReviewFolder): void {
  if (!folder.has("signature")) {
    throw new UserError(
      `${folder.path} is not signed: npm run review -- sign ${folder.period.name} --as security`,
    );
  }
  const changed = filesChangedSince(
    readSignature(folder.file("signature"), folder.text("signature")),
    signedHashes(folder),
  );
  if (changed.length > 0)
    throw new UserError(`${folder.path}: ${changed.join(" and ")} is not what was signed.`);
}

/** Looks, in a second snapshot, whether every removal and change has happened; only then is the review closed. */
export function closeReview(name: string, options: CloseReviewOptions): void {
  const folder = folderNamed(options.reviews, name);
  expectSigned(folder);
  const review = folder.review();
  const decisions = folder.decisions(review);
  const { organization, roster, workloads } = readDefinitions();
  const { accounts } = buildModel(organization, roster, new Date(), workloads).organization;
  const snapshot = readSnapshot(options.snapshot, { accounts: accounts.map(({ key, id }) => ({ key, id })) });
  const signed = readSignature(folder.file("signature"), folder.text("signature"));
  if (snapshot.hash === review.snapshot.hash || snapshot.startedAt <= signed.at) {
    throw new UserError(
      `The snapshot in ${options.snapshot} is of ${snapshot.startedAt}, and the review was signed at ${signed.at}: take a new one after the deployment.`,
    );
  }
  const after = buildModel(organization, roster, new Date(snapshot.startedAt), workloads);
  const rows = closedRows(review, decisions, after, snapshot);
  const closing: Closing = {
    snapshot: { hash: snapshot.hash, startedAt: snapshot.startedAt, finishedAt: snapshot.finishedAt },
    rows,
  };
  const open = rows.filter(({ done }) => !done);
  const lines = rows.map(
    ({ row, decision, done, seen }) => `  ${done ? "done" : "OPEN"}  ${decision} ${row}: ${seen.join("; ")}`,
  );
  if (open.length === 0) {
    folder.write("closing", `${printableJson(closing)}\n`);
  } else process.exitCode = COMMAND_EXIT.findings;
  writeReports(folder, review, { decisions, signature: signed, closing });
  printProse(
    [
      `${folder.path}: ${countNoun(rows.length, "decision")} to remove or change, ${String(open.length)} of them still open.`,
      ...lines,
      open.length === 0
        ? `Closed: ${folder.file("closing")}.`
        : "Not closed: deploy, take a new snapshot, and ask again.",
      "",
    ].join("\n"),
  );
}
