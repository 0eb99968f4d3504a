import assert from "node:assert/strict";
import fc from "fast-check";

import { Evaluator } from "../../src/access/evaluator";
import { iamPolicy, type IamPolicy } from "../../src/access/iam/iam-policy";
import { accountsAsFarAsRead } from "../../src/access/load";
import type { LastAccessedService } from "../../src/aws/snapshot/last-accessed-services";
import type { TrailEvents } from "../../src/aws/snapshot/trail-events";
import { findAllowedRequests } from "../../src/proofs/allowed-requests";
import type { ProvenCaller } from "../../src/proofs/proven-caller";
import { Prover } from "../../src/proofs/prover";
import { ActionReference } from "../../src/proofs/reference/action-reference";
import { Evidence } from "../../src/review/evidence";
import { proposeLeastPrivilege, type Proposal } from "../../src/review/least-privilege";
import { narrowerPolicy } from "../../src/review/narrower-policy";
import {
  cleanAccounts,
  daysBeforeReview,
  reviewedModel,
  reviewedRoster,
  reviewOf,
  snapshotOf,
  type Accounts,
} from "./support";
import { reviewMarkdown } from "../../src/review/review-markdown";
import { reviewPage } from "../../src/review/review-page";
import { UNDECIDED } from "../../src/review/review-outcome";

const model = reviewedModel(reviewedRoster());
const evaluator = new Evaluator();

const ROLE = "infra-DashboardR-prod";
const ARN = `arn:aws:iam::444444444444:role/${ROLE}`;
const SESSION = `arn:aws:sts::444444444444:assumed-role/${ROLE}/maria.cto`;

interface WrittenStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string;
  readonly Resource: string;
}

