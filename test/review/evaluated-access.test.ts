import assert from "node:assert/strict";

import type { Review } from "../../src/review/review";
import { evaluatedReviewOf } from "./support";

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A role that somebody made in prod by hand, which another account gets into and which reads secrets. */
const BY_HAND = {
  name: "by-hand",
  path: "/",
  arn: "arn:aws:iam::444444444444:role/by-hand",
  trust: document({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::999988887777:root" },
    Action: "sts:AssumeRole",
  }),
  attached: [],
  inline: [
    {
      name: "reads",
      document: document({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
    },
  ],
  tags: {},
};

describe("a monthly review of accounts as they are", function () {
  this.timeout(60_000);
  let review: Review;

  before(async () => {
    review = await evaluatedReviewOf({
      cadence: "monthly",
      change: (accounts) => {
        accounts["prod"]!.authorizationDetails.roles.push(BY_HAND);
      },
      unread: { dev: ["authorizationDetails"] },
    });
  });

  const rowsOf = (title: string): readonly string[] =>
    review.tables
      .filter((one) => one.title.startsWith(title))
      .flatMap(({ rows }) => rows.map((row) => row.join(" | ")));

  it("tells who gets in by a role that somebody made", () =>
    assert.deepEqual(rowsOf("Who gets in or has rights over others otherwise"), [
      "account 999988887777 | prod/by-hand | no | gets in",
    ]));

  it("lists it among the machines, by whom it admits", () =>
    assert.deepEqual(
      rowsOf("Machines and partners").filter((row) => row.includes("beside the roster")),
      ["prod | beside the roster | account 999988887777 | by-hand | not in the 400 days that IAM remembers"],
    ));

  it("tells who reads prod's secrets by it", () =>
    assert.deepEqual(
      rowsOf("Who can read prod's secrets").filter((row) => row.endsWith(" | no")),
      ["prod | any | prod/by-hand | account 999988887777 | allowed | no"],
    ));

  it("finds the role, its policy and that it reads secrets, each once", () =>
    assert.deepEqual(
      review.findings.map(({ id }) => id),
      [
        "inline-policy:prod:role by-hand reads",
        "role-outside-roster:prod:by-hand",
        "secret-reader-outside-roster:prod:role by-hand",
      ],
    ));

  it("says of which account the roster alone tells, and why", () =>
    assert.deepEqual(
      review.checklist.flatMap(({ title, undecidable }) =>
        undecidable.filter((line) => line.startsWith("dev")).map((line) => `${title}: ${line}`),
      ),
      [
        "List everybody with access to prod, and how: dev: who gets in and who reads secrets is told by the roster alone: access denied",
        "Who can read prod's secrets: dev: who gets in and who reads secrets is told by the roster alone: access denied",
      ],
    ));
});
