import assert from "node:assert/strict";

import fc from "fast-check";

import { blueprintsOf, type AccountBlueprint } from "../../src/documents/blueprint";
import type { TrustStatement } from "../../src/documents/policy-document";
import type { RoleBlueprint } from "../../src/documents/role-blueprint";
import { isPermanent, remainingDeployed } from "../../src/model/holdings";
import { buildModel, type Model } from "../../src/model/model";
import {
  NOW,
  sampleOrganization,
  sampleRoster,
  validPairs,
  type RosterChoices,
  type WrittenPerson,
} from "../support/rosters";

/** The same rosters for every property, others in every run: a failure names the seed. */
const RUNS = { numRuns: 60, seed: Date.now() % 2 ** 31 } as const;

interface Built {
  readonly model: Model;
  readonly blueprints: readonly AccountBlueprint[];
}

const built = new Map<string, Built>();

function builtFrom({ organization, roster }: Pick<RosterChoices, "organization" | "roster">): Built {
  const key = JSON.stringify([organization, roster]);
  const known = built.get(key);
  if (known !== undefined) return known;
  const model = buildModel(organization, roster, NOW);
  const made = { model, blueprints: blueprintsOf(model) };
  built.set(key, made);
  return made;
}

const forEveryRole = (
  check: (model: Model, account: AccountBlueprint, role: RoleBlueprint) => void,
): void => {
  fc.assert(
    fc.property(validPairs, (pair) => {
      const { model, blueprints } = builtFrom(pair);
      for (const account of blueprints) for (const role of account.roles) check(model, account, role);
    }),
    RUNS,
  );
};

const values = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const namesIn = ({ Condition }: TrustStatement): readonly string[] =>
  values(Condition?.ArnEquals?.["aws:PrincipalArn"]).map((arn) => arn.slice(arn.lastIndexOf("/") + 1));

describe("every roster", () => {
  it("names in a trust exactly those who hold the role now or later, or matches a tag that exactly they carry", () => {
    forEveryRole((model, { account }, { role, trust }) => {
      const holdings = model.holdings.of(account.key, role);
      const open = holdings.filter((holding) => remainingDeployed(holding, model.now).length > 0);
      const named = trust.document.Statement.flatMap(namesIn);
      const byTag = trust.form === "tagged" ? open.filter(isPermanent) : [];
      const expected = open.filter((holding) => !byTag.includes(holding)).map(({ person }) => person);
      assert.deepEqual([...new Set(named)].sort(), [...expected].sort());
    });
  });

  it("carries on users the tags of exactly the undated roles", () => {
    fc.assert(
      fc.property(validPairs, (pair) => {
        const { model, blueprints } = builtFrom(pair);
        const identity = blueprints.find(({ people }) => people !== undefined);
        for (const { name, tags } of identity?.people?.users ?? []) {
          for (const account of model.organization.accounts) {
            const tag = tags[`${model.organization.prefix}:${account.key}`] ?? "";
            const tagged = tag.split("+").filter((role) => role !== "");
            const held = model.holdings.all.filter(
              (holding) =>
                holding.person === name &&
                holding.account === account.key &&
                isPermanent(holding) &&
                holding.role !== "BreakGlass",
            );
            assert.deepEqual([...tagged].sort(), held.map(({ role }) => role).sort());
          }
        }
      }),
      RUNS,
    );
  });

  it("admits nobody without MFA under their own name", () => {
    forEveryRole((_model, _account, { trust }) => {
      for (const { Effect, Condition } of trust.document.Statement) {
        if (Effect === "Deny") continue;
        assert.equal(Condition?.Bool?.["aws:MultiFactorAuthPresent"], "true");
        assert.equal(Condition.StringEquals?.["sts:RoleSessionName"], "${aws:username}");
        assert.ok(Number(Condition.NumericLessThan?.["aws:MultiFactorAuthAge"]) <= 43_200);
      }
    });
  });

  it("gives every statement of a document an id of its own, of letters and digits", () => {
    forEveryRole((_model, _account, { trust, policies, boundary }) => {
      const texts = [...policies, boundary].flatMap((policy) =>
        policy?.kind === "customer" ? [policy.text] : [],
      );
      for (const text of [trust.text, ...texts]) {
        const { Statement } = JSON.parse(text) as { Statement: { Sid: string }[] };
        const ids = Statement.map(({ Sid }) => Sid);
        assert.equal(new Set(ids).size, ids.length);
        for (const id of ids) assert.match(id, /^[A-Za-z0-9]+$/);
      }
    });
  });

  it("closes the sessions of exactly those whose grant of the role ends", () => {
    forEveryRole((model, { account }, { role, policies }) => {
      const texts = policies.flatMap((policy) =>
        policy.kind === "customer" && policy.purpose === "session-end" ? [policy.text] : [],
      );
      const closed = new Set([...texts.join().matchAll(/"\*:([^"]+)"/g)].map(([, name]) => name));
      for (const holding of model.holdings.of(account.key, role)) {
        const isOpen = remainingDeployed(holding, model.now).length > 0;
        const ends = holding.deployed.some(({ until }) => until !== undefined);
        if (isOpen && ends) assert.ok(closed.has(holding.person));
        if (isPermanent(holding)) assert.ok(!closed.has(holding.person));
      }
    });
  });

  it("makes the same blueprints, in whatever order the roster names people", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        const reversed = { ...roster, people: Object.fromEntries(Object.entries(roster.people).reverse()) };
        const texts = [roster, reversed].map((each) =>
          JSON.stringify(builtFrom({ organization, roster: each }).blueprints),
        );
        assert.equal(texts[0], texts[1]);
      }),
      RUNS,
    );
  });
});

describe("one person more", () => {
  it("changes their user, their groups and the trusts that name them, and nothing else", () => {
    const newcomer: WrittenPerson = {
      email: "new@example.com",
      category: "developer",
      access: { dev: ["Developer", "Read"] },
    };
    const roster = sampleRoster();
    const parts = (people: Record<string, WrittenPerson>): ReadonlyMap<string, string> => {
      const model = buildModel(sampleOrganization(), { ...roster, people }, NOW);
      return new Map(
        blueprintsOf(model).flatMap(({ roles, alarms, people: living }) =>
          [...roles, ...alarms, ...(living?.users ?? []), ...(living?.groups ?? [])].map(
            (part) => [part.name, JSON.stringify(part)] as const,
          ),
        ),
      );
    };
    const before = parts(roster.people);
    const after = parts({ ...roster.people, "new.developer": newcomer });
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    assert.deepEqual(changed.sort(), [
      "infra-AssumeRoleG-dev",
      "infra-DeveloperR-dev",
      "infra-ManageOwnUserG",
      "infra-ReadR-dev",
      "new.developer",
    ]);
  });
});
