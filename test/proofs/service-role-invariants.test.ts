import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import {
  admissionBreaches,
  placedServiceRoles,
  workBreaches,
  type PlacedServiceRole,
} from "../../src/proofs/invariants/service-role-invariants";
import type { Prover } from "../../src/proofs/prover";
import { everySettingWorld, theProver } from "./support";

interface Mutant {
  readonly says: string;
  readonly policy: ParsedPolicy;
}

const without = (statement: Statement, index: number): Statement => ({
  ...statement,
  conditions: statement.conditions.filter((_, place) => place !== index),
});

/** The policy with one statement that says more, or without one that denies. */
function mutantsOf(policy: ParsedPolicy): readonly Mutant[] {
  return policy.statements.flatMap((statement, place): readonly Mutant[] => {
    const instead = (says: string, ...some: readonly Statement[]): Mutant => ({
      says: `${statement.label} ${says}`,
      policy: { ...policy, statements: policy.statements.toSpliced(place, 1, ...some) },
    });
    if (statement.effect === "Deny") return [instead("is gone")];
    return [
      ...statement.conditions.map(({ key }, index) => instead(`without ${key}`, without(statement, index))),
      instead("with every action", { ...statement, actions: ["*"] }),
      ...(statement.resources.length === 0 || statement.resources.includes("*")
        ? []
        : [instead("on everything", { ...statement, resources: ["*"] })]),
      ...(statement.principals.length === 0
        ? []
        : [
            instead("for another service", {
              ...statement,
              principals: [...statement.principals, { type: "Service", value: "ec2.amazonaws.com" }],
            }),
            instead("for its own account", {
              ...statement,
              conditions: [],
              principals: [{ type: "AWS", value: "arn:aws:iam::444444444444:root" }],
            }),
          ]),
    ];
  });
}

describe("the roles of AWS's services", function () {
  this.timeout(120_000);
  const input = everySettingWorld();
  const placed = placedServiceRoles(input);
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  it("are these, in every account", () => {
    assert.deepEqual(
      placed.map(({ account, role }) => `${account.key}/${role.name}`),
      [
        "users/infra-TrailR",
        "users/infra-EventR",
        "users/infra-ResponderR",
        "users/infra-ResponseStarterR",
        "users/infra-LinuxUsersR-users",
        ...["dev", "staging"].flatMap((key) => [
          `${key}/infra-TrailR`,
          `${key}/infra-EventR`,
          `${key}/infra-LinuxUsersR-${key}`,
        ]),
        "prod/infra-TrailR",
        "prod/infra-EventR",
        "prod/infra-LinuxUsersR-prod",
        "prod/infra-LinuxUsersR-prod-keeper",
      ],
    );
  });

  it("admit their service and do their work, and nothing else", () => {
    for (const one of placed) {
      assert.deepEqual(workBreaches(one, input, prover), [], one.role.name);
      assert.deepEqual(admissionBreaches(one, input, prover), [], one.role.name);
    }
  });

  const one = (account: string, name: string): PlacedServiceRole => {
    const found = placed.find(({ account: { key }, role }) => key === account && role.name === name);
    assert.ok(found);
    return found;
  };

  for (const role of [
    one("prod", "infra-TrailR"),
    one("prod", "infra-EventR"),
    one("prod", "infra-LinuxUsersR-prod"),
    one("prod", "infra-LinuxUsersR-prod-keeper"),
    one("users", "infra-ResponderR"),
    one("users", "infra-ResponseStarterR"),
  ]) {
    for (const { says, policy } of mutantsOf(role.permissions)) {
      it(`would do more where ${says}: ${role.role.name}`, () => {
        assert.notDeepEqual(workBreaches({ ...role, permissions: policy }, input, prover), []);
      });
    }
    // A service asks for one action of a trust.
    for (const { says, policy } of mutantsOf(role.trust).filter(
      ({ says }) => !says.endsWith("every action"),
    )) {
      it(`would admit others where ${says}: ${role.role.name}`, () => {
        assert.notDeepEqual(admissionBreaches({ ...role, trust: policy }, input, prover), []);
      });
    }
  }
});
