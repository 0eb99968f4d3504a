import assert from "node:assert/strict";

import fc from "fast-check";

import { blueprintsOf } from "../../src/documents/blueprint";
import type { HeldPeriod } from "../../src/history/timeline";
import type { Instant } from "../../src/model/dates";
import { buildModel } from "../../src/model/model";
import { remainingValidities } from "../../src/model/holdings";
import { accessRows, POWER_ROLE, rowKey, rowTitle, USER_ROLE } from "../../src/review/access-row";
import { NOW, validPairs } from "../support/rosters";
import { reviewedModel, reviewedRoster } from "./support";

describe("the rows of a review", () => {
  it("are each person, account and role of the sample, and its machines and partners", () => {
    const model = reviewedModel(reviewedRoster());
    assert.deepEqual(
      accessRows(model, blueprintsOf(model), []).map((row) => `${row.kind} ${rowTitle(row)}`),
      [
        "person alex.dba, staging/Dba",
        "person alex.dba, prod/DbRead",
        "person chris.security, prod/Security",
        "person chris.security, users/PowerG",
        "person john.developer, dev/Developer",
        "person john.developer, staging/Developer",
        "person kim.contractor, dev/Developer",
        "person maria.cto, prod/Dashboard",
        "person maria.cto, prod/BreakGlass",
        "person sarah.devops, dev/Admin",
        "person sarah.devops, staging/Ops",
        "person sarah.devops, prod/Ops",
        "person sarah.devops, prod/Read",
        "person sarah.devops, prod/BreakGlass",
        "person sarah.devops, users/PowerG",
        "service mw-worker, dev/infra-task-mw-worker-dev",
        "service mw-worker, dev/infra-database-mw-worker-dev",
        "service analytics-visits, staging/infra-function-analytics-visits-staging",
        "partner acme, prod/DataShare",
        "service mw-ingress, prod/infra-task-mw-ingress-prod",
        "service mw-worker, prod/infra-task-mw-worker-prod",
        "service mw-worker, prod/infra-database-mw-worker-prod",
      ],
    );
  });

  it("have what was held without a break until now, and of what has not begun what comes next", () => {
    const model = reviewedModel(reviewedRoster());
    const period = (role: string, from: string, until?: string): HeldPeriod => ({
      who: "sarah.devops",
      account: "prod",
      accountId: "444444444444",
      role,
      source: "access",
      from: from as Instant,
      ...(until !== undefined && { until: until as Instant }),
    });
    const rows = accessRows(model, blueprintsOf(model), [
      period("Read", "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"),
      period("Read", "2026-11-20T00:00:00Z"),
      period("Read", "2026-12-20T00:00:00Z"),
      period("Ops", "2026-12-07T09:00:00Z", "2026-12-14T09:00:00Z"),
      period("Ops", "2026-12-21T09:00:00Z", "2026-12-28T09:00:00Z"),
    ]);
    const since = (role: string) =>
      rows.find((row) => row.who === "sarah.devops" && row.account === "prod" && row.role === role)?.since;
    assert.equal(since("Read"), "2026-11-01T00:00:00Z");
    assert.equal(since("Ops"), "2026-12-07T09:00:00Z");
  });

  it("have everything of any model, each once", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        const model = buildModel(organization, roster, NOW);
        const rows = accessRows(model, blueprintsOf(model), []).filter(({ kind }) => kind === "person");
        const keys = rows.map(rowKey);
        assert.equal(new Set(keys).size, keys.length);
        const held = model.holdings.all
          .filter((holding) => remainingValidities(holding, model.now).length > 0)
          .map(({ person, account, role }) => `${person}, ${account}/${role}`);
        const found = rows.filter(({ role }) => role !== POWER_ROLE && role !== USER_ROLE).map(rowTitle);
        assert.deepEqual([...found].sort(), [...held].sort());
        assert.deepEqual(new Set(rows.map(({ who }) => who)), new Set(model.people.map(({ name }) => name)));
      }),
      { numRuns: 40 },
    );
  });
});