const document = (...statements: readonly WrittenStatement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const used = (namespace: string, ...actions: readonly string[]): LastAccessedService => ({
  namespace,
  lastAccessed: daysBeforeReview(3),
  actions: actions.map((name) => ({ name, lastAccessed: daysBeforeReview(3) })),
});
const unused = (namespace: string): LastAccessedService => ({ namespace, actions: [] });

const createUser = (userName: string, error?: string): TrailEvents["events"][number] => ({
  id: userName,
  at: daysBeforeReview(2),
  source: "iam.amazonaws.com",
  name: "CreateUser",
  region: "us-east-1",
  principal: { type: "AssumedRole", arn: SESSION },
  about: { userName, path: "/apps/" },
  ...(error !== undefined && { error }),
});

const counted = (
  source: string,
  name: string,
  times: number,
  errors: number,
): TrailEvents["activity"][number] => ({
  arn: SESSION,
  source: `${source}.amazonaws.com`,
  name,
  isReadOnly: false,
  days: [{ day: daysBeforeReview(2).slice(0, 10), times, errors }],
});

interface Case {
  readonly name: string;
  /** The role's own policies, by name. */
  readonly policies: Readonly<Record<string, string>>;
  /** ARNs of AWS's policies that the role has. */
  readonly awsManaged?: readonly string[];
  readonly services: readonly LastAccessedService[];
  readonly trail?: Partial<Pick<TrailEvents, "events" | "activity" | "assumptions">>;
  /** What differs from a proposal that changes nothing and knows of no request. */
  readonly proposal: Partial<Proposal>;
}

const EC2_AND_S3 = document(
  { Effect: "Allow", Action: ["ec2:DescribeInstances", "s3:GetObject"], Resource: "*" },
  { Effect: "Deny", Action: "s3:PutObject", Resource: "*" },
);

const WITHOUT_EC2 = `--- a/prod/own (inline).json
+++ b/prod/own (inline).json
@@ -4,7 +4,6 @@
     {
       "Effect": "Allow",
       "Action": [
-        "ec2:DescribeInstances",
         "s3:GetObject"
       ],
       "Resource": "*"
`;

const USERS = document(
  {
    Sid: "Users",
    Effect: "Allow",
    Action: "iam:CreateUser",
    Resource: "arn:aws:iam::444444444444:user/apps/*",
  },
  { Sid: "Rest", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
);
const WITHOUT_IAM = `--- a/prod/own (inline).json
+++ b/prod/own (inline).json
@@ -2,12 +2,6 @@
   "Version": "2012-10-17",
   "Statement": [
     {
-      "Sid": "Users",
-      "Effect": "Allow",
-      "Action": "iam:CreateUser",
-      "Resource": "arn:aws:iam::444444444444:user/apps/*"
-    },
-    {
       "Sid": "Rest",
       "Effect": "Allow",
       "Action": "s3:GetObject",
`;

const CASES: readonly Case[] = [
  {
    name: "takes away a service of which nobody tried anything, and keeps Denies as they are written",
    policies: { own: EC2_AND_S3 },
    services: [used("s3", "GetObject"), unused("ec2")],
    proposal: { unused: ["ec2"], diff: WITHOUT_EC2, kept: 1 },
  },
  {
    name: "names the event that it would have broken, with its action and resource",
    policies: { own: USERS },
    services: [used("s3"), unused("iam")],
    trail: { events: [createUser("robot")] },
    proposal: {
      unused: ["iam"],
      diff: WITHOUT_IAM,
      broken: [
        {
          seen: "event, 1 time, last on 2026-11-27, by maria.cto",
          asked: "iam:CreateUser on arn:aws:iam::444444444444:user/apps/robot",
        },
      ],
    },
  },
  {
    name: "breaks nothing of what another policy allows too",
    policies: { own: USERS, other: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
    services: [used("s3"), unused("iam")],
    trail: { events: [createUser("robot")] },
    proposal: {
      unused: ["iam"],
      diff: WITHOUT_IAM,
      kept: 1,
      notes: [
        "statement number 1 of other (inline) names no services, and stays: it allows those that nobody used",
      ],
    },
  },
  {
    name: "takes attempts that were refused for no use: by the event, and by a Deny of today",
    policies: { own: EC2_AND_S3 },
    services: [used("s3", "PutObject"), unused("ec2")],
    trail: { events: [createUser("robot", "AccessDenied")] },
    proposal: {
      unused: ["ec2"],
      diff: WITHOUT_EC2,
      refused: [
        {
          seen: "event, 1 time, last on 2026-11-27, by maria.cto",
          asked: "iam:CreateUser on arn:aws:iam::444444444444:user/apps/robot",
        },
        { seen: "IAM's record, last on 2026-11-26", asked: "s3:PutObject" },
      ],
      notes: ["s3 stays: every attempt that is told was refused, and IAM does not tell of all"],
    },
  },
  {
    name: "does not decide about what today's documents do not allow on that resource",
    policies: { own: USERS.replace("user/apps/", "user/others/") },
    services: [used("s3"), unused("iam")],
    trail: { events: [createUser("robot")] },
    proposal: {
      unused: ["iam"],
      diff: WITHOUT_IAM.replace("user/apps/", "user/others/"),
      undecided: [
        {
          seen: "event, 1 time, last on 2026-11-27, by maria.cto",
          asked: "iam:CreateUser on arn:aws:iam::444444444444:user/apps/robot",
          because: "it was let through, and the documents of today do not allow it",
        },
      ],
    },
  },
  {
    name: "does not decide about counted requests that all failed, nor about actions that policies call otherwise",
    policies: { own: EC2_AND_S3 },
    services: [used("s3"), unused("ec2")],
    trail: { activity: [counted("ec2", "DescribeInstances", 2, 2), counted("s3", "ListBuckets", 1, 0)] },
    proposal: {
      unused: ["ec2"],
      diff: WITHOUT_EC2,
      undecided: [
        {
          seen: "counted events, 2 times, last on 2026-11-27, by maria.cto",
          asked: "ec2:DescribeInstances",
          because: "it would be denied; whether it was let through, nobody tells",
        },
        {
          seen: "counted events, 1 time, last on 2026-11-27, by maria.cto",
          asked: "s3:ListBuckets",
          because:
            'AWS has no action "s3:ListBuckets". Known: one of the 180 actions of s3. Did you mean "s3:ListBucket"?',
        },
      ],
    },
  },
  {
    name: "does not decide about a key, whose own policy is not known",
    policies: {
      own: document({ Effect: "Allow", Action: ["kms:Decrypt", "ec2:RunInstances"], Resource: "*" }),
    },
    services: [used("kms"), unused("ec2")],
    trail: { activity: [counted("kms", "Decrypt", 1, 0)] },
    proposal: {
      unused: ["ec2"],
      diff: `--- a/prod/own (inline).json
+++ b/prod/own (inline).json
@@ -4,8 +4,7 @@
     {
       "Effect": "Allow",
       "Action": [
-        "kms:Decrypt",
-        "ec2:RunInstances"
+        "kms:Decrypt"
       ],
       "Resource": "*"
     }
`,
      undecided: [
        {
          seen: "counted events, 1 time, last on 2026-11-27, by maria.cto",
          asked: "kms:Decrypt",
          because: "The key's own policy decides too, and it is not known here.",
        },
      ],
    },
  },
  {
    name: "takes a policy away of which nothing is left, and proposes nothing for documents that only deny",
    policies: {
      own: document({ Effect: "Allow", Action: "ec2:*", Resource: "*" }),
      denials: document({ Effect: "Deny", Action: "ec2:TerminateInstances", Resource: "*" }),
    },
    services: [used("s3"), unused("ec2")],
    proposal: {
      unused: ["ec2"],
      diff: `--- a/prod/own (inline).json
+++ b/prod/own (inline).json
@@ -1,10 +0,0 @@
-{
-  "Version": "2012-10-17",
-  "Statement": [
-    {
-      "Effect": "Allow",
-      "Action": "ec2:*",
-      "Resource": "*"
-    }
-  ]
-}
`,
    },
  },
  {
    name: "says of AWS's policies that they stay, and what of it they allow",
    policies: {},
    awsManaged: ["arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess"],
    services: [unused("ec2"), unused("logs")],
    proposal: {
      unused: ["ec2", "logs"],
      notes: [
        "CloudWatchLogsReadOnlyAccess is AWS's, so that only another policy in its place is narrower; it allows logs",
      ],
    },
  },
];

function proposalsOf({ policies, awsManaged = [], services, trail }: Case): Promise<readonly Proposal[]> {
  const accounts: Accounts = cleanAccounts(model);
  const prod = accounts["prod"]!;
  const place = prod.authorizationDetails.roles.findIndex(({ name }) => name === ROLE);
  prod.authorizationDetails.roles[place] = {
    ...prod.authorizationDetails.roles[place]!,
    attached: [...awsManaged],
    inline: Object.entries(policies).map(([name, text]) => ({ name, document: text })),
  };
  prod.lastAccessedServices = [{ role: ARN, outcome: { kind: "read", services: [...services] } }];
  prod.trailEvents = { ...prod.trailEvents, ...trail };
  const snapshot = snapshotOf(model, accounts);
  return proposeLeastPrivilege(
    accountsAsFarAsRead(model, snapshot).accounts,
    ["prod"],
    new Evidence(snapshot),
    evaluator,
  );
}

const NOTHING: Proposal = {
  account: "prod",
  role: "Dashboard",
  unused: [],
  diff: "",
  notes: [],
  kept: 0,
  refused: [],
  broken: [],
  undecided: [],
};

describe("a narrower document for a role", () => {
  for (const one of CASES) {
    it(one.name, async () => {
      assert.deepEqual(await proposalsOf(one), [{ ...NOTHING, ...one.proposal }]);
    });
  }

  it("is proposed of no role whose services were all used", async () => {
    assert.deepEqual(
      await proposalsOf({ name: "", policies: { own: USERS }, services: [used("s3")], proposal: {} }),
      [],
    );
  });
});

const SERVICES = ["ec2", "s3", "iam"] as const;
const ACTIONS = [
  "*",
  "ec2:*",
  "EC2:Describe*",
  "s3:Get*",
  "s3:PutObject",
  "iam:CreateUser",
  "iam:Get*",
] as const;
const RESOURCES = ["*", "arn:aws:s3:::records/*", "arn:aws:iam::444444444444:user/apps/*"] as const;

const statementOf = (effect: fc.Arbitrary<"Allow" | "Deny">): fc.Arbitrary<WrittenStatement> =>
  fc
    .record({
      Effect: effect,
      actions: fc.oneof(
        fc.constantFrom(...ACTIONS).map((Action) => ({ Action })),
        fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1 }).map((Action) => ({ Action })),
        fc.constantFrom(...ACTIONS.slice(1)).map((NotAction) => ({ NotAction })),
      ),
      Resource: fc.constantFrom(...RESOURCES),
    })
    .map(({ actions, ...rest }) => ({ ...rest, ...actions }));

const documentOf = (effect: fc.Arbitrary<"Allow" | "Deny">): fc.Arbitrary<string> =>
  fc.array(statementOf(effect), { minLength: 1, maxLength: 4 }).map((all) => document(...all));

const CALLER: ProvenCaller = {
  words: "a session",
  arn: ARN,
  accountId: "444444444444",
  keys: new Map([["aws:principalarn", ARN]]),
  present: ["aws:userid"],
};

describe("a narrower document, whatever the document and the unused services", () => {
  it("allows no request that the document did not allow", async function () {
    this.timeout(60_000);
    const references = await Promise.all(SERVICES.map((service) => ActionReference.ofService(service)));
    const provers = references.map((reference) => new Prover(reference, "eu-west-1"));
    fc.assert(
      fc.property(
        documentOf(fc.constantFrom("Allow", "Deny")),
        fc.subarray([...SERVICES], { minLength: 1 }),
        (text, services) => {
          const policy = iamPolicy("own", text);
          const { after } = narrowerPolicy(policy, services);
          const accessOf = (policies: readonly IamPolicy[]) => findAllowedRequests(CALLER, { policies });
          const narrower = accessOf(after === "" ? [] : [iamPolicy("own", after)]);
          for (const prover of provers) {
            assert.deepEqual(prover.newAccess(accessOf([policy]), narrower), []);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is the same document where that only denies", () => {
    fc.assert(
      fc.property(documentOf(fc.constant("Deny")), (text) => {
        const { before, after, left } = narrowerPolicy(iamPolicy("own", text), SERVICES);
        assert.deepEqual([after, left, JSON.parse(after)], [before, [], JSON.parse(text)]);
      }),
    );
  });
});

describe("the narrower documents of a review", () => {
  it("stand in what people read, with what they would have broken and what is not decided", async () => {
    const proposals = await proposalsOf({
      name: "",
      policies: { own: USERS },
      services: [used("s3"), unused("iam")],
      trail: { events: [createUser("robot")], activity: [counted("s3", "ListBuckets", 1, 0)] },
      proposal: {},
    });
    const review = reviewOf({
      evaluated: {
        secretReaders: { findings: [], rows: [] },
        otherAccess: [],
        otherRoles: [],
        notRead: new Map(),
        proposals,
      },
    });
    const markdown = reviewMarkdown(review, UNDECIDED);
    assert.equal(
      markdown.slice(markdown.indexOf("## Narrower documents"), markdown.indexOf("## To decide")),
      `## Narrower documents

Each without the services that nobody used in the 400 days that IAM remembers. Nothing deploys them.

### prod/Dashboard

It would have broken:

- \`iam:CreateUser on arn:aws:iam::444444444444:user/apps/robot (event, 1 time, last on 2026-11-27, by maria.cto)\`

Not decided:

- \`s3:ListBuckets (counted events, 1 time, last on 2026-11-27, by maria.cto): AWS has no action "s3:ListBuckets". Known: one of the 180 actions of s3. Did you mean "s3:ListBucket"?\`

\`\`\`diff
${WITHOUT_IAM}\`\`\`

`,
    );
    const tables = review.tables.filter(({ title }) => title === "Services that roles allow and nobody used");
    assert.deepEqual(
      tables.map(({ rows }) => rows),
      [
        [
          [
            "prod/Dashboard",
            "1 service",
            "iam",
            "1 request of those that are told; 0 allowed as before; 1 not decided",
          ],
        ],
      ],
    );
    assert.deepEqual(
      review.checklist.flatMap(({ title, undecidable }) =>
        title === "Least-privilege revalidation" ? undecidable : [],
      ),
      [
        "prod/Dashboard: whether narrower documents would have broken 1 request; each stands under Narrower documents",
      ],
    );
    const page = reviewPage(review, UNDECIDED)
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    assert.match(
      page,
      /It would have broken: iam:CreateUser on arn:aws:iam::444444444444:user\/apps\/robot \(event, 1 time, last on 2026-11-27, by maria\.cto\) Not decided: s3:ListBuckets /,
    );
  });
});
