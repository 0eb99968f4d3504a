import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";

import { toInstant } from "../../src/model/dates";
import { periodNamed } from "../../src/review/cadence";
import { changeRoster, type RosterChange } from "../../src/definitions/roster-changes";
import { changedRoster } from "../../src/review/changed-roster";
import { closedRows } from "../../src/review/closing";
import type { DecisionKind } from "../../src/review/review-decision";
import type { ReviewDecisions } from "../../src/review/decisions-file";
import { rowKey, rowTitle } from "../../src/review/access-row";
import { planRemovals } from "../../src/review/removal";
import { earlierReview, type ReviewRow } from "../../src/review/review";
import {
  filesChangedSince,
  readSignature,
  signatureJson,
  signingFaults,
  type Signature,
} from "../../src/review/signature";
import { reviewCalendar, type ReviewProgress } from "../../src/review/review-calendar";
import type { WrittenRoster } from "../support/rosters";
import {
  cleanAccounts,
  reviewedModel,
  REVIEWED_AT,
  reviewedRoster,
  reviewOf,
  snapshotOf,
  type Accounts,
} from "./support";

const REVIEW = reviewOf();
const MODEL = reviewedModel(reviewedRoster());

/** Keeps everything, but for what a test decides; nobody who may sign decides. */
function decided(
  other: Readonly<Record<string, DecisionKind>> = {},
  rows: readonly ReviewRow[] = REVIEW.rows,
): ReviewDecisions {
  return new Map(
    rows.map((row) => {
      const decision = other[rowTitle(row)] ?? "keep";
      const reviewer = row.reviewers.find((name) => name !== "chris.security") ?? "";
      return [rowKey(row), { decision, reviewer, note: decision === "change" ? "by rota" : "" }];
    }),
  );
}

describe("signing a review", () => {
  it("takes a security engineer and a decision for each row", () => {
    assert.deepEqual(signingFaults(REVIEW, decided(), MODEL, "chris.security"), []);
  });

  const some = REVIEW.rows.filter((row) => rowTitle(row) !== "alex.dba, prod/DbRead");
  const byChris: ReviewDecisions = new Map(
    [...decided()].map(([key, one]) => [
      key,
      key.includes("alex.dba") ? { ...one, reviewer: "chris.security" } : one,
    ]),
  );
  const REFUSED: readonly (readonly [string, ReviewDecisions, string, readonly string[]])[] = [
    [
      "where a row is open",
      decided({}, some),
      "chris.security",
      ["alex.dba, prod/DbRead: nobody has decided."],
    ],
    [
      "by somebody else",
      decided(),
      "sarah.devops",
      [
        "sarah.devops is no security engineer of the roster.",
        ...REVIEW.rows
          .filter((row) => decided().get(rowKey(row))?.reviewer === "sarah.devops")
          .map((row) => `${rowTitle(row)}: sarah.devops decided it, and somebody else approves.`),
        "Another of security signs, or somebody else decides these rows in decisions.csv.",
      ],
    ],
    ["by nobody of the roster", decided(), "eve", ["eve is not in the roster."]],
    [
      "by somebody who decided",
      byChris,
      "chris.security",
      [
        "alex.dba, staging/Dba: chris.security decided it, and somebody else approves.",
        "alex.dba, prod/DbRead: chris.security decided it, and somebody else approves.",
        "Another of security signs, or somebody else decides these rows in decisions.csv.",
      ],
    ],
  ];
  for (const [name, decisions, by, faults] of REFUSED) {
    it(`is refused ${name}`, () => assert.deepEqual(signingFaults(REVIEW, decisions, MODEL, by), faults));
  }

  it("is told from files that were changed since", () => {
    const signature: Signature = {
      as: "security",
      by: "chris.security",
      at: REVIEWED_AT,
      signed: { "review.json": "a".repeat(64), "decisions.csv": "b".repeat(64) },
    };
    assert.deepEqual(readSignature("signature.json", signatureJson(signature)), signature);
    assert.deepEqual(filesChangedSince(signature, signature.signed), []);
    assert.deepEqual(filesChangedSince(signature, { ...signature.signed, "decisions.csv": "c".repeat(64) }), [
      "decisions.csv",
    ]);
    assert.throws(() => readSignature("signature.json", "{}"), /signature\.json is no signature/);
  });
});

const AWAY: Readonly<Record<string, DecisionKind>> = {
  "alex.dba, prod/DbRead": "remove",
  "sarah.devops, prod/Ops": "change",
  "chris.security, users/PowerG": "remove",
  "maria.cto, prod/BreakGlass": "remove",
};

