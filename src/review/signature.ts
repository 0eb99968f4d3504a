import { z } from "zod";

import { UserError } from "../model/problems";
import type { Model } from "../model/model";
import { isThere } from "../model/person";
import { printableJson } from "../text/printable";
import { rowKey, rowTitle } from "./access-row";
import type { ReviewDecisions } from "./decisions-file";
import type { Review } from "./review";

/** The capacities in which somebody signs. */
export const SIGNER_ROLES = ["security"] as const;

const HASH = z.string().regex(/^[0-9a-f]{64}$/);
const SIGNATURE = z.strictObject({
  as: z.enum(SIGNER_ROLES),
  /** A name of the roster. */
  by: z.string(),
  /** ISO instant. */
  at: z.iso.datetime(),
  /** SHA-256 of the files' bytes. */
  signed: z.strictObject({ "review.json": HASH, "decisions.csv": HASH }),
});

/** Who signed what, and when. The signature that counts is the approval of the pull request that adds this. */
export type Signature = z.infer<typeof SIGNATURE>;

export const signatureJson = (signature: Signature): string => `${printableJson(signature)}\n`;

/** @throws UserError where this program did not write it */
export function readSignature(file: string, text: string): Signature {
  try {
    return SIGNATURE.parse(JSON.parse(text));
  } catch {
    throw new UserError(`${file} is no signature: npm run review -- sign writes it.`);
  }
}

/** Why somebody cannot sign, all at once; empty where they can. */
export function signingFaults(
  review: Pick<Review, "rows">,
  decisions: ReviewDecisions,
  model: Model,
  by: string,
): readonly string[] {
  const open = review.rows.filter((row) => !decisions.has(rowKey(row)));
  const person = model.people.find(({ name }) => name === by);
  const hasSecurity = model.people.some((one) => one.category === "security" && isThere(one, model.now));
  const maySign = hasSecurity ? person?.category === "security" : model.power.some((name) => name === by);
  const decided = review.rows.filter((row) => decisions.get(rowKey(row))?.reviewer === by);
  return [
    ...(person === undefined ? [`${by} is not in the roster.`] : []),
    ...(person !== undefined && !maySign
      ? [
          hasSecurity
            ? `${by} is no security engineer of the roster.`
            : `${by} has no power in the roster, which has no security engineer.`,
        ]
      : []),
    ...open.map((row) => `${rowTitle(row)}: nobody has decided.`),
    ...decided.map((row) => `${rowTitle(row)}: ${by} decided it, and somebody else approves.`),
    ...(decided.length === 0
      ? []
      : ["Another of security signs, or somebody else decides these rows in decisions.csv."]),
  ];
}

/** Lists the files that differ from what was signed. */
export const filesChangedSince = ({ signed }: Signature, hashes: Signature["signed"]): readonly string[] =>
  (["review.json", "decisions.csv"] as const).filter((file) => signed[file] !== hashes[file]);
