import assert from "node:assert/strict";

import { blueprintsOf } from "../../src/documents/blueprint";
import { checkQuotas } from "../../src/documents/quota-check";
import { buildModel } from "../../src/model/model";
import { formatProblems } from "../../src/model/problems";
import { newAddress } from "../support/address";

const NOW = new Date("2026-11-23T12:00:00Z");

const workload = (id: number) => ({ id: String(200_000_000_000 + id), kind: "workload", environment: "dev" });
const organization = (workloads: Record<string, object>, prefix = "infra") => ({
  prefix,
  region: "eu-west-1",
  accounts: { users: { id: "111111111111", kind: "identity" }, ...workloads },
});
const person = (category: string, access: object, more: object = {}) => ({
  email: newAddress(),
  category,
  access,
  ...more,
});
const many = <T>(count: number, make: (index: number) => readonly [string, T]): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));

/** Contractors whose contracts all end on days of their own. */
const contractors = (count: number) =>
  many(count, (index) => [
    `kim.contractor-${index}`,
    person(
      "contractor",
      { dev: "Developer" },
      { project: "phoenix", sponsor: "olga.ops", from: "2026-11-01", until: `2027-01-${10 + index}` },
    ),
  ]);

function quotaProblems(accounts: Record<string, object>, roster: object, prefix?: string): string {
  const model = buildModel(organization(accounts, prefix), { power: ["olga.ops"], ...roster }, NOW);
  const problems = checkQuotas(blueprintsOf(model));
  return problems.length === 0 ? "" : formatProblems(problems[0]?.severity ?? "", problems);
}

const olga = { "olga.ops": person("devops", { dev: "Admin" }) };
const dev = { dev: workload(1) };

describe("quotas, before anything is deployed", () => {
  it("says nothing of an organization that fits", () => {
    assert.equal(quotaProblems(dev, { people: { ...olga, ...contractors(3) } }), "");
  });

  it("warns of a trust from 80% on", () => {
    assert.equal(
      quotaProblems(dev, {
        people: {
          ...olga,
          ...contractors(2),
          ...many(60, (index) => [`p.number-${index}`, person("developer", { dev: "Developer" })]),
          "kim.contractor-x": person(
            "contractor",
            { dev: "Developer" },
            { project: "phoenix", sponsor: "olga.ops", from: "2026-11-01", until: "2027-01-31" },
          ),
        },
      }),
      [
        "warning",
        "",
        "src/roster.ts",
        "  1. people",
        "     The trust of infra-DeveloperR-dev (tagged, 60 undated holders, 3 dated statements) has 2,008 characters, 98% of its quota.",
        "     Allowed: 2,048 characters",
        '     To do: Give dated grants of the role the same dates, so that they share a statement; or have AWS raise "Role trust policy length" in dev and set its `trustQuota`.',
      ].join("\n"),
    );
  });

  it("refuses a trust that fits in neither form, with its sizes", () => {
    assert.equal(
      quotaProblems(dev, { people: { ...olga, ...contractors(6) } }),
      [
        "error",
        "",
        "src/roster.ts",
        "  1. people",
        "     The trust of infra-DeveloperR-dev (tagged, 0 undated holders, 6 dated statements) has 3,146 characters.",
        "     Allowed: 2,048 characters",
        '     To do: Give dated grants of the role the same dates, so that they share a statement; or have AWS raise "Role trust policy length" in dev and set its `trustQuota`.',
      ].join("\n"),
    );
  });

  it("takes the same trust where the account's quota was raised", () => {
    assert.equal(
      quotaProblems(
        { dev: { ...workload(1), trustQuota: 4_096 } },
        { people: { ...olga, ...contractors(6) } },
      ),
      "",
    );
  });

  it("refuses more databases than a role's policies can name, and says what to do about them", () => {
    const instances = many(31, (index) => [
      `database-${index}`,
      { id: `db-${String(index).padStart(26, "A")}`, engine: "postgres", identifier: `database-${index}` },
    ]);
    const problems = quotaProblems(
      { prod: { ...workload(1), environment: "prod", databases: { instances } } },
      { people: { "olga.ops": person("devops", { prod: "Ops" }) } },
    );
    assert.equal(
      problems,
      [
        "error",
        "",
        "src/organization.ts",
        "  1. accounts.prod.databases",
        "     The role infra-DbaR-prod has 13 policies.",
        "     Allowed: 10 policies",
        "     To do: Name fewer databases in the account.",
      ].join("\n"),
    );
  });

  it("refuses names that the console cannot switch to", () => {
    const key = "a-very-long-account-key-in-total";
    assert.equal(
      quotaProblems(
        { [key]: workload(1) },
        {
          people: { "olga.ops": person("devops", {}) },
          breakGlass: { [key]: { primary: "olga.ops" } },
        },
        "a-truly-long-prefix1",
      ),
      [
        "error",
        "",
        "src/organization.ts",
        '  1. accounts["a-very-long-account-key-in-total"]',
        "     The name a-truly-long-prefix1-BreakGlassR-a-very-long-account-key-in-total has 65 characters.",
        "     Allowed: 64 characters",
        "     To do: Choose a shorter key for the account if it is new. Prefix and keys of what is deployed already stay: they are part of every name.",
      ].join("\n"),
    );
  });

  it("refuses more people than IAM has users for, and warns of nearly as many", () => {
    const developers = (count: number) => ({
      people: { ...olga, ...many(count - 1, (index) => [`p.number-${index}`, person("developer", {})]) },
    });
    assert.match(quotaProblems(dev, developers(5_001)), /The identity account has 5,001 people\./);
    assert.match(quotaProblems(dev, developers(4_000)), /has 4,000 people, 80% of its quota\./);
    assert.equal(quotaProblems(dev, developers(3_999)), "");
  });
});

