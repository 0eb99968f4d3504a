import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";
import { organization, roster } from "./sample";
import { warningsOf } from "./cases";

const TRUST_QUOTA = 2_048;
const workload = (key: string, id: string) => ({
  key,
  id,
  environment: key,
  isIdentity: false,
  trustQuota: TRUST_QUOTA,
  follows: "branch",
});

const identity = {
  key: "users",
  id: "111111111111",
  environment: "identity",
  isIdentity: true,
  trustQuota: TRUST_QUOTA,
  follows: "branch",
};

const KIMS_TERMS = { from: "2026-11-01T00:00:00Z", until: "2027-02-01T00:00:00Z" };

describe("the sample of the design", () => {
  const model = buildModel(organization, roster, NOW);

  it("has two warnings: nothing is shared with its partner yet, and Ops in prod is for good", () => {
    assert.equal(
      warningsOf(model),
      [
        "Worth a look:",
        "",
        "src/roster.ts",
        "  1. partners.acme.resources",
        "     DataShare in prod is limited to no resource: whoever assumes it may do nothing.",
        "     To do: Name `databases` or `objects` under `resources.prod`.",
        '  2. people["sarah.devops"].access.prod[0] = "Ops"',
        "     Ops in prod for good lets one person change it at any time.",
        "     To do: Give them shifts under `onCall.prod`, or the role for at most 12 hours under `temporary`; leave it where that is too few people.",
      ].join("\n"),
    );
  });

  it("has its organization, with every default filled in", () => {
    assert.deepEqual(model.organization, {
      prefix: "infra",
      region: "eu-west-1",
      regions: ["eu-west-1"],
      accounts: [
        identity,
        workload("dev", "222222222222"),
        workload("staging", "333333333333"),
        workload("prod", "444444444444"),
      ],
      identity,
      contractorRequirements: [],
      breakGlassPermissions: "administrator",
      databaseSourceAddresses: [],
    });
  });

  it("has its people, by name", () => {
    assert.deepEqual(model.people, [
      { name: "alex.dba", email: "alex@example.com", category: "dba", terms: {} },
      { name: "chris.security", email: "chris@example.com", category: "security", terms: {} },
      { name: "john.developer", email: "john@example.com", category: "developer", terms: {} },
      {
        name: "kim.contractor",
        email: "kim@partner.example",
        category: "contractor",
        terms: KIMS_TERMS,
        contract: {
          project: "phoenix",
          sponsor: "sarah.devops",
          agreements: { nda: "2026-10-20T00:00:00Z", baa: "2026-10-20T00:00:00Z" },
          approvedBy: ["sarah.devops", "chris.security"],
        },
      },
      { name: "maria.cto", email: "maria@example.com", category: "executive", terms: {} },
      { name: "sarah.devops", email: "sarah@example.com", category: "devops", terms: {} },
    ]);
    assert.deepEqual(model.power, ["chris.security", "sarah.devops"]);
  });

  it("has its grants, from all parts of the roster", () => {
    const access = (person: string, account: string, role: string, validity = {}) => ({
      person,
      account,
      role,
      source: "access",
      validity,
    });
    const breakGlass = (person: string) => ({
      person,
      account: "prod",
      role: "BreakGlass",
      source: "breakGlass",
      validity: {},
    });
    assert.deepEqual(model.grants, [
      access("sarah.devops", "dev", "Admin"),
      access("sarah.devops", "staging", "Ops"),
      access("sarah.devops", "prod", "Ops"),
      access("sarah.devops", "prod", "Read"),
      access("maria.cto", "prod", "Dashboard"),
      access("alex.dba", "staging", "Dba"),
      access("alex.dba", "prod", "DbRead"),
      access("chris.security", "prod", "Security"),
      access("john.developer", "dev", "Developer"),
      access("john.developer", "staging", "Developer"),
      access("kim.contractor", "dev", "Developer", KIMS_TERMS),
      {
        person: "john.developer",
        account: "prod",
        role: "DbRead",
        source: "temporary",
        validity: { from: "2026-11-20T10:00:00Z", until: "2026-11-20T14:00:00Z" },
        reason: "INC-1042",
        approvedBy: ["alex.dba"],
      },
      breakGlass("sarah.devops"),
      breakGlass("maria.cto"),
    ]);
  });

  it("has its partners and its moment", () => {
    assert.deepEqual(model.partners, [
      {
        name: "acme",
        account: "999988887777",
        externalId: "acme-data-sharing-7f3a",
        grants: [{ account: "prod", role: "DataShare", resources: {} }],
      },
    ]);
    assert.equal(model.now, "2026-11-20T12:00:00Z");
  });

  it("is what the other tests build on", () => {
    assert.deepEqual(sampleOrganization(), organization);
    assert.deepEqual(sampleRoster(), roster);
  });
});
