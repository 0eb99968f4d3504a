import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { denyUser } from "../../src/documents/offboarding-denial";
import { renderDocument } from "../../src/documents/policy-document";
import { FINDING_RULES, type ReviewFinding, type FindingRuleId } from "../../src/review/review-finding";
import { readPersonnel } from "../../src/review/personnel";
import type { ReviewInput } from "../../src/review/review";
import { rosterDiff } from "../../src/review/roster-diff";
import type { WrittenRoster } from "../support/rosters";
import { daysBeforeReview, reviewedModel, reviewedRoster, reviewOf, type Accounts } from "./support";

const PROJECT = path.join(__dirname, "..", "..");
const ROSTER = readFileSync(path.join(PROJECT, "src", "roster.ts"), "utf8");

describe("the table of findings in the runbook", () => {
  it("has every rule, its severity and the kinds of its fix", () => {
    const runbook = readFileSync(path.join(PROJECT, "docs", "runbooks", "reviews.md"), "utf8");
    const rows = [...runbook.matchAll(/^\| `([a-z-]+)` +\| (\w+) +\| ([a-z ]+?) +\|/gm)].map(
      ([, rule, severity, fix]) => [rule, severity, fix],
    );
    assert.deepEqual(
      rows,
      Object.entries(FINDING_RULES).map(([rule, { severity, fixes }]) => [
        rule,
        severity,
        fixes.join(" or "),
      ]),
    );
  });
});

const statement = (resource: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }],
  });

/** What somebody does about each finding of a review. */
function fixesOf(
  change: (accounts: Accounts) => void,
  roster?: WrittenRoster,
  people?: string,
  heldPeriods: ReviewInput["heldPeriods"] = [],
): (rule: FindingRuleId) => ReviewFinding["fix"] {
  const { findings } = reviewOf({
    change,
    heldPeriods,
    ...(roster && { roster }),
    ...(people !== undefined && { personnel: readPersonnel("people.csv", people) }),
  });
  return (rule) => {
    const fix = findings.find((finding) => finding.rule === rule)?.fix;
    assert.ok(fix, `${rule} was not found among ${findings.map(({ id }) => id).join(", ")}`);
    return fix;
  };
}

/** The lines that a fix changes of the sample's roster. */
function changedLines(fix: ReviewFinding["fix"], text = ROSTER): readonly string[] {
  assert.equal(fix.kind, "edit");
  const names = reviewedModel(reviewedRoster()).people.map(({ name }) => name);
  const read = (file: string): string | undefined => (file === "src/roster.ts" ? text : undefined);
  const { diff, byHand } = rosterDiff(read, names, fix.changes);
  assert.deepEqual(byHand, []);
  return diff.split("\n").filter((line) => /^[+-](?![+-])/.test(line));
}

const person = (name: string): WrittenRoster["people"][string] => {
  const found = reviewedRoster().people[name];
  assert.ok(found);
  return found;
};
const withPerson = (name: string, changes: object): WrittenRoster => {
  const roster = reviewedRoster();
  return { ...roster, people: { ...roster.people, [name]: { ...person(name), ...changes } } };
};
const peopleFile = (john: string): string =>
  [
    "email,status,category",
    ...["sarah", "maria", "alex", "chris"].map((name) => `${name}@example.com,active,`),
    john,
  ].join("\n");
const nothing = (): void => undefined;

