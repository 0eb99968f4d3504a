import { createHash } from "node:crypto";

import type { Signature } from "../../review/signature";
import type { ReviewFolder } from "./review-folder";

const sha256Of = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The hashes of what somebody signs. */
export const hashesToSign = (review: Buffer, decisions: Buffer): Signature["signed"] => ({
  "review.json": sha256Of(review),
  "decisions.csv": sha256Of(decisions),
});

/** The same of a folder's files, as they are now. */
export const signedHashes = (folder: ReviewFolder): Signature["signed"] =>
  hashesToSign(folder.bytes("review"), folder.bytes("decisions"));
