import assert from "node:assert/strict";

import { toInstant } from "../../src/model/dates";
import { UserError } from "../../src/model/problems";
import { formatDuration, parseDuration } from "../../src/requests/duration";
import { describePullRequest } from "../../src/requests/pull-request";
import { checkRequest, parseRoleTitle } from "../../src/requests/access-request";
import { findRequester } from "../../src/requests/requester";
import { NOW, sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";

const at = (text: string) => toInstant(new Date(text));

describe("a length of time", () => {
  for (const [text, seconds, words] of [
    ["2h", 7_200, "2 hours"],
    ["1h", 3_600, "1 hour"],
    ["90m", 5_400, "1 hour 30 minutes"],
    ["1h30m", 5_400, "1 hour 30 minutes"],
    ["5m", 300, "5 minutes"],
  ] as const) {
    it(`${text} is ${words}`, () => {
      assert.equal(parseDuration(text), seconds);
      assert.equal(formatDuration(seconds), words);
    });
  }
  for (const text of ["", "0h", "0m", "2", "h", "2d", "-1h", "1.5h", "2h ", "30m1h", "1h 30m", "99999h"]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }
});

describe("who asks", () => {
  const roster = { people: { ann: { email: "Ann@Example.com" }, ann2: { email: "ann@example.org" } } };

  it("is who has git's address, in whatever capitals", () => {
    assert.equal(findRequester(roster, "ann@example.COM"), "ann");
  });
  it("passes over people without an address", () => {
    const people = { ...roster.people, ben: {}, zoe: { email: 7 } };
    assert.equal(findRequester({ people }, "ann@example.com"), "ann");
    assert.throws(() => findRequester({ people }, "undefined"), UserError);
  });
  it("or says so", () => assert.equal(findRequester(roster, undefined, "ann2"), "ann2"));

  for (const [what, args, message] of [
    [
      "nobody",
      ["ben@example.com"],
      "Nobody in the roster has git's address ben@example.com. Say --as <name>.",
    ],
    [
      "unknown to git",
      [undefined],
      "git does not know who you are: `git config user.email you@example.com`, or say --as <name>.",
    ],
    [
      "somebody unknown",
      [undefined, "anne"],
      '--as anne: nobody in the roster has this name. Known: "ann", "ann2". Did you mean "ann"?',
    ],
  ] as const) {
    it(`is not ${what}`, () => {
      const [email, named] = args;
      assert.throws(() => findRequester(roster, email, named), new UserError(message));
    });
  }

  it("is not two people with one address", () => {
    const two = { people: { ann: { email: "a@example.com" }, other: { email: "A@example.com" } } };
    assert.throws(
      () => findRequester(two, "a@example.com"),
      new UserError("ann and other have git's address a@example.com. Say which of them: --as <name>."),
    );
  });
});

describe("a request", () => {
  const roster = (change: (roster: WrittenRoster) => void = () => undefined): WrittenRoster => {
    const written = sampleRoster();
    written.temporary = [];
    change(written);
    return written;
  };
  const check = (person: string, title: string, hours: number, written = roster()) =>
    checkRequest(
      {
        person,
        ...parseRoleTitle(title),
        from: at("2027-03-01T10:00:00Z"),
        seconds: hours * 3_600,
        reason: "INC-1",
      },
      { organization: sampleOrganization(), roster: written, workloads: {} },
      NOW,
    );

  it("is approved by the first whom the rules accept", () => {
    assert.deepEqual(check("john.developer", "prod/DbRead", 2).approvers, ["alex.dba"]);
  });

  it("names who may approve where another rule refuses, so that it lists what was asked alone", () => {
    assert.throws(() => check("john.developer", "prod/DbRead", 5), {
      name: "UserError",
      message: [
        "1 problem to solve first.",
        "",
        "src/roster.ts",
        '  1. temporary[0].until = "2027-03-01T15:00:00Z"',
        "     DbRead in prod is granted for at most 4 hours.",
        "     Allowed: a time up to 2027-03-01T14:00:00Z",
      ].join("\n"),
    });
  });

  it("is refused where it would be over", () => {
    assert.throws(
      () =>
        checkRequest(
          {
            person: "john.developer",
            ...parseRoleTitle("prod/DbRead"),
            from: at("2026-11-23T08:00:00Z"),
            seconds: 3_600,
            reason: "INC-1",
          },
          { organization: sampleOrganization(), roster: sampleRoster(), workloads: {} },
          new Date("2026-11-23T09:00:00Z"),
        ),
      {
        name: "UserError",
        message:
          "The time from 2026-11-23T08:00:00Z until 2026-11-23T09:00:00Z is over: nothing would be granted.",
      },
    );
  });

  it("by as many as the role needs, of the category that it needs", () => {
    const admin = check(
      "sarah.devops",
      "prod/Admin",
      1,
      roster(({ people }) => {
        people["olga.devops"] = { email: "olga@example.com", category: "devops", access: {} };
      }),
    );
    assert.deepEqual([...admin.approvers].sort(), ["alex.dba", "chris.security"]);
  });

  it("by those whose reviews can be told, where there are such", () => {
    const { approvers } = check(
      "john.developer",
      "prod/DbRead",
      2,
      roster(({ people }) => {
        people["zoe.dba"] = { email: "zoe@example.com", category: "dba", access: {} };
        people["zoe.dba"].github = "zoe-db";
      }),
    );
    assert.deepEqual(approvers, ["zoe.dba"]);
  });

  it("asks all whom it names in its pull request", async () => {
    const { body } = await describePullRequest(
      check(
        "sarah.devops",
        "prod/Admin",
        1,
        roster(({ people }) => {
          people["chris.security"]!.github = "chris-sec";
          people["olga.devops"] = { email: "olga@example.com", category: "devops", access: {} };
        }),
      ),
      [],
    );
    assert.equal(
      body.slice(body.indexOf("### Who approves")),
      `### Who approves

\`chris.security\` (@chris-sec) and \`alex.dba\`, who has no \`github\` in the roster. Their approving review of this pull request, at its last commit, is the approval; the check \`approvals\`
compares it with \`approvedBy\`.
`,
    );
  });

  it("opens one database where it names one, which the account must have", () => {
    const organization = sampleOrganization();
    const place = { person: "john.developer", ...parseRoleTitle("prod/DbRead"), database: "clinic" };
    assert.throws(
      () =>
        checkRequest(
          { ...place, from: at("2027-03-01T10:00:00Z"), seconds: 3_600, reason: "INC-1" },
          { organization, roster: roster(), workloads: {} },
          NOW,
        ),
      (error) => error instanceof UserError && error.message.includes('"clinic"'),
    );
  });

  it("by nobody who has left by then", () => {
    assert.throws(
      () =>
        check(
          "john.developer",
          "prod/DbRead",
          2,
          roster(({ people }) => {
            people["alex.dba"]!.until = "2027-02-01";
          }),
        ),
      UserError,
    );
  });

  it("has the entry as it is written, and both models", () => {
    const { grant, until, before, after } = check("john.developer", "prod/DbRead", 2);
    assert.deepEqual(grant, {
      person: "john.developer",
      account: "prod",
      role: "DbRead",
      from: "2027-03-01T10:00:00Z",
      until: "2027-03-01T12:00:00Z",
      reason: "INC-1",
      approvedBy: ["alex.dba"],
    });
    assert.equal(until, "2027-03-01T12:00:00Z");
    assert.equal(after.grants.length, before.grants.length + 1);
  });
});
