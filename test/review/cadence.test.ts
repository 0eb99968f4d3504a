import assert from "node:assert/strict";

import fc from "fast-check";

import {
  CADENCE_NAMES,
  periodAt,
  periodBefore,
  periodNamed,
  reviewWindow,
  snapshotWindow,
  type Cadence,
} from "../../src/review/cadence";
import { toInstant, type Instant } from "../../src/model/dates";

const CASES: readonly (readonly [Cadence, string, string, string, string])[] = [
  ["weekly", "2026-11-29T23:59:59Z", "2026-W48", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"],
  ["weekly", "2026-11-30T00:00:00Z", "2026-W49", "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"],
  ["weekly", "2027-01-01T12:00:00Z", "2026-W53", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"],
  ["weekly", "2024-12-31T12:00:00Z", "2025-W01", "2024-12-30T00:00:00Z", "2025-01-06T00:00:00Z"],
  ["monthly", "2026-11-29T12:00:00Z", "2026-11", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"],
  ["monthly", "2026-12-31T23:59:59Z", "2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ["quarterly", "2026-11-29T12:00:00Z", "2026-Q4", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ["quarterly", "2026-01-01T00:00:00Z", "2026-Q1", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"],
];

const instants = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map(toInstant);
const cadences = fc.constantFrom(...CADENCE_NAMES);

describe("the period of a review", () => {
  for (const [cadence, now, name, from, until] of CASES) {
    it(`${cadence} at ${now} is ${name}`, () => {
      assert.deepEqual(periodAt(cadence, now as Instant), { cadence, name, from, until });
    });
  }

  it("holds its instant, is found by its name, and ends where the next begins", () => {
    fc.assert(
      fc.property(cadences, instants, (cadence, now) => {
        const period = periodAt(cadence, now);
        assert.ok(period.from <= now && now < period.until);
        assert.deepEqual(periodNamed(period.name), period);
        assert.equal(periodBefore(period).until, period.from);
      }),
    );
  });

  for (const name of [
    "2026-W54",
    "2026-W00",
    "2025-W53",
    "2026-13",
    "2026-00",
    "2026-Q5",
    "2026",
    "2026-Q4/x",
    "",
  ]) {
    it(`there is none called ${JSON.stringify(name)}`, () => {
      assert.equal(periodNamed(name), undefined);
    });
  }
});

describe("the events that a review of 2026-11-29 looks at", () => {
  const NOW = "2026-11-29T12:00:00Z" as Instant;
  const WINDOWS: readonly (readonly [Cadence, last: string | undefined, review: string, snapshot: string])[] =
    [
      ["weekly", undefined, "2026-11-22", "2026-11-22"],
      ["weekly", "2026-11-09", "2026-11-09", "2026-11-09"],
      ["weekly", "2026-11-27", "2026-11-27", "2026-11-22"],
      ["monthly", undefined, "2026-10-29", "2026-08-29"],
      ["monthly", "2026-11-01", "2026-11-01", "2026-08-29"],
      ["monthly", "2026-07-01", "2026-07-01", "2026-07-01"],
      ["quarterly", undefined, "2026-08-29", "2026-08-29"],
      ["quarterly", "2026-07-01", "2026-07-01", "2026-07-01"],
    ];
  for (const [cadence, last, review, snapshot] of WINDOWS) {
    it(`${cadence}, the last one of ${last ?? "never"}, begin at ${review}, and its snapshot at ${snapshot}`, () => {
      const at = last === undefined ? undefined : (`${last}T12:00:00Z` as Instant);
      assert.deepEqual(reviewWindow(cadence, NOW, at), { from: `${review}T12:00:00Z`, until: NOW });
      assert.deepEqual(snapshotWindow(cadence, NOW, at), { from: `${snapshot}T12:00:00Z`, until: NOW });
    });
  }
});
