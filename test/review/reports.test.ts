import assert from "node:assert/strict";

import { KeyPlaces } from "../../src/definitions/key-places";
import { FINDING_RULE_IDS, FINDING_RULES, type ReviewFinding } from "../../src/review/review-finding";
import { reviewMarkdown } from "../../src/review/review-markdown";
import { reviewOcsf } from "../../src/review/ocsf";
import { reviewPage } from "../../src/review/review-page";
import { UNDECIDED, type ReviewOutcome } from "../../src/review/review-outcome";
import { readReview, reviewJson } from "../../src/review/review-file";
import { reviewFindings } from "../../src/sarif/review-findings";
import { sarifLog } from "../../src/sarif/sarif-log";
import { schemaFaults } from "../sarif/sarif-schema";
import { rowKey, rowTitle } from "../../src/review/access-row";
import { NO_REVIEW_LOOKS_AT } from "../../src/review/scope";
import { sampleOrganization } from "../support/rosters";
import { ocsfFaults } from "./ocsf-schema";
import { daysBeforeReview, reviewedRoster, reviewOf } from "./support";

const HOSTILE = "</script><img src=x onerror=alert(1)>|`*\u202e";
const REVIEW = reviewOf({
  change: (accounts) => {
    accounts["users"]!.authorizationDetails.users.push({
      name: HOSTILE,
      path: "/",
      arn: "arn:aws:iam::111111111111:user/x",
      attached: [],
      inline: [],
      groups: [],
      tags: {},
    });
    accounts["dev"]!.rootUser.hasMfa = false;
  },
});

