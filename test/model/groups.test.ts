import assert from "node:assert/strict";

import fc from "fast-check";

import { assumeRoleMembers, breakGlassMembers, manageOwnUserMembers } from "../../src/model/groups";
import { buildModel, type Model } from "../../src/model/model";
import { NOW, validPairs } from "../support/rosters";
import { employee, modelWith, inOrganization, inRoster } from "./cases";

const MOST_GROUPS_A_USER = 10;

/** Ten more accounts in which a devops engineer may hold roles. */
const moreAccounts = Array.from({ length: 10 }, (_, index) =>
  inOrganization(
    { id: `5555555555${String(index).padStart(2, "0")}`, kind: "workload", environment: "dev" },
    "accounts",
    `dev-${String(index)}`,
  ),
);
const accessToAccounts = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`dev-${String(index)}`, "Read"]));

/** The accounts in which somebody may assume a role, now or later, from the grants alone. */
const accountsOf = ({ grants, now }: Model, person: string, isBreakGlass: boolean): ReadonlySet<string> =>
  new Set(
    grants
      .filter((grant) => grant.person === person && (grant.role === "BreakGlass") === isBreakGlass)
      .filter(({ validity: { until } }) => until === undefined || until > now)
      .map(({ account }) => account),
  );

describe("groups", () => {
  it("are one for each account up to six accounts, and one for all from the seventh", () => {
    const model = modelWith(
      ...moreAccounts,
      inRoster(accessToAccounts(6), "people", "olga", "access"),
      inRoster(accessToAccounts(7), "people", "oscar", "access"),
    );
    const { byAccount, everywhere } = assumeRoleMembers(model);
    assert.deepEqual(everywhere, ["oscar"]);
    assert.deepEqual(
      [...byAccount].filter(([, members]) => members.length > 0),
      ["dev-0", "dev-1", "dev-2", "dev-3", "dev-4", "dev-5"].map((key) => [key, ["olga"]]),
    );
  });

  it("for break-glass are one for each account up to two accounts", () => {
    const holders = (primary: string, accounts: readonly string[]) =>
      accounts.map((account) => inRoster({ primary }, "breakGlass", account));
    const model = modelWith(
      ...moreAccounts,
      inRoster({}, "breakGlass"),
      ...holders("olga", ["dev-0", "dev-1"]),
      ...holders("oscar", ["dev-2", "dev-3", "dev-4"]),
    );
    const { byAccount, everywhere } = breakGlassMembers(model);
    assert.deepEqual(everywhere, ["oscar"]);
    assert.deepEqual(
      [...byAccount].filter(([, members]) => members.length > 0),
      [
        ["dev-0", ["olga"]],
        ["dev-1", ["olga"]],
      ],
    );
    assert.deepEqual([...assumeRoleMembers(model).byAccount.values()].flat(), []);
  });

  it("lose whose grants have passed, and keep whose grants lie ahead", () => {
    const model = modelWith(
      inRoster({ ...employee("qa"), access: { dev: "Read" }, until: "2026-11-19" }, "people", "gone.qa"),
      inRoster({ ...employee("qa"), access: { dev: "Read" }, from: "2027-01-01" }, "people", "coming.qa"),
    );
    assert.deepEqual(assumeRoleMembers(model).byAccount.get("dev"), ["coming.qa"]);
    const own = manageOwnUserMembers(model);
    assert.deepEqual(
      [own.some((name) => name === "gone.qa"), own.some((name) => name === "coming.qa")],
      [false, true],
    );
  });

  it("never number more than ten for a person, and let in whom a grant lets in", () => {
    fc.assert(
      fc.property(validPairs, ({ organization: accounts, roster: people }) => {
        const model = buildModel(accounts, people, NOW);
        const kinds = [
          { members: assumeRoleMembers(model), isBreakGlass: false },
          { members: breakGlassMembers(model), isBreakGlass: true },
        ];
        for (const { name } of model.people) {
          let groups =
            Number(manageOwnUserMembers(model).includes(name)) + Number(model.power.includes(name));
          for (const { members, isBreakGlass } of kinds) {
            const own = [...members.byAccount].flatMap(([key, names]) => (names.includes(name) ? [key] : []));
            const isEverywhere = members.everywhere.includes(name);
            const expected = accountsOf(model, name, isBreakGlass);
            if (isEverywhere) assert.deepEqual(own, []);
            else assert.deepEqual(new Set(own), expected);
            assert.equal(isEverywhere, expected.size > (isBreakGlass ? 2 : 6));
            groups += isEverywhere ? 1 : own.length;
          }
          assert.ok(groups <= MOST_GROUPS_A_USER, `${name} is in ${String(groups)} groups`);
        }
      }),
    );
  }).timeout(60_000);
});