describe("what decisions ask of the roster", () => {
  it("is edits where the text can be edited, and words elsewhere", () => {
    assert.deepEqual(
      planRemovals(REVIEW, decided(AWAY), MODEL).map(({ row, ...removal }) => [rowTitle(row), removal]),
      [
        [
          "alex.dba, prod/DbRead",
          { kind: "edit", changes: [{ kind: "role", person: "alex.dba", account: "prod", role: "DbRead" }] },
        ],
        [
          "chris.security, users/PowerG",
          { kind: "edit", changes: [{ kind: "power", person: "chris.security" }] },
        ],
        [
          "maria.cto, prod/BreakGlass",
          { kind: "by hand", words: "their place under breakGlass: somebody else takes it" },
        ],
        ["sarah.devops, prod/Ops", { kind: "by hand", words: "change: by rota" }],
      ],
    );
  });
});

describe("removing a person whole", () => {
  const kims = (until: string) => {
    const roster = reviewedRoster();
    const people = { ...roster.people, "kim.contractor": { ...roster.people["kim.contractor"]!, until } };
    const review = reviewOf({ roster: { ...roster, people } });
    const row = {
      ...review.rows.find(({ who }) => who === "kim.contractor")!,
      role: "User",
      sources: ["people"],
    };
    const decision = { decision: "remove", reviewer: "maria.cto", note: "" } as const;
    const changed = { ...review, rows: [row] };
    const model = reviewedModel({ ...roster, people });
    return planRemovals(changed, new Map([[rowKey(row), decision]]), model).map(
      ({ row: _, ...removal }) => removal,
    );
  };

  it("is their last day, at the snapshot", () =>
    assert.deepEqual(kims("2027-01-31"), [
      {
        kind: "edit",
        changes: [{ kind: "last day", person: "kim.contractor", until: REVIEW.snapshot.finishedAt }],
      },
    ]));

  it("is the end of their entry once that day has passed, which no review makes later", () =>
    assert.deepEqual(kims("2026-11-20"), [
      {
        kind: "edit",
        changes: [
          { kind: "entry", person: "kim.contractor" },
          { kind: "departed", person: "kim.contractor" },
        ],
      },
    ]));
});

describe("the roster after removals", () => {
  const roster = reviewedRoster();
  const changes: readonly RosterChange[] = [
    { kind: "role", person: "alex.dba", account: "prod", role: "DbRead" },
    { kind: "another role", person: "john.developer", account: "dev", role: "Developer", to: "Read" },
    { kind: "power", person: "sarah.devops" },
    { kind: "last day", person: "chris.security", until: REVIEWED_AT },
    { kind: "entry", person: "kim.contractor" },
    { kind: "departed", person: "kim.contractor" },
    { kind: "post", person: "john.developer", key: "manager", value: "maria.cto" },
  ];

  it("is what the edited text comes to", () => {
    const text = `export const roster = ${JSON.stringify(roster, null, 2)};\n`;
    const { edits, byHand } = changeRoster(
      (file) => (file === "src/roster.ts" ? text : undefined),
      Object.keys(roster.people),
      changes,
    );
    assert.deepEqual(byHand, []);
    const edited: unknown = runInNewContext(
      `(${edits[0]!.text.replace(/^export const roster = |;\s*$/g, "")})`,
    );
    const lists = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === "access" ? cellsOf(one) : one)));
    assert.deepEqual(lists(changedRoster(roster, changes)), lists(edited));
  });
});

/** Each cell as a list: one role may be a text or a list of one. */
const cellsOf = (access: unknown): unknown =>
  Object.fromEntries(Object.entries(access as object).map(([account, roles]) => [account, [roles].flat()]));

describe("a change", () => {
  const changed = (title: string, note: string) => {
    const row = REVIEW.rows.find((one) => rowTitle(one) === title)!;
    const decision = { decision: "change", reviewer: row.reviewers[0] ?? "", note } as const;
    return planRemovals(REVIEW, new Map([[rowKey(row), decision]]), MODEL).map(
      ({ row: _, ...removal }) => removal,
    );
  };

  it("to a role that its note names is an edit of the roster", () =>
    assert.deepEqual(changed("sarah.devops, prod/Ops", "Monitor"), [
      {
        kind: "edit",
        changes: [
          { kind: "another role", person: "sarah.devops", account: "prod", role: "Ops", to: "Monitor" },
        ],
      },
    ]));

  for (const [title, note] of [
    ["sarah.devops, prod/Ops", "Monitor, from January"],
    ["sarah.devops, prod/Ops", "Ops"],
    ["maria.cto, prod/BreakGlass", "Read"],
    ["chris.security, users/PowerG", "Read"],
  ] as const)
    it(`is for people to read: ${title}, '${note}'`, () =>
      assert.deepEqual(changed(title, note), [{ kind: "by hand", words: `change: ${note}` }]));
});

