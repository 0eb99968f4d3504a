import assert from "node:assert/strict";

import type { ExistingTrailState } from "../../src/aws/readers/existing-trail-reader";
import {
  examineExistingTrail,
  existingTrailOutcome,
  type ExistingTrailFacts,
} from "../../src/doctor/examine-existing-trail";
import type { DoctorOutcome } from "../../src/doctor/doctor-finding";
import { buildModel } from "../../src/model/model";
import type { ExistingTrail } from "../../src/model/existing-trail";
import { sampleRoster } from "../support/rosters";
import { COMPANY_TRAIL, organizationWithTrail, SAMPLE_MOMENT } from "../support/sample";
import { snapshotWith } from "../support/snapshots";

const KEY = "arn:aws:kms:eu-west-1:444444444444:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const LOG_GROUP = "arn:aws:logs:eu-west-1:444444444444:log-group:company-trail:*";

const { organization } = buildModel(organizationWithTrail("prod"), sampleRoster(), SAMPLE_MOMENT);
const prod = organization.accounts.find(({ key }) => key === "prod");
assert.ok(prod);

const SOUND: ExistingTrailState = {
  homeRegion: "eu-west-1",
  isMultiRegion: true,
  hasGlobalEvents: true,
  hasAllManagementEvents: true,
  isLogging: true,
  isValidated: true,
  bucket: "company-logs",
  objectPrefix: undefined,
  key: KEY,
  logGroupArn: LOG_GROUP,
  failures: [],
};
const CLOSED = { kind: "read", facts: true } as const;

const judged = (facts: Partial<ExistingTrailFacts>, trail: ExistingTrail = COMPANY_TRAIL) =>
  existingTrailOutcome(trail, { state: SOUND, isBucketClosed: CLOSED, ...facts }, prod, organization);
const missing = (found: string): DoctorOutcome => ({
  status: "missing",
  found,
  fix: "Put the trail right, or `accounts.prod.trail` in src/organization.ts; without it Muster makes one.",
});

describe("a trail that an account has already, as doctor finds it", () => {
  it("is in order where it does what Muster's would", () =>
    assert.deepEqual(judged({}), {
      status: "ok",
      found:
        "company-trail logs all regions, validated and encrypted, to company-trail and the bucket company-logs, which is closed to the public",
    }));

  const wrong: readonly (readonly [Partial<ExistingTrailState>, string])[] = [
    [{ isLogging: false }, "does not log"],
    [{ isMultiRegion: false }, "is of one region (CIS 4.1)"],
    [{ hasGlobalEvents: false }, "leaves out services without a region"],
    [{ hasAllManagementEvents: false }, "leaves out management events"],
    [{ isValidated: false }, "is not validated (CIS 4.2)"],
    [{ key: undefined }, "is encrypted by no key of KMS (CIS 4.5)"],
    [{ homeRegion: "us-east-1" }, "has its home in the region us-east-1 instead of eu-west-1"],
    [{ logGroupArn: undefined }, `writes to no log group instead of ${LOG_GROUP}`],
    [{ bucket: "other" }, "writes to the bucket other instead of company-logs"],
    [{ objectPrefix: "audit" }, "writes objects under the prefix audit instead of no prefix"],
    [
      { key: KEY.replace("eu-west-1", "eu-central-1") },
      `is encrypted by ${KEY.replace("eu-west-1", "eu-central-1")}, of another region, which \`key\` does not name: Security cannot decrypt it`,
    ],
    [{ failures: ["AccessDenied"] }, "could not write the last time: AccessDenied"],
    [{ isLogging: false, isValidated: false }, "does not log, is not validated (CIS 4.2)"],
  ];
  for (const [changed, words] of wrong)
    it(`lacks something where it ${words}`, () =>
      assert.deepEqual(judged({ state: { ...SOUND, ...changed } }), missing(`company-trail ${words}`)));

  it("lacks something where another key than the named one encrypts it", () => {
    const key = `${KEY}f`;
    assert.deepEqual(
      judged({}, { ...COMPANY_TRAIL, key }),
      missing(`company-trail is encrypted by the key ${KEY} instead of ${key}`),
    );
  });

  it("lacks something where its bucket may be public", () =>
    assert.deepEqual(
      judged({ isBucketClosed: { kind: "read", facts: false } }),
      missing("company-trail writes to the bucket company-logs, which may be public"),
    ));

  it("is missing where the region has none of this name", () =>
    assert.deepEqual(judged({ state: undefined }), missing("prod has no trail company-trail in eu-west-1")));

  const denied = { kind: "not readable", because: "Access Denied", remedy: "" } as const;
  it("is not known where nobody may ask about its bucket", () =>
    assert.deepEqual(judged({ isBucketClosed: denied }), {
      status: "unknown",
      found:
        "company-trail logs all regions, validated and encrypted, to company-trail and the bucket company-logs; whether that is closed to the public is not readable, because Access Denied",
      fix: "Ask with credentials of the bucket's account that may read its public access block, or look there.",
    }));

  it("is said to lack what it lacks all the same", () =>
    assert.deepEqual(
      judged({ state: { ...SOUND, isLogging: false }, isBucketClosed: denied }),
      missing("company-trail does not log"),
    ));
});

describe("doctor's look at it", () => {
  const options = {
    directory: "",
    organization: {},
    roster: {},
    workloads: {},
    warnings: [],
    now: SAMPLE_MOMENT,
    env: {},
    nodeVersion: "",
    ownerFacts: false,
    limit: 1_000,
    snapshot: snapshotWith({}),
  };

  it("is none where the trail is Muster's", () => {
    const { trail, ...own } = prod;
    assert.deepEqual(trail, COMPANY_TRAIL);
    assert.deepEqual(examineExistingTrail(own, organization, options), []);
  });

  it("knows nothing by a snapshot", async () =>
    assert.deepEqual(await Promise.all(examineExistingTrail(prod, organization, options)), [
      {
        name: "trail of prod",
        status: "unknown",
        found: "not readable, because a snapshot does not say it",
        fix: "Ask AWS: npm run doctor without --snapshot.",
      },
    ]));
});
