import assert from "node:assert/strict";

import { changedEntries } from "../../src/approvals/changed-entries";
import { githubReviews, parsePullRequestName } from "../../src/approvals/github-reviews";
import { isApproved, judge, judgementText } from "../../src/approvals/judgement";
import { parseReviews, type Review, type Reviews } from "../../src/approvals/reviews";
import { UserError } from "../../src/model/problems";
import { NOW, sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";

const HEAD = "a".repeat(40);
const EARLIER = "b".repeat(40);

const HANDLES = { "alex.dba": "alex-db", "sarah.devops": "sarah-ops", "chris.security": "Chris-Sec" };

/** The roster of the base branch: handles, and nothing temporary. */
function baseRoster(change: (roster: WrittenRoster) => void = () => undefined): WrittenRoster {
  const roster = sampleRoster();
  roster.temporary = [];
  for (const [name, github] of Object.entries(HANDLES)) Object.assign(roster.people[name]!, { github });
  change(roster);
  return roster;
}

const grant = (approvedBy: readonly string[] = ["alex.dba"], more: object = {}) => ({
  person: "john.developer",
  account: "prod",
  role: "DbRead",
  from: "2026-12-01T10:00:00Z",
  until: "2026-12-01T12:00:00Z",
  reason: "INC-1042",
  approvedBy: [...approvedBy],
  ...more,
});

const approval = (github: string, more: Partial<Review> = {}): Review => ({
  by: { github },
  state: "approved",
  commit: HEAD,
  ...more,
});

const reviewed = (reviews: readonly Review[], more: Partial<Reviews> = {}): Reviews => ({
  head: HEAD,
  author: { github: "john-dev" },
  committers: [],
  reviews: [...reviews],
  ...more,
});

const definitions = (roster: unknown, organization: unknown = sampleOrganization()) => ({
  organization,
  roster,
});

function textOf(
  base: WrittenRoster,
  head: WrittenRoster,
  reviews: Reviews,
  organizations: readonly [unknown, unknown] = [sampleOrganization(), sampleOrganization()],
): string {
  const judgement = judge(
    definitions(base, organizations[0]),
    definitions(head, organizations[1]),
    reviews,
    NOW,
  );
  const text = judgementText(judgement);
  assert.equal(
    isApproved(judgement),
    /^(Everybody whom the entries name has approved the last commit\.|No entry that names approvers is new or changed\.)$/m.test(
      text,
    ),
  );
  return text;
}

const withGrant =
  (...args: Parameters<typeof grant>) =>
  (roster: WrittenRoster): void => {
    roster.temporary = [grant(...args)];
  };

const APPROVED = "Everybody whom the entries name has approved the last commit.\n";
const NOT_APPROVED = "Not approved: a name under `approvedBy` is an approval once its owner's review is.\n";
const REFUSED =
  "With the people and the organization of the base branch, the rules refuse it. Where it also changes them, do that first, in\n" +
  "a change of its own:\n";

interface Case {
  readonly name: string;
  readonly base?: (roster: WrittenRoster) => void;
  readonly head: (roster: WrittenRoster) => void;
  readonly reviews: Reviews;
  readonly text: string | RegExp;
}

const CASES: readonly Case[] = [
  {
    name: "approved by the one whom it names",
    head: withGrant(),
    reviews: reviewed([approval("alex-db")]),
    text: `temporary[0]:\n  ✔ alex.dba approved it\n\n${APPROVED}`,
  },
  {
    name: "in whatever capitals; others' approvals do no harm",
    head: withGrant(),
    reviews: reviewed([approval("sarah-ops"), approval("ALEX-DB"), approval("somebody-else")]),
    text: `temporary[0]:\n  ✔ alex.dba approved it\n\n${APPROVED}`,
  },
  {
    name: "by an address, on a host that tells addresses",
    head: withGrant(),
    reviews: reviewed([{ by: { email: "ALEX@example.com" }, state: "approved", commit: HEAD }], {
      author: { email: "john@example.com" },
    }),
    text: `temporary[0]:\n  ✔ alex.dba approved it\n\n${APPROVED}`,
  },
  {
    name: "nothing to approve",
    head: (roster) => {
      roster.people["john.developer"]!.access = { dev: "Read" };
    },
    reviews: reviewed([]),
    text: "No entry that names approvers is new or changed.\n",
  },
  {
    name: "nothing to approve where an entry goes",
    base: withGrant(),
    head: () => undefined,
    reviews: reviewed([]),
    text: "No entry that names approvers is new or changed.\n",
  },
  {
    name: "a typed name is no approval",
    head: withGrant(),
    reviews: reviewed([]),
    text: `temporary[0]:\n  ✖ alex.dba has not reviewed it\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor somebody else's",
    head: withGrant(),
    reviews: reviewed([approval("sarah-ops")]),
    text: `temporary[0]:\n  ✖ alex.dba has not reviewed it\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor one of two",
    head: withGrant(["alex.dba", "chris.security"]),
    reviews: reviewed([approval("alex-db")]),
    text: `temporary[0]:\n  ✔ alex.dba approved it\n  ✖ chris.security has not reviewed it\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor an approval of an earlier commit",
    head: withGrant(),
    reviews: reviewed([approval("alex-db", { commit: EARLIER })]),
    text: `temporary[0]:\n  ✖ alex.dba approved an earlier commit\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor of a commit that is gone",
    head: withGrant(),
    reviews: reviewed([approval("alex-db", { commit: null })]),
    text: `temporary[0]:\n  ✖ alex.dba approved an earlier commit\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor a review that was dismissed",
    head: withGrant(),
    reviews: reviewed([approval("alex-db", { state: "dismissed" })]),
    text: `temporary[0]:\n  ✖ alex.dba has not approved it: their last review is "dismissed"\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor one after which its owner asks for changes",
    head: withGrant(),
    reviews: reviewed([approval("alex-db"), approval("alex-db", { state: "changes requested" })]),
    text: `temporary[0]:\n  ✖ alex.dba has not approved it: their last review is "changes requested"\n\n${NOT_APPROVED}`,
  },
  {
    name: "but one after which they only comment",
    head: withGrant(),
    reviews: reviewed([approval("alex-db"), approval("alex-db", { state: "commented", commit: EARLIER })]),
    text: `temporary[0]:\n  ✔ alex.dba approved it\n\n${APPROVED}`,
  },
  {
    name: "nor one of the one who opened it",
    head: withGrant(),
    reviews: reviewed([approval("alex-db")], { author: { github: "Alex-DB" } }),
    text: `temporary[0]:\n  ✖ alex.dba opened this, and nobody approves what they ask for\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor of one who wrote a commit of it",
    head: withGrant(),
    reviews: reviewed([approval("alex-db")], { committers: [{ github: "alex-db" }] }),
    text: `temporary[0]:\n  ✖ alex.dba wrote a commit of this\n\n${NOT_APPROVED}`,
  },
  {
    name: "a change cannot give its approver another name on GitHub",
    head: (roster) => {
      withGrant()(roster);
      Object.assign(roster.people["alex.dba"]!, { github: "john-friend" });
    },
    reviews: reviewed([approval("john-friend")]),
    text: `temporary[0]:\n  ✖ alex.dba has not reviewed it\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor bring an approver of its own",
    head: (roster) => {
      withGrant(["new.dba"])(roster);
      roster.people["new.dba"] = { email: "new@example.com", category: "dba", access: {} };
      Object.assign(roster.people["new.dba"], { github: "new-dba" });
    },
    reviews: reviewed([approval("new-dba")]),
    text: `temporary[0]:\n  ✖ new.dba is not in the roster of the base branch, which alone says who may approve\n\n${NOT_APPROVED}`,
  },
  {
    name: "nor make somebody an approver by another category",
    base: (roster) => {
      roster.people["quinn.qa"] = { email: "quinn@example.com", category: "qa", access: {} };
      Object.assign(roster.people["quinn.qa"], { github: "quinn-qa" });
    },
    head: (roster) => {
      withGrant(["quinn.qa"])(roster);
      roster.people["quinn.qa"] = { email: "quinn@example.com", category: "dba", access: {} };
      Object.assign(roster.people["quinn.qa"], { github: "quinn-qa" });
    },
    reviews: reviewed([approval("quinn-qa")]),
    text: /^temporary\[0\]:\n {2}✔ quinn\.qa approved it\n\nWith the people .*\n.*\n1 problem to solve first\.\n\nsrc\/roster\.ts\n {2}1\. temporary\[0\]\.approvedBy\[0\] = "quinn\.qa"\n {5}This person is of category qa and may not approve\./,
  },
  {
    name: "nor make two names of one person two people by another address",
    base: (roster) => {
      roster.people["john.developer"]!.email = "alex@example.com";
    },
    head: (roster) => {
      withGrant()(roster);
      roster.people["john.developer"]!.email = "john@example.com";
    },
    reviews: reviewed([approval("alex-db")]),
    text: /the rules refuse it[\s\S]*Nobody approves for themselves\./,
  },
  {
    name: "an approver without a name on GitHub",
    base: (roster) => {
      Reflect.deleteProperty(roster.people["alex.dba"]!, "github");
    },
    head: (roster) => {
      withGrant()(roster);
      Reflect.deleteProperty(roster.people["alex.dba"]!, "github");
    },
    reviews: reviewed([approval("alex-db")]),
    text: `temporary[0]:\n  ✖ alex.dba has no \`github\` in the roster of the base branch\n\n${NOT_APPROVED}`,
  },
  {
    name: "a longer time than was approved",
    base: withGrant(),
    head: withGrant(["alex.dba"], { until: "2026-12-01T13:00:00Z" }),
    reviews: reviewed([]),
    text: `temporary[0]:\n  ✖ alex.dba has not reviewed it\n\n${NOT_APPROVED}`,
  },
  {
    name: "another account behind the same key is another grant",
    base: withGrant(),
    head: withGrant(),
    reviews: reviewed([]),
    text: `temporary[0]:\n  ✖ alex.dba has not reviewed it\n\n${NOT_APPROVED}`,
  },
  {
    name: "what was held counts, though the change takes its entry out: four hours in the morning, four more at once",
    base: (roster) => {
      roster.temporary = [
        grant(["alex.dba"], { from: "2026-11-20T06:00:00Z", until: "2026-11-20T10:00:00Z" }),
      ];
    },
    head: (roster) => {
      roster.temporary = [
        grant(["alex.dba"], { from: "2026-11-20T10:00:00Z", until: "2026-11-20T14:00:00Z", reason: "INC-2" }),
      ];
    },
    reviews: reviewed([approval("alex-db")]),
    text: /the rules refuse it[\s\S]*DbRead in prod is granted for at most 4 hours in all/,
  },
  {
    name: "a contractor's terms are approved as grants are",
    head: (roster) => {
      roster.people["kim.contractor"]!.until = "2027-06-30";
      roster.people["kim.contractor"]!.approvedBy = ["sarah.devops", "chris.security"];
    },
    reviews: reviewed([approval("sarah-ops")]),
    text: `people["kim.contractor"]:\n  ✔ sarah.devops approved it\n  ✖ chris.security has not reviewed it\n\n${NOT_APPROVED}`,
  },
];

describe("approvals are reviews", () => {
  for (const { name, base, head, reviews, text } of CASES) {
    it(name, () => {
      const before = baseRoster(base);
      const after = baseRoster(base);
      after.temporary = [];
      head(after);
      const swapped = sampleOrganization();
      if (name.startsWith("another account")) swapped.accounts["prod"]!.id = "555555555555";
      const said = textOf(before, after, reviews, [sampleOrganization(), swapped]);
      if (typeof text === "string") assert.equal(said, text);
      else assert.match(said, text);
    });
  }

  it("and the rules of the base branch's organization count, whatever the change says of it", () => {
    const [before, after] = [baseRoster(), baseRoster(withGrant(["alex.dba"], { account: "lab" }))];
    const organization = sampleOrganization();
    organization.accounts["lab"] = { id: "666666666666", kind: "workload", environment: "dev" };
    const said = textOf(before, after, reviewed([approval("alex-db")]), [sampleOrganization(), organization]);
    assert.ok(said.includes(REFUSED), said);
    assert.match(said, /There is no such account in `src\/organization\.ts`\./);
  });
});

describe("the entries that are new or changed", () => {
  const paths = (base: WrittenRoster, head: WrittenRoster): readonly string[] =>
    changedEntries(definitions(base), definitions(head)).map(({ path }) => path);

  it("are told by what they say, wherever in the list they stand", () => {
    const [one, two] = [grant(), grant(["alex.dba"], { reason: "INC-2" })];
    assert.deepEqual(
      paths(
        baseRoster((roster) => void (roster.temporary = [one, two])),
        baseRoster((roster) => void (roster.temporary = [two, one])),
      ),
      [],
    );
  });

  it("and as often as they are more than they were", () => {
    assert.deepEqual(
      paths(
        baseRoster((roster) => void (roster.temporary = [grant()])),
        baseRoster((roster) => void (roster.temporary = [grant(), grant()])),
      ),
      ["temporary[1]"],
    );
  });

  it("wherever an entry names approvers, in parts that nobody knows yet too", () => {
    const head = { ...baseRoster(), later: { prod: [{ person: "john.developer", approvedBy: "alex.dba" }] } };
    assert.deepEqual(changedEntries(definitions(baseRoster()), definitions(head)), [
      { path: "later.prod[0]", approvedBy: ["alex.dba"] },
    ]);
  });
});

describe("reviews", () => {
  it("of GitHub are read from its pages", async () => {
    const answers: Readonly<Record<string, unknown>> = {
      "repos/example/accounts/pulls/7": [{ user: { login: "john-dev" }, head: { sha: HEAD }, commits: 2 }],
      "repos/example/accounts/pulls/7/reviews?per_page=100": [
        [{ user: { login: "alex-db" }, state: "COMMENTED", commit_id: EARLIER }],
        [
          { user: { login: "alex-db" }, state: "APPROVED", commit_id: HEAD },
          { user: null, state: "DISMISSED", commit_id: null },
          { user: { login: "x" }, state: "PENDING", commit_id: HEAD },
        ],
      ],
      "repos/example/accounts/pulls/7/commits?per_page=100": [
        [
          { author: { login: "john-dev" }, committer: { login: "web-flow" } },
          { author: null, committer: null },
        ],
      ],
    };
    const asked: string[] = [];
    const reviews = await githubReviews(parsePullRequestName("example/accounts#7"), (path) => {
      asked.push(path);
      return Promise.resolve({ kind: "ended", code: 0, stdout: JSON.stringify(answers[path]), stderr: "" });
    });
    assert.deepEqual(asked, Object.keys(answers));
    assert.deepEqual(reviews, {
      head: HEAD,
      author: { github: "john-dev" },
      committers: [{ github: "john-dev" }, { github: "web-flow" }],
      reviews: [
        { by: { github: "alex-db" }, state: "commented", commit: EARLIER },
        { by: { github: "alex-db" }, state: "approved", commit: HEAD },
        { by: { github: "ghost" }, state: "dismissed", commit: null },
        { by: { github: "x" }, state: "commented", commit: HEAD },
      ],
    });
  });

  it("are not judged where GitHub does not list every commit", async () => {
    const answers: Readonly<Record<string, unknown>> = {
      "repos/example/accounts/pulls/7": [{ user: null, head: { sha: HEAD }, commits: 251 }],
      "repos/example/accounts/pulls/7/reviews?per_page=100": [[]],
      "repos/example/accounts/pulls/7/commits?per_page=100": [
        Array.from({ length: 250 }, () => ({ author: null, committer: null })),
      ],
    };
    await assert.rejects(
      githubReviews(parsePullRequestName("example/accounts#7"), (path) =>
        Promise.resolve({ kind: "ended", code: 0, stdout: JSON.stringify(answers[path]), stderr: "" }),
      ),
      new UserError(
        "GitHub lists 250 commits of the 251 in example/accounts#7, so that nobody knows who wrote the others. " +
          "It lists 250 at most: put fewer into a pull request that changes approvals.",
      ),
    );
  });

  it("are not guessed where GitHub does not answer", async () => {
    await assert.rejects(
      githubReviews(parsePullRequestName("example/accounts#7"), () =>
        Promise.resolve({ kind: "ended", code: 1, stdout: "", stderr: "gh: Not Found (HTTP 404)\n" }),
      ),
      new UserError("GitHub does not answer about repos/example/accounts/pulls/7: gh: Not Found (HTTP 404)"),
    );
    for (const text of [
      "example/accounts",
      "7",
      "example/accounts#x",
      "a/b#7; rm -rf /",
      "https://x/a/b#7",
    ]) {
      assert.throws(() => parsePullRequestName(text), UserError, text);
    }
  });

  it("of a file are those of its documented form", () => {
    const value = {
      head: HEAD,
      author: { email: "john@example.com" },
      reviews: [{ by: { github: "alex-db" }, state: "approved", commit: HEAD }],
    };
    assert.deepEqual(parseReviews(JSON.stringify(value), "reviews.json"), { ...value, committers: [] });
    for (const [text, message] of [
      ["{", /^reviews\.json is no JSON:/],
      [JSON.stringify({ ...value, head: "main" }), /\n {2}head: a commit's whole id$/],
      [JSON.stringify({ ...value, approved: true }), /Unrecognized key: "approved"/],
      [
        JSON.stringify({ ...value, reviews: [{ by: { name: "x" }, state: "ok", commit: HEAD }] }),
        /reviews\.0/,
      ],
    ] as const) {
      assert.throws(
        () => parseReviews(text, "reviews.json"),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, message);
          return true;
        },
      );
    }
  });
});
