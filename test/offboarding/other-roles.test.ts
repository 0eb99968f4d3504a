import assert from "node:assert/strict";

import type { LiveRole } from "../../src/aws/live-account";
import { blueprintsOf } from "../../src/documents/blueprint";
import { buildModel } from "../../src/model/model";
import { lookAtRoles, otherRoles } from "../../src/offboarding/other-roles";
import { accessDenied, fakeIam } from "../support/fake-iam";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";

const blueprint = blueprintsOf(buildModel(sampleOrganization(), sampleRoster(), NOW)).find(
  ({ account }) => account.key === "dev",
)!;

const live = (name: string, trust: string): LiveRole => ({
  name,
  path: "/",
  trust,
  attached: [],
  inline: [],
});
const admitting = (Principal: unknown): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
const byRoster = blueprint.roles.map(({ name, trust }) => live(name, trust.text));
const [first] = byRoster;

describe("roles that may let somebody in who left", () => {
  it("are none where every trust is the roster's, in whichever of JSON's forms", () => {
    const spaced = byRoster.map((role) => ({
      ...role,
      trust: JSON.stringify(JSON.parse(role.trust), null, 1),
    }));
    assert.deepEqual(otherRoles(spaced, blueprint), []);
  });

  it("are not those of services", () => {
    assert.deepEqual(otherRoles([live("a", admitting({ Service: "ec2.amazonaws.com" }))], blueprint), []);
  });

  const made: readonly (readonly [principal: unknown, admits: string])[] = [
    [
      { AWS: "arn:aws:iam::111111111111:user/people/john.developer" },
      "admits arn:aws:iam::111111111111:user/people/john.developer",
    ],
    [{ AWS: "AIDA0123456789EXAMPLE" }, "admits AIDA0123456789EXAMPLE"],
    [{ AWS: "arn:aws:iam::111111111111:root" }, "admits arn:aws:iam::111111111111:root"],
    [{ AWS: "999999999999" }, "admits 999999999999"],
    ["*", "admits everybody"],
    [{ Service: "*" }, "admits every Service principal"],
    [
      { Federated: "arn:aws:iam::222222222222:saml-provider/x" },
      "admits arn:aws:iam::222222222222:saml-provider/x",
    ],
  ];
  for (const [principal, admits] of made) {
    it(`are those that somebody made: it ${admits}`, () => {
      assert.deepEqual(otherRoles([live("backdoor", admitting(principal))], blueprint), [
        { name: "backdoor", isRosters: false, admits: [admits] },
      ]);
    });
  }

  it("are those of the roster whose trust somebody changed", () => {
    assert.ok(first);
    assert.deepEqual(otherRoles([{ ...first, trust: admitting("*") }], blueprint), [
      { name: first.name, isRosters: true, admits: ["admits everybody"] },
    ]);
  });

  it("are those whose trust nobody can read", () => {
    assert.deepEqual(otherRoles([live("odd", "{")], blueprint), [
      {
        name: "odd",
        isRosters: false,
        admits: ["its trust is no policy document that this program can read"],
      },
    ]);
  });

  it("are unknown where IAM refuses", async () => {
    const { iam } = fakeIam({ getAccountAuthorizationDetails: accessDenied });
    assert.deepEqual(await lookAtRoles(iam, blueprint), { notLookedAt: accessDenied().message });
  });
});
