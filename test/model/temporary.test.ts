import assert from "node:assert/strict";

import { TEMPORARY_ROLES, type TemporaryTerms } from "../../src/model/categories";
import { TEMPORARY_TABLE, type WrittenEnvironment } from "../support/rosters";
import {
  accepts,
  employee,
  messageOf,
  modelWith,
  inOrganization,
  organizationWithout,
  outputOf,
  refuses,
  inRoster,
  written,
} from "./cases";

const grant = {
  person: "oscar",
  account: "prod",
  role: "Dba",
  from: "2026-11-20T10:00:00Z",
  until: "2026-11-20T14:00:00Z",
  reason: "INC-1042",
  approvedBy: ["dora"],
};
const granted = (change: Partial<Record<keyof typeof grant, unknown>>) =>
  inRoster([{ ...grant, ...change }], "temporary");

/** So many seconds after the grant's beginning. */
const after = (seconds: number) => new Date(Date.parse(grant.from) + seconds * 1_000).toISOString();

describe("temporary", () => {
  accepts([
    { rule: "none", changes: [inRoster([], "temporary")] },
    { rule: "one", changes: [granted({})] },
    { rule: "the same twice", changes: [inRoster([grant, grant], "temporary")] },
    {
      rule: "one that is over",
      changes: [granted({ from: "2025-11-20T10:00:00Z", until: "2025-11-20T14:00:00Z" })],
    },
    {
      rule: "in an account that stands in for the identity account",
      changes: [
        organizationWithout("accounts", "users"),
        inOrganization(true, "accounts", "prod", "identity"),
        granted({}),
      ],
    },
  ]);

  describe("grants have a fixed shape", () => {
    refuses([
      {
        rule: "a list",
        changes: [inRoster(grant, "temporary")],
        roster: [
          [
            'temporary = {"person":"oscar","account":"prod","role":"Dba","from":"2026-11-20T10:00:00Z","…',
            "`temporary` is a list.",
            "Allowed: [ … ]",
          ],
        ],
      },
      {
        rule: "of objects",
        changes: [inRoster(["oscar"], "temporary")],
        roster: [
          [
            'temporary[0] = "oscar"',
            "A temporary grant is an object with keys.",
            'Allowed: keys "person", "account", "role", "from", "until", "reason", "approvedBy", "database"',
          ],
        ],
      },
      {
        rule: "not empty ones",
        changes: [inRoster([{}], "temporary")],
        roster: [
          ["temporary[0].account", "A temporary grant needs `account`."],
          ["temporary[0].approvedBy", "A temporary grant needs `approvedBy`."],
          ["temporary[0].from", "A temporary grant needs `from`."],
          ["temporary[0].person", "A temporary grant needs `person`."],
          ["temporary[0].reason", "A temporary grant needs `reason`."],
          ["temporary[0].role", "A temporary grant needs `role`."],
          ["temporary[0].until", "A temporary grant needs `until`."],
        ],
      },
      {
        rule: "not null",
        changes: [inRoster([grant, null], "temporary")],
        roster: [
          [
            "temporary[1] = null",
            "A temporary grant is an object with keys.",
            'Allowed: keys "person", "account", "role", "from", "until", "reason", "approvedBy", "database"',
          ],
        ],
      },
      {
        rule: "no holes",
        changes: [inRoster(Object.assign([], { 1: grant }), "temporary")],
        roster: [
          [
            "temporary[0] = (undefined)",
            "A temporary grant is an object with keys.",
            'Allowed: keys "person", "account", "role", "from", "until", "reason", "approvedBy", "database"',
          ],
        ],
      },
      {
        rule: "no unknown key",
        changes: [inRoster([{ ...grant, ticket: "INC-1042" }], "temporary")],
        roster: [
          [
            'temporary[0].ticket = "INC-1042"',
            "Unknown key of a temporary grant.",
            'Allowed: "person", "account", "role", "from", "until", "reason", "approvedBy", "database"',
          ],
        ],
      },
      {
        rule: "the reason is not blank",
        changes: [granted({ reason: " " })],
        roster: [['temporary[0].reason = " "', "A reason is a text that is not blank."]],
      },
      {
        rule: "the approvers are a list",
        changes: [granted({ approvedBy: "dora" })],
        roster: [['temporary[0].approvedBy = "dora"', "`approvedBy` is a list.", "Allowed: [ … ]"]],
      },
      {
        rule: "of names",
        changes: [granted({ approvedBy: [null] })],
        roster: [["temporary[0].approvedBy[0] = null", "A name is a text that is not blank."]],
      },
    ]);
  });

  describe("grants point to what exists", () => {
    refuses([
      {
        rule: "a person",
        changes: [granted({ person: "oskar" })],
        roster: [
          [
            'temporary[0].person = "oskar"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "oscar"?',
          ],
        ],
      },
      {
        rule: "a person by the exact name",
        changes: [granted({ person: "Oscar" })],
        roster: [
          [
            'temporary[0].person = "Oscar"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "oscar"?',
          ],
        ],
      },
      {
        rule: "an account",
        changes: [granted({ account: "production" })],
        roster: [
          [
            'temporary[0].account = "production"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "dev", "staging", "prod"',
          ],
        ],
      },
      {
        rule: "not the identity account",
        changes: [granted({ account: "users" })],
        roster: [
          [
            'temporary[0].account = "users"',
            "The identity account holds people and no workload.",
            'Allowed: "dev", "staging", "prod"',
          ],
        ],
      },
      {
        rule: "a role",
        changes: [granted({ role: "DBA" })],
        roster: [
          [
            'temporary[0].role = "DBA"',
            "This role cannot be granted for a time.",
            'Allowed: "DbRead", "Dba", "Read", "Ops", "Admin". Did you mean "Dba"?',
          ],
        ],
      },
      {
        rule: "not a role of the table above",
        changes: [granted({ role: "Monitor" })],
        roster: [
          [
            'temporary[0].role = "Monitor"',
            "This role cannot be granted for a time.",
            'Allowed: "DbRead", "Dba", "Read", "Ops", "Admin"',
          ],
        ],
      },
      {
        rule: "never BreakGlass",
        changes: [granted({ role: "BreakGlass" })],
        roster: [
          [
            'temporary[0].role = "BreakGlass"',
            "This role cannot be granted for a time.",
            'Allowed: "DbRead", "Dba", "Read", "Ops", "Admin"',
          ],
        ],
      },
      {
        rule: "no role that objects inherit",
        changes: [granted({ role: "constructor" })],
        roster: [
          [
            'temporary[0].role = "constructor"',
            "This role cannot be granted for a time.",
            'Allowed: "DbRead", "Dba", "Read", "Ops", "Admin"',
          ],
        ],
      },
    ]);
  });

  describe("crosses the table upwards, for some categories", () => {
    const everybody: Record<string, string> = {
      developer: "devon",
      devops: "oscar",
      dba: "dora",
      security: "sven",
      qa: "quinn",
      analyst: "anna",
      executive: "erik",
      contractor: "kim",
    };
    const approvers = ["olga", "dora", "dina", "sven", "simon"];
    const second = [employee("dba", "dina"), employee("security", "simon")] as const;
    const staff = [inRoster(second[0], "people", "dina"), inRoster(second[1], "people", "simon")];
    const rolesOf = (category: string, environment: WrittenEnvironment) =>
      Object.entries(TEMPORARY_TABLE)
        .filter(([, places]) => places[environment].categories.some((allowed) => allowed === category))
        .map(([role]) => role);
    const cells = Object.entries(everybody).flatMap(([category, person]) =>
      (["dev", "staging", "prod"] as const).flatMap((account) =>
        Object.keys(TEMPORARY_TABLE).map((role) => ({ category, person, account, role })),
      ),
    );

    for (const { category, person, account, role } of cells) {
      const roles = rolesOf(category, account);
      const approvedBy = approvers.filter((approver) => approver !== person);
      const change = granted({ person, account, role, approvedBy });
      it(`${category}: ${roles.includes(role) ? "" : "not "}${role} in ${account}`, () => {
        const { organization: accounts, roster: people } = written([...staff, change]);
        const none = [
          `temporary[0].person = "${person}"`,
          `Temporary grants are not for ${category}s.`,
          "Allowed: people of category developer, devops, dba, security or qa",
        ];
        const other = [
          `temporary[0].role = "${role}"`,
          `${role} in ${account} is not granted to people of category ${category}.`,
          `Allowed: ${roles.map((name) => `"${name}"`).join(", ") || `none in ${account}`}`,
        ];
        const isNobodys = ["analyst", "executive", "contractor"].includes(category);
        const output = outputOf(accounts, people);
        const refused = messageOf({ roster: [isNobodys ? none : other] });
        assert.equal(output, roles.includes(role) ? "accepted" : refused);
      });
    }

    refuses([
      {
        rule: "a contractor, even for no such role",
        changes: [granted({ person: "kim", role: "Monitor" })],
        roster: [
          [
            'temporary[0].person = "kim"',
            "Temporary grants are not for contractors.",
            "Allowed: people of category developer, devops, dba, security or qa",
          ],
          [
            'temporary[0].role = "Monitor"',
            "This role cannot be granted for a time.",
            'Allowed: "DbRead", "Dba", "Read", "Ops", "Admin"',
          ],
        ],
      },
    ]);
  });

  describe("is short", () => {
    for (const [role, { prod }] of Object.entries(TEMPORARY_TABLE)) {
      const { hours } = prod;
      const approvedBy = ["sven", "dora"];
      accepts([
        {
          rule: `${role} for ${String(hours)} hours`,
          changes: [granted({ role, approvedBy, until: after(hours * 3_600) })],
        },
        { rule: `${role} for a second`, changes: [granted({ role, approvedBy, until: after(1) })] },
      ]);
      it(`${role} for no second more than ${String(hours)} hours`, () => {
        const until = after(hours * 3_600 + 1);
        const { organization: accounts, roster: people } = written([granted({ role, approvedBy, until })]);
        const latest = after(hours * 3_600).replace(".000Z", "Z");
        const problem = [
          `temporary[0].until = "${until}"`,
          `${role} in prod is granted for at most ${String(hours)} hours.`,
          `Allowed: a time up to ${latest}`,
        ];
        assert.equal(outputOf(accounts, people), messageOf({ roster: [problem] }));
      });
    }
    refuses([
      {
        rule: "not a day",
        changes: [granted({ from: "2026-11-20", until: "2026-11-20" })],
        roster: [
          [
            'temporary[0].until = "2026-11-20"',
            "Dba in prod is granted for at most 4 hours.",
            "Allowed: a time up to 2026-11-20T04:00:00Z",
          ],
        ],
      },
      {
        rule: "not from after until",
        changes: [granted({ until: "2026-11-20T09:00:00Z" })],
        roster: [
          [
            'temporary[0].until = "2026-11-20T09:00:00Z"',
            "`until` is not after `from`.",
            "Allowed: a time after 2026-11-20T10:00:00Z",
          ],
        ],
      },
      {
        rule: "not for no time at all",
        changes: [granted({ until: grant.from })],
        roster: [
          [
            'temporary[0].until = "2026-11-20T10:00:00Z"',
            "`until` is not after `from`.",
            "Allowed: a time after 2026-11-20T10:00:00Z",
          ],
        ],
      },
      {
        rule: "from a time with its time zone",
        changes: [granted({ from: "2026-11-20T10:00:00" })],
        roster: [
          [
            'temporary[0].from = "2026-11-20T10:00:00"',
            "This time lacks its time zone.",
            "Allowed: 2026-11-20T10:00:00Z for UTC, or an offset such as 2026-11-20T10:00:00+01:00",
          ],
        ],
      },
      {
        rule: "from a date that exists",
        changes: [granted({ from: "2026-02-30T10:00:00Z" })],
        roster: [
          [
            'temporary[0].from = "2026-02-30T10:00:00Z"',
            "This is not a date that exists.",
            "Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z",
          ],
        ],
      },
    ]);
  });

  describe("lies within the person's terms", () => {
    const terms = { from: "2026-11-20T11:00:00Z", until: "2026-11-20T13:00:00Z" };
    const person = inRoster({ ...employee("devops"), ...terms }, "people", "oscar");
    accepts([{ rule: "all of them", changes: [person, granted(terms)] }]);
    refuses([
      {
        rule: "not before the first day",
        changes: [person, granted({ until: terms.until })],
        roster: [
          [
            'temporary[0].from = "2026-11-20T10:00:00Z"',
            "This is before the person's first day.",
            "Allowed: a time from 2026-11-20T11:00:00Z on",
          ],
        ],
      },
      {
        rule: "not after the last day",
        changes: [person, granted({ from: terms.from })],
        roster: [
          [
            'temporary[0].until = "2026-11-20T14:00:00Z"',
            "This is after the person's last day.",
            "Allowed: a time up to 2026-11-20T13:00:00Z",
          ],
        ],
      },
    ]);
  });

  describe("advises approvers that the rule then takes", () => {
    const approvers = { devops: "olga", dba: "dora", security: "sven" } as const;
    for (const [role, environments] of Object.entries(TEMPORARY_ROLES)) {
      for (const [account, terms] of Object.entries<TemporaryTerms>(environments)) {
        it(`${role} in ${account}`, () => {
          const { organization: accounts, roster: nobody } = written([
            granted({ account, role, approvedBy: [] }),
          ]);
          const [, number, category] =
            /Allowed: (\d )?people of category devops, dba or security(?:, one approver at least of category (\w+))?$/m.exec(
              outputOf(accounts, nobody),
            ) ?? [];
          assert.deepEqual([Number(number ?? 1), category], [terms.approvers, terms.oneApproverOf]);
          const advised = Object.entries(approvers)
            .sort(([one], [other]) => Number(other === category) - Number(one === category))
            .map(([, name]) => name)
            .slice(0, Number(number ?? 1));
          const { roster: people } = written([granted({ account, role, approvedBy: advised })]);
          assert.doesNotMatch(outputOf(accounts, people), /approvedBy/);
        });
      }
    }
  });

  describe("is approved", () => {
    accepts([
      { rule: "by a DBA", changes: [granted({ approvedBy: ["dora"] })] },
      { rule: "Read by devops", changes: [granted({ role: "Read", approvedBy: ["olga"] })] },
      { rule: "Read by security", changes: [granted({ role: "Read", approvedBy: ["sven"] })] },
      { rule: "by more than needed", changes: [granted({ approvedBy: ["sven", "dora", "olga"] })] },
      {
        rule: "Admin in prod by two, one of security",
        changes: [granted({ role: "Admin", approvedBy: ["sven", "dora"] })],
      },
      {
        rule: "Admin in dev by any two",
        changes: [granted({ account: "dev", role: "Admin", approvedBy: ["olga", "dora"] })],
      },
      { rule: "Ops by two", changes: [granted({ role: "Ops", approvedBy: ["olga", "dora"] })] },
    ]);
    refuses([
      {
        rule: "not by nobody",
        changes: [granted({ approvedBy: [] })],
        roster: [
          [
            "temporary[0].approvedBy = []",
            "Dba in prod needs the approval of 1 other person, of category dba.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by the grantee",
        changes: [granted({ approvedBy: ["oscar"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "oscar"',
            "Nobody approves for themselves.",
            "Allowed: other people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by a developer",
        changes: [granted({ approvedBy: ["devon"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "devon"',
            "This person is of category developer and may not approve.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by a QA engineer",
        changes: [granted({ approvedBy: ["quinn"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "quinn"',
            "This person is of category qa and may not approve.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by an analyst",
        changes: [granted({ approvedBy: ["anna"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "anna"',
            "This person is of category analyst and may not approve.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by an executive",
        changes: [granted({ approvedBy: ["erik"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "erik"',
            "This person is of category executive and may not approve.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by a contractor",
        changes: [granted({ approvedBy: ["kim"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "kim"',
            "This person is of category contractor and may not approve.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not by somebody unknown",
        changes: [granted({ approvedBy: ["doro"] })],
        roster: [
          [
            'temporary[0].approvedBy[0] = "doro"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "dora"?',
          ],
        ],
      },
      {
        rule: "a database role not without a DBA",
        changes: [granted({ approvedBy: ["olga", "sven"] })],
        roster: [
          [
            'temporary[0].approvedBy = ["olga","sven"]',
            "Dba in prod needs the approval of 1 other person, of category dba.",
            "Allowed: people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "Admin in prod not without security",
        changes: [granted({ role: "Admin", approvedBy: ["olga", "dora"] })],
        roster: [
          [
            'temporary[0].approvedBy = ["olga","dora"]',
            "Admin in prod needs the approval of 2 other people, one of them of category security.",
            "Allowed: 2 people of category devops, dba or security, one approver at least of category security",
          ],
        ],
      },
      {
        rule: "Ops in prod not by one",
        changes: [granted({ role: "Ops", approvedBy: ["sven"] })],
        roster: [
          [
            'temporary[0].approvedBy = ["sven"]',
            "Ops in prod needs the approval of 2 other people.",
            "Allowed: 2 people of category devops, dba or security",
          ],
        ],
      },
      {
        rule: "not by one person under two names",
        changes: [
          inRoster({ ...employee("devops"), email: "Sven@example.com" }, "people", "sven.devops"),
          granted({ role: "Admin", approvedBy: ["sven", "sven.devops"] }),
        ],
        roster: [
          [
            'temporary[0].approvedBy[1] = "sven.devops"',
            "One person approves once. sven.devops has the e-mail address of sven.",
            "To do: Name somebody else, or put the address right at `people`: Sven@example.com",
          ],
        ],
      },
      {
        rule: "not after they left",
        changes: [
          inRoster({ ...employee("dba", "dora"), until: "2026-11-19" }, "people", "dora"),
          granted({}),
        ],
        roster: [
          [
            'temporary[0].approvedBy[0] = "dora"',
            "They are here until 2026-11-20T00:00:00Z, and this begins at 2026-11-20T10:00:00Z.",
            "Allowed: other people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "not before they came",
        changes: [
          inRoster({ ...employee("dba", "dora"), from: "2026-11-21" }, "people", "dora"),
          granted({}),
        ],
        roster: [
          [
            'temporary[0].approvedBy[0] = "dora"',
            "They are here from 2026-11-21T00:00:00Z on, and this begins at 2026-11-20T10:00:00Z.",
            "Allowed: other people of category devops, dba or security, one approver at least of category dba",
          ],
        ],
      },
      {
        rule: "Admin not by one",
        changes: [granted({ role: "Admin" })],
        roster: [
          [
            'temporary[0].approvedBy = ["dora"]',
            "Admin in prod needs the approval of 2 other people, one of them of category security.",
            "Allowed: 2 people of category devops, dba or security, one approver at least of category security",
          ],
        ],
      },
      {
        rule: "Admin not by one and the grantee",
        changes: [granted({ role: "Admin", approvedBy: ["dora", "oscar"] })],
        roster: [
          [
            'temporary[0].approvedBy[1] = "oscar"',
            "Nobody approves for themselves.",
            "Allowed: other people of category devops, dba or security, one approver at least of category security",
          ],
        ],
      },
      {
        rule: "Admin not twice by one",
        changes: [granted({ role: "Admin", approvedBy: ["dora", "dora"] })],
        roster: [
          [
            'temporary[0].approvedBy = ["dora","dora"]',
            "Admin in prod needs the approval of 2 other people, one of them of category security.",
            "Allowed: 2 people of category devops, dba or security, one approver at least of category security",
          ],
          [
            'temporary[0].approvedBy[1] = "dora"',
            "This approver is listed already.",
            "To do: Remove the repetition.",
          ],
        ],
      },
      {
        rule: "and each is listed once",
        changes: [granted({ approvedBy: ["dora", "dora"] })],
        roster: [
          [
            'temporary[0].approvedBy[1] = "dora"',
            "This approver is listed already.",
            "To do: Remove the repetition.",
          ],
        ],
      },
    ]);
  });

  it("gives a grant with its dates, reason and approvers", () => {
    assert.deepEqual(modelWith(granted({ from: "2026-11-20T11:30:00.750+01:00" })).grants, [
      {
        person: "oscar",
        account: "prod",
        role: "Dba",
        source: "temporary",
        validity: { from: "2026-11-20T10:30:00Z", until: "2026-11-20T14:00:00Z" },
        reason: "INC-1042",
        approvedBy: ["dora"],
      },
    ]);
  });
});
