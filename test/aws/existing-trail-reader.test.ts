import assert from "node:assert/strict";

import {
  CloudTrail,
  TrailNotFoundException,
  type AdvancedEventSelector,
  type EventSelector,
} from "@aws-sdk/client-cloudtrail";
import { S3 } from "@aws-sdk/client-s3";

import { isClosedToPublic, readExistingTrail } from "../../src/aws/readers/existing-trail-reader";
import { withAnswers, type Answers } from "../support/fake-client";

const NOWHERE = { region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };
const KEY = "arn:aws:kms:eu-west-1:444444444444:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const LOG_GROUP = "arn:aws:logs:eu-west-1:444444444444:log-group:company-trail:*";

/** The answers of CloudTrail's API reference about a trail that does all that Muster's would. */
const SOUND = {
  getTrail: () => ({
    Trail: {
      Name: "company-trail",
      S3BucketName: "company-logs",
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      HomeRegion: "eu-west-1",
      LogFileValidationEnabled: true,
      CloudWatchLogsLogGroupArn: LOG_GROUP,
      KmsKeyId: KEY,
      HasCustomEventSelectors: false,
    },
  }),
  getTrailStatus: () => ({ IsLogging: true }),
  getEventSelectors: () => ({
    EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] }],
  }),
} satisfies Answers;

const read = (answers: Answers) =>
  readExistingTrail(withAnswers(new CloudTrail(NOWHERE), { ...SOUND, ...answers }).client, "company-trail");

describe("a trail that an account has already, as CloudTrail tells of it", () => {
  it("is read whole", async () =>
    assert.deepEqual(await read({}), {
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
    }));

  it("is none where CloudTrail knows no such name", async () => {
    const none = new TrailNotFoundException({ $metadata: {}, message: "Unknown trail" });
    assert.equal(await read({ getTrail: () => none }), undefined);
  });

  it("has the failures to deliver that CloudTrail remembers", async () => {
    const status = {
      IsLogging: true,
      LatestDeliveryError: "AccessDenied",
      LatestCloudWatchLogsDeliveryError: "x",
    };
    assert.deepEqual((await read({ getTrailStatus: () => status }))?.failures, ["AccessDenied", "x"]);
  });

  it("fails with AWS's refusal", async () => {
    const refusal = Object.assign(new Error("no"), { name: "AccessDeniedException" });
    await assert.rejects(read({ getTrailStatus: () => refusal }), refusal);
  });

  const management = { Field: "eventCategory", Equals: ["Management"] };
  const selectors: readonly (readonly [
    what: string,
    hasAll: boolean,
    selectors: {
      EventSelectors?: readonly EventSelector[];
      AdvancedEventSelectors?: readonly AdvancedEventSelector[];
    },
  ])[] = [
    ["none that anybody chose", true, {}],
    ["all, beside data", true, { EventSelectors: [{ ReadWriteType: "ReadOnly" }, { ReadWriteType: "All" }] }],
    [
      "both halves",
      true,
      { EventSelectors: [{ ReadWriteType: "ReadOnly" }, { ReadWriteType: "WriteOnly" }] },
    ],
    ["what is written alone", false, { EventSelectors: [{ ReadWriteType: "WriteOnly" }] }],
    ["data alone", false, { EventSelectors: [{ IncludeManagementEvents: false }] }],
    [
      "no events of KMS",
      false,
      { EventSelectors: [{ ExcludeManagementEventSources: ["kms.amazonaws.com"] }] },
    ],
    ["management, by advanced ones", true, { AdvancedEventSelectors: [{ FieldSelectors: [management] }] }],
    [
      "management that only reads, by advanced ones",
      false,
      {
        AdvancedEventSelectors: [{ FieldSelectors: [management, { Field: "readOnly", Equals: ["true"] }] }],
      },
    ],
    [
      "data, by advanced ones",
      false,
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }] },
    ],
  ];
  for (const [what, hasAll, chosen] of selectors)
    it(`has ${hasAll ? "all" : "not all"} management events with selectors of ${what}`, async () =>
      assert.equal((await read({ getEventSelectors: () => chosen }))?.hasAllManagementEvents, hasAll));
});

describe("a bucket, as S3 tells of it", () => {
  const all = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  const none = Object.assign(new Error("none"), { name: "NoSuchPublicAccessBlockConfiguration" });
  for (const [what, isClosed, answer] of [
    ["is closed with all four parts of its block", true, { PublicAccessBlockConfiguration: all }],
    [
      "may be public with three of them",
      false,
      { PublicAccessBlockConfiguration: { ...all, RestrictPublicBuckets: false } },
    ],
    ["may be public without a block", false, none],
  ] as const)
    it(what, async () => {
      const { client } = withAnswers(new S3(NOWHERE), { getPublicAccessBlock: () => answer });
      assert.equal(await isClosedToPublic(client, "company-logs"), isClosed);
    });
});
