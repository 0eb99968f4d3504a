import fc from "fast-check";
import assert from "node:assert/strict";

import type { PermissionStatement, PolicyDocument } from "../../src/documents/policy-document";
import { roleBlueprints } from "../../src/documents/role-blueprint";
import { toInstant, addSeconds } from "../../src/model/dates";
import type { Account } from "../../src/model/account";
import { buildModel, type Model } from "../../src/model/model";
import { formatPath, UserError } from "../../src/model/problems";
import type { HeldRole } from "../../src/model/roles";
import {
  planDeparture,
  withEveryRole,
  type Departure,
  type DepartureOfPerson,
} from "../../src/offboarding/departure";
import type { RosterEdit } from "../../src/offboarding/roster-edits";
import {
  NOW,
  sampleOrganization,
  sampleRoster,
  validPairs,
  type WrittenOrganization,
  type WrittenPerson,
  type WrittenRoster,
} from "../support/rosters";

function departure(name: string, roster = sampleRoster(), now = NOW): Departure {
  return planDeparture(buildModel(sampleOrganization(), roster, now), roster, name);
}

function ofPerson(name: string, roster?: WrittenRoster, now?: Date): DepartureOfPerson {
  const found = departure(name, roster, now);
  assert.ok(found.stage !== "departed");
  return found;
}

function changed(name: string, change: Partial<WrittenPerson>): WrittenRoster {
  const roster = sampleRoster();
  const person = roster.people[name];
  assert.ok(person);
  return { ...roster, people: { ...roster.people, [name]: { ...person, ...change } } };
}

const places = (all: readonly { readonly account: { readonly key: string }; readonly role: string }[]) =>
  all.map(({ account, role }) => `${account.key}/${role}`);
const texts = (edits: readonly RosterEdit[]) => edits.map(({ path, change }) => `${path}: ${change}`);

describe("what somebody's removal takes away", () => {
  it("roles, groups and power", () => {
    const { stage, revoked } = ofPerson("sarah.devops");
    assert.equal(stage, "present");
    assert.deepEqual(places(revoked.roles), [
      "dev/Admin",
      "staging/Ops",
      "prod/BreakGlass",
      "prod/Ops",
      "prod/Read",
    ]);
    assert.deepEqual(revoked.groups, [
      "infra-ManageOwnUserG",
      "infra-PowerG",
      "infra-AssumeRoleG-dev",
      "infra-AssumeRoleG-staging",
      "infra-AssumeRoleG-prod",
      "infra-BreakGlassG-prod",
    ]);
    assert.equal(revoked.power, true);
  });

  it("not what has expired, and what has not begun", () => {
    assert.deepEqual(
      places(ofPerson("john.developer", undefined, new Date("2026-11-20T14:00:00Z")).revoked.roles),
      ["dev/Developer", "staging/Developer"],
    );
    assert.deepEqual(places(ofPerson("john.developer", undefined, new Date("2026-11-01")).revoked.roles), [
      "dev/Developer",
      "staging/Developer",
      "prod/DbRead",
    ]);
  });
});

describe("how long somebody's sessions last", () => {
  it("as long as the role allows, and a dated grant's no longer than the grant", () => {
    const late = ofPerson("john.developer", undefined, new Date("2026-11-20T13:30:00Z"));
    assert.deepEqual(
      late.sessions.map(({ account, role, until }) => `${account.key}/${role} ${until}`),
      [
        "dev/Developer 2026-11-20T21:30:00Z",
        "staging/Developer 2026-11-20T21:30:00Z",
        "prod/DbRead 2026-11-20T14:00:00Z",
      ],
    );
    assert.equal(late.removalNotBefore, "2026-11-20T21:30:00Z");
  });

  it("a session of a grant that is over may be open still, and is ended by a policy that a removal would take away", () => {
    const { stage, sessions, open, removalNotBefore } = ofPerson(
      "alex.dba",
      { ...changed("alex.dba", { until: "2026-11-20T11:00:00Z" }), temporary: [] },
      NOW,
    );
    assert.equal(stage, "left");
    assert.deepEqual(sessions, []);
    assert.deepEqual(places(open), ["staging/Dba"]);
    assert.equal(removalNotBefore, "2026-11-20T15:00:00Z");
  });

  it("after the longest session nothing is in the way of a removal", () => {
    const left = { ...changed("alex.dba", { until: "2026-11-20T07:00:00Z" }), temporary: [] };
    const { open, removalNotBefore, lastDay } = ofPerson("alex.dba", left);
    assert.deepEqual([open, removalNotBefore, lastDay], [[], undefined, []]);
  });

  it("who has not begun has none", () => {
    const { stage, open, sessions, lastDay, removalNotBefore } = ofPerson("alex.dba", {
      ...changed("alex.dba", { from: "2026-11-21" }),
      temporary: [],
    });
    assert.deepEqual([stage, open, sessions, lastDay, removalNotBefore], ["future", [], [], [], undefined]);
  });

  it("of somebody who is gone nobody knows which, so it may be any role", () => {
    const gone = departure("old.colleague");
    assert.equal(gone.stage, "departed");
    assert.equal(gone.sessionsEnd, "2026-11-20T20:00:00Z");
    assert.equal(gone.longestSession, 28_800);
    assert.deepEqual(places(gone.open), [
      "users/Security",
      ...[
        "Admin",
        "Ops",
        "Dba",
        "DbRead",
        "Developer",
        "Read",
        "Security",
        "Monitor",
        "Analyst",
        "Dashboard",
      ].map((role) => `dev/${role}`),
      ...[
        "Admin",
        "Ops",
        "Dba",
        "DbRead",
        "Developer",
        "Read",
        "Security",
        "Monitor",
        "Analyst",
        "Dashboard",
      ].map((role) => `staging/${role}`),
      ...["Admin", "Ops", "Dba", "DbRead", "Read", "Security", "Monitor", "Dashboard"].map(
        (role) => `prod/${role}`,
      ),
      "prod/BreakGlass",
    ]);
  });

  it("of somebody who lost a role lately it may be any role, too", () => {
    const model = buildModel(sampleOrganization(), sampleRoster(), NOW);
    const every = withEveryRole(model, departure("maria.cto"));
    assert.deepEqual(places(every.open), places(departure("old.colleague").open));
    assert.ok(every.stage === "present");
    assert.equal(every.removalNotBefore, "2026-11-20T20:00:00Z");
  });

  it("under the name before a rename, too", () => {
    const renamed = ofPerson("alex.dba", changed("alex.dba", { renamedFrom: "alex" }));
    assert.deepEqual(renamed.sessionNames, ["alex.dba", "alex"]);
  });
});