/** An edit for each rule that has one, of the sample's roster. */
const EDITS: readonly (readonly [
  FindingRuleId,
  () => ReviewFinding["fix"],
  readonly string[],
  text?: string,
])[] = [
  [
    "user-outside-roster",
    () =>
      fixesOf((accounts) => {
        accounts["users"]!.authorizationDetails.users.push({
          name: "eve",
          path: "/",
          arn: "arn:aws:iam::111111111111:user/eve",
          attached: [],
          inline: [],
          groups: [],
          tags: {},
        });
      })("user-outside-roster"),
    ['-  departed: ["old.colleague"],', '+  departed: ["old.colleague", "eve"],'],
  ],
  [
    "left-with-credentials",
    () =>
      fixesOf(
        (accounts) => {
          accounts["users"]!.userCredentials.find(({ user }) => user === "kim.contractor")!.password = {
            mustBeReset: false,
          };
        },
        withPerson("kim.contractor", { until: daysBeforeReview(2).slice(0, 10) }),
      )("left-with-credentials"),
    [
      '-    "kim.contractor": {',
      '-      email: "kim@partner.example",',
      '-      github: "example-kim",',
      '-      category: "contractor",',
      '-      project: "phoenix",',
      '-      sponsor: "sarah.devops",',
      '-      from: "2026-11-01",',
      '-      until: "2027-01-31",',
      '-      agreements: { nda: "2026-10-20", baa: "2026-10-20" },',
      '-      approvedBy: ["sarah.devops", "chris.security"],',
      '-      access: { dev: "Developer" },',
      "-    },",
      '-  departed: ["old.colleague"],',
      '+  departed: ["old.colleague", "kim.contractor"],',
    ],
  ],
  [
    "not-employed",
    () => fixesOf(nothing, undefined, peopleFile("john@example.com,terminated,"))("not-employed"),
    ['+      until: "2026-11-29T12:00:00Z",'],
  ],
  [
    "mover",
    () => fixesOf(nothing, undefined, peopleFile("john@example.com,active,qa"))("mover"),
    [
      '-      category: "developer",',
      '+      category: "qa",',
      '-      access: { dev: "Developer", staging: "Developer" },',
      '+      access: { staging: "Developer" },',
    ],
  ],
  [
    "role-unused",
    () =>
      fixesOf(
        (accounts) => {
          const { roles } = accounts["staging"]!.authorizationDetails;
          roles.find(({ name }) => name === "infra-DbaR-staging")!.lastUsed = { at: daysBeforeReview(60) };
        },
        undefined,
        undefined,
        [
          {
            who: "alex.dba",
            account: "staging",
            accountId: "",
            role: "Dba",
            source: "access",
            from: daysBeforeReview(200),
          },
        ],
      )("role-unused"),
    ['-      access: { staging: "Dba", prod: "DbRead" },', '+      access: { prod: "DbRead" },'],
  ],
  [
    "shut-out",
    () =>
      fixesOf((accounts) => {
        accounts["users"]!.authorizationDetails.users.find(
          ({ name }) => name === "john.developer",
        )!.inline.push({ name: "infra-offboarding-john.developer", document: renderDocument(denyUser()) });
      })("shut-out"),
    ['+      until: "2026-11-29T12:00:00Z",'],
  ],
  [
    "agreement-missing",
    () =>
      fixesOf(
        nothing,
        withPerson("kim.contractor", { agreements: { nda: "2026-10-20" } }),
      )("agreement-missing"),
    [
      '-      agreements: { nda: "2026-10-20" },',
      '+      agreements: { nda: "2026-10-20", baa: "YYYY-MM-DD" },',
    ],
    ROSTER.replace(', baa: "2026-10-20"', ""),
  ],
];

describe("a fix that is an edit", () => {
  for (const [rule, fix, lines, text] of EDITS) {
    it(`is shown as a diff of the roster: ${rule}`, () => assert.deepEqual(changedLines(fix(), text), lines));
  }

  it("is there for every rule that has one", () => {
    const rules = Object.entries(FINDING_RULES).flatMap(([rule, { fixes }]) =>
      fixes.some((kind) => kind === "edit") ? [rule] : [],
    );
    assert.deepEqual(EDITS.map(([rule]) => rule).sort(), rules.sort());
  });

  it("is refused while the day of an agreement is not written", () =>
    assert.throws(
      () =>
        reviewedModel(withPerson("kim.contractor", { agreements: { nda: "2026-10-20", baa: "YYYY-MM-DD" } })),
      /agreements\.baa/,
    ));
});

