import assert from "node:assert/strict";

import { findPeriods, formatPeriod } from "../../src/access/iso-period";
import type { Requirement } from "../../src/access/requirement";

const from = (value: string): Requirement => ({
  kind: "condition",
  operator: "DateGreaterThanEquals",
  key: "aws:CurrentTime",
  values: [value],
});
const until = (value: string): Requirement => ({
  kind: "condition",
  operator: "DateLessThan",
  key: "aws:CurrentTime",
  values: [value],
});
const between = (one: string, other: string): Requirement => ({ kind: "all", of: [from(one), until(other)] });
const SOURCE: Requirement = {
  kind: "condition",
  operator: "IpAddress",
  key: "aws:SourceIp",
  values: ["192.0.2.0/24"],
};

describe("periods", () => {
  const cases: readonly {
    readonly what: string;
    readonly of: Requirement;
    readonly expected: readonly string[] | undefined;
  }[] = [
    { what: "a beginning", of: from("2026-11-01T00:00:00Z"), expected: ["from 2026-11-01"] },
    { what: "an end", of: until("2026-11-20T14:00:00Z"), expected: ["until 2026-11-20 14:00"] },
    {
      what: "both",
      of: between("2026-11-20T10:00:00Z", "2026-11-20T14:00:00Z"),
      expected: ["2026-11-20 10:00 to 2026-11-20 14:00"],
    },
    {
      what: "several, in order",
      of: {
        kind: "any",
        of: [between("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"), until("2026-11-01T00:00:00Z")],
      },
      expected: ["until 2026-10-31", "2026-12-01 to 2026-12-01"],
    },
    {
      what: "anything else beside it is no period",
      of: { kind: "all", of: [from("2026-11-01T00:00:00Z"), SOURCE] },
      expected: undefined,
    },
    {
      what: "three edges are no period",
      of: { kind: "all", of: [from("a"), until("b"), from("c")] },
      expected: undefined,
    },
    {
      what: "two beginnings are no period",
      of: { kind: "all", of: [from("a"), from("b")] },
      expected: undefined,
    },
    { what: "another key is no period", of: SOURCE, expected: undefined },
    {
      what: "one of several that is none makes them none",
      of: { kind: "any", of: [from("a"), SOURCE] },
      expected: undefined,
    },
  ];
  for (const { what, of, expected } of cases) {
    it(what, () => assert.deepEqual(findPeriods(of)?.map(formatPeriod), expected));
  }
});