describe("how the roster is to be edited", () => {
  it("first a last moment, then out, with everything that names the person", () => {
    const roster: WrittenRoster = {
      ...sampleRoster(),
      temporary: [
        ...(sampleRoster().temporary ?? []),
        {
          person: "sarah.devops",
          account: "prod",
          role: "Admin",
          from: "2026-11-20T10:00:00Z",
          until: "2026-11-20T14:00:00Z",
          reason: "INC-1043",
          approvedBy: ["alex.dba", "chris.security"],
        },
        {
          person: "sarah.devops",
          account: "prod",
          role: "DbRead",
          from: "2026-11-21T10:00:00Z",
          until: "2026-11-21T14:00:00Z",
          reason: "INC-1044",
          approvedBy: ["alex.dba"],
        },
        {
          person: "john.developer",
          account: "prod",
          role: "DbRead",
          from: "2026-11-21T10:00:00Z",
          until: "2026-11-21T14:00:00Z",
          reason: "INC-1045",
          approvedBy: ["alex.dba", "sarah.devops"],
        },
      ],
    };
    const { lastDay, removal } = ofPerson("sarah.devops", roster);
    assert.deepEqual(texts(lastDay), [
      'people["sarah.devops"].until: "2026-11-20T12:00:00Z"',
      "power[0]: remove, and name somebody else, so that two have power",
      "temporary[3].approvedBy[1]: somebody else approves, or the grant goes",
      'temporary[1].until: "2026-11-20T12:00:00Z"',
      "temporary[2]: remove",
    ]);
    assert.deepEqual(texts(removal), [
      'people["sarah.devops"]: remove',
      'departed: add "sarah.devops"',
      "breakGlass.prod.primary: name somebody else, or remove the account's break-glass",
      "temporary[1]: remove",
      'people["kim.contractor"].sponsor: name another sponsor',
      'people["kim.contractor"].approvedBy[0]: somebody else approves',
    ]);
  });

  it("nobody is left without break-glass in the meantime", () => {
    const roster = { ...sampleRoster(), breakGlass: { prod: { primary: "sarah.devops" } } };
    assert.ok(
      texts(ofPerson("sarah.devops", roster).lastDay).includes(
        "breakGlass.prod.backup: add somebody: nobody else holds BreakGlass there",
      ),
    );
    assert.ok(
      texts(ofPerson("maria.cto").removal).includes("breakGlass.prod.backup: remove, or name somebody else"),
    );
  });

  it("a name that is nowhere is refused, with the nearest", () => {
    assert.throws(
      () => departure("old.collegue"),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(
          error.message,
          /^Nobody has the name "old\.collegue" in src\/roster\.ts, in `people` or under `departed`\./,
        );
        assert.match(error.message, /Did you mean "old\.colleague"\?/);
        assert.match(error.message, /If somebody of that name was removed: write it under `departed`/);
        return true;
      },
    );
  });
});

/** The places of the errors that a roster has. */
function refusals(organization: WrittenOrganization, roster: WrittenRoster, now: Date): readonly string[] {
  try {
    buildModel(organization, roster, now);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [...error.message.matchAll(/^ +\d+\. (\S+)/gm)].map(([, path = ""]) => path);
  }
}

