import { createHash } from "node:crypto";

import type { Signature } from "../../review/signature";
import type { ReviewFolder } from "./review-folder";

const sha256Of = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The hashes of what somebody signs, as the files are now. */
export const signedHashes = (folder: ReviewFolder): Signature["signed"] => ({
  "review.json": sha256Of(folder.bytes("review")),
  "decisions.csv": sha256Of(folder.bytes("decisions")),
});