describe("closing a review", () => {
  const removed = (): WrittenRoster => {
    const roster = reviewedRoster();
    return {
      ...roster,
      people: {
        ...roster.people,
        "alex.dba": { ...roster.people["alex.dba"]!, access: { staging: "Dba" } },
        "sarah.devops": {
          ...roster.people["sarah.devops"]!,
          access: { dev: "Admin", staging: "Ops", prod: "Read" },
        },
      },
      power: ["sarah.devops"],
      breakGlass: { prod: { primary: "sarah.devops" } },
    };
  };

  function closing(after: WrittenRoster, deployed: WrittenRoster, change?: (accounts: Accounts) => void) {
    const accounts = cleanAccounts(reviewedModel(deployed));
    change?.(accounts);
    const model = reviewedModel(after);
    return closedRows(REVIEW, decided(AWAY), model, snapshotOf(model, accounts)).map(
      ({ row, done, seen }) => [row, done, ...seen],
    );
  }

  it("shows each removal that happened, in the roster and in the account", () => {
    assert.deepEqual(closing(removed(), removed()), [
      [
        "alex.dba, prod/DbRead",
        true,
        "the roster gives it no more",
        "the trust of infra-DbReadR-prod equals the roster's, without them",
      ],
      [
        "chris.security, users/PowerG",
        true,
        "the roster gives it no more",
        "the user is not in infra-PowerG",
      ],
      [
        "maria.cto, prod/BreakGlass",
        true,
        "the roster gives it no more",
        "the trust of infra-BreakGlassR-prod equals the roster's, without them",
      ],
      [
        "sarah.devops, prod/Ops",
        true,
        "the roster has it no more",
        "the trust of infra-OpsR-prod equals the roster's, without them",
      ],
    ]);
  });

  it("stays open where the roster was changed and nobody deployed it", () => {
    assert.deepEqual(
      closing(removed(), reviewedRoster()).map(([row, done, , seen]) => [row, done, seen]),
      [
        [
          "alex.dba, prod/DbRead",
          false,
          "the trust of infra-DbReadR-prod names arn:aws:iam::111111111111:user/people/alex.dba",
        ],
        ["chris.security, users/PowerG", false, "the user is in infra-PowerG"],
        [
          "maria.cto, prod/BreakGlass",
          false,
          "the trust of infra-BreakGlassR-prod names arn:aws:iam::111111111111:user/people/maria.cto",
        ],
        [
          "sarah.devops, prod/Ops",
          false,
          "the trust of infra-OpsR-prod names arn:aws:iam::111111111111:user/people/sarah.devops",
        ],
      ],
    );
  });

  it("stays open where nothing was changed", () => {
    assert.deepEqual(
      closing(reviewedRoster(), reviewedRoster()).map(([row, done, seen]) => [row, done, seen]),
      [
        ["alex.dba, prod/DbRead", false, "the roster still gives it: for good"],
        ["chris.security, users/PowerG", false, "the roster still gives it: power"],
        ["maria.cto, prod/BreakGlass", false, "the roster still gives it: for good"],
        ["sarah.devops, prod/Ops", false, "the roster has it as before"],
      ],
    );
  });

  it("stays open where a tag of the user still says the role, which trusts may read", () => {
    const tagged = closing(removed(), removed(), (accounts) => {
      accounts["users"]!.authorizationDetails.users.find(({ name }) => name === "alex.dba")!.tags[
        "infra:prod"
      ] = "+DbRead+";
    });
    assert.deepEqual(tagged[0], [
      "alex.dba, prod/DbRead",
      false,
      "the roster gives it no more",
      "the tag infra:prod of alex.dba is +DbRead+, which trusts may read",
    ]);
  });

  it("stays open where the trust differs from the roster's", () => {
    const widened = closing(removed(), removed(), (accounts) => {
      accounts["prod"]!.authorizationDetails.roles.find(({ name }) => name === "infra-DbReadR-prod")!.trust =
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
        });
    });
    assert.deepEqual(widened[0], [
      "alex.dba, prod/DbRead",
      false,
      "the roster gives it no more",
      "the trust of infra-DbReadR-prod differs from the roster's",
    ]);
  });
});

