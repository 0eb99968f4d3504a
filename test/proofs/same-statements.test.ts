import assert from "node:assert/strict";

import { parseDocument } from "../../src/documents/statement";
import { findAllowedRequests, type AllowedRequests } from "../../src/proofs/allowed-requests";
import { provenSessionCaller } from "../../src/proofs/proven-caller";
import { theProver } from "./support";

const caller = provenSessionCaller("arn:aws:iam::444444444444:role/one", "somebody", "prod/One");

const accessBy = (...statements: readonly object[]): AllowedRequests =>
  findAllowedRequests(caller, {
    policies: [
      {
        name: "one",
        statements: parseDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements })) ?? [],
      },
    ],
  });

const allow = (Action: string | readonly string[], Resource = "*"): object => ({
  Effect: "Allow",
  Action,
  Resource,
});
const deny = (Action: string | readonly string[], Resource: string): object => ({
  Effect: "Deny",
  Action,
  Resource,
});

/** AWS leaves open whether its first wildcard passes over a colon, and so what else it names. */
const OPEN = "arn:aws:logs:*:log-group:own-*";

const CASES: readonly (readonly [
  what: string,
  before: AllowedRequests,
  after: AllowedRequests,
  gained: readonly string[],
])[] = [
  [
    "a Deny beside something that is new",
    accessBy(allow("logs:*"), deny("logs:*", OPEN)),
    accessBy(allow("logs:*"), allow("sqs:SendMessage"), deny("logs:*", OPEN)),
    ["sqs:SendMessage"],
  ],
  [
    "a Deny with one action less",
    accessBy(allow("logs:*"), deny(["logs:PutLogEvents", "logs:DeleteLogGroup"], OPEN)),
    accessBy(allow("logs:*"), deny(["logs:DeleteLogGroup"], OPEN)),
    ["logs:PutLogEvents"],
  ],
  [
    "an Allow beside something that is new",
    accessBy(allow("logs:DeleteLogGroup", OPEN)),
    accessBy(allow("logs:DeleteLogGroup", OPEN), allow("sqs:SendMessage")),
    ["sqs:SendMessage"],
  ],
  [
    "an Allow with one action more",
    accessBy(allow(["logs:DeleteLogGroup"], OPEN)),
    accessBy(allow(["logs:DeleteLogGroup", "logs:PutLogEvents"], OPEN)),
    ["logs:PutLogEvents"],
  ],
];

describe("new access, where two documents share a statement but for its actions", () => {
  for (const [what, before, after, gained] of CASES) {
    it(`is what the rest says: ${what}`, async () => {
      const prover = await theProver();
      const found = prover.newAccess(before, after).flatMap(({ actions }) => actions);
      assert.deepEqual([...new Set(found)], gained);
    });

    it(`is the same of several others: ${what}`, async () => {
      const prover = await theProver();
      const unrelated = accessBy(allow("s3:ListAllMyBuckets"));
      for (const others of [[before], [unrelated, before], [before, unrelated, before]]) {
        const found = prover.newToAll(others, after).flatMap(({ actions }) => actions);
        assert.deepEqual([...new Set(found)], gained);
      }
    });
  }
});