describe("a policy on a user, which no deployment takes off", () => {
  const QUARANTINE = "arn:aws:iam::111111111111:policy/infra-quarantine";
  const attached = fixesOf((accounts) => {
    accounts["users"]!.authorizationDetails.users.find(
      ({ name }) => name === "john.developer",
    )!.attached.push(QUARANTINE, "arn:aws:iam::aws:policy/AmazonS3FullAccess");
  });

  it("is taken off by offboard, after a look, where it is that of the quarantine", () => {
    assert.deepEqual(attached("quarantined"), {
      kind: "command",
      words:
        "Look at the finding of GuardDuty first, and replace what was stolen. Then this ends the quarantine; pulumi up does not.",
      commands: ["npm run offboard -- john.developer --undo"],
    });
  });

  it("is detached where it is another", () => {
    assert.deepEqual(attached("policy-differs"), {
      kind: "command",
      words: "Detach it, which pulumi up does not; grant what somebody needs in the roster.",
      commands: [
        "aws iam detach-user-policy --user-name john.developer --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess",
      ],
    });
  });
});

describe("a fix that is a command", () => {
  const hand = fixesOf((accounts) => {
    const { roles, policies, users } = accounts["prod"]!.authorizationDetails;
    const arn = "arn:aws:iam::444444444444:policy/extra";
    const own = { attached: [arn], inline: [{ name: "own", document: statement("*") }], tags: {} };
    roles.push({
      ...own,
      name: "back door",
      path: "/",
      arn: "arn:aws:iam::444444444444:role/x",
      trust: statement("*"),
    });
    policies.push({
      name: "extra",
      path: "/",
      arn,
      isAwsManaged: false,
      inForce: { id: "v1", document: statement("*") },
      dormant: [],
    });
    users.push({
      ...own,
      name: "eve",
      path: "/",
      arn: "arn:aws:iam::444444444444:user/eve",
      groups: ["others"],
    });
    accounts["users"]!.userCredentials.find(({ user }) => user === "john.developer")!.accessKeys.push({
      id: "AKIAOLD",
      isActive: true,
      createdAt: daysBeforeReview(70),
      lastUsed: { at: daysBeforeReview(1) },
    });
  });
  const cases: readonly (readonly [FindingRuleId, readonly string[]])[] = [
    [
      "role-outside-roster",
      [
        "aws iam detach-role-policy --role-name 'back door' --policy-arn arn:aws:iam::444444444444:policy/extra",
        "aws iam delete-role-policy --role-name 'back door' --policy-name own",
        "aws iam delete-role --role-name 'back door'",
      ],
    ],
    [
      "user-outside-roster",
      [
        "aws iam list-access-keys --user-name eve",
        "aws iam list-mfa-devices --user-name eve",
        "aws iam remove-user-from-group --user-name eve --group-name others",
        "aws iam detach-user-policy --user-name eve --policy-arn arn:aws:iam::444444444444:policy/extra",
        "aws iam delete-user-policy --user-name eve --policy-name own",
        "aws iam delete-user --user-name eve",
      ],
    ],
    [
      "policy-outside-roster",
      [
        "aws iam detach-user-policy --user-name eve --policy-arn arn:aws:iam::444444444444:policy/extra",
        "aws iam detach-role-policy --role-name 'back door' --policy-arn arn:aws:iam::444444444444:policy/extra",
        "aws iam delete-policy --policy-arn arn:aws:iam::444444444444:policy/extra",
      ],
    ],
    [
      "key-overdue",
      [
        "aws iam create-access-key --user-name john.developer",
        "aws iam update-access-key --user-name john.developer --access-key-id AKIAOLD --status Inactive",
      ],
    ],
  ];
  for (const [rule, commands] of cases) {
    it(`names what it is about, as words of a shell: ${rule}`, () => {
      const fix = hand(rule);
      assert.deepEqual(fix.kind === "command" ? fix.commands : [], commands);
    });
  }
});
