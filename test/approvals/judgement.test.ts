import assert from "node:assert/strict";

import { changedEntries } from "../../src/approvals/changed-entries";
import { githubReviews, parsePullRequestName } from "../../src/approvals/github-reviews";
import { isApproved, judgeEntries, judgementText } from "../../src/approvals/judgement";
import { readPastRoster } from "../../src/history/past-grants";
import { removedEntries } from "../../src/history/removed-entries";
import { toInstant } from "../../src/model/dates";
import {
  parseReviews,
  type PullRequestReview,
  type PullRequestReviews,
} from "../../src/approvals/pull-request-reviews";
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

const approval = (github: string, more: Partial<PullRequestReview> = {}): PullRequestReview => ({
  by: { github },
  state: "approved",
  commit: HEAD,
  ...more,
});

const reviewed = (
  reviews: readonly PullRequestReview[],
  more: Partial<PullRequestReviews> = {},
): PullRequestReviews => ({
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

/** What a change takes out of a roster that has been the same for years. */
const removedBetween = (...sides: readonly ReturnType<typeof definitions>[]) =>
  removedEntries(
    sides.map((side, index) => ({
      commit: {
        id: String(index),
        at: toInstant(index === 0 ? new Date("2020-01-01") : NOW),
        author: "",
        subject: "",
      },
      roster: readPastRoster({ kind: "read", definitions: { ...side, workloads: {} } }),
    })),
  );

function textOf(
  base: WrittenRoster,
  head: WrittenRoster,
  reviews: PullRequestReviews,
  organizations: readonly [unknown, unknown] = [sampleOrganization(), sampleOrganization()],
): string {
  const sides = [definitions(base, organizations[0]), definitions(head, organizations[1])] as const;
  const judgement = judgeEntries(...sides, reviews, NOW, removedBetween(...sides));
  const text = judgementText(judgement);
  assert.equal(
    isApproved(judgement),
    /^(Every entry has its approvals, by reviews of the last commit\.|No entry that takes approvals is new or changed\.)$/m.test(
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

const APPROVED = "Every entry has its approvals, by reviews of the last commit.\n";
const NOT_APPROVED = "Not approved: a review of the last commit counts, not a name that was typed.\n";
const REFUSED =
  "With the people and the organization of the base branch, the rules refuse it. Where it also changes them, do that first, in\n" +
  "a change of its own:\n";

const missing = (count: string, person = "sarah.devops"): string =>
  `  ✖ takes ${count}: of people of category devops, dba or security in the roster of the base branch, other than ` +
  `${person}, who opened it, and who wrote a commit of it\n`;

interface Case {
  readonly name: string;
  readonly base?: (roster: WrittenRoster) => void;
  readonly head: (roster: WrittenRoster) => void;
  readonly reviews: PullRequestReviews;
  /** The base's and the change's; the sample's. */
  readonly organizations?: readonly [unknown, unknown];
  readonly text: string | RegExp;
}

/** An organization that asks for approvals of contractors. */
const APPROVING = { ...sampleOrganization(), contractors: { require: ["approvals"] } };

/** Another account under the key of prod. */
const SWAPPED = sampleOrganization();
SWAPPED.accounts["prod"]!.id = "555555555555";

/** The account of prod as another environment's, under two keys. */
const CALLED_STAGING = sampleOrganization();
for (const key of ["prod", "other"])
  CALLED_STAGING.accounts[key] = { ...sampleOrganization().accounts["prod"]!, environment: "staging" };

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
    text: "No entry that takes approvals is new or changed.\n",
  },
  {
    name: "nothing to approve where an entry goes",
    base: withGrant(),
    head: () => undefined,
    reviews: reviewed([]),
    text: "No entry that takes approvals is new or changed.\n",
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
    name: "another account behind the same key is another grant, of Ops for good too",
    base: withGrant(),
    head: withGrant(),
    reviews: reviewed([]),
    organizations: [sampleOrganization(), SWAPPED],
    text: `temporary[0]:\n  ✖ alex.dba has not reviewed it\npeople["sarah.devops"].access.prod:\n${missing("2 more approvals")}\n${NOT_APPROVED}`,
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
    name: "an entry that names nobody, whatever rules the change has of its own",
    head: (roster) => {
      withGrant()(roster);
      Reflect.deleteProperty(roster.temporary![0]!, "approvedBy");
    },
    reviews: reviewed([]),
    text: /^temporary\[0\]:\n {2}✖ names nobody under `approvedBy`\n\nWith the people [\s\S]*needs `approvedBy`/,
  },
  {
    name: "a contractor whom nobody approved, where the change asks for no approvals any more",
    head: (roster) => {
      roster.people["new.contractor"] = { ...roster.people["kim.contractor"]!, email: "new@partner.example" };
      Reflect.deleteProperty(roster.people["new.contractor"], "approvedBy");
    },
    reviews: reviewed([]),
    organizations: [APPROVING, sampleOrganization()],
    text: /^people\["new\.contractor"\]:\n {2}✖ names nobody under `approvedBy`/,
  },
  {
    name: "Ops for good where the change calls prod staging, or has it under another key",
    base: (roster) => {
      roster.people["sarah.devops"]!.access = {};
    },
    head: (roster) => {
      roster.people["sarah.devops"]!.access = { prod: "Ops", other: "Ops" };
    },
    reviews: reviewed([]),
    organizations: [sampleOrganization(), CALLED_STAGING],
    text: /^people\["sarah\.devops"\]\.access\.prod:\n {2}✖ takes 2 more approvals[\s\S]*people\["sarah\.devops"\]\.access\.other:\n {2}✖ takes 2 more approvals/,
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

const shift = (person: string, from: string, until: string) => ({ person, from, until });
const FIRST = shift("sarah.devops", "2026-12-07", "2026-12-13");

const withShifts =
  (...shifts: readonly ReturnType<typeof shift>[]) =>
  (roster: WrittenRoster): void => {
    roster.onCall = { prod: { role: "Ops", shifts: [...shifts] } };
  };

const BY_TWO = "  ✔ alex.dba approved it\n  ✔ chris.security approved it\n";

/** What gives Ops without naming anybody: a shift, and the role in prod for good. */
const COUNTED_CASES: readonly Case[] = [
  {
    name: "a shift takes two",
    head: withShifts(FIRST),
    reviews: reviewed([approval("alex-db"), approval("chris-sec")]),
    text: `onCall.prod.shifts[0]:\n${BY_TWO}\n${APPROVED}`,
  },
  {
    name: "not one",
    head: withShifts(FIRST),
    reviews: reviewed([approval("alex-db")]),
    text: `onCall.prod.shifts[0]:\n  ✔ alex.dba approved it\n${missing("1 more approval")}\n${NOT_APPROVED}`,
  },
  {
    name: "none of its own person",
    head: withShifts(FIRST),
    reviews: reviewed([approval("alex-db"), approval("sarah-ops")]),
    text: `onCall.prod.shifts[0]:\n  ✔ alex.dba approved it\n${missing("1 more approval")}\n${NOT_APPROVED}`,
  },
  {
    name: "nor of a second name of theirs",
    base: (roster) => {
      roster.people["sarah.second"] = {
        email: "Sarah@example.com",
        category: "devops",
        access: {},
        github: "sarah-2",
      };
    },
    head: withShifts(FIRST),
    reviews: reviewed([approval("alex-db"), approval("sarah-2")]),
    text: `onCall.prod.shifts[0]:\n  ✔ alex.dba approved it\n${missing("1 more approval")}\n${NOT_APPROVED}`,
  },
  {
    name: "and one person with two names is one",
    base: (roster) => {
      roster.people["chris.second"] = {
        email: "chris@example.com",
        category: "security",
        access: {},
        github: "chris-2",
      };
    },
    head: withShifts(FIRST),
    reviews: reviewed([approval("chris-sec"), approval("chris-2")]),
    text: /takes 1 more approval/,
  },
  {
    name: "none of the one who opened it, nor of an author of it",
    head: withShifts(FIRST),
    reviews: reviewed([approval("alex-db"), approval("chris-sec")], {
      author: { github: "alex-db" },
      committers: [{ github: "chris-sec" }],
    }),
    text: `onCall.prod.shifts[0]:\n${missing("2 more approvals")}\n${NOT_APPROVED}`,
  },
  {
    name: "none of people who may not approve, or have left",
    base: (roster) => {
      roster.people["john.developer"]!.github = "john-dev";
      roster.people["alex.dba"]!.until = "2026-11-01";
    },
    head: withShifts(FIRST),
    reviews: reviewed([approval("john-dev"), approval("alex-db")], { author: { github: "somebody" } }),
    text: `onCall.prod.shifts[0]:\n${missing("2 more approvals")}\n${NOT_APPROVED}`,
  },
  {
    name: "a shift that ends later is another",
    base: withShifts(FIRST, shift("sarah.devops", "2026-12-21", "2026-12-27")),
    head: withShifts(shift("sarah.devops", "2026-12-21", "2026-12-27"), {
      ...FIRST,
      person: "sarah.devops",
      until: "2026-12-14",
    }),
    reviews: reviewed([]),
    text: `onCall.prod.shifts[1]:\n${missing("2 more approvals")}\n${NOT_APPROVED}`,
  },
  {
    name: "a shift that goes takes nothing",
    base: withShifts(FIRST),
    head: withShifts(),
    reviews: reviewed([]),
    text: "No entry that takes approvals is new or changed.\n",
  },
  {
    name: "who is on call, the base says: a change makes nobody a devops engineer and gives them a shift",
    head: (roster) => {
      withShifts(shift("john.developer", "2026-12-07", "2026-12-13"))(roster);
      roster.people["john.developer"] = {
        ...roster.people["john.developer"]!,
        category: "devops",
        access: {},
      };
    },
    reviews: reviewed([approval("alex-db"), approval("chris-sec")]),
    text: /the rules refuse it[\s\S]*is of category developer and may not be on call for Ops/,
  },
  {
    name: "what somebody was on call counts, though the change takes it out",
    base: withShifts(shift("sarah.devops", "2026-11-06T10:00:00Z", "2026-11-20T10:00:00Z")),
    head: withShifts(shift("sarah.devops", "2026-11-20T10:00:00Z", "2026-12-04T10:00:00Z")),
    reviews: reviewed([approval("alex-db"), approval("chris-sec")]),
    text: /the rules refuse it[\s\S]*Nobody is on call for more than 14 days in all/,
  },
  {
    name: "Ops in prod for good takes as many",
    base: (roster) => {
      roster.people["sarah.devops"]!.access = { dev: "Admin" };
    },
    head: (roster) => {
      roster.people["sarah.devops"]!.access = { dev: "Admin", prod: ["Read", "Ops"] };
    },
    reviews: reviewed([approval("alex-db")]),
    text: `people["sarah.devops"].access.prod:\n  ✔ alex.dba approved it\n${missing("1 more approval")}\n${NOT_APPROVED}`,
  },
  {
    name: "and Read in prod, or Ops in staging, none",
    base: (roster) => {
      roster.people["sarah.devops"]!.access = { dev: "Admin" };
    },
    head: (roster) => {
      roster.people["sarah.devops"]!.access = { dev: "Admin", staging: "Ops", prod: ["Read", "Monitor"] };
    },
    reviews: reviewed([]),
    text: "No entry that takes approvals is new or changed.\n",
  },
];

describe("approvals are reviews", () => {
  for (const { name, base, head, reviews, organizations, text } of [...CASES, ...COUNTED_CASES]) {
    it(name, () => {
      const before = baseRoster(base);
      const after = baseRoster(base);
      after.temporary = [];
      head(after);
      const said = textOf(before, after, reviews, organizations);
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
      { kind: "named", path: "later.prod[0]", approvedBy: ["alex.dba"] },
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
        "GitHub lists 250 commits of the 251 in example/accounts#7, so the authors of the others are not known. " +
          "It lists 250 at most: split the pull request.",
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

describe("a judgement", () => {
  it("ends in words where a roster is none", () => {
    const broken = { ...sampleRoster(), people: { "sarah.devops": { email: 5 } } };
    const whole = definitions(sampleRoster(), sampleOrganization());
    const side = { ...whole, roster: broken };
    for (const [base, head, whose] of [
      [side, whole, "the base branch"],
      [whole, side, "the change"],
    ] as const) {
      assert.throws(
        () => judgeEntries(base, head, reviewed([]), NOW, []),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.match(
            error.message,
            new RegExp(
              `^The roster of ${whose} cannot be read: people\\["sarah\\.devops"\\]\\.email: .*expected string`,
            ),
          );
          return true;
        },
      );
    }
  });
});