describe("the reports of a review", () => {
  it("are JSON that comes back", () => {
    assert.deepEqual(readReview("review.json", reviewJson(REVIEW)), JSON.parse(JSON.stringify(REVIEW)));
    assert.throws(() => readReview("review.json", '{"format":1}'), /no review of format 2/);
    assert.throws(() => readReview("review.json", "x"), /is no JSON/);
  });

  it("are SARIF that its schema takes, one result a finding that stands", () => {
    const log: unknown = JSON.parse(sarifLog(reviewFindings(REVIEW), new KeyPlaces(() => undefined)));
    assert.deepEqual(schemaFaults(log), []);
    const { runs } = log as { runs: readonly { results: readonly { ruleId: string; level: string }[] }[] };
    assert.deepEqual(
      runs.flatMap(({ results }) => results).map(({ ruleId, level }) => [ruleId, level]),
      [
        ["user-outside-roster", "error"],
        ["root-without-mfa", "error"],
      ],
    );
  });

  it("are events with the class, type and severity of the schema framework, and the account's name", () => {
    const events = JSON.parse(reviewOcsf(REVIEW)) as readonly Record<string, unknown>[];
    assert.deepEqual(
      events.map((event) => [event["class_uid"], event["type_uid"], event["severity_id"], event["cloud"]]),
      [
        [2003, 200_301, 4, { provider: "AWS", account: { name: "dev", type_id: 10, type: "AWS Account" } }],
        [2003, 200_301, 4, { provider: "AWS", account: { name: "users", type_id: 10, type: "AWS Account" } }],
      ],
    );
  });

  it("are events that the framework's own schema takes, of every kind of finding", () => {
    const findings = FINDING_RULE_IDS.map((rule): ReviewFinding => ({
      id: `${rule}:prod:somebody`,
      rule,
      severity: FINDING_RULES[rule].severity,
      account: "prod",
      subject: "somebody",
      message: "Something is the case.",
      evidence: ["seen"],
      fix: { kind: "step", words: "Put it right." },
    }));
    const events = JSON.parse(reviewOcsf({ ...REVIEW, findings })) as readonly {
      readonly class_uid: number;
    }[];
    assert.equal(events.length, FINDING_RULE_IDS.length);
    assert.deepEqual([...new Set(events.map(({ class_uid }) => class_uid))].sort(), [2003, 2004]);
    assert.deepEqual(events.flatMap(ocsfFaults), []);
    const [first] = events;
    assert.ok(first);
    assert.deepEqual(ocsfFaults({ ...first, finding_info: { title: "no id" } } as never), [
      '.finding_info should have required property \'uid\' {"missingProperty":"uid"}',
    ]);
  });

  it("are a page in which names of others are text", () => {
    const page = reviewPage(REVIEW, UNDECIDED);
    assert.ok(!page.includes("<img"));
    assert.ok(page.includes("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;|`*\\u{202e}"));
    assert.equal(page.match(/<\/script>/g)?.length, 1);
  });

  it("are a page in which each command has a line of its own", () => {
    const { findings } = reviewOf({
      change: (accounts) => {
        accounts["prod"]!.authorizationDetails.roles.push({
          name: "backdoor",
          path: "/",
          arn: "arn:aws:iam::444444444444:role/backdoor",
          trust: "{}",
          attached: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          inline: [],
          tags: {},
        });
      },
    });
    const page = reviewPage({ ...REVIEW, findings }, UNDECIDED);
    assert.match(
      page,
      /<pre class="commands">aws iam detach-role-policy [^\n]*\naws iam delete-role --role-name backdoor\n<\/pre>/,
    );
  });

  it("are Markdown in which names of others are code", () => {
    const text = reviewMarkdown(REVIEW, UNDECIDED);
    const line = text.split("\n").find((one) => one.includes("img src=x") && one.startsWith("### "));
    assert.equal(
      line,
      "### high: ``The user </script><img src=x onerror=alert(1)>\\|`*\\u{202e} is in users and not in the roster.``",
    );
  });

  it("say what was decided, who signed, and what became of removals", () => {
    const [first, second] = REVIEW.rows;
    assert.ok(first && second);
    const outcome: ReviewOutcome = {
      decisions: new Map([
        [rowKey(first), { decision: "remove", reviewer: "maria.cto", note: "" }],
        [rowKey(second), { decision: "keep", reviewer: "sarah.devops", note: "until June" }],
      ]),
      signature: {
        as: "security",
        by: "chris.security",
        at: "2026-11-30T09:00:00Z",
        signed: { "review.json": "a".repeat(64), "decisions.csv": "b".repeat(64) },
      },
      closing: {
        snapshot: { hash: "c".repeat(64), startedAt: daysBeforeReview(0), finishedAt: daysBeforeReview(0) },
        rows: [
          { row: rowTitle(first), decision: "remove", done: false, seen: ["the roster still gives it"] },
        ],
      },
    };
    const page = reviewPage(REVIEW, outcome)
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    const markdown = reviewMarkdown(REVIEW, outcome);
    assert.ok(page.includes(`2 of ${String(REVIEW.rows.length)} rows decided`));
    assert.ok(page.includes("remove by maria.cto "));
    assert.ok(page.includes("keep by sarah.devops: until June"));
    assert.match(page, /Signed as security by chris\.security at 2026-11-30T09:00:00Z;/);
    assert.match(page, /Not closed 0 of 1 removals and changes have happened/);
    assert.match(markdown, /\| remove, by maria\.cto \|/);
    assert.match(markdown, /\| keep, by sarah\.devops: until June \|/);
    assert.match(markdown, /^- Signed: .*chris\.security/m);
    assert.match(markdown, /^## What became of removals and changes$/m);
    assert.match(markdown, /\| remove \| open \| the roster still gives it \|/);
  });

  it("say what no review looks at, for people", () => {
    for (const line of NO_REVIEW_LOOKS_AT) {
      assert.ok(reviewMarkdown(REVIEW, UNDECIDED).includes(line), line);
      assert.ok(reviewPage(REVIEW, UNDECIDED).includes(line.replaceAll("'", "&apos;")), line);
    }
  });

  it("name the roles beside the roster that may be there, and when machines used theirs", () => {
    const { tables, rows } = reviewOf({
      organization: { ...sampleOrganization(), pipeline: { kind: "users" } },
      change: (accounts) => {
        accounts["dev"]!.authorizationDetails.roles.push({
          name: "AWSServiceRoleForSupport",
          path: "/aws-service-role/support.amazonaws.com/",
          arn: "arn:aws:iam::222222222222:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport",
          trust: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Principal: { Service: "support.amazonaws.com" }, Action: "sts:AssumeRole" },
            ],
          }),
          attached: [],
          inline: [],
          tags: {},
        });
        accounts["prod"]!.userCredentials.find(({ user }) => user === "infra-DeployU-prod")!.accessKeys.push({
          id: "AKIADEPLOY",
          isActive: true,
          createdAt: daysBeforeReview(20),
          lastUsed: { at: daysBeforeReview(3) },
        });
      },
    });
    const beside = tables.find(({ title }) => title === "Roles beside the roster that may be there");
    assert.ok(beside);
    assert.deepEqual(
      beside.rows.filter(([account]) => account === "dev").map(([, kind, names]) => [kind, names]),
      [
        ["the trail's role", "infra-TrailR"],
        ["service-linked roles", "AWSServiceRoleForSupport"],
      ],
    );
    const uses = new Map(rows.map((row) => [rowTitle(row), [row.lastUsed, row.keyAge]]));
    assert.deepEqual(uses.get("mw-ingress, prod/infra-task-mw-ingress-prod"), ["2026-11-28", ""]);
    assert.deepEqual(uses.get("pipeline, prod/user infra-DeployU-prod"), ["2026-11-26, by a key", "20 days"]);
    assert.deepEqual(uses.get("pipeline, dev/user infra-DeployU-dev"), [
      "no active key was used, as far as IAM remembers",
      "",
    ]);
  });

  it("name who has PowerG among those who get into prod, where the identity account is not reviewed", () => {
    const powerRows = (cadence: "monthly" | "quarterly") =>
      reviewOf({ cadence })
        .tables.filter(({ title }) => title === "Who has access, and how")
        .flatMap(({ rows }) => rows.filter(([, , role]) => role === "users/PowerG"));
    assert.deepEqual(powerRows("monthly"), [
      ["chris.security", "security", "users/PowerG", "power, by people's users", "always", "", ""],
      ["sarah.devops", "devops", "users/PowerG", "power, by people's users", "always", "", ""],
    ]);
    assert.deepEqual(powerRows("quarterly"), []);
  });

  it("name who wrote and who merged each change of what is deployed", () => {
    const [ann, bob] = ["ann", "bob"].map((name) => ({ name, addresses: [`${name}@example.com`] }));
    const change = { at: daysBeforeReview(1), subject: "let alex read", files: ["src/roster.ts"] };
    const { tables } = reviewOf({
      cadence: "weekly",
      changes: [
        { ...change, id: "a".repeat(40), writers: [ann!, bob!], merger: bob!, isByGitHub: true },
        { ...change, id: "b".repeat(40), writers: [ann!], isByGitHub: true },
        {
          ...change,
          id: "c".repeat(40),
          writers: [ann!],
          merger: ann!,
          isByGitHub: false,
          files: ["1", "2", "3", "4", "5", "6"],
        },
      ],
    });
    assert.deepEqual(
      tables.find(({ title }) => title === "Policy changes"),
      {
        title: "Policy changes",
        head: ["when", "commit", "written by", "merged by", "what", "files"],
        rows: [
          ["aaaaaaaaaa", "ann, bob", "bob, on GitHub", "let alex read", "src/roster.ts"],
          ["bbbbbbbbbb", "ann", "on GitHub; git does not tell by whom", "let alex read", "src/roster.ts"],
          ["cccccccccc", "ann", "ann", "let alex read", "1, 2, 3, 4, 5 and 1 more"],
        ].map((cells) => [daysBeforeReview(1), ...cells]),
      },
    );
  });

  it("list contractors who are there and those who left in the time of the review, with what they did in it, and no others", () => {
    const contractors = (until: string) => {
      const roster = reviewedRoster();
      const people = { ...roster.people, "kim.contractor": { ...roster.people["kim.contractor"]!, until } };
      return reviewOf({
        cadence: "weekly",
        roster: { ...roster, people },
        change: (accounts) =>
          accounts["dev"]!.trailEvents.activity.push({
            arn: "arn:aws:sts::222222222222:assumed-role/infra-DeveloperR-dev/kim.contractor",
            source: "ecs.amazonaws.com",
            name: "UpdateService",
            isReadOnly: false,
            days: [
              { day: daysBeforeReview(8).slice(0, 10), times: 90, errors: 4 },
              { day: daysBeforeReview(7).slice(0, 10), times: 2, errors: 0 },
              { day: daysBeforeReview(4).slice(0, 10), times: 1, errors: 1 },
            ],
          }),
      })
        .tables.filter(({ title }) => title === "Contractors")
        .flatMap(({ rows }) => rows.map(([who, , , left, , did = ""]) => [who, left, did]));
    };
    const did = "dev: ecs:UpdateService 3× (1 refused or failed)";
    assert.deepEqual(contractors("2027-01-31"), [["kim.contractor", "63 days", did]]);
    assert.deepEqual(contractors("2026-11-26"), [["kim.contractor", "ended 2026-11-27", did]]);
    assert.deepEqual(contractors("2026-11-20"), []);
  });

  it("say how many rows there are to decide while nobody has decided", () => {
    const page = reviewPage(REVIEW, UNDECIDED);
    assert.ok(page.replace(/<[^>]*>/g, "").includes(`${String(REVIEW.rows.length)} rows to decide`));
    assert.doesNotMatch(page, /rows decided/);
  });

  it("are small for 5 people, and name everybody", () => {
    const page = reviewPage(REVIEW, UNDECIDED);
    assert.ok(page.length < 60_000, String(page.length));
    for (const name of Object.keys(reviewedRoster().people)) assert.ok(page.includes(name), name);
  });
});
