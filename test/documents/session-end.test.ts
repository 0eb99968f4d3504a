import assert from "node:assert/strict";

import { sessionEnd } from "../../src/documents/session-end";
import { buildModel } from "../../src/model/model";
import { newAddress } from "../support/address";

const organization = {
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    prod: { id: "444444444444", kind: "workload", environment: "prod" },
  },
};
const person = (category: string, access: object = {}) => ({ email: newAddress(), category, access });
const people = {
  "dana.dba": person("dba"),
  "ravi.dba": person("dba", { prod: "DbRead" }),
  "paul.dev": person("developer"),
  "mia.dev": person("developer"),
};
const grant = (name: string, from: string, until: string) => ({
  person: name,
  account: "prod",
  role: "DbRead",
  from: `2026-11-23T${from}:00Z`,
  until: `2026-11-23T${until}:00Z`,
  reason: "INC-1",
  approvedBy: [name === "dana.dba" ? "ravi.dba" : "dana.dba"],
});

function statementsAt(time: string, ...temporary: object[]): unknown {
  const model = buildModel(organization, { people, temporary }, new Date(`2026-11-23T${time}:00Z`));
  const prod = model.organization.accounts.find(({ key }) => key === "prod");
  assert.ok(prod);
  return sessionEnd(model, prod, "DbRead").flatMap(({ Statement }) => Statement);
}

const closes = (sid: string, names: string[], from: string, until?: string) => ({
  Sid: sid,
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: {
    StringLike: { "aws:userid": names.map((name) => `*:${name}`) },
    DateGreaterThanEquals: { "aws:CurrentTime": `2026-11-23T${from}:00Z` },
    ...(until && { DateLessThan: { "aws:CurrentTime": `2026-11-23T${until}:00Z` } }),
  },
});

describe("the end of dated sessions", () => {
  const morning = closes("EndOf20261123T120000Z", ["paul.dev"], "12:00");

  // DbRead's sessions last an hour at most.
  const cases: readonly (readonly [string, string, object[], unknown])[] = [
    ["nobody dated", "09:00", [], []],
    ["before the grant begins", "07:00", [grant("paul.dev", "08:00", "12:00")], [morning]],
    ["while it lasts", "11:00", [grant("paul.dev", "08:00", "12:00")], [morning]],
    ["while its last session may live", "12:59", [grant("paul.dev", "08:00", "12:00")], [morning]],
    ["once that is over", "13:00", [grant("paul.dev", "08:00", "12:00")], []],
    [
      "two people with one end share a statement",
      "09:00",
      [grant("paul.dev", "08:00", "12:00"), grant("mia.dev", "09:00", "12:00")],
      [closes("EndOf20261123T120000Z", ["mia.dev", "paul.dev"], "12:00")],
    ],
    [
      "overlapping grants end together, at the latest end",
      "09:00",
      [grant("paul.dev", "10:00", "12:00"), grant("paul.dev", "11:00", "14:00")],
      [closes("EndOf20261123T140000Z", ["paul.dev"], "14:00")],
    ],
    [
      "grants apart are closed between",
      "09:00",
      [grant("paul.dev", "09:00", "10:00"), grant("paul.dev", "11:00", "14:00")],
      [
        closes("EndOf20261123T100000ZUntil20261123T110000Z", ["paul.dev"], "10:00", "11:00"),
        closes("EndOf20261123T140000Z", ["paul.dev"], "14:00"),
      ],
    ],
    ["a person who holds the role for good keeps it", "09:00", [grant("ravi.dba", "08:00", "12:00")], []],
  ];

  for (const [name, time, grants, expected] of cases) {
    it(name, () => {
      assert.deepEqual(statementsAt(time, ...grants), expected);
    });
  }

  it("ends the sessions of shifts on call, also where the person's next shift is not deployed yet", () => {
    const shifts = Array.from({ length: 26 }, (_, week) => ({
      person: week % 2 === 0 ? "olga.ops" : "omar.ops",
      from: new Date(Date.UTC(2026, 10, 9 + 7 * week)).toISOString(),
      until: new Date(Date.UTC(2026, 10, 16 + 7 * week)).toISOString(),
    }));
    const staff = {
      "olga.ops": person("devops"),
      "omar.ops": { ...person("devops"), email: "omar@example.com" },
    };
    const model = buildModel(
      organization,
      { people: staff, onCall: { prod: { role: "Ops", shifts } } },
      // An hour into omar's first shift, while sessions of olga's may still live.
      new Date("2026-11-16T01:00:00Z"),
    );
    const prod = model.organization.accounts.find(({ key }) => key === "prod");
    assert.ok(prod);
    assert.deepEqual(
      sessionEnd(model, prod, "Ops").flatMap(({ Statement }) =>
        Statement.map(({ Sid, Condition }) => [Sid, Condition?.StringLike?.["aws:userid"]]),
      ),
      [
        ["EndOf20261116Until20261123", ["*:olga.ops"]],
        ["EndOf20261123", ["*:omar.ops"]],
        ["EndOf20261130", ["*:olga.ops"]],
      ],
    );
  });

  it("names everybody, in several documents where one does not fit", () => {
    const names = Array.from({ length: 400 }, (_, index) => `contractor-${String(index)}`);
    const contractor = {
      ...person("contractor", { dev: "Developer" }),
      project: "phoenix",
      sponsor: "olga.ops",
      from: "2026-11-01",
      until: "2026-11-30",
    };
    const model = buildModel(
      {
        ...organization,
        accounts: {
          ...organization.accounts,
          dev: { id: "222222222222", kind: "workload", environment: "dev" },
        },
      },
      {
        people: {
          "olga.ops": person("devops"),
          ...Object.fromEntries(names.map((name) => [name, contractor])),
        },
      },
      new Date("2026-11-23T12:00:00Z"),
    );
    const dev = model.organization.accounts.find(({ key }) => key === "dev");
    assert.ok(dev);
    const documents = sessionEnd(model, dev, "Developer");
    assert.equal(documents.length, 2);
    const closed = documents.flatMap(({ Statement }) =>
      Statement.map(({ Sid, Condition }) => ({ Sid, names: Condition?.StringLike?.["aws:userid"] ?? [] })),
    );
    assert.deepEqual(
      closed.map(({ Sid }) => Sid),
      ["EndOf20261201", "EndOf20261201"],
    );
    assert.deepEqual(
      closed.flatMap(({ names: some }) => some).sort(),
      names.map((name) => `*:${name}`).sort(),
    );
  });
});
