import assert from "node:assert/strict";

import { partnerRoleBlueprints, type PartnerRoleBlueprint } from "../../src/documents/partner-role-blueprint";
import { checkQuotas } from "../../src/documents/quota-check";
import { blueprintsOf } from "../../src/documents/blueprint";
import type { PolicyDocument } from "../../src/documents/policy-document";
import { buildModel } from "../../src/model/model";
import { formatProblems } from "../../src/model/problems";
import { decideAssumeRole, userCaller, type Caller, type Decision } from "../support/evaluate";
import { mutate } from "../support/mutation";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";

const acme = {
  account: "999988887777",
  externalId: "acme-data-sharing-7f3a",
  grants: { prod: ["DataShare", "ExternalSystem"], dev: "DataShare" },
  resources: { prod: { databases: ["analytics/shared"] } },
};
const beta = { account: "999988887777", externalId: "beta/1", grants: { prod: "DataShare" } };

function rolesOf(partners: object, account = "prod"): readonly PartnerRoleBlueprint[] {
  const model = buildModel(sampleOrganization(), { ...sampleRoster(), partners }, NOW);
  const place = model.organization.accounts.find(({ key }) => key === account);
  assert.ok(place);
  return partnerRoleBlueprints(model, place);
}

describe("partners' roles", () => {
  it("are one for each partner, role and account", () => {
    const partners = { acme, beta };
    assert.deepEqual(
      rolesOf(partners).map(({ arn }) => arn),
      [
        "arn:aws:iam::444444444444:role/infra-DataShareR-prod-acme",
        "arn:aws:iam::444444444444:role/infra-ExternalSystemR-prod-acme",
        "arn:aws:iam::444444444444:role/infra-DataShareR-prod-beta",
      ],
    );
    assert.deepEqual(
      rolesOf(partners, "dev").map(({ name }) => name),
      ["infra-DataShareR-dev-acme"],
    );
    assert.deepEqual(rolesOf(partners, "staging"), []);
  });

  it("trust the partner's account with its external id", () => {
    const [role] = rolesOf({ acme });
    assert.deepEqual(JSON.parse(role?.trust.text ?? ""), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Partner",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999988887777:root" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "acme-data-sharing-7f3a" } },
        },
      ],
    });
  });

  it("carry a policy only where resources are named for them", () => {
    assert.deepEqual(
      rolesOf({ acme }).map(({ name, policies }) => [
        name,
        policies.map((policy) => (policy.kind === "customer" ? policy.name : policy.arn)),
      ]),
      [
        ["infra-DataShareR-prod-acme", ["infra-DataShareR-prod-acme-permissions"]],
        ["infra-ExternalSystemR-prod-acme", []],
      ],
    );
  });

  describe("admit", () => {
    const [role] = rolesOf({ acme, beta });
    assert.ok(role);
    const assume: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Sid: "Any", Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    };
    const their = userCaller("arn:aws:iam::999988887777:user/etl", "access keys");
    const sarah = userCaller("arn:aws:iam::111111111111:user/people/sarah.devops", { ageSeconds: 60 });
    const local = userCaller("arn:aws:iam::444444444444:user/ci", { ageSeconds: 60 });
    const cases: readonly (readonly [string, Caller, string | undefined, Decision])[] = [
      ["the partner with its external id", their, "acme-data-sharing-7f3a", "allowed"],
      ["the partner without one", their, undefined, "denied"],
      ["the partner with another partner's", their, "beta/1", "denied"],
      ["the partner with its own in capitals", their, "ACME-DATA-SHARING-7F3A", "denied"],
      [
        "somebody else who knows it",
        userCaller("arn:aws:iam::999988886666:user/etl", "access keys"),
        "acme-data-sharing-7f3a",
        "denied",
      ],
      ["a person of the roster who knows it", sarah, "acme-data-sharing-7f3a", "denied"],
      ["a user of the role's own account who knows it", local, "acme-data-sharing-7f3a", "denied"],
    ];
    const deployed = JSON.parse(role.trust.text) as PolicyDocument;
    const ask = (trust: PolicyDocument, [, caller, externalId]: (typeof cases)[number]): Promise<Decision> =>
      decideAssumeRole({
        caller,
        policies: [assume],
        roleArn: role.arn,
        trust,
        sessionName: "etl",
        ...(externalId !== undefined && { externalId }),
      });

    for (const one of cases) {
      const [who, , , expected] = one;
      it(`${who}: ${expected}`, async () => {
        assert.equal(await ask(deployed, one), expected);
      });
    }

    for (const { without, document } of mutate(deployed)) {
      it(`a case fails without ${without}`, async () => {
        for (const one of cases) if ((await ask(document, one)) !== one[3]) return;
        assert.fail("Every case still holds.");
      });
    }
  });

  it("are refused where IAM has no room for their names and documents, with what to do", () => {
    const partners = {
      ["p".repeat(32)]: {
        account: "999988887777",
        externalId: "x".repeat(1_224),
        grants: { prod: "ExternalSystem" },
        resources: {
          prod: {
            parameters: Array.from({ length: 100 }, (_, index) => `/acme/a-long-name/${String(index)}`),
          },
        },
      },
    };
    const organization = { ...sampleOrganization(), prefix: "organization" };
    const model = buildModel(organization, { ...sampleRoster(), partners }, NOW);
    assert.equal(
      formatProblems("Quotas:", checkQuotas(blueprintsOf(model))),
      [
        "Quotas:",
        "",
        "src/organization.ts",
        "  1. accounts.prod",
        "     The name organization-ExternalSystemR-prod-pppppppppppppppppppppppppppppppp has 66 characters.",
        "     Allowed: 64 characters",
        "     To do: Choose a shorter name for the partner, or a shorter key for the account if it is new. Prefix and keys of what is deployed already stay: they are part of every name.",
        "",
        "src/roster.ts",
        "  2. partners.pppppppppppppppppppppppppppppppp.resources.prod",
        "     The policy organization-ExternalSystemR-prod-pppppppppppppppppppppppppppppppp-permissions has 6,852 characters.",
        "     Allowed: 6,144 characters",
        "     To do: Name fewer resources, or the beginning that they share.",
      ].join("\n"),
    );
  });
});
