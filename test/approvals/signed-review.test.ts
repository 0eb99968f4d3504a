import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { PullRequestReviews } from "../../src/approvals/pull-request-reviews";
import {
  isSound,
  judgeSignatures,
  signaturesText,
  type ChangedReview,
} from "../../src/approvals/signed-review";
import { changedReviews } from "../../src/cli/approvals/changed-reviews";
import { hashesToSign } from "../../src/cli/review/signed-hashes";
import { rowKey } from "../../src/review/access-row";
import { decisionsCsv } from "../../src/review/decisions-file";
import { reviewJson } from "../../src/review/review-file";
import { signatureJson } from "../../src/review/signature";
import { GitFolder } from "../releases/git-folder";
import { reviewedRoster, reviewOf, REVIEWED_AT } from "../review/support";
import { sampleOrganization } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";

const HEAD = "a".repeat(40);
const FOLDER = "reviews/2026-Q4";
const REVIEW = reviewOf();
const OPENED = decisionsCsv(REVIEW, new Map());
const DECIDED = decisionsCsv(
  REVIEW,
  new Map(
    REVIEW.rows.map((row) => [
      rowKey(row),
      {
        decision: "keep",
        reviewer: row.reviewers.find((name) => name !== "chris.security") ?? "",
        note: "looked at",
      },
    ]),
  ),
);

function base() {
  const roster = reviewedRoster();
  Object.assign(roster.people["chris.security"]!, { github: "chris-sec" });
  return { organization: sampleOrganization(), roster, workloads: sampleWorkloads() };
}

const signatureBy = (by: string, decisions: string): string =>
  signatureJson({
    as: "security",
    by,
    at: REVIEWED_AT,
    signed: hashesToSign(Buffer.from(reviewJson(REVIEW)), Buffer.from(decisions)),
  });

type Files = Readonly<Record<string, string>>;
const REVIEWED: Files = { "review.json": reviewJson(REVIEW), "decisions.csv": OPENED };
const SIGNED: Files = {
  ...REVIEWED,
  "decisions.csv": DECIDED,
  "signature.json": signatureBy("chris.security", DECIDED),
};

interface Case {
  readonly name: string;
  readonly before: Files;
  readonly after: Files;
  readonly found: readonly ChangedReview[];
}

const CASES: readonly Case[] = [
  { name: "opened", before: {}, after: REVIEWED, found: [{ path: FOLDER, faults: [] }] },
  { name: "not touched", before: SIGNED, after: SIGNED, found: [] },
  {
    name: "decided",
    before: REVIEWED,
    after: { ...REVIEWED, "decisions.csv": DECIDED },
    found: [{ path: FOLDER, faults: [] }],
  },
  {
    name: "decided against its rules",
    before: REVIEWED,
    after: {
      ...REVIEWED,
      "decisions.csv": OPENED.replace(",sarah.devops,,,\r\n", ",sarah.devops,yes,sarah.devops,\r\n"),
    },
    found: [
      {
        path: FOLDER,
        faults: [
          `${FOLDER}/decisions.csv cannot be used:`,
          'line 2, column decision: "yes" is no decision. Allowed: keep, change, remove',
        ],
      },
    ],
  },
  {
    name: "signed",
    before: REVIEWED,
    after: SIGNED,
    found: [{ path: FOLDER, signer: "chris.security", faults: [] }],
  },
  {
    name: "signed by somebody of whom the base's roster does not say that they are of security",
    before: REVIEWED,
    after: { ...SIGNED, "signature.json": signatureBy("alex.dba", DECIDED) },
    found: [
      { path: FOLDER, signer: "alex.dba", faults: ["alex.dba is no security engineer of the roster."] },
    ],
  },
  {
    name: "signed, with other decisions than those of which the signature has the hash",
    before: REVIEWED,
    after: { ...SIGNED, "signature.json": signatureBy("chris.security", OPENED) },
    found: [{ path: FOLDER, signer: "chris.security", faults: ["decisions.csv is not what was signed"] }],
  },
  {
    name: "changed after it was signed",
    before: SIGNED,
    after: { ...SIGNED, "decisions.csv": DECIDED.replace("looked at", "looked at twice") },
    found: [{ path: FOLDER, faults: ["decisions.csv is not what was signed"] }],
  },
  {
    name: "without its decisions",
    before: SIGNED,
    after: { "review.json": reviewJson(REVIEW), "signature.json": "{}" },
    found: [{ path: FOLDER, faults: [`${FOLDER}/decisions.csv is missing`] }],
  },
  {
    name: "with a signature that is none",
    before: REVIEWED,
    after: { ...REVIEWED, "signature.json": "{}" },
    found: [
      {
        path: FOLDER,
        faults: [`${FOLDER}/signature.json is no signature: npm run review -- sign writes it.`],
      },
    ],
  },
  { name: "taken away", before: REVIEWED, after: {}, found: [] },
];

