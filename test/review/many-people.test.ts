import assert from "node:assert/strict";
import { PassThrough } from "node:stream";

import { DecisionWalk } from "../../src/cli/review/decision-walk";
import { rowKey } from "../../src/review/access-row";
import { decisionsCsv, readDecisions, type ReviewDecisions } from "../../src/review/decisions-file";
import { planRemovals } from "../../src/review/removal";
import { signingFaults } from "../../src/review/signature";
import { reviewedModel, reviewedRoster, reviewOf } from "./support";

const DEVELOPERS = 2_000;

/** The sample, with developers whom sarah.devops manages. */
function largeRoster(): ReturnType<typeof reviewedRoster> {
  const roster = reviewedRoster();
  const developers = Array.from({ length: DEVELOPERS }, (_, index) => {
    const name = `dev${String(index)}.developer`;
    return [
      name,
      {
        email: `dev${String(index)}@example.com`,
        category: "developer",
        manager: "sarah.devops",
        access: { dev: "Developer" },
      },
    ] as const;
  });
  return { ...roster, people: { ...roster.people, ...Object.fromEntries(developers) } };
}

describe("a review of 2,000 people more", function () {
  this.timeout(120_000);

  it("is decided by a manager in a few answers, by the others in the file, and signed", async () => {
    const roster = largeRoster();
    const model = reviewedModel(roster);
    const review = reviewOf({ roster });
    let text = decisionsCsv(review, new Map());
    let writes = 0;
    const store = {
      read: () => readDecisions("decisions.csv", text, review),
      write: (decisions: ReviewDecisions) => {
        writes++;
        text = decisionsCsv(review, decisions);
      },
    };
    const ofSarah = review.rows.filter(({ reviewers }) => reviewers[0] === "sarah.devops");
    assert.ok(ofSarah.length >= DEVELOPERS);

    const [input, output] = [new PassThrough(), new PassThrough()];
    // One of the many who are alike is removed, the others are kept together, and whoever is left is kept alone.
    const many = ["r left\n", "a\n"];
    let prompts = 0;
    let shown = "";
    output.on("data", (part: Buffer) => {
      shown += part.toString("utf8");
      if (!/(?:uit|for no): $/.test(shown)) return;
      const isMany = /\[a\]ll \d{4} alike/.test(shown);
      const answer = shown.endsWith("for no: ") ? "yes\n" : isMany ? many.shift() : "k\n";
      prompts++;
      shown = "";
      setImmediate(() => input.write(answer));
    });
    const walk = new DecisionWalk(
      { review, by: "sarah.devops", command: "npm run review -- decide", store, abilitiesOf: () => [] },
      { input, output, isTerminal: false },
    );
    await walk.through(false);
    const decided = store.read();
    assert.equal(decided.size, ofSarah.length);
    assert.ok(prompts < 20 && writes < 20, `${String(prompts)} prompts, ${String(writes)} writes`);

    const everything = new Map(
      review.rows.map((row) => [
        rowKey(row),
        decided.get(rowKey(row)) ?? {
          decision: "keep" as const,
          reviewer: row.reviewers[0] ?? "",
          note: "x",
        },
      ]),
    );
    const signer = "chris.security";
    const open = [...everything].slice(0, -1);
    assert.match(signingFaults(review, new Map(open), model, signer).join(), /: nobody has decided\.$/);
    assert.deepEqual(
      signingFaults(
        review,
        readDecisions("decisions.csv", decisionsCsv(review, everything), review),
        model,
        signer,
      ),
      [],
    );
    const removals = planRemovals(review, everything, model);
    assert.equal(removals.length, 1);
  });
});