describe("closing a review looks at partners, power and users too:", () => {
  const same = reviewedRoster();
  const withoutPartners: WrittenRoster = { ...same, partners: {} };
  const withPeople = (
    change: (people: Record<string, WrittenRoster["people"][string]>) => void,
  ): WrittenRoster => {
    const people = { ...same.people };
    change(people);
    return { ...same, people };
  };
  const withoutAccess = withPeople((people) => {
    people["john.developer"] = {
      email: "john@example.com",
      category: "developer",
      manager: "sarah.devops",
      access: {},
    };
  });
  const datedDevOps: WrittenRoster = {
    ...withPeople((people) => {
      people["sarah.devops"] = {
        ...people["sarah.devops"]!,
        access: { dev: "Admin", staging: "Ops", prod: "Read" },
      };
    }),
    temporary: [
      {
        person: "sarah.devops",
        account: "prod",
        role: "Ops",
        from: "2026-11-29T08:00:00Z",
        until: "2026-11-29T16:00:00Z",
        reason: "INC-1",
        approvedBy: ["alex.dba", "chris.security"],
      },
    ],
  };
  const removeRole = (accounts: Accounts): void => {
    const details = accounts["prod"]!.authorizationDetails;
    details.roles = details.roles.filter(({ name }) => name !== "infra-DataShareR-prod-acme");
  };
  interface ClosingCase {
    readonly name: string;
    readonly before?: WrittenRoster;
    readonly after?: WrittenRoster;
    readonly deployed?: WrittenRoster;
    readonly change?: (accounts: Accounts) => void;
    readonly row: string;
    readonly decision: DecisionKind;
    readonly seen: readonly [boolean, ...string[]];
  }
  const PARTNER = { row: "acme, prod/DataShare", decision: "remove" } as const;
  const CASES: readonly ClosingCase[] = [
    {
      ...PARTNER,
      name: "a partner's role that nobody took away",
      seen: [false, "the definitions still have it", "the account has the role infra-DataShareR-prod-acme"],
    },
    {
      ...PARTNER,
      name: "a partner's role that left the roster and was not deployed",
      after: withoutPartners,
      seen: [false, "the definitions have it no more", "the account has the role infra-DataShareR-prod-acme"],
    },
    {
      ...PARTNER,
      name: "a partner's role that somebody deleted by hand",
      change: removeRole,
      seen: [false, "the definitions still have it", "the account has no role infra-DataShareR-prod-acme"],
    },
    {
      ...PARTNER,
      name: "a partner's role that is gone",
      after: withoutPartners,
      deployed: withoutPartners,
      seen: [true, "the definitions have it no more", "the account has no role infra-DataShareR-prod-acme"],
    },
    {
      name: "power that was to be changed and was not",
      row: "sarah.devops, users/PowerG",
      decision: "change",
      seen: [false, "the roster has it as before"],
    },
    {
      name: "a role that was to be dated, and was",
      after: datedDevOps,
      deployed: datedDevOps,
      row: "sarah.devops, prod/Ops",
      decision: "change",
      seen: [
        true,
        "the roster has it otherwise: from 2026-11-29 08:00 until 2026-11-29 16:00",
        "the trust of infra-OpsR-prod equals the roster's",
      ],
    },
    {
      name: "a role that was to be dated, which nobody deployed",
      after: datedDevOps,
      row: "sarah.devops, prod/Ops",
      decision: "change",
      seen: [
        false,
        "the roster has it otherwise: from 2026-11-29 08:00 until 2026-11-29 16:00",
        "the trust of infra-OpsR-prod differs from the roster's",
      ],
    },
    {
      name: "a user without a role who was to be changed and was not",
      before: withoutAccess,
      after: withoutAccess,
      deployed: withoutAccess,
      row: "john.developer, users/User",
      decision: "change",
      seen: [false, "the roster has it as before"],
    },
  ];

  it("a user who was to be removed, where their credentials were not read", () => {
    const model = reviewedModel(withoutAccess);
    const snapshot = snapshotOf(model, cleanAccounts(model), { users: ["userCredentials"] });
    const row = "john.developer, users/User";
    const review = reviewOf({ roster: withoutAccess });
    assert.deepEqual(
      closedRows(review, decided({ [row]: "remove" }, review.rows), model, snapshot).map(({ seen }) => seen),
      [["the roster still has them", "userCredentials of users was not read: access denied"]],
    );
  });

  for (const { name, before = same, after = same, deployed = same, change, row, decision, seen } of CASES) {
    it(name, () => {
      const review = reviewOf({ roster: before });
      const accounts = cleanAccounts(reviewedModel(deployed));
      change?.(accounts);
      const model = reviewedModel(after);
      const rows = closedRows(
        review,
        decided({ [row]: decision }, review.rows),
        model,
        snapshotOf(model, accounts),
      );
      assert.deepEqual(
        rows.map((one) => [one.row, one.done, ...one.seen]),
        [[row, ...seen]],
      );
    });
  }
});