describe("groups and tags of a person in every account", () => {
  for (const accounts of [1, 6, 7, 8, 40]) {
    it(`stay within IAM's quotas in ${accounts} accounts`, () => {
      const workloads = many(accounts, (index) => [`dev${index}`, workload(index)]);
      const keys = Object.keys(workloads);
      const everywhere = Object.fromEntries(keys.map((key) => [key, "Admin"]));
      const model = buildModel(
        organization(workloads),
        {
          people: { "olga.ops": person("devops", everywhere) },
          power: ["olga.ops"],
          breakGlass: Object.fromEntries(keys.map((key) => [key, { primary: "olga.ops" }])),
        },
        NOW,
      );
      const blueprints = blueprintsOf(model);
      const people = blueprints.find(({ account }) => account.isIdentity)?.people;
      const groups = people?.groups.filter(({ members }) => members.some((member) => member === "olga.ops"));
      assert.ok(groups !== undefined && groups.length <= 10);
      // The category, who manages it, the environment, and that she holds BreakGlass.
      assert.equal(Object.keys(people?.users[0]?.tags ?? {}).length, accounts + 4);
      assert.deepEqual(
        checkQuotas(blueprints).filter(({ severity }) => severity === "error"),
        [],
      );
    });
  }

  const inAccounts = (accounts: number, more: Readonly<Record<string, unknown>> = {}): string => {
    const workloads = many(accounts, (index) => [`dev${index}`, workload(index)]);
    const everywhere = Object.fromEntries(Object.keys(workloads).map((key) => [key, "Admin"]));
    const people = { "olga.ops": person("devops", everywhere) };
    const model = buildModel({ ...organization(workloads), ...more }, { people, power: ["olga.ops"] }, NOW);
    return formatProblems("Quotas:", checkQuotas(blueprintsOf(model)));
  };

  it("count every tag that is deployed, those that the program adds too", () => {
    assert.match(inAccounts(47), /The user olga\.ops has 50 tags, 100% of its quota\./);
    assert.match(inAccounts(48), /The user olga\.ops has 51 tags\.\n.*Allowed: 50 tags/);
    assert.match(
      inAccounts(47, { repository: "example/accounts" }),
      /The user olga\.ops has 51 tags\.\n.*Allowed: 50 tags/,
    );
  });
});
