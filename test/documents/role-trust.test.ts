import assert from "node:assert/strict";

import { buildTrust, type RoleTrust } from "../../src/documents/role-trust";
import { buildModel } from "../../src/model/model";
import type { HeldRole } from "../../src/model/roles";
import { newAddress } from "../support/address";

const NOW = new Date("2026-11-23T12:00:00Z");
const IDENTITY_ROOT = { AWS: "arn:aws:iam::111111111111:root" };

function organization(trustQuota?: number) {
  return {
    prefix: "infra",
    region: "eu-west-1",
    accounts: {
      users: { id: "111111111111", kind: "identity" },
      dev: {
        id: "222222222222",
        kind: "workload",
        environment: "dev",
        ...(trustQuota !== undefined && { trustQuota }),
      },
      prod: { id: "444444444444", kind: "workload", environment: "prod" },
    },
  };
}

const employee = (category: string, access: object, terms: object = {}) => ({
  email: newAddress(),
  category,
  access,
  ...terms,
});

const contractor = (until: string, from = "2026-11-01") =>
  employee("contractor", { dev: "Developer" }, { project: "phoenix", sponsor: "olga.ops", from, until });

function trust(roster: object, account: string, role: HeldRole, trustQuota?: number): RoleTrust {
  const model = buildModel(organization(trustQuota), roster, NOW);
  const found = model.organization.accounts.find(({ key }) => key === account);
  assert.ok(found);
  return buildTrust(model, found, role);
}

const developers = (count: number): Record<string, object> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `person.number-${String(index).padStart(4, "0")}`,
      employee("developer", { dev: "Developer" }),
    ]),
  );

const userArn = (name: string): string => `arn:aws:iam::111111111111:user/people/${name}`;

const asked = (mfaAgeSeconds: number) => ({
  Bool: { "aws:MultiFactorAuthPresent": "true" },
  NumericLessThan: { "aws:MultiFactorAuthAge": String(mfaAgeSeconds) },
  StringEquals: { "sts:RoleSessionName": "${aws:username}" },
});

const admits = (sid: string, condition: object) => ({
  Sid: sid,
  Effect: "Allow",
  Principal: IDENTITY_ROOT,
  Action: "sts:AssumeRole",
  Condition: condition,
});

