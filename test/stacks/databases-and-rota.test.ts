import assert from "node:assert/strict";
import { join } from "node:path";

import { buildModel } from "../../src/model/model";
import { readSettings } from "../../src/resources/account-settings";
import { createAccount } from "../../src/stacks/create-account";
import { assertGolden } from "../support/golden";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { blueprintOf } from "../support/sample";

const NOW = new Date("2026-11-23T12:00:00Z");

const instances = {
  clinic: { id: "db-CLINIC", engine: "postgres", readOnlyUser: "clinic_reader" },
  visits: { id: "cluster-VISITS", engine: "mysql", identifier: "visits-prod" },
};

/** A company of five, with and without databases by name, a grant for one of them, and a rota. */
function written(isNamed: boolean) {
  const databases = isNamed ? { databases: { instances } } : {};
  return {
    organization: {
      prefix: "infra",
      region: "eu-west-1",
      accounts: {
        users: { id: "111111111111", kind: "identity" },
        dev: { id: "222222222222", kind: "workload", environment: "dev", ...databases },
        prod: { id: "444444444444", kind: "workload", environment: "prod", ...databases },
      },
    },
    roster: {
      people: {
        "dana.dba": { email: "dana@example.com", category: "dba", access: { prod: "Dba" } },
        "mia.dev": {
          email: "mia@example.com",
          category: "developer",
          access: { dev: ["Developer", "DbRead"] },
        },
        "olga.ops": { email: "olga@example.com", category: "devops", access: { prod: "Read" } },
        "omar.ops": { email: "omar@example.com", category: "devops", access: { prod: "Read" } },
      },
      power: ["olga.ops", "omar.ops"],
      ...(isNamed && {
        temporary: ["DbRead", "Dba"].map((role) => ({
          person: "olga.ops",
          account: "prod",
          role,
          database: "clinic",
          from: "2026-11-23T11:00:00Z",
          until: "2026-11-23T15:00:00Z",
          reason: "INC-1042",
          approvedBy: ["dana.dba"],
        })),
        onCall: {
          prod: {
            role: "Ops",
            shifts: [
              { person: "olga.ops", from: "2026-11-23T09:00:00Z", until: "2026-11-30T09:00:00Z" },
              { person: "omar.ops", from: "2026-11-30T09:00:00Z", until: "2026-12-07T09:00:00Z" },
              // Too far ahead to be deployed.
              { person: "olga.ops", from: "2026-12-07T09:00:00Z", until: "2026-12-14T09:00:00Z" },
            ],
          },
        },
      }),
    },
  };
}

async function registered(key: string, isNamed: boolean): Promise<readonly RegisteredResource[]> {
  const { organization, roster } = written(isNamed);
  const model = buildModel(organization, roster, NOW);
  return registeredResources(key, () =>
    createAccount(model.organization, blueprintOf(model, key), readSettings(key, {}, model.now)),
  );
}

describe("named databases and a rota", () => {
  for (const key of ["users", "dev", "prod"]) {
    it(`make these resources of ${key} what they are, and leave the others as they were`, async () => {
      const [before, after] = [await registered(key, false), await registered(key, true)];
      const known = new Set(before.map((resource) => JSON.stringify(resource)));
      const changed = after.filter((resource) => !known.has(JSON.stringify(resource)));
      const names = new Set(after.map(({ name }) => name));
      assert.deepEqual(
        before.filter(({ name }) => !names.has(name)),
        [],
      );
      assertGolden(
        join(__dirname, "golden", `databases-and-rota-${key}.json`),
        `${JSON.stringify(changed, null, 2)}\n`,
      );
    });
  }
});
