import assert from "node:assert/strict";

import { findDeviations } from "../../src/access/deviations";
import { Evaluator } from "../../src/access/evaluator";
import { iamAccountFromDetails } from "../../src/access/iam/from-details";
import { IamAccounts } from "../../src/access/iam/iam-accounts";
import type { AuthorizationDetails } from "../../src/aws/snapshot/authorization-details";
import { authorizationDetailsOf } from "../support/authorization-details";
import { withEverySetting } from "../support/every-setting";
import { accountsOf, sample } from "./support";

const MODEL = sample();
const ROSTER = accountsOf(MODEL);
const EVALUATOR = new Evaluator();

/** The accounts as their stacks make them with every setting, after a change in the identity account. */
function asMade(change: (details: AuthorizationDetails) => void = () => undefined): IamAccounts {
  return new IamAccounts(
    withEverySetting(MODEL).map(({ blueprint: { account }, resources }) => {
      const details = authorizationDetailsOf(account, resources);
      if (account.isIdentity) change(details);
      return iamAccountFromDetails(details, account, ROSTER.account(account.key));
    }),
  );
}

const changesAfter = async (change?: (details: AuthorizationDetails) => void): Promise<readonly string[]> => {
  const { access, trust, power } = await findDeviations(ROSTER, asMade(change), MODEL, EVALUATOR);
  return [
    ...access.map(({ person, account, role }) => `access of ${person} to ${account}/${role}`),
    ...trust.map(({ role }) => `trust of ${role}`),
    ...power.map(({ who }) => `power of ${who}`),
  ];
};

const KEYS = ROSTER.all.map(({ key }) => key);
const everywhere = (role: string): readonly string[] => KEYS.map((key) => `${key}/infra-${role}`);

const RESPONDER = "infra-ResponderR";

function responder({ roles }: AuthorizationDetails) {
  const found = roles.find(({ name }) => name === RESPONDER);
  assert.ok(found);
  return found;
}

describe("deviations of accounts as their stacks make them with every setting", function () {
  this.timeout(120_000);

  it("are none, and the roles of services are named as passed over", async () => {
    const found = await findDeviations(ROSTER, asMade(), MODEL, EVALUATOR);
    assert.deepEqual(
      { ...found, passedOver: found.passedOver.map(({ kind, names }) => [kind, names]) },
      {
        access: [],
        trust: [],
        power: [],
        passedOver: [
          ["the alarms' role", everywhere("EventR")],
          [
            "roles of the automation that makes users of machines",
            KEYS.map((key) => `${key}/infra-LinuxUsersR-${key}`),
          ],
          ["the role of the automation that puts people in quarantine", ["users/infra-ResponderR"]],
          ["the role that starts the automation of quarantine", ["users/infra-ResponseStarterR"]],
          ["the trail's role", everywhere("TrailR")],
        ],
      },
    );
  });

  const CASES: readonly (readonly [
    what: string,
    change: (details: AuthorizationDetails) => void,
    found: readonly string[],
  ])[] = [
    [
      "a policy more",
      (details) => {
        responder(details).attached.push("arn:aws:iam::aws:policy/ReadOnlyAccess");
      },
      ["trust of users/infra-ResponderR"],
    ],
    [
      "no boundary",
      (details) => {
        delete responder(details).boundary;
      },
      ["trust of users/infra-ResponderR"],
    ],
    [
      "more in its policy",
      ({ policies }) => {
        const policy = policies.find(({ name }) => name === `${RESPONDER}-permissions`);
        assert.ok(policy);
        policy.inForce.document = JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }],
        });
      },
      ["power of users/infra-ResponderR"],
    ],
  ];
  for (const [what, change, found] of CASES) {
    it(`name the role that puts people in quarantine, with ${what}`, async () => {
      assert.deepEqual(await changesAfter(change), found);
    });
  }

  it("name somebody in quarantine by the access that they lost, and nothing else", async () => {
    const quarantine = "arn:aws:iam::111111111111:policy/infra-quarantine";
    const changes = await changesAfter(({ users }) => {
      users.find(({ name }) => name === "john.developer")?.attached.push(quarantine);
    });
    assert.deepEqual(changes, [
      "access of john.developer to dev/Developer",
      "access of john.developer to prod/DbRead",
      "access of john.developer to staging/Developer",
    ]);
  });
});