describe("an access review in a request", () => {
  let git: GitFolder;
  beforeEach(() => {
    git = new GitFolder();
  });
  afterEach(() => git.remove());

  function commit(files: Files): string {
    const folder = path.join(git.path, FOLDER);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    git.git("add", "--all");
    git.git("commit", "--quiet", "--allow-empty", "--message", "review");
    return git.git("rev-parse", "HEAD");
  }

  for (const { name, before, after, found } of CASES) {
    it(`is seen: ${name}`, async () => {
      const [start, head] = [commit(before), commit(after)];
      const read = () => undefined;
      const changed = await changedReviews(
        git.path,
        { id: start, read, definitions: base() },
        { id: head },
        new Date(REVIEWED_AT),
      );
      assert.deepEqual(changed, found);
    });
  }
});

describe("the signature of an access review", () => {
  const request = (more: Partial<PullRequestReviews>): PullRequestReviews => ({
    head: HEAD,
    author: { github: "maria-cto" },
    committers: [],
    reviews: [{ by: { github: "chris-sec" }, state: "approved", commit: HEAD }],
    ...more,
  });
  const HINT =
    "    The signature that counts is the signer's approving review of the last commit. Somebody else commits the files and opens the request.";

  const OUTCOMES: readonly (readonly [
    string,
    Partial<PullRequestReviews>,
    readonly string[],
    boolean,
    readonly string[],
  ])[] = [
    [
      "counts where its signer approved the last commit",
      {},
      [],
      true,
      ["  ✔ its decisions are in order", "  ✔ chris.security signed it, and approved this"],
    ],
    [
      "does not where they have not",
      { reviews: [] },
      [],
      false,
      ["  ✔ its decisions are in order", "  ✖ chris.security signed it, and has not reviewed it", HINT],
    ],
    [
      "does not where they committed it",
      { committers: [{ github: "Chris-Sec" }] },
      [],
      false,
      ["  ✔ its decisions are in order", "  ✖ chris.security signed it, and wrote a commit of this", HINT],
    ],
    [
      "does not where what was signed is not there",
      {},
      ["decisions.csv is not what was signed"],
      false,
      ["  ✖ decisions.csv is not what was signed", "  ✔ chris.security signed it, and approved this"],
    ],
  ];
  for (const [name, more, faults, sound, lines] of OUTCOMES) {
    it(name, () => {
      const changed = [{ path: FOLDER, signer: "chris.security", faults }];
      const judged = judgeSignatures(changed, base(), request(more));
      assert.deepEqual(judged.map(isSound), [sound]);
      assert.equal(signaturesText(judged), [`${FOLDER}:`, ...lines, ""].join("\n"));
    });
  }

  it("is asked of nobody where a change signs nothing", () => {
    const judged = judgeSignatures([{ path: FOLDER, faults: [] }], base(), request({ reviews: [] }));
    assert.deepEqual(
      [judged.map(isSound), signaturesText(judged)],
      [[true], `${FOLDER}:\n  ✔ its decisions are in order\n`],
    );
  });
});
