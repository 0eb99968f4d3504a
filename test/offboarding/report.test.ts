import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import type { AccountClosure } from "../../src/offboarding/closure";
import { planDeparture } from "../../src/offboarding/departure";
import {
  closuresAsText,
  departureAsText,
  departureExitStatus,
  departureReportJson,
} from "../../src/offboarding/departure-report";
import { NOW, sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";

const departure = (name: string, roster: WrittenRoster = sampleRoster()) =>
  planDeparture(buildModel(sampleOrganization(), roster, NOW), roster, name);
const text = (name: string, isClosed: boolean, roster?: WrittenRoster): string =>
  departureAsText(departure(name, roster), { prefix: "infra" }, isClosed);

function leaver(until: string): WrittenRoster {
  const { people, ...roster } = sampleRoster();
  const { "alex.dba": alex } = people;
  assert.ok(alex);
  return { ...roster, people: { ...people, "alex.dba": { ...alex, until } }, temporary: [] };
}

describe("the report on a departure", () => {
  it("of somebody who is here", () => {
    assert.equal(
      text("sarah.devops", false),
      `sarah.devops is in src/roster.ts. What a removal takes away:

  roles   Admin in dev
          Ops in staging
          BreakGlass in prod
          Ops in prod
          Read in prod
  groups  infra-ManageOwnUserG
          infra-PowerG
          infra-AssumeRoleG-dev
          infra-AssumeRoleG-staging
          infra-AssumeRoleG-prod
          infra-BreakGlassG-prod
  power   full IAM in the identity account, by infra-PowerG

A session that they opened this minute would last, if nobody ends it:

  until 2026-11-20T13:00:00Z  Admin in dev
  until 2026-11-20T16:00:00Z  Ops in staging
  until 2026-11-20T13:00:00Z  BreakGlass in prod
  until 2026-11-20T16:00:00Z  Ops in prod
  until 2026-11-20T20:00:00Z  Read in prod

What to do:

1. To close their user and their sessions at once: \`npm run offboard -- sarah.devops --now\`
2. Say their last moment in src/roster.ts, and deploy every account:

     people["sarah.devops"].until   "2026-11-20T12:00:00Z"
     power[0]                       remove, and name somebody else, so that two have power

   It ends their sessions with their grants; a removal would forget who had them. For a planned leave write the last day, and leave out step 1.
3. Not before 2026-11-20T20:00:00Z, take them out of src/roster.ts, and deploy every account:

     people["sarah.devops"]                   remove
     departed                                 add "sarah.devops"
     breakGlass.prod.primary                  name somebody else, or remove the account's break-glass
     people["kim.contractor"].sponsor         name another sponsor
     people["kim.contractor"].approvedBy[0]   somebody else approves

   Before that, sessions of theirs may live again, in roles that know their holders by tags.
`,
    );
  });

  it("of somebody whose access --now has closed", () => {
    assert.equal(
      text("maria.cto", true),
      `What is left to do:

1. Say their last moment in src/roster.ts, and deploy every account:

     people["maria.cto"].until   "2026-11-20T12:00:00Z"

   Merge that before anybody runs \`pulumi up --refresh\`, the daily job included: it takes the Denies of --now off the roles as drift, and with this edit puts its own in their place. If it ran before, run --now again.
2. Not before 2026-11-20T20:00:00Z, take them out of src/roster.ts, and deploy every account:

     people["maria.cto"]      remove
     departed                 add "maria.cto"
     breakGlass.prod.backup   remove, or name somebody else

   Before that, sessions of theirs may live again, in roles that know their holders by tags.
`,
    );
  });

  it("of somebody whose last day has passed, with sessions that may be open", () => {
    assert.equal(
      text("alex.dba", false, leaver("2026-11-20T11:00:00Z")),
      `alex.dba is in src/roster.ts, and their last day has passed. What a removal takes away:

  roles   none
  groups  none

Sessions that are still open are denied everything by the roles' own policies, until the last is over: 2026-11-20T15:00:00Z.

What to do:

1. Not before 2026-11-20T15:00:00Z, take them out of src/roster.ts, and deploy every account:

     people["alex.dba"]   remove
     departed             add "alex.dba"

   Before that, sessions of theirs may live again, in roles that know their holders by tags.
`,
    );
  });

  it("of somebody whose last session is over", () => {
    assert.equal(
      text("alex.dba", false, leaver("2026-11-01")),
      `alex.dba is in src/roster.ts, and their last day has passed. What a removal takes away:

  roles   none
  groups  none

No session of theirs can be live in a role that the roster grants.

What to do:

1. Take them out of src/roster.ts, and deploy every account:

     people["alex.dba"]   remove
     departed             add "alex.dba"
`,
    );
  });

  it("of somebody who is gone", () => {
    assert.equal(
      text("old.colleague", false),
      `old.colleague is under \`departed\` in src/roster.ts, which does not know any more what they held.

A session in a role of the roster that they opened just before the deployment that removed them lasts 8 hours at most.

What to do:

1. If they were removed less than that ago: \`npm run offboard -- old.colleague --now\`
2. Deploy every account where they were not removed yet.
`,
    );
    assert.equal(
      text("old.colleague", true),
      `What is left to do:

1. Until 2026-11-20T20:00:00Z nobody runs \`pulumi up --refresh\`, the daily job included: it takes the Denies off the roles as drift, and sessions that are open still may live again. If it ran, run this again.
2. Deploy the identity account if their user is still there: \`pulumi up\` (without --refresh it changes no role).
`,
    );
  });

  it("for programs", () => {
    assert.deepEqual(JSON.parse(departureReportJson(departure("maria.cto"))), {
      exitStatus: 0,
      stage: "present",
      person: "maria.cto",
      sessionNames: ["maria.cto"],
      terms: {},
      revoked: {
        roles: [
          { account: "prod", role: "BreakGlass", validities: [{}] },
          { account: "prod", role: "Dashboard", validities: [{}] },
        ],
        groups: ["infra-ManageOwnUserG", "infra-AssumeRoleG-prod", "infra-BreakGlassG-prod"],
        power: false,
      },
      sessions: [
        { account: "prod", role: "BreakGlass", until: "2026-11-20T13:00:00Z" },
        { account: "prod", role: "Dashboard", until: "2026-11-20T20:00:00Z" },
      ],
      open: [
        { account: "prod", role: "BreakGlass" },
        { account: "prod", role: "Dashboard" },
      ],
      sessionsEnd: "2026-11-20T20:00:00Z",
      lastDay: [{ path: 'people["maria.cto"].until', change: '"2026-11-20T12:00:00Z"' }],
      removal: [
        { path: 'people["maria.cto"]', change: "remove" },
        { path: "departed", change: 'add "maria.cto"' },
        { path: "breakGlass.prod.backup", change: "remove, or name somebody else" },
      ],
      removalNotBefore: "2026-11-20T20:00:00Z",
    });
  });
});

const NONE = { otherRoles: [] };
const CLOSED: AccountClosure = {
  stack: "users",
  account: "111111111111",
  steps: [
    { outcome: "done", what: "The console password is deleted.", undo: "npm run onboard -- maria.cto" },
    { outcome: "nothing to do", what: "There are no access keys." },
  ],
  roles: NONE,
};
const FAILED: AccountClosure = {
  stack: "dev",
  account: "222222222222",
  steps: [{ outcome: "failed", what: "End the sessions in infra-OpsR-dev.", problem: "not authorized" }],
  roles: NONE,
};
const UNREACHED: AccountClosure = {
  stack: "prod",
  account: "444444444444",
  problem: "no\u001b[2J credentials",
};
const BACKDOOR: AccountClosure = {
  stack: "staging",
  account: "333333333333",
  steps: [],
  roles: {
    otherRoles: [
      { name: "back\ndoor", isRosters: false, admits: ["admits 555555555555", "admits everybody"] },
      { name: "infra-ReadR-staging", isRosters: true, admits: ["admits arn:aws:iam::111111111111:root"] },
    ],
  },
};
const UNSEEN: AccountClosure = {
  stack: "prod",
  account: "444444444444",
  steps: [],
  roles: { notLookedAt: "not authorized" },
};

const NOT_LOOKED_AT = `Not looked at, and may let them in:
  - other users' passwords and access keys that they know or made: IAM does not say who made a key, the trail does
  - users, credentials and identity providers that no stack has: npm run drift names them
  - what other services hold: policies of buckets, keys, queues and functions; machines and code that they left running
  - sessions in roles that the roster does not grant them (--every-role ends those in its own roles), and connections that are open
  - accounts that are not in src/organization.ts, and what is no part of AWS
`;
const FAILURE =
  "Something FAILED, see above: what it names may still be open. Put it right and run this again; it may run any number of times.\n";

describe("the report on what was closed", () => {
  it("says what was closed, how to undo it, and what was not looked at", () => {
    assert.equal(departureExitStatus([CLOSED]), 0);
    assert.equal(
      closuresAsText([CLOSED]),
      `users (111111111111):
  done      The console password is deleted.
            undo: npm run onboard -- maria.cto
  nothing   There are no access keys.
  looked    No other role here admits anybody but services.

What is done above holds as soon as AWS has told all its regions, which takes seconds.
${NOT_LOOKED_AT}`,
    );
  });

  it("names the roles that may let the person in beside the roster", () => {
    assert.equal(departureExitStatus([CLOSED, BACKDOOR]), 1);
    assert.equal(
      closuresAsText([BACKDOOR]),
      `staging (333333333333):
  OPEN      The role back\\ndoor is not the roster's:
            admits 555555555555
            admits everybody
  OPEN      The role infra-ReadR-staging has another trust than the roster says:
            admits arn:aws:iam::111111111111:root

What is done above holds as soon as AWS has told all its regions, which takes seconds.
OPEN roles may let them in, by another name or from another account, and may have sessions of theirs. Find out who made each; end its sessions and delete it, or put its trust right (docs/runbooks/offboarding.md).
${NOT_LOOKED_AT}`,
    );
  });

  it("says at the end that something failed", () => {
    assert.deepEqual(
      [[CLOSED, FAILED], [UNREACHED, CLOSED], [UNSEEN], [BACKDOOR, FAILED]].map(departureExitStatus),
      [2, 2, 2, 2],
    );
    assert.equal(
      closuresAsText([FAILED, UNREACHED, UNSEEN]),
      `dev (222222222222):
  FAILED    End the sessions in infra-OpsR-dev.
            not authorized
  looked    No other role here admits anybody but services.

prod (444444444444):
  FAILED    Nothing was done here, nor looked at.
            no\\u{1b}[2J credentials

prod (444444444444):
  FAILED    Its other roles were not looked at.
            not authorized

${FAILURE}${NOT_LOOKED_AT}`,
    );
  });

  it("for programs", () => {
    const answer = JSON.parse(departureReportJson(departure("maria.cto"), [CLOSED, FAILED])) as Record<
      string,
      unknown
    >;
    assert.deepEqual([answer["exitStatus"], answer["accounts"]], [2, [CLOSED, FAILED]]);
    assert.equal((answer["notLookedAt"] as readonly string[]).length, 5);
  });
});
