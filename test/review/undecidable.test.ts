import assert from "node:assert/strict";

import type { Instant } from "../../src/model/dates";
import { daysBeforeReview, reviewOf, type ReviewChoices } from "./support";

interface Case extends ReviewChoices {
  readonly name: string;
  /** The first words of what the review says that it does not know. */
  readonly lines: readonly string[];
}

const PEOPLE_UNKNOWN = "Whether everybody is still employed, in the same post";
const APPROVALS = "Who approved these pull requests, and who merged those that GitHub squashed";

const CASES: readonly Case[] = [
  {
    name: "changes of alarms that could not be read",
    cadence: "weekly",
    changes: [],
    change: (accounts) => {
      accounts["prod"]!.alarms = {
        alarms: [{ name: "a", arn: "a", state: "OK", isHeard: true }],
        changes: [],
        changesFrom: daysBeforeReview(92),
        changesNotAvailable: "access denied",
      };
    },
    lines: ["prod, alarms: whether one rang is not known: access denied", APPROVALS],
  },
  {
    name: "central root management that no account tells, and tags of tables",
    changes: [],
    change: (accounts) => {
      for (const account of Object.values(accounts)) account.rootManagement = { kind: "told elsewhere" };
      accounts["prod"]!.tableLevels = [{ region: "eu-west-1", table: "visits", level: "Public" }];
    },
    lines: [
      "prod, tableLevels: whether DynamoDB heeds tags in conditions, of 1 table in eu-west-1: no API tells",
      "rootManagement: whether it is on is not known: AWS tells it to the organization's management account",
    ],
  },
  {
    name: "events that reach back for less than the week, for each item that reads them",
    cadence: "weekly",
    changes: [],
    change: (accounts) => {
      accounts["dev"]!.trailEvents.from = daysBeforeReview(3);
      accounts["dev"]!.trailEvents.notAvailable = {
        from: daysBeforeReview(92),
        until: daysBeforeReview(3),
        because: "the log group was made then",
      };
    },
    lines: [
      ...["break-glass", "changes and contractors"].map(
        () => `dev, trailEvents: read from ${daysBeforeReview(3)} until`,
      ),
      APPROVALS,
    ],
  },
  {
    name: "a credential report that is older than a day, and a password that it does not have",
    change: (accounts) => {
      accounts["users"]!.credentialReport.generatedAt = "2015-02-02T20:02:02Z" as Instant;
      accounts["users"]!.userCredentials.find(({ user }) => user === "maria.cto")!.password = {
        mustBeReset: false,
      };
    },
    lines: [
      "users, credentialReport: of 2015-02-02T20:02:02Z; what passwords and root did since is not known",
      "users, credentialReport: how old the 1 password of maria.cto is",
      PEOPLE_UNKNOWN,
    ],
  },
];

/** What each item says that it does not know. */
const undecidableOf = (written: ReviewChoices): readonly (readonly string[])[] =>
  reviewOf(written).checklist.map(({ undecidable }) => undecidable);

describe("what a review says that it does not know", () => {
  for (const { name, lines, ...written } of CASES) {
    it(name, () => {
      const usual = new Set(undecidableOf({ cadence: written.cadence ?? "quarterly", changes: [] }).flat());
      const said = new Set(undecidableOf(written).flat());
      for (const line of lines)
        assert.ok(
          [...said].some((one) => one.startsWith(line)),
          line,
        );
      const more = [...said].filter((one) => !usual.has(one));
      assert.deepEqual(
        more.filter((one) => !lines.some((line) => one.startsWith(line))),
        [],
      );
    });
  }

  it("stands at every item that reads events", () => {
    const items = reviewOf({
      cadence: "weekly",
      changes: [],
      change: (accounts) => {
        accounts["dev"]!.trailEvents.from = daysBeforeReview(3);
      },
    }).checklist.filter(({ undecidable }) => undecidable.some((line) => line.startsWith("dev, trailEvents")));
    assert.deepEqual(
      items.map(({ title }) => title),
      [
        "Review break-glass events",
        "Review policy changes, and who merged them",
        "Weekly audit of contractor access",
      ],
    );
  });

  it("is whether people changed roles, where there is no personnel file", () => {
    const items = reviewOf().checklist.filter(({ undecidable }) =>
      undecidable.some((line) => line.startsWith(PEOPLE_UNKNOWN)),
    );
    assert.deepEqual(
      items.map(({ title }) => title),
      [
        "All IAM users are still active employees",
        "Remove access of employees who changed roles, and unused access",
      ],
    );
  });
});
