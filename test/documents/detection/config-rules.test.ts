import assert from "node:assert/strict";

import { configRuleBlueprints, keyDaysIn } from "../../../src/documents/detection/config-rules";
import { blueprintsOf } from "../../../src/documents/blueprint";
import { buildModel } from "../../../src/model/model";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";

const model = buildModel(sampleOrganization(), sampleRoster(), SAMPLE_MOMENT);

/** The model of these people alone. */
const withPeople = (...categories: readonly string[]) => ({
  ...model,
  people: model.people.filter(({ category }) => categories.includes(category)),
});

describe("rules of AWS Config", () => {
  it("are about the root user, MFA, old keys and what nobody uses", () => {
    assert.deepEqual(
      configRuleBlueprints({ prefix: "infra" }, 30).map(({ name, identifier, parameters, severity }) => [
        name,
        identifier,
        parameters ?? {},
        severity,
      ]),
      [
        ["infra-RootHasNoKeys", "IAM_ROOT_ACCESS_KEY_CHECK", {}, "critical"],
        ["infra-RootHasMfa", "ROOT_ACCOUNT_MFA_ENABLED", {}, "critical"],
        ["infra-UsersHaveMfa", "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS", {}, "notice"],
        ["infra-KeysAreRotated", "ACCESS_KEYS_ROTATED", { maxAccessKeyAge: "30" }, "notice"],
        [
          "infra-CredentialsAreUsed",
          "IAM_USER_UNUSED_CREDENTIALS_CHECK",
          { maxCredentialUsageAge: "45" },
          "notice",
        ],
      ],
    );
  });

  const { identity } = model.organization;
  for (const [categories, days] of [
    [["dba", "developer", "executive"], 30],
    [["developer", "executive"], 60],
    [["executive"], 90],
    [[], 90],
  ] as const)
    it(`of keys where people live: ${categories.join(", ") || "nobody"}: ${String(days)} days`, () => {
      assert.equal(keyDaysIn(withPeople(...categories), identity), days);
    });

  it("of keys in other accounts take 90 days", () => {
    const elsewhere = blueprintsOf(model).filter(({ account }) => !account.isIdentity);
    assert.deepEqual(
      elsewhere.map(({ configRules }) => configRules.find(({ parameters }) => parameters)?.parameters),
      elsewhere.map(() => ({ maxAccessKeyAge: "90" })),
    );
  });
});
