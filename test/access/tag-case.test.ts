import assert from "node:assert/strict";

import { findDeviations } from "../../src/access/deviations";
import type { IamUser } from "../../src/access/iam/iam-account";
import { Evaluator } from "../../src/access/evaluator";
import { IamAccounts } from "../../src/access/iam/iam-accounts";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { knownValue, provenUserCaller } from "../../src/proofs/proven-caller";
import { isMet, keyRequirement } from "../../src/proofs/condition/key-requirement";
import { accountsOf, sample } from "./support";
import { withRoles } from "./written-roles";

const MODEL = sample();
const EVALUATOR = new Evaluator();
const ROSTER = accountsOf(MODEL);

const ROOT = { AWS: "arn:aws:iam::111111111111:root" };
const trustOf = (key: string, operator: string, effect: "Allow" | "Deny") => [
  ...(effect === "Deny" ? [{ Effect: "Allow", Principal: ROOT, Action: "sts:AssumeRole" }] : []),
  {
    Effect: effect,
    Principal: ROOT,
    Action: "sts:AssumeRole",
    Condition: { [operator]: { [`aws:PrincipalTag/${key}`]: "Backdoor" } },
  },
];

const MALLORY: Omit<IamUser, "tags"> = {
  kind: "other",
  name: "mallory",
  arn: "arn:aws:iam::111111111111:user/mallory",
  groups: [],
  policies: [
    iamPolicy(
      "by-hand",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
      }),
    ),
  ],
};

/** Whether somebody with a tag gets into a role whose trust asks for one. */
async function getsIn(tag: string, trust: readonly object[]): Promise<boolean> {
  const changed = withRoles(ROSTER, { "dev/backdoor": { trust } });
  const accounts = new IamAccounts(
    changed.all.map((account) =>
      account.key === "users"
        ? { ...account, users: [...account.users, { ...MALLORY, tags: { [tag]: "Backdoor" } }] }
        : account,
    ),
  );
  const { access } = await findDeviations(ROSTER, accounts, MODEL, EVALUATOR);
  return access.some(({ person, role }) => person === "mallory" && role === "backdoor");
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: keys are not case-sensitive. */
describe("a tag's key in a condition", function () {
  this.timeout(120_000);

  for (const [tag, key] of [
    ["infra:dev", "infra:dev"],
    ["Infra:DEV", "infra:dev"],
    ["infra:dev", "INFRA:dev"],
  ] as const) {
    it(`admits ${tag} by ${key}, and refuses it by a Deny`, async () => {
      assert.equal(await getsIn(tag, trustOf(key, "StringEquals", "Allow")), true);
      assert.equal(await getsIn(tag, trustOf(key, "StringEquals", "Deny")), false);
    });
  }

  it("admits no other tag", async () => {
    assert.equal(await getsIn("infra:dev2", trustOf("infra:dev", "StringEquals", "Allow")), false);
    assert.equal(await getsIn("infra:dev2", trustOf("infra:dev", "StringEquals", "Deny")), true);
  });

  it("is one key to the prover too, whatever the case on either side", () => {
    const [tag, key] = ["Infra:DEV", "INFRA:dev"];
    const caller = provenUserCaller({ ...MALLORY, tags: { [tag]: "Backdoor" } }, "with MFA");
    const condition = { operator: "StringEquals", key: `aws:PrincipalTag/${key}`, values: ["Backdoor"] };
    const asked = keyRequirement(condition, condition.values);
    assert.equal(isMet(asked, knownValue(caller, asked.key)?.value), true);
  });
});
