import assert from "node:assert/strict";

import type { RequestContext } from "../../../src/access/caller";
import { dbaPermissions } from "../../../src/documents/permissions/dba";
import { renderDocument } from "../../../src/documents/policy-document";
import { buildModel } from "../../../src/model/model";
import { QUOTAS } from "../../../src/model/quotas";
import type { HeldRole } from "../../../src/model/roles";
import { newAddress } from "../../support/address";
import { Deployed } from "../../support/deployed";
import { decide, sessionCaller, type Decision } from "../../support/evaluate";
import { authorizationProblems } from "../../support/service-authorization";

const instances = {
  clinic: { id: "db-CLINIC", engine: "postgres", readOnlyUser: "clinic_reader" },
  billing: { id: "db-BILLING", engine: "mysql", identifier: "Billing-Prod" },
  visits: { id: "cluster-VISITS", engine: "postgres" },
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

describe("administering databases that the organization names", () => {
  const rds = (resource: string): string => `arn:aws:rds:eu-west-1:444444444444:${resource}`;
  const log = (group: string): string => `arn:aws:logs:eu-west-1:444444444444:log-group:${group}`;
  const secret = (name: string): string =>
    `arn:aws:secretsmanager:eu-west-1:444444444444:secret:${name}-AbCdEf`;
  const metrics = (id: string): string => `arn:aws:pi:eu-west-1:444444444444:metrics/rds/${id}`;
  const tagged = (kind: "Instance" | "Cluster", arn: string) => ({
    [`aws:ResourceTag/aws:rds:primaryDB${kind}Arn`]: rds(arn),
  });

  const administer = (name: string, action: string, resource: string, context: RequestContext = {}) =>
    decide({
      caller: sessionCaller(deployed.role("prod", "Dba").arn, name),
      policies: deployed.rolePolicies("prod", "Dba"),
      action,
      resource,
      context: { "aws:RequestedRegion": "eu-west-1", ...context },
      at: "2026-11-23T10:30:00Z",
    });

  const cases: readonly (readonly [
    what: string,
    action: string,
    resource: string,
    standing: Decision,
    /** By a grant for clinic alone. */
    limited: Decision,
    context?: RequestContext,
  ])[] = [
    ["changes one", "rds:ModifyDBInstance", rds("db:clinic"), "allowed", "allowed"],
    ["… and another", "rds:ModifyDBInstance", rds("db:billing-prod"), "allowed", "denied"],
    ["changes none that is not named", "rds:ModifyDBInstance", rds("db:other"), "denied", "denied"],
    ["… nor one whose name goes on", "rds:ModifyDBInstance", rds("db:clinic-archive"), "denied", "denied"],
    ["changes a cluster", "rds:ModifyDBCluster", rds("cluster:visits"), "allowed", "denied"],
    ["… and an instance of it", "rds:ModifyDBInstance", rds("db:visits-instance-1"), "allowed", "denied"],
    [
      "restores its snapshot",
      "rds:RestoreDBInstanceFromDBSnapshot",
      rds("snapshot:clinic-snapshot-1"),
      "allowed",
      "allowed",
    ],
    [
      "… the daily one too",
      "rds:RestoreDBInstanceFromDBSnapshot",
      rds("snapshot:rds:clinic-2026-11-20-03-05"),
      "allowed",
      "allowed",
    ],
    [
      "… under a name that says so",
      "rds:RestoreDBInstanceFromDBSnapshot",
      rds("db:clinic-restored-1"),
      "allowed",
      "allowed",
    ],
    ["… with parameters", "rds:RestoreDBInstanceFromDBSnapshot", rds("pg:any"), "allowed", "allowed"],
    [
      "restores no snapshot of others",
      "rds:RestoreDBInstanceFromDBSnapshot",
      rds("snapshot:rds:other-2026-11-20-03-05"),
      "denied",
      "denied",
    ],
    ["… nor copies one", "rds:CopyDBSnapshot", rds("snapshot:other-snapshot-1"), "denied", "denied"],
    ["reads its log files", "rds:DownloadDBLogFilePortion", rds("db:clinic"), "allowed", "allowed"],
    ["… not those of others", "rds:DownloadDBLogFilePortion", rds("db:other"), "denied", "denied"],
    [
      "reads its log",
      "logs:GetLogEvents",
      log("/aws/rds/instance/clinic/postgresql:log-stream:1"),
      "allowed",
      "allowed",
    ],
    [
      "… another's",
      "logs:GetLogEvents",
      log("/aws/rds/instance/billing-prod/audit:log-stream:1"),
      "allowed",
      "denied",
    ],
    [
      "… not those of others",
      "logs:GetLogEvents",
      log("/aws/rds/instance/other/postgresql:log-stream:1"),
      "denied",
      "denied",
    ],
    ["reads its statements", "pi:GetResourceMetrics", metrics("db-CLINIC"), "allowed", "allowed"],
    ["sees which there are", "rds:DescribeDBInstances", rds("db:other"), "allowed", "allowed"],
    ["reads its password", "secretsmanager:GetSecretValue", secret("app/rds/clinic"), "allowed", "allowed"],
    ["… not those of others", "secretsmanager:GetSecretValue", secret("app/rds/other"), "denied", "denied"],
    [
      "reads the one that RDS keeps",
      "secretsmanager:GetSecretValue",
      secret("rds!db-1"),
      "allowed",
      "denied",
      tagged("Instance", "db:clinic"),
    ],
    [
      "… of a cluster",
      "secretsmanager:GetSecretValue",
      secret("rds!cluster-1"),
      "allowed",
      "denied",
      tagged("Cluster", "cluster:visits"),
    ],
    [
      "… not those of others",
      "secretsmanager:GetSecretValue",
      secret("rds!db-2"),
      "denied",
      "denied",
      tagged("Instance", "db:other"),
    ],
    ["… nor one without the tag", "secretsmanager:GetSecretValue", secret("rds!db-3"), "denied", "denied"],
    ["deletes none", "rds:DeleteDBInstance", rds("db:clinic"), "denied", "denied"],
  ];
  for (const [what, action, resource, standing, limited, context] of cases) {
    it(`Dba ${what}: ${standing}`, async () =>
      assert.equal(await administer("dora.dba", action, resource, context), standing));
    it(`by a grant for clinic: ${what}: ${limited}`, async () =>
      assert.equal(await administer("olga.ops", action, resource, context), limited));
  }

  it("is written as AWS's service authorization data has it", async () => {
    for (const document of deployed.rolePolicies("prod", "Dba"))
      assert.deepEqual(await authorizationProblems(document, "role"), []);
  });

  it("is nine policies for 24 databases of the longest identifiers, each within its quota", () => {
    const many = Object.fromEntries(
      Array.from({ length: 24 }, (_, index) => [
        `database-${String(index)}`,
        {
          id: `cluster-${String(index).padStart(26, "0")}`,
          engine: "postgres",
          identifier: `a${String(index).padStart(62, "0")}`,
        },
      ]),
    );
    const { prod, ...others } = organization.accounts;
    const written = {
      ...organization,
      accounts: { ...others, prod: { ...prod, databases: { instances: many } } },
    };
    const model = buildModel(written, { people: roster.people }, new Date("2026-11-23T09:00:00Z"));
    const account = model.organization.accounts.find(({ key }) => key === "prod");
    assert.ok(account);
    const { policies } = dbaPermissions({ organization: model.organization, account });
    assert.equal(policies.length, 9);
    for (const policy of policies) {
      assert.ok(
        policy.kind === "customer" && renderDocument(policy.document).length <= QUOTAS.policyCharacters,
      );
    }
  });
});
