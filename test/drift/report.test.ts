import assert from "node:assert/strict";

import {
  driftExitStatus,
  driftReportJson,
  driftReportTables,
  type AccountReport,
  type DriftReport,
} from "../../src/drift/drift-report";

const ACCOUNT = { stack: "dev", account: "222222222222" };
const COMPARED_WITH = {
  follows: "branch",
  program: { version: { kind: "none" }, words: "the program of this checkout" },
} as const;
const PROGRAM_LINE = "At no version: nothing is deployed; compared with the program of this checkout.";
const clean: AccountReport = {
  ...ACCOUNT,
  ...COMPARED_WITH,
  byHand: [],
  notDeployed: [],
  unmanaged: [],
  passedOver: [],
};
const drifted: AccountReport = {
  ...ACCOUNT,
  ...COMPARED_WITH,
  byHand: [
    {
      operation: "update",
      type: "aws:iam/role:Role",
      name: "infra-ReadR-dev",
      properties: [
        { property: "policyArns", deployed: ["arn:a", "arn:b"], found: ["arn:b", "arn:c"] },
        { property: "permissionsBoundary", found: "arn:d" },
      ],
    },
    { operation: "create", type: "aws:iam/role:Role", name: "infra-OpsR-dev", properties: [] },
  ],
  notDeployed: [
    {
      operation: "update",
      type: "aws:iam/user:User",
      name: "kim",
      properties: [{ property: "tags", deployed: {}, found: { a: "1" } }],
    },
  ],
  unmanaged: [
    { kind: "user", name: "ghost", details: ["inline more"] },
    { kind: "inline policy", name: "more", of: "user sarah" },
    {
      kind: "access key",
      name: "AKIA",
      of: "user sarah",
      details: ["inactive", "their last day has passed"],
    },
  ],
  passedOver: [],
};
const failed: AccountReport = { ...ACCOUNT, problem: "There are no credentials for dev." };

const of = (...accounts: readonly AccountReport[]): DriftReport => ({ accounts, mismatches: [] });

/** A report without the two lines at its end, which say what was compared. */
const beforeCompared = (report: string): string => report.replace(/Compared: .*\nNot compared: .*\n$/, "");

