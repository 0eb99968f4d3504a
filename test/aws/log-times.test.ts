import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import assert from "node:assert/strict";

import { auditLines } from "../../src/aws/database-log";
import { trailEvents } from "../../src/aws/trail-log";
import { toInstant } from "../../src/model/dates";
import type { Database } from "../../src/model/database";
import { withAnswers } from "../support/fake-client";

const DATABASE: Database = {
  name: "clinic",
  id: "db-ABCDEFGHIJKLMNOPQRSTUVWXY0",
  engine: "postgres",
  identifier: "clinic",
  database: "app",
  schema: "public",
  readOnlyUser: "dev_readonly_user",
};
const FROM = toInstant(new Date("2026-11-20T10:00:00Z"));
const NOW = new Date("2026-11-20T10:00:00.900Z");
const HALF_A_SECOND_AGO = Date.parse("2026-11-20T10:00:00.400Z");

describe("what a log holds until now", () => {
  const cases: readonly (readonly [what: string, read: (client: CloudWatchLogs) => Promise<unknown>])[] = [
    ["events of the trail", (client) => trailEvents(client, "infra-trail", "{}", FROM, toInstant(NOW))],
    [
      "audit lines of a database",
      (client) => auditLines(client, DATABASE, "dev_readonly_user", FROM, toInstant(NOW)),
    ],
  ];
  for (const [what, read] of cases)
    it(`has the ${what} of this second too`, async () => {
      const { client, calls } = withAnswers(
        new CloudWatchLogs({
          region: "eu-west-1",
          credentials: { accessKeyId: "none", secretAccessKey: "none" },
        }),
        { filterLogEvents: () => ({ events: [] }) },
      );
      await read(client);
      assert.equal(calls.length, 1);
      const { startTime, endTime } = calls[0]?.input ?? {};
      assert.ok(Number(startTime) <= HALF_A_SECOND_AGO && HALF_A_SECOND_AGO <= Number(endTime));
    });
});
