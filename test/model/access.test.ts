import assert from "node:assert/strict";

import { CATEGORY_TABLE, TEMPORARY_TABLE, type WrittenCategory } from "../support/rosters";
import { contractor, employee, messageOf, modelWith, outputOf, inRoster, written } from "./cases";

const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
const PEOPLES_ROLES = CATEGORY_TABLE.devops.dev;
const PARTNERS_ROLES = ["DataShare", "ExternalSystem"];

/** Who may hold what in the accounts of `kind: "identity"`: section 5 puts a Security role there. */
const IDENTITY_TABLE: Partial<Record<WrittenCategory, readonly string[]>> = { security: ["Security"] };

const CATEGORIES: readonly { category: WrittenCategory; named: string }[] = [
  { category: "developer", named: "A developer" },
  { category: "devops", named: "A devops engineer" },
  { category: "dba", named: "A DBA" },
  { category: "security", named: "A security engineer" },
  { category: "qa", named: "A QA engineer" },
  { category: "analyst", named: "An analyst" },
  { category: "executive", named: "An executive" },
  { category: "contractor", named: "A contractor" },
];

interface Cell {
  readonly account: string;
  readonly place: string;
  readonly roles: readonly string[];
}

const cellsOf = (category: WrittenCategory): readonly Cell[] => [
  { account: "users", place: "the identity account", roles: IDENTITY_TABLE[category] ?? [] },
  ...ENVIRONMENTS.map((environment) => ({
    account: environment,
    place: environment,
    roles: CATEGORY_TABLE[category][environment],
  })),
];

/** The row of the table in words. */
const rowOf = (category: WrittenCategory): string =>
  cellsOf(category)
    .filter(({ roles }) => roles.length > 0)
    .map(({ place, roles }) => `${place}: ${roles.join(", ")}`)
    .join("; ");

const WORKLOADS = ["dev", "staging", "prod"] as const;

function temporaryInstead(category: WrittenCategory, role: string, account: string): readonly string[] {
  const environment = WORKLOADS.find((name) => name === account);
  const [, places] = Object.entries(TEMPORARY_TABLE).find(([name]) => name === role) ?? [];
  const rule = environment && places?.[environment];
  if (!rule?.categories.some((allowed) => allowed === category)) return [];
  return [`To do: For at most ${String(rule.hours)} hours, grant it under \`temporary\`.`];
}

const personOf = (category: WrittenCategory, account: string, role: string) => ({
  ...(category === "contractor" ? contractor : employee(category)),
  access: { [account]: role },
});

function problemOf(category: WrittenCategory, named: string, { account, place, roles }: Cell, role: string) {
  const where = `people.somebody.access.${account} = "${role}"`;
  if (role === "BreakGlass") {
    return [
      where,
      "Only `breakGlass` names who may assume BreakGlass.",
      "To do: Name somebody of category devops, security or executive under `breakGlass`.",
    ];
  }
  if (roles.length > 0 && PARTNERS_ROLES.includes(role)) {
    const allowed = roles.map((name) => `"${name}"`);
    return [where, "This role is for partners, not for people.", `Allowed: ${allowed.join(", ")}`];
  }
  const may = roles.length === 0 ? "may hold no role" : `may not hold ${role}`;
  const remedy = temporaryInstead(category, role, account);
  return [where, `${named} ${may} in ${place}.`, `Allowed: ${rowOf(category)}`, ...remedy];
}

describe("what each category may hold, by CATEGORY_TABLE of test/support/rosters.ts", () => {
  for (const { category, named } of CATEGORIES) {
    for (const cell of cellsOf(category)) {
      describe(`${named} in ${cell.place}`, () => {
        for (const role of [...PEOPLES_ROLES, "BreakGlass", ...PARTNERS_ROLES]) {
          const change = inRoster(personOf(category, cell.account, role), "people", "somebody");
          if (cell.roles.includes(role)) {
            it(`may hold ${role}`, () => {
              const { grants } = modelWith(change);
              assert.deepEqual(
                grants.map(({ person, account, role: granted, source }) => [
                  person,
                  account,
                  granted,
                  source,
                ]),
                [["somebody", cell.account, role, "access"]],
              );
            });
          } else {
            it(`may not hold ${role}`, () => {
              const { organization, roster: people } = written([change]);
              assert.equal(
                outputOf(organization, people),
                messageOf({ roster: [problemOf(category, named, cell, role)] }),
              );
            });
          }
        }
      });
    }
  }

  it("is bounded by the environment, not by the account's name", () => {
    const change = inRoster(personOf("developer", "prod", "Developer"), "people", "somebody");
    const { organization, roster: people } = written([
      change,
      { file: "organization", path: ["accounts", "prod", "environment"], value: "dev" },
    ]);
    assert.equal(outputOf(organization, people), "accepted");
  });

  it("in a workload account that stands in for the identity account, is bounded by its environment", () => {
    const { organization, roster: people } = written([
      inRoster(personOf("developer", "dev", "Developer"), "people", "somebody"),
      { file: "organization", path: ["accounts", "users"] },
      { file: "organization", path: ["accounts", "dev", "identity"], value: true },
    ]);
    assert.equal(outputOf(organization, people), "accepted");
  });
});
