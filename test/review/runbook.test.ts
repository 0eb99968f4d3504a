import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { reviewSummary } from "../../src/review/review-summary";
import { daysBeforeReview, reviewOf } from "./support";

const RUNBOOK = path.join(__dirname, "..", "..", "docs", "runbooks", "reviews.md");
const EXAMPLE = /(## What it looks like\n[^]*?```text\n)([^]*?)(```\n)/;

/** The sample's accounts as the program makes them, and what the runbook says that somebody did. */
const review = reviewOf({
  change: (accounts) => {
    const { users } = accounts["users"]!.authorizationDetails;
    users.push({
      name: "eve",
      path: "/",
      arn: "arn:aws:iam::111111111111:user/eve",
      attached: [],
      inline: [],
      groups: [],
      tags: {},
    });
    accounts["users"]!.userCredentials.find(({ user }) => user === "john.developer")!.accessKeys.push({
      id: "AKIAOLD",
      isActive: true,
      createdAt: daysBeforeReview(100),
      lastUsed: { at: daysBeforeReview(1) },
    });
    const ops = accounts["prod"]!.authorizationDetails.roles.find(({ name }) => name === "infra-OpsR-prod")!;
    ops.trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "sts:AssumeRole" },
      ],
    });
  },
});

describe("the runbook of reviews", () => {
  it("shows what the command prints of the sample with these changes; UPDATE_GOLDEN=1 writes it", () => {
    const written = readFileSync(RUNBOOK, "utf8");
    const printed = reviewSummary("reviews/2026-Q4", review);
    if (process.env["UPDATE_GOLDEN"] === "1")
      writeFileSync(
        RUNBOOK,
        written.replace(EXAMPLE, (_, before: string, _text, after: string) => before + printed + after),
      );
    const [, , shown] = EXAMPLE.exec(readFileSync(RUNBOOK, "utf8")) ?? [];
    assert.equal(shown, printed);
  });
});