describe("the report on drift", () => {
  it("exits 0 where nothing differs, 1 where something does, 2 where nobody knows", () => {
    assert.equal(driftExitStatus(of(clean, clean)), 0);
    assert.equal(driftExitStatus(of(clean, drifted)), 1);
    assert.equal(driftExitStatus(of(clean, failed)), 2);
    assert.equal(driftExitStatus(of(drifted, failed, clean)), 2);
  });

  for (const part of ["byHand", "notDeployed", "unmanaged"] as const) {
    it(`exits 1 for ${part} alone`, () => {
      assert.equal(driftExitStatus(of({ ...clean, [part]: drifted[part] })), 1);
    });
  }

  it("is JSON for programs, with what was compared and what was not", () => {
    const { compared, notCompared, ...answer } = JSON.parse(driftReportJson(of(drifted, failed))) as Record<
      string,
      unknown
    >;
    assert.deepEqual(answer, { exitStatus: 2, accounts: [drifted, failed], mismatches: [] });
    assert.match(String(compared), /^every resource of these stacks/);
    assert.match(String(notCompared), /^other accounts;/);
  });

  it("says in words what differs, and where to read on", () => {
    assert.equal(
      beforeCompared(driftReportTables(of(drifted))),
      [
        "dev (222222222222):",
        "┌──────────────────┬─────────────────────────────┬───────────────────────────┐",
        "│ What             │ Where                       │ How                       │",
        "├──────────────────┼─────────────────────────────┼───────────────────────────┤",
        "│ changed by hand  │ iam.Role infra-ReadR-dev    │ was changed               │",
        "│                  │                             │ policyArns:               │",
        "│                  │                             │   + arn:c                 │",
        "│                  │                             │   - arn:a                 │",
        "│                  │                             │ permissionsBoundary:      │",
        "│                  │                             │   - nothing               │",
        "│                  │                             │   + arn:d                 │",
        "├──────────────────┼─────────────────────────────┼───────────────────────────┤",
        "│ changed by hand  │ iam.Role infra-OpsR-dev     │ is gone                   │",
        "├──────────────────┼─────────────────────────────┼───────────────────────────┤",
        "│ not deployed yet │ iam.User kim                │ update: tags              │",
        "├──────────────────┼─────────────────────────────┼───────────────────────────┤",
        "│ in no stack      │ user ghost                  │ inline more               │",
        "├──────────────────┼─────────────────────────────┼───────────────────────────┤",
        "│ in no stack      │ inline policy of user sarah │ more                      │",
        "├──────────────────┼─────────────────────────────┼───────────────────────────┤",
        "│ in no stack      │ access key of user sarah    │ AKIA                      │",
        "│                  │                             │ inactive                  │",
        "│                  │                             │ their last day has passed │",
        "└──────────────────┴─────────────────────────────┴───────────────────────────┘",
        PROGRAM_LINE,
        "",
        "What to do about it: docs/runbooks/drift.md.",
        "",
      ].join("\n"),
    );
  });

  it("says what was compared and what was not, where nothing differs", () => {
    const report = driftReportTables(of(clean));
    assert.equal(
      beforeCompared(report),
      `dev (222222222222): nothing differs.\n${PROGRAM_LINE}\n\nNothing differs, as far as it was compared.\n`,
    );
    assert.match(
      report,
      /\nCompared: every resource of these stacks .*\nNot compared: other accounts; .*\n$/,
    );
  });

  it("names what it passed over, and says why", () => {
    const passedOver = [
      { kind: "service-linked roles", reason: "AWS makes them.", names: ["a", "b", "c", "d", "e", "f", "g"] },
      { kind: "roles under /ops/", reason: "Ops makes them.", names: ["feed\u001b[2J"] },
    ];
    assert.equal(
      beforeCompared(driftReportTables(of({ ...clean, passedOver }))),
      [
        "dev (222222222222): nothing differs.",
        PROGRAM_LINE,
        "In no stack, and passed over:",
        "  service-linked roles: a, b, c, d, e and 2 more. AWS makes them.",
        "  roles under /ops/: feed\\u{1b}[2J. Ops makes them.",
        "",
        "Nothing differs, as far as it was compared.",
        "",
      ].join("\n"),
    );
  });

  const ALONE = { name: "stack old", found: "no account has this key", fix: "Rename it\u001b[2J." };

  it("names what has no counterpart, and exits 1 for it", () => {
    const report = { ...of(clean), mismatches: [ALONE] };
    assert.equal(driftExitStatus(report), 1);
    assert.equal(
      beforeCompared(driftReportTables(report)),
      [
        "dev (222222222222): nothing differs.",
        "At no version: nothing is deployed; compared with the program of this checkout.",
        "",
        "Without a counterpart:",
        "  stack old: no account has this key. Rename it\\u{1b}[2J.",
        "",
        "What to do about it: docs/runbooks/drift.md.",
        "",
      ].join("\n"),
    );
  });

  it("fits what has no counterpart into the terminal", () => {
    const mismatches = [
      { name: "stack old", found: "no account has this key", fix: "If one was renamed, rename the stack." },
    ];
    assert.match(
      driftReportTables({ ...of(clean), mismatches }, 50),
      /^ {2}stack old: no account has this key\. If one was\n {2}renamed, rename the stack\.$/m,
    );
  });

  it("says that the stacks are not known, and exits 2 for it", () => {
    const report = { ...of(clean), stacksUnknown: "error: no login" };
    assert.equal(driftExitStatus(report), 2);
    assert.match(
      driftReportTables(report),
      /^Which other stacks there are is not known:\n {4}error: no login$/m,
    );
  });

  it("shows a changed trust with the account that it now admits", () => {
    const trust = (...accounts: readonly string[]): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: accounts.map((AWS) => ({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS },
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        })),
      });
    const changed = {
      operation: "update",
      type: "aws:iam/role:Role",
      name: "infra-ReadR-dev",
      properties: [
        {
          property: "assumeRolePolicy",
          deployed: trust("111111111111"),
          found: trust("111111111111", "999999999999"),
        },
      ],
    };
    const lines = driftReportTables(of({ ...clean, byHand: [changed] })).split("\n");
    assert.deepEqual(
      lines.filter((line) => /│ +[+-] /.test(line)).map((line) => line.replace(/^.*│ +(?=[+-])| +│$/g, "")),
      [
        '+ { "Action": "sts:AssumeRole", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }, ' +
          '"Effect": "Allow", "Principal": { "AWS": "999999999999" } }',
      ],
    );
  });

  it("does not say of a subscription that is gone that somebody did it", () => {
    const gone: AccountReport = {
      ...clean,
      byHand: [
        {
          operation: "create",
          type: "aws:sns/topicSubscription:TopicSubscription",
          name: "email:security@example.com",
          properties: [],
        },
      ],
    };
    assert.match(
      driftReportTables(of(gone)),
      /│ changed in AWS +│ sns\.TopicSubscription email:security@example\.com │ is gone +│\n│ +│ +│ AWS deletes one that nobody +│\n│ +│ +│ confirms within days +│/,
    );
  });

  it("repeats why an account could not be looked at, so that it ends no block of Markdown", () => {
    assert.equal(
      beforeCompared(driftReportTables(of({ ...failed, problem: "It failed.\n```\n\u001b[2J" }))),
      "dev (222222222222): not looked at.\n    It failed.\n    ```\n    \\u{1b}[2J\n\nNot everything could be looked at.\n",
    );
  });

  it("shows text of others as text", () => {
    const trick = "a\nb\u001b[1A\u202ec";
    const report: AccountReport = {
      ...clean,
      byHand: [
        {
          operation: "update",
          type: "aws:iam/user:User",
          name: trick,
          properties: [
            { property: trick, deployed: trick, found: { [trick]: trick } },
            { property: "list", deployed: [], found: [trick] },
          ],
        },
      ],
      notDeployed: [{ operation: "update", type: trick, name: trick, properties: [{ property: trick }] }],
      unmanaged: [
        { kind: "user", name: trick, details: [trick] },
        { kind: "tag", name: trick, of: trick, details: [trick] },
      ],
    };
    assert.doesNotMatch(driftReportTables(of(report)).replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    assert.doesNotMatch(driftReportJson(of(report)).replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    assert.equal(driftReportTables(of(report)).match(/^│ in no stack /gm)?.length, 2);
  });
});
