import path from "node:path";

import type { ChangedReview } from "../../approvals/signed-review";
import type { CommitToRead } from "../../definitions/commit-definitions";
import { gitBytes, GitFailure, runGit } from "../../definitions/git";
import { buildModel } from "../../model/model";
import { UserError } from "../../model/problems";
import { periodNamed } from "../../review/cadence";
import { readDecisions } from "../../review/decisions-file";
import { readReview } from "../../review/review-file";
import { filesChangedSince, readSignature, signingFaults } from "../../review/signature";
import { REVIEW_FILES, REVIEWS_FOLDER } from "../review/review-folder";
import { hashesToSign } from "../review/signed-hashes";

/** A file of a commit; undefined where it has none. */
async function fileOf(directory: string, commit: string, file: string): Promise<Buffer | undefined> {
  try {
    return await gitBytes(directory, ["cat-file", "blob", `${commit}:./${file}`]);
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}

/** Files of access reviews that a commit changes since it left the base. */
async function changedFiles(directory: string, base: string, head: string): Promise<readonly string[]> {
  const start = await runGit(directory, ["merge-base", base, head]);
  const listed = await gitBytes(directory, [
    "diff",
    "--name-only",
    "-z",
    "--no-renames",
    "--relative",
    start,
    head,
    "--",
    REVIEWS_FOLDER,
  ]);
  return listed
    .toString()
    .split("\0")
    .filter((file) => periodNamed(path.posix.basename(path.posix.dirname(file))) !== undefined);
}

/** The access reviews that a change brings or edits. Who may sign, the base's roster says. */
export async function changedReviews(
  directory: string,
  base: CommitToRead,
  head: Pick<CommitToRead, "id">,
  now: Date,
): Promise<readonly ChangedReview[]> {
  const files = await changedFiles(directory, base.id, head.id);
  const folders = [...new Set(files.map((file) => path.posix.dirname(file)))];
  const judge = async (folder: string): Promise<readonly ChangedReview[]> => {
    const nameOf = (file: "review" | "decisions" | "signature"): string => `${folder}/${REVIEW_FILES[file]}`;
    const read = (file: "review" | "decisions" | "signature") => fileOf(directory, head.id, nameOf(file));
    const [reviewed, decided, signed] = [
      await read("review"),
      await read("decisions"),
      await read("signature"),
    ];
    if (reviewed === undefined && decided === undefined && signed === undefined) return [];
    if (reviewed === undefined || decided === undefined) {
      const missing = reviewed === undefined ? nameOf("review") : nameOf("decisions");
      return [{ path: folder, faults: [`${missing} is missing`] }];
    }
    const isSigned = files.includes(nameOf("signature"));
    const signature =
      signed === undefined ? undefined : readSignature(nameOf("signature"), signed.toString());
    const review = readReview(nameOf("review"), reviewed.toString());
    const decisions = readDecisions(nameOf("decisions"), decided.toString(), review);
    if (signature === undefined) return [{ path: folder, faults: [] }];
    const { organization, roster, workloads } = base.definitions;
    return [
      {
        path: folder,
        ...(isSigned && { signer: signature.by }),
        faults: [
          ...filesChangedSince(signature, hashesToSign(reviewed, decided)).map(
            (file) => `${file} is not what was signed`,
          ),
          ...(isSigned
            ? signingFaults(review, decisions, buildModel(organization, roster, now, workloads), signature.by)
            : []),
        ],
      },
    ];
  };
  const judged = folders.map(async (folder) => {
    try {
      return await judge(folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [{ path: folder, faults: error.message.split("\n").map((line) => line.trim()) }];
    }
  });
  return (await Promise.all(judged)).flat();
}