describe("a trust", () => {
  it("names its undated holders, in order, with recent MFA under their own name", () => {
    const people = {
      "zoe.dev": employee("developer", { dev: "Developer" }),
      "adam.dev": employee("developer", { dev: ["Developer", "Read"] }),
    };
    const { form, document } = trust({ people }, "dev", "Developer");
    assert.equal(form, "named");
    assert.deepEqual(document.Statement, [
      admits("Holders", {
        ...asked(43_200),
        ArnEquals: { "aws:PrincipalArn": [userArn("adam.dev"), userArn("zoe.dev")] },
      }),
    ]);
  });

  it("lets nobody in where nobody holds the role", () => {
    const { document } = trust({ people: {} }, "dev", "Developer");
    assert.deepEqual(document.Statement, [
      {
        Sid: "NobodyHoldsThisRole",
        Effect: "Deny",
        Principal: IDENTITY_ROOT,
        Action: "sts:AssumeRole",
      },
    ]);
  });

  it("asks for MFA of at most an hour for Admin and BreakGlass", () => {
    const people = { "olga.ops": employee("devops", { dev: "Admin" }) };
    const breakGlass = { prod: { primary: "olga.ops" } };
    for (const [account, role] of [
      ["dev", "Admin"],
      ["prod", "BreakGlass"],
    ] as const) {
      assert.deepEqual(trust({ people, breakGlass }, account, role).document.Statement, [
        admits("Holders", { ...asked(3_600), ArnEquals: { "aws:PrincipalArn": [userArn("olga.ops")] } }),
      ]);
    }
  });

  it("gives dated holders statements of their own, shared by those with the same dates", () => {
    const people = {
      "olga.ops": employee("devops", { dev: "Developer" }),
      "kim.one": contractor("2027-01-31"),
      "kim.two": contractor("2027-01-31"),
      "kim.three": contractor("2027-02-28", "2026-12-01"),
    };
    const { document } = trust({ people }, "dev", "Developer");
    assert.deepEqual(document.Statement, [
      admits("Holders", { ...asked(43_200), ArnEquals: { "aws:PrincipalArn": [userArn("olga.ops")] } }),
      admits("From20261101Until20270201", {
        ...asked(43_200),
        ArnEquals: { "aws:PrincipalArn": [userArn("kim.one"), userArn("kim.two")] },
        DateGreaterThanEquals: { "aws:CurrentTime": "2026-11-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
      }),
      admits("From20261201Until20270301", {
        ...asked(43_200),
        ArnEquals: { "aws:PrincipalArn": [userArn("kim.three")] },
        DateGreaterThanEquals: { "aws:CurrentTime": "2026-12-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2027-03-01T00:00:00Z" },
      }),
    ]);
  });

  it("does not render a grant that has expired", () => {
    const people = { "olga.ops": employee("devops", {}), "kim.one": contractor("2026-11-22") };
    assert.equal(trust({ people }, "dev", "Developer").document.Statement[0]?.Sid, "NobodyHoldsThisRole");
  });

  it("holds the shifts on call that have begun, the next, and those that begin soon; later ones come with a later deployment", () => {
    const people = { "olga.ops": employee("devops", {}), "omar.ops": employee("devops", {}) };
    const shifts = Array.from({ length: 26 }, (_, week) => ({
      person: week % 2 === 0 ? "olga.ops" : "omar.ops",
      from: new Date(Date.UTC(2026, 10, 16 + 7 * week)).toISOString(),
      until: new Date(Date.UTC(2026, 10, 23 + 7 * week)).toISOString(),
    }));
    const { document, text } = trust({ people, onCall: { prod: { role: "Ops", shifts } } }, "prod", "Ops");
    assert.deepEqual(
      document.Statement.map(({ Sid, Condition }) => [Sid, Condition?.ArnEquals?.["aws:PrincipalArn"]]),
      [
        ["From20261123Until20261130", ["arn:aws:iam::111111111111:user/people/omar.ops"]],
        ["From20261130Until20261207", ["arn:aws:iam::111111111111:user/people/olga.ops"]],
      ],
    );
    assert.ok(text.length <= 2_048);
  });

  it("counts overlapping grants as one: the latest end counts", () => {
    const people = {
      "olga.ops": employee("devops", {}),
      "dana.dba": employee("dba", {}),
      "paul.dev": employee("developer", {}),
    };
    const temporary = [
      ["10:00", "13:00"],
      ["12:00", "14:00"],
    ].map(([from, until]) => ({
      person: "paul.dev",
      account: "prod",
      role: "DbRead",
      from: `2026-11-23T${from}:00Z`,
      until: `2026-11-23T${until}:00Z`,
      reason: "INC-1",
      approvedBy: ["dana.dba"],
    }));
    assert.deepEqual(
      trust({ people, temporary }, "prod", "DbRead").document.Statement.map(({ Sid }) => Sid),
      ["From20261123T100000ZUntil20261123T140000Z"],
    );
  });

  describe("too long to name everybody", () => {
    const people = {
      ...developers(60),
      "olga.ops": employee("devops", {}),
      "kim.one": contractor("2027-01-31"),
    };

    it("matches undated holders by their tag, and still names dated ones", () => {
      const { form, document } = trust({ people }, "dev", "Developer");
      assert.equal(form, "tagged");
      assert.deepEqual(document.Statement, [
        admits("Holders", {
          ...asked(43_200),
          ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/people/*" },
          StringLike: { "aws:PrincipalTag/infra:dev": "*+Developer+*" },
        }),
        admits("From20261101Until20270201", {
          ...asked(43_200),
          ArnEquals: { "aws:PrincipalArn": [userArn("kim.one")] },
          DateGreaterThanEquals: { "aws:CurrentTime": "2026-11-01T00:00:00Z" },
          DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
        }),
      ]);
    });

    it("keeps its size at any number of people", () => {
      const sizeOf = (count: number): number =>
        trust({ people: developers(count) }, "dev", "Developer").text.length;
      assert.equal(sizeOf(100), sizeOf(1_000));
    });

    it("names more people where the account's quota was raised", () => {
      const { form, text } = trust({ people: developers(60) }, "dev", "Developer", 4_096);
      assert.equal(form, "named");
      assert.ok(text.length > 2_048);
    });

    it("changes form exactly where the names stop fitting", () => {
      for (let count = 1; count < 60; count += 1) {
        const named = trust({ people: developers(count) }, "dev", "Developer", 4_096);
        const { form, text } = trust({ people: developers(count) }, "dev", "Developer");
        assert.equal(form, named.text.length <= 2_048 ? "named" : "tagged");
        assert.ok(text.length <= 2_048);
      }
    });
  });
});
