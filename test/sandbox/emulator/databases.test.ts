import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { RDS } from "@aws-sdk/client-rds";
import assert from "node:assert/strict";

import { auditLines, auditLogGroup } from "../../../src/aws/database-log";
import { databaseSettings, databaseToken } from "../../../src/aws/databases";
import { toInstant } from "../../../src/model/dates";
import type { Database } from "../../../src/model/database";
import { openEmulatedAccounts, type EmulatedAccounts } from "./emulated-accounts";

const CLINIC: Database = {
  name: "clinic",
  id: "db-CLINIC",
  engine: "postgres",
  identifier: "clinic",
  database: "app",
  schema: "public",
  readOnlyUser: "dev_readonly_user",
};

describe("databases of an account, on the emulator", function () {
  this.timeout(120_000);
  let emulated: EmulatedAccounts;
  let rds: RDS;

  before(async () => {
    emulated = await openEmulatedAccounts();
    rds = emulated.client(RDS, "dev");
    await rds.createDBParameterGroup({
      DBParameterGroupName: "audited",
      DBParameterGroupFamily: "postgres16",
      Description: "With pgAudit.",
    });
    await rds.modifyDBParameterGroup({
      DBParameterGroupName: "audited",
      Parameters: [
        {
          ParameterName: "shared_preload_libraries",
          ParameterValue: "pgaudit",
          ApplyMethod: "pending-reboot",
        },
      ],
    });
    await rds.createDBInstance({
      DBInstanceIdentifier: "clinic",
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: 20,
      MasterUsername: "master",
      MasterUserPassword: "not-a-real-one",
      DBParameterGroupName: "audited",
      StorageEncrypted: true,
      EnableIAMDatabaseAuthentication: true,
      EnableCloudwatchLogsExports: ["postgresql"],
    });
  });
  after(() => emulated.close());

  it("are read with what is set", async () => {
    const settings = await databaseSettings(rds, CLINIC);
    assert.ok(settings);
    const { resourceId, parameters, ...others } = settings;
    assert.match(resourceId, /^db-/);
    assert.equal(parameters["shared_preload_libraries"], "pgaudit");
    assert.deepEqual(others, {
      engine: "postgres",
      signsInByIam: true,
      isEncrypted: true,
      isPublic: false,
      exportedLogs: ["postgresql"],
      options: {},
    });
  });

  it("are undefined where there are none", async () => {
    assert.equal(await databaseSettings(rds, { ...CLINIC, identifier: "nowhere" }), undefined);
    assert.equal(
      await databaseSettings(rds, { ...CLINIC, id: "cluster-X", identifier: "nowhere" }),
      undefined,
    );
  });

  it("have tokens that name host, user and action", async () => {
    const { host, port, token } = await databaseToken(rds, CLINIC, "dev_readonly_user");
    assert.ok(token.startsWith(`${host}:${String(port)}/?`), token);
    assert.match(token, /[?&]Action=connect&DBUser=dev_readonly_user&/);
  });

  it("have their audit lines read in their time, of their user", async () => {
    const logs = emulated.client(CloudWatchLogs, "dev");
    const logGroupName = auditLogGroup(CLINIC);
    const from = Date.now() - 3_600_000;
    const line = (minutes: number, user: string): { timestamp: number; message: string } => {
      const timestamp = from + minutes * 60_000;
      const written = new Date(timestamp).toISOString().slice(0, 19).replace("T", " ");
      const message = `${written} UTC:10.0.1.5(51234):${user}@app:[4711]:LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.visits,select ${String(minutes)},<none>`;
      return { timestamp, message };
    };
    assert.equal(
      await auditLines(logs, CLINIC, "dev_readonly_user", toInstant(new Date(from)), toInstant(new Date())),
      undefined,
    );
    await logs.createLogGroup({ logGroupName });
    await logs.createLogStream({ logGroupName, logStreamName: "clinic.0" });
    await logs.putLogEvents({
      logGroupName,
      logStreamName: "clinic.0",
      logEvents: [
        line(1, "dev_readonly_user"),
        line(10, "dev_readonly_user"),
        line(11, "app"),
        line(20, "dev_readonly_user"),
      ],
    });
    const found = await auditLines(
      logs,
      CLINIC,
      "dev_readonly_user",
      toInstant(new Date(from + 5 * 60_000)),
      toInstant(new Date(from + 15 * 60_000)),
    );
    assert.deepEqual(
      found?.lines.map(({ statement, kind }) => [kind, statement]),
      [["READ", "select 10"]],
    );
  });
});
