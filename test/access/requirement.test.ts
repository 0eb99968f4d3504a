import assert from "node:assert/strict";

import { requireAll, requireAny, formatRequirement, type Requirement } from "../../src/access/requirement";

const condition = (operator: string, key: string, ...values: readonly string[]): Requirement => ({
  kind: "condition",
  operator,
  key,
  values,
});
const RESOURCE: Requirement = { kind: "resource", patterns: ["arn:aws:s3:::one/*"] };
const OTHER: Requirement = { kind: "resource", patterns: ["arn:aws:s3:::other/*"] };
const REGION = condition("StringEquals", "aws:RequestedRegion", "eu-west-1");
const OWN = condition("StringEquals", "aws:ResourceTag/Project", "phoenix");
const TAGGED = condition("Null", "aws:ResourceTag/Project", "false");
const UNTAGGED = condition("Null", "aws:ResourceTag/Project", "true");

describe("requirements in words", () => {
  const cases: readonly (readonly [Requirement, string])[] = [
    [REGION, "aws:RequestedRegion is eu-west-1"],
    [condition("StringNotEquals", "aws:RequestedRegion", "a", "b"), "aws:RequestedRegion is not a or b"],
    [condition("IpAddress", "aws:SourceIp", "192.0.2.0/24"), "aws:SourceIp is in 192.0.2.0/24"],
    [
      condition("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
      "aws:MultiFactorAuthAge is less than 3600",
    ],
    [
      condition("DateLessThan", "aws:CurrentTime", "2026-11-20T14:00:00Z"),
      "aws:CurrentTime is before 2026-11-20T14:00:00Z",
    ],
    [
      condition("BoolIfExists", "aws:MultiFactorAuthPresent", "true"),
      "aws:MultiFactorAuthPresent is true (or there is no aws:MultiFactorAuthPresent)",
    ],
    [condition("ForAnyValue:StringLike", "aws:TagKeys", "Project"), "one of aws:TagKeys is like Project"],
    [condition("ForAllValues:StringEquals", "aws:TagKeys", "Project"), "each of aws:TagKeys is Project"],
    [TAGGED, "aws:ResourceTag/Project is there"],
    [UNTAGGED, "there is no aws:ResourceTag/Project"],
    [condition("MadeUp", "a:b", "c"), "a:b MadeUp c"],
    [RESOURCE, "the resource is like arn:aws:s3:::one/*"],
    [{ kind: "not resource", patterns: ["a", "b"] }, "the resource is not like a or b"],
    [
      { kind: "all", of: [REGION, { kind: "any", of: [OWN, UNTAGGED] }] },
      "aws:RequestedRegion is eu-west-1 and (aws:ResourceTag/Project is phoenix or there is no aws:ResourceTag/Project)",
    ],
  ];
  for (const [requirement, expected] of cases)
    it(expected, () => assert.equal(formatRequirement(requirement), expected));
});

describe("requirements together", () => {
  const cases: readonly {
    readonly what: string;
    readonly of: Requirement | undefined;
    readonly expected: Requirement | undefined;
  }[] = [
    { what: "all of nothing is nothing", of: requireAll([undefined, undefined]), expected: undefined },
    { what: "all of one is that one", of: requireAll([undefined, REGION]), expected: REGION },
    {
      what: "any with nothing among them is nothing",
      of: requireAny([REGION, undefined]),
      expected: undefined,
    },
    { what: "any of one is that one", of: requireAny([REGION]), expected: REGION },
    { what: "the same twice is once", of: requireAll([REGION, REGION]), expected: REGION },
    {
      what: "all within all is flat",
      of: requireAll([REGION, requireAll([OWN, RESOURCE])]),
      expected: { kind: "all", of: [REGION, OWN, RESOURCE] },
    },
    {
      what: "one of several patterns",
      of: requireAny([RESOURCE, OTHER]),
      expected: { kind: "resource", patterns: ["arn:aws:s3:::one/*", "arn:aws:s3:::other/*"] },
    },
    {
      what: "several patterns at once stay apart",
      of: requireAll([RESOURCE, OTHER]),
      expected: { kind: "all", of: [RESOURCE, OTHER] },
    },
    {
      what: "none of several patterns",
      of: requireAll([
        { kind: "not resource", patterns: ["a"] },
        { kind: "not resource", patterns: ["b"] },
      ]),
      expected: { kind: "not resource", patterns: ["a", "b"] },
    },
    {
      what: "a tag that is there, and absent or phoenix, is phoenix",
      of: requireAll([TAGGED, requireAny([UNTAGGED, OWN])]),
      expected: OWN,
    },
    { what: "a tag that is phoenix is there", of: requireAll([OWN, TAGGED]), expected: OWN },
    {
      what: "a tag that is not phoenix may be missing, so that it is there says more",
      of: requireAll([TAGGED, condition("StringNotEquals", "aws:ResourceTag/Project", "x")]),
      expected: { kind: "all", of: [TAGGED, condition("StringNotEquals", "aws:ResourceTag/Project", "x")] },
    },
    {
      what: "absent or phoenix stays where nothing says that it is there",
      of: requireAll([REGION, requireAny([UNTAGGED, OWN])]),
      expected: { kind: "all", of: [REGION, { kind: "any", of: [UNTAGGED, OWN] }] },
    },
  ];
  for (const { what, of, expected } of cases) it(what, () => assert.deepEqual(of, expected));
});
