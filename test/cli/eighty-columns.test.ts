import assert from "node:assert/strict";
import path from "node:path";

import { SnapshotSummary } from "../../src/aws/snapshot/snapshot-summary";
import { formatProse } from "../../src/cli/terminal";
import { ownInvariants } from "../../src/proofs/own-invariant";
import { proveInvariant } from "../../src/proofs/proof";
import { proofText, summaryText } from "../../src/proofs/proof-report";
import { reviewSummary } from "../../src/review/review-summary";
import { sampleWorld, theProver } from "../proofs/support";
import { daysBeforeReview, reviewOf } from "../review/support";
import { assertGolden } from "../support/golden";
import { snapshotWith, TAKEN_AT } from "../support/snapshots";

const WIDTH = 80;

/** The texts of commands that need accounts or minutes, which no test runs in a terminal: credentials has its own beside its report. */
const TEXTS: Readonly<Record<string, () => Promise<string> | string>> = {
  prove: async () => {
    const [prover, input] = [await theProver(), sampleWorld()];
    const written = [
      {
        id: "nobody-reads-tables",
        of: ["prod/Ops", "dev/DataShare"],
        never: { actions: ["dynamodb:ListTables", "rds:DescribeDBInstances"] },
        because: "Nobody needs to know which tables and databases there are.",
      },
    ];
    const proofs = ownInvariants(written, input, prover).map((invariant) => ({
      proof: proveInvariant(invariant, input, prover),
      milliseconds: 1_234,
    }));
    return [...proofs.map((proof) => proofText(proof, false)), summaryText(proofs)].join("");
  },

  snapshot: () => {
    const because =
      "AWS refused it: AccessDenied, User: arn:aws:iam::444444444444:user/read is not authorized";
    const snapshot = snapshotWith({
      users: {},
      prod: { analyzerFindings: { kind: "notAvailable", at: TAKEN_AT, because } },
    });
    const summary = new SnapshotSummary();
    for (const account of snapshot.accounts) summary.add(account);
    return summary.text(snapshot);
  },

  review: () =>
    reviewSummary(
      "reviews/2026-Q4",
      reviewOf({
        change: (accounts) => {
          const [first] = accounts["users"]!.userCredentials;
          first!.accessKeys.push({ id: "AKIAOLD", isActive: true, createdAt: daysBeforeReview(100) });
        },
      }),
    ),
};

describe("what commands print in a terminal of 80 columns", function () {
  this.timeout(60_000);

  for (const [name, text] of Object.entries(TEXTS)) {
    it(`${name}: breaks between words, and says all that it says elsewhere`, async () => {
      const wide = await text();
      const shown = formatProse(wide, WIDTH);
      assert.deepEqual(
        shown.split("\n").filter((line) => line.length > WIDTH),
        [],
      );
      assert.deepEqual(shown.split(/\s+/), wide.split(/\s+/));
      assertGolden(path.join(__dirname, "golden", `${name}-80.txt`), shown);
    });
  }
});
