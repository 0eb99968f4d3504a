import assert from "node:assert/strict";

import { buildModel } from "../../../src/model/model";
import type { HeldRole } from "../../../src/model/roles";
import { newAddress } from "../../support/address";
import { Deployed } from "../../support/deployed";
import { decide, sessionCaller, type Decision } from "../../support/evaluate";

const instances = {
  clinic: { id: "db-CLINIC", engine: "postgres", readOnlyUser: "clinic_reader" },
  billing: { id: "db-BILLING", engine: "mysql" },
};
const organization = {
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: { id: "222222222222", kind: "workload", environment: "dev", databases: { instances } },
    staging: { id: "333333333333", kind: "workload", environment: "staging" },
    prod: { id: "444444444444", kind: "workload", environment: "prod", databases: { instances } },
  },
};

const person = (category: string, access: object = {}) => ({ email: newAddress(), category, access });
const grant = (name: string, role: string, from: string, until: string, database?: string) => ({
  person: name,
  account: "prod",
  role,
  ...(database !== undefined && { database }),
  from: `2026-11-23T${from}:00Z`,
  until: `2026-11-23T${until}:00Z`,
  reason: "INC-1",
  approvedBy: ["dana.dba"],
});

const roster = {
  people: {
    "olga.ops": person("devops"),
    "dana.dba": person("dba", { prod: "DbRead" }),
    "mia.dev": person("developer", { dev: ["Developer", "DbRead"], staging: "DbRead" }),
    "paul.dev": person("developer", { dev: "Developer" }),
    "sara.dev": person("developer"),
    "rita.dev": person("developer"),
  },
  temporary: [
    grant("paul.dev", "DbRead", "10:00", "12:00", "clinic"),
    grant("paul.dev", "DbRead", "11:00", "13:00", "billing"),
    grant("sara.dev", "DbRead", "10:00", "12:00", "clinic"),
    grant("sara.dev", "DbRead", "11:00", "13:00"),
    grant("rita.dev", "DbRead", "10:00", "12:00", "clinic"),
    grant("dana.dba", "DbRead", "10:00", "12:00", "clinic"),
    grant("olga.ops", "Dba", "10:00", "12:00", "clinic"),
  ].map((one) => (one.person === "dana.dba" ? { ...one, approvedBy: ["dora.dba"] } : one)),
};
const deployed = new Deployed(
  buildModel(
    organization,
    { ...roster, people: { ...roster.people, "dora.dba": person("dba", { prod: "Dba" }) } },
    new Date("2026-11-23T09:00:00Z"),
  ),
);
const IDS: Readonly<Record<string, string>> = {
  dev: "222222222222",
  staging: "333333333333",
  prod: "444444444444",
};

function connect(
  account: string,
  role: HeldRole,
  name: string,
  user: string,
  time = "10:30",
): Promise<Decision> {
  return decide({
    caller: sessionCaller(deployed.role(account, role).arn, name),
    policies: deployed.rolePolicies(account, role),
    action: "rds-db:connect",
    resource: `arn:aws:rds-db:eu-west-1:${IDS[account] ?? ""}:dbuser:${user}`,
    at: `2026-11-23T${time}:00Z`,
  });
}

const CLINIC = "db-CLINIC/clinic_reader";
const BILLING = "db-BILLING/dev_readonly_user";

type Case = readonly [string, Parameters<typeof connect>, Decision];

describe("where the organization names databases", () => {
  const cases: readonly Case[] = [
    ["DbRead: each as its own read-only user", ["prod", "DbRead", "dana.dba", CLINIC], "allowed"],
    ["DbRead: the other too", ["prod", "DbRead", "dana.dba", BILLING], "allowed"],
    ["DbRead: no other user", ["prod", "DbRead", "dana.dba", "db-CLINIC/dev_readonly_user"], "denied"],
    [
      "DbRead: no database that is not named",
      ["prod", "DbRead", "dana.dba", "db-OTHER/dev_readonly_user"],
      "denied",
    ],
    ["Dba: as iamdb", ["prod", "Dba", "dora.dba", "db-CLINIC/iamdb"], "allowed"],
    ["Dba: no database that is not named", ["prod", "Dba", "dora.dba", "db-OTHER/iamdb"], "denied"],
    [
      "elsewhere: every database, as before",
      ["staging", "DbRead", "mia.dev", "db-OTHER/dev_readonly_user"],
      "allowed",
    ],
    ["a developer for good, in dev: reads", ["dev", "DbRead", "mia.dev", CLINIC], "allowed"],
    ["a developer in dev: as themselves", ["dev", "Developer", "mia.dev", "db-CLINIC/mia.dev"], "allowed"],
    [
      "a developer in dev: not as a colleague",
      ["dev", "Developer", "mia.dev", "db-CLINIC/paul.dev"],
      "denied",
    ],
    [
      "a developer in dev: not as the application",
      ["dev", "Developer", "mia.dev", "db-CLINIC/app"],
      "denied",
    ],
    [
      "a developer in dev: no database that is not named",
      ["dev", "Developer", "mia.dev", "db-OTHER/mia.dev"],
      "denied",
    ],
  ];
  for (const [name, request, expected] of cases) {
    it(`${name}: ${expected}`, async () => assert.equal(await connect(...request), expected));
  }
});

describe("a grant that names a database", () => {
  const cases: readonly Case[] = [
    ["opens it", ["prod", "DbRead", "rita.dev", CLINIC, "10:30"], "allowed"],
    ["opens no other", ["prod", "DbRead", "rita.dev", BILLING, "10:30"], "denied"],
    ["of Dba opens it", ["prod", "Dba", "olga.ops", "db-CLINIC/iamdb", "10:30"], "allowed"],
    ["of Dba opens no other", ["prod", "Dba", "olga.ops", "db-BILLING/iamdb", "10:30"], "denied"],
    [
      "beside one for another, opens each in its time: the first",
      ["prod", "DbRead", "paul.dev", CLINIC, "10:30"],
      "allowed",
    ],
    ["… not the second before", ["prod", "DbRead", "paul.dev", BILLING, "10:30"], "denied"],
    ["… both while both last: the first", ["prod", "DbRead", "paul.dev", CLINIC, "11:30"], "allowed"],
    ["… and the second", ["prod", "DbRead", "paul.dev", BILLING, "11:30"], "allowed"],
    ["… not the first after", ["prod", "DbRead", "paul.dev", CLINIC, "12:30"], "denied"],
    ["… but the second", ["prod", "DbRead", "paul.dev", BILLING, "12:30"], "allowed"],
    ["… and nothing when both are over", ["prod", "DbRead", "paul.dev", BILLING, "13:00"], "denied"],
    [
      "beside one for all, opens its own alone at first",
      ["prod", "DbRead", "sara.dev", BILLING, "10:30"],
      "denied",
    ],
    ["… and all while that one lasts", ["prod", "DbRead", "sara.dev", BILLING, "11:30"], "allowed"],
    [
      "takes nothing from somebody who has the role for good",
      ["prod", "DbRead", "dana.dba", BILLING, "10:30"],
      "allowed",
    ],
  ];
  for (const [name, request, expected] of cases) {
    it(`${name}: ${expected}`, async () => assert.equal(await connect(...request), expected));
  }
});
