import assert from "node:assert/strict";

import { auditedTrail, type AuditedTrail } from "../../src/model/audited-trail";
import { accepts, inOrganization, modelWith, refuses, type Change } from "./cases";

const TRAIL = { name: "company-trail", logGroup: "company/trail", bucket: "company-logs" };
const KEY = "arn:aws:kms:eu-central-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const inProd = (trail: unknown) => inOrganization(trail, "accounts", "prod", "trail");

function auditedInProd(...changes: readonly Change[]): AuditedTrail {
  const { organization } = modelWith(...changes);
  const prod = organization.accounts.find(({ key }) => key === "prod");
  assert.ok(prod);
  return auditedTrail(organization, prod);
}

describe("the trail that alarms watch and Security audits", () => {
  it("is Muster's by default", () =>
    assert.deepEqual(auditedInProd(), {
      name: "infra-trail",
      inAnyRegion: "arn:aws:cloudtrail:*:444444444444:trail/infra-trail",
      logGroup: "infra-trail",
      bucket: "infra-trail-444444444444",
      objects: "arn:aws:s3:::infra-trail-444444444444/*",
      keys: "arn:aws:kms:eu-west-1:*:key/*",
    }));

  it("is the one that the account has already, and of a shared bucket the account's own events", () =>
    assert.deepEqual(auditedInProd(inProd(TRAIL)), {
      name: "company-trail",
      inAnyRegion: "arn:aws:cloudtrail:*:444444444444:trail/company-trail",
      logGroup: "company/trail",
      bucket: "company-logs",
      objects: "arn:aws:s3:::company-logs/AWSLogs/444444444444/*",
      keys: "arn:aws:kms:eu-west-1:*:key/*",
    }));

  it("has its objects under a prefix, and one key, where these are named", () => {
    const { objects, keys } = auditedInProd(inProd({ ...TRAIL, objectPrefix: "audit/prod", key: KEY }));
    assert.deepEqual([objects, keys], ["arn:aws:s3:::company-logs/audit/prod/AWSLogs/444444444444/*", KEY]);
  });
});

describe("a trail that an account has already", () => {
  accepts([
    {
      rule: "stands in the people's account too",
      changes: [inOrganization(TRAIL, "accounts", "users", "trail")],
    },
    {
      rule: "has a log group under a path",
      changes: [inProd({ ...TRAIL, logGroup: "/aws/cloudtrail.1#a" })],
    },
  ]);
  refuses([
    {
      rule: "has a name, a log group and a bucket",
      changes: [inProd({})],
      organization: [
        ["accounts.prod.trail.bucket", "An account's `trail` needs `bucket`."],
        ["accounts.prod.trail.logGroup", "An account's `trail` needs `logGroup`."],
        ["accounts.prod.trail.name", "An account's `trail` needs `name`."],
      ],
    },
    {
      rule: "is named by names, and not by ARNs or patterns",
      changes: [
        inProd({ name: "*", logGroup: "a b", bucket: "arn:aws:s3:::x", objectPrefix: "x/", key: "alias/x" }),
      ],
      organization: [
        [
          'accounts.prod.trail.bucket = "arn:aws:s3:::x"',
          "This is not the name of a bucket.",
          "Allowed: 3 to 63 lower-case letters, digits and any of . -",
        ],
        [
          'accounts.prod.trail.key = "alias/x"',
          "This is not the ARN of a key of KMS.",
          'Allowed: such as "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
        ],
        [
          'accounts.prod.trail.logGroup = "a b"',
          "This is not the name of a log group.",
          "Allowed: letters, digits and any of _ . / # -, at most 512 in all",
        ],
        [
          'accounts.prod.trail.name = "*"',
          "This is not the name of a trail.",
          'Allowed: letters and digits, with single . _ or - between them, 3 to 128 in all, such as "company-trail"',
        ],
        [
          'accounts.prod.trail.objectPrefix = "x/"',
          "This is not what the names of a trail's objects begin with.",
          'Allowed: letters, digits and any of _ . = -, in words between single slashes, without AWSLogs, such as "audit/prod"',
        ],
      ],
    },
    {
      rule: "is not the one that Muster made, which would go",
      changes: [inProd({ ...TRAIL, name: "infra-trail", logGroup: "infra-trail" })],
      organization: [
        [
          'accounts.prod.trail.logGroup = "infra-trail"',
          "This is the log group that Muster makes, which the next deployment would delete.",
          "To do: Name one that the account has without Muster, or remove `trail`.",
        ],
        [
          'accounts.prod.trail.name = "infra-trail"',
          "This is the trail that Muster makes, which the next deployment would delete.",
          "To do: Name one that the account has without Muster, or remove `trail`.",
        ],
      ],
    },
  ]);
});