const without = (roster: WrittenRoster, name: string): WrittenRoster => ({
  ...roster,
  people: Object.fromEntries(Object.entries(roster.people).filter(([key]) => key !== name)),
  departed: [...(roster.departed ?? []), name],
});

/** What the role's own policies say. */
function statementsOf(model: Model, account: Account, role: HeldRole): readonly PermissionStatement[] {
  const policies =
    roleBlueprints(model, account).find((blueprint) => blueprint.role === role)?.policies ?? [];
  return policies.flatMap((policy) =>
    policy.kind === "customer" ? (JSON.parse(policy.text) as PolicyDocument).Statement : [],
  );
}

/** The roster after the first edit, made by hand from what the edit says. */
function withLastDay(
  roster: WrittenRoster,
  name: string,
  edits: readonly RosterEdit[],
  moment: string,
): WrittenRoster {
  const changes = new Map(edits.map(({ path, change }) => [path, change]));
  const [substitute = ""] = Object.entries(roster.people).flatMap(([key, { category, from, until }]) =>
    key !== name && category === "security" && from === undefined && until === undefined ? [key] : [],
  );
  const edited = (path: string): boolean => edits.some((one) => one.path.startsWith(path));
  const people = Object.entries(roster.people).map(([key, person]): [string, WrittenPerson] => {
    if (key === name) return [key, { ...person, until: moment }];
    const place = `people${/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`;
    return [
      key,
      {
        ...person,
        ...(edited(`${place}.sponsor`) && { sponsor: substitute }),
        ...(edited(`${place}.approvedBy`) && {
          approvedBy: Object.entries(roster.people).flatMap(([other, { category, from, until }]) =>
            other !== name &&
            (category === "security" || category === "devops") &&
            from === undefined &&
            until === undefined
              ? [other]
              : [],
          ),
        }),
      },
    ];
  });
  return {
    ...roster,
    people: Object.fromEntries(people),
    ...(roster.power && { power: roster.power.filter((_, index) => !changes.has(`power[${index}]`)) }),
    onCall: Object.fromEntries(
      Object.entries(roster.onCall ?? {}).map(([account, { role, shifts }]) => {
        const place = formatPath("onCall", account, "shifts");
        return [
          account,
          {
            role,
            shifts: shifts.flatMap((shift, index) => {
              if (changes.has(`${place}[${index}]`)) return [];
              return changes.has(`${place}[${index}].until`) ? [{ ...shift, until: moment }] : [shift];
            }),
          },
        ];
      }),
    ),
    temporary: (roster.temporary ?? []).flatMap((grant, index) => {
      if (changes.get(`temporary[${index}]`) === "remove") return [];
      if (edited(`temporary[${index}].approvedBy`)) return [];
      return changes.has(`temporary[${index}].until`) ? [{ ...grant, until: moment }] : [grant];
    }),
  };
}

describe("whatever the roster", () => {
  const cases = validPairs.chain(({ organization, roster }) =>
    fc.record({
      organization: fc.constant(organization),
      roster: fc.constant(roster),
      name: fc.constantFrom(...Object.keys(roster.people)),
      now: fc.date({
        min: new Date("2025-01-01T00:00:00Z"),
        max: new Date("2029-01-01T00:00:00Z"),
        noInvalidDate: true,
      }),
    }),
  );

  it("the edits name every place that a removal would make it refuse", () => {
    fc.assert(
      fc.property(cases, ({ organization, roster, name, now }) => {
        const found = planDeparture(buildModel(organization, roster, now), roster, name);
        assert.ok(found.stage !== "departed");
        const edited = [...found.lastDay, ...found.removal].map(({ path }) => path);
        for (const path of refusals(organization, without(roster, name), now))
          assert.ok(
            edited.some((place) => path === place || path.startsWith(`${place}.`)),
            path,
          );
      }),
    );
  });

  it("a last moment is accepted, and the roles' own policies then deny every session that may be open", () => {
    fc.assert(
      fc.property(cases, ({ organization, roster, name, now }) => {
        const found = planDeparture(buildModel(organization, roster, now), roster, name);
        assert.ok(found.stage !== "departed");
        fc.pre(found.stage === "present");
        const moment = toInstant(now);
        const edited = withLastDay(roster, name, found.lastDay, moment);
        // Nobody is left in `power`: the edit says that somebody else has to be named.
        if (edited.power?.length === 0) delete edited.power;
        const afterwards = buildModel(organization, edited, new Date(addSeconds(moment, 1)));
        for (const { account, role } of found.open) {
          const denied = statementsOf(afterwards, account, role).filter(
            ({ Effect, Condition }) =>
              Effect === "Deny" &&
              Condition?.["StringLike"]?.["aws:userid"]?.includes(`*:${name}`) === true &&
              Condition["DateLessThan"] === undefined &&
              String(Condition["DateGreaterThanEquals"]?.["aws:CurrentTime"]) <= moment,
          );
          assert.equal(denied.length, 1, `${account.key}/${role}`);
        }
      }),
    );
  });
});