describe("the calendar", () => {
  const progress = (name: string, stage: ReviewProgress["stage"]): ReviewProgress => ({
    period: periodNamed(name)!,
    stage,
    decided: 1,
    rows: 2,
  });
  const at = toInstant(new Date("2026-11-29T12:00:00Z"));
  const CASES: readonly (readonly [string, readonly ReviewProgress[], readonly (readonly unknown[])[]])[] = [
    ["nothing was ever opened", [], [["2026-11", "not opened", 1, false]]],
    ["this month's is open", [progress("2026-11", "open")], [["2026-11", "open", 1, false]]],
    ["this month's is closed", [progress("2026-11", "closed")], [["2026-11", "closed", 1, false]]],
    [
      "an earlier one is late, and one was left out",
      [progress("2026-08", "closed"), progress("2026-09", "signed")],
      [
        ["2026-09", "signed", -60, true],
        ["2026-10", "not opened", -29, true],
        ["2026-11", "not opened", 1, false],
      ],
    ],
  ];
  for (const [name, reviews, expected] of CASES) {
    it(name, () => {
      assert.deepEqual(
        reviewCalendar("monthly", reviews, at).map(({ period, stage, days, isLate }) => [
          period.name,
          stage,
          days,
          isLate,
        ]),
        expected,
      );
    });
  }
});

describe("what changed since the last review", () => {
  it("is findings and access that came and went", () => {
    const before = earlierReview({
      ...reviewOf({
        change: (accounts) => {
          accounts["users"]!.userCredentials[0]!.password = { mustBeReset: false };
        },
      }),
      period: periodNamed("2026-Q3")!,
    });
    const roster = reviewedRoster();
    const after = reviewOf({
      roster: {
        ...roster,
        people: {
          ...roster.people,
          "john.developer": { ...roster.people["john.developer"]!, access: { dev: ["Developer", "DbRead"] } },
        },
      },
      change: (accounts) => {
        accounts["dev"]!.rootUser.hasMfa = false;
      },
      earlier: [before],
    });
    assert.deepEqual(after.sinceLast, {
      name: "2026-Q3",
      newFindings: ["root-without-mfa:dev:the root user"],
      goneFindings: ["mfa-missing:users:alex.dba"],
      newRows: ["john.developer, dev/DbRead"],
      goneRows: ["john.developer, staging/Developer"],
    });
    assert.deepEqual(after.earlier, [
      { name: "2026-Q3", counts: { high: 1, medium: 0, low: 0, accepted: 0, rows: 22 } },
    ]);
  });
});

describe("an accepted finding", () => {
  const change = (accounts: Accounts): void => {
    accounts["dev"]!.rootUser.hasMfa = false;
  };
  const entry = { finding: "root-without-mfa:dev:the root user", owner: "sarah.devops", reason: "INC-7" };
  const of = (expires: string) => reviewOf({ change, accepted: [{ ...entry, expires }] });

  it("is shown with its owner, and does not count", () => {
    const { findings, counts } = of("2026-11-29");
    assert.deepEqual(findings[0]?.acceptance, {
      owner: "sarah.devops",
      reason: "INC-7",
      expires: "2026-11-29",
    });
    assert.deepEqual(counts, { high: 0, medium: 0, low: 0, accepted: 1, rows: 22 });
  });

  it("stands again after its last day, and says so", () => {
    const { findings, counts } = of("2026-11-28");
    assert.equal(findings[0]?.acceptance, undefined);
    assert.equal(
      findings[0]?.evidence.at(-1),
      "accepted by sarah.devops until 2026-11-28, which has passed: INC-7",
    );
    assert.equal(counts.high, 1);
  });
});
