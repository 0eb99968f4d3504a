import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ConfigService } from "@aws-sdk/client-config-service";
import { EC2 } from "@aws-sdk/client-ec2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { GuardDuty } from "@aws-sdk/client-guardduty";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import assert from "node:assert/strict";

import { LocalS3Control } from "../../../sandbox/provider/s3/local-s3-control";
import type { ClientOptions } from "../../../sandbox/sandbox";
import { matchesPattern } from "../../support/filter-pattern";
import { serviceCall } from "../../support/trail-events";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import { SETTINGS, type Workspace } from "../support/workspace";

const DEV = "222222222222";
const CHANGES_FOUND = 7;

interface ByHand {
  readonly what: string;
  readonly make: (workspace: Workspace) => Promise<unknown>;
  /** All that Pulumi does to put it right. */
  readonly healing: readonly string[];
}

const detectorOf = async (guardDuty: GuardDuty): Promise<string> =>
  (await guardDuty.listDetectors({})).DetectorIds?.[0] ?? "";

const SWITCHED_OFF: readonly ByHand[] = [
  {
    what: "GuardDuty suspended, and a plan that costs switched on",
    make: async (workspace) => {
      const guardDuty = workspace.client(GuardDuty, "dev");
      await guardDuty.updateDetector({
        DetectorId: await detectorOf(guardDuty),
        Enable: false,
        Features: [{ Name: "S3_DATA_EVENTS", Status: "ENABLED" }],
      });
    },
    healing: [
      "update guardduty.Detector infra-eu-west-1 (enable)",
      "update guardduty.DetectorFeature infra-eu-west-1/S3_DATA_EVENTS (status)",
    ],
  },
  {
    what: "the CIS standard switched off",
    make: async (workspace) => {
      const hub = workspace.client(SecurityHub, "dev");
      const { StandardsSubscriptions: [cis] = [] } = await hub.getEnabledStandards({});
      await hub.batchDisableStandards({ StandardsSubscriptionArns: [cis?.StandardsSubscriptionArn ?? ""] });
    },
    healing: ["create securityhub.StandardsSubscription infra-eu-west-1"],
  },
  {
    what: "the analyzer deleted",
    make: (workspace) =>
      workspace.client(AccessAnalyzer, "dev").deleteAnalyzer({ analyzerName: "infra-external-access" }),
    healing: ["create accessanalyzer.Analyzer infra-external-access-eu-west-1"],
  },
  {
    what: "the encryption of new volumes switched off",
    make: (workspace) => workspace.client(EC2, "dev").disableEbsEncryptionByDefault({}),
    healing: ["update ebs.EncryptionByDefault infra-eu-west-1 (enabled)"],
  },
  {
    what: "public buckets allowed",
    make: (workspace) => workspace.client(LocalS3Control, "dev").deletePublicAccessBlock({ AccountId: DEV }),
    healing: ["create s3.AccountPublicAccessBlock infra"],
  },
];

const inWords = (changes: readonly ByHand[]): string => changes.map(({ what }) => what).join("; ");

/** Makes the changes by hand, and holds what Pulumi sees and does against what each takes. */
async function assertHealed(workspace: Workspace, changes: readonly ByHand[]): Promise<void> {
  for (const { make } of changes) await make(workspace);
  const healing = changes.flatMap((change) => change.healing).sort();
  const seen = await workspace.preview("dev", "--refresh", "--expect-no-changes");
  assert.equal(seen.code, CHANGES_FOUND, seen.output);
  assert.deepEqual(seen.changes, healing);
  const healed = await workspace.deploy("dev", "--refresh");
  assertSucceeded(healed);
  assert.deepEqual(healed.changes, healing);
}

describe("What looks for threats", function () {
  this.timeout(240_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["dev"], rosterToday());
  });

  it(`is seen and put right: ${inWords(SWITCHED_OFF)}`, () => assertHealed(workspace, SWITCHED_OFF));

  it("needs nothing after that", async () => {
    assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
  });
});

const RECORDER = "infra-recorder";
const SECOND = "eu-central-1";

const RECORDING_CHANGED: readonly ByHand[] = [
  {
    what: "the recorder of AWS Config stopped",
    make: (workspace) =>
      workspace
        .client(ConfigService, "dev")
        .stopConfigurationRecorder({ ConfigurationRecorderName: RECORDER }),
    healing: ["update cfg.RecorderStatus infra-recorder (isEnabled)"],
  },
  {
    what: "its delivery sent elsewhere",
    make: (workspace) =>
      workspace
        .client(ConfigService, "dev")
        .putDeliveryChannel({ DeliveryChannel: { name: RECORDER, s3BucketName: "somewhere" } }),
    healing: ["update cfg.DeliveryChannel infra-recorder (s3BucketName)"],
  },
  {
    what: "a rule of it deleted",
    make: (workspace) =>
      workspace.client(ConfigService, "dev").deleteConfigRule({ ConfigRuleName: "infra-KeysAreRotated" }),
    healing: ["create cfg.Rule infra-KeysAreRotated"],
  },
  {
    what: "GuardDuty suspended in the second region",
    make: async (workspace) => {
      const guardDuty = workspace.client(GuardDuty, "dev", SECOND);
      await guardDuty.updateDetector({ DetectorId: await detectorOf(guardDuty), Enable: false });
    },
    healing: [`update guardduty.Detector infra-${SECOND} (enable)`],
  },
  {
    what: "the encryption of new volumes switched off there",
    make: (workspace) => workspace.client(EC2, "dev", SECOND).disableEbsEncryptionByDefault({}),
    healing: [`update ebs.EncryptionByDefault infra-${SECOND} (enabled)`],
  },
  {
    what: "the rule deleted that sends its findings home",
    make: async (workspace) => {
      const events = workspace.client(EventBridge, "dev", SECOND);
      await events.removeTargets({ Rule: "infra-ThreatFound", Ids: ["infra-ThreatFound"] });
      await events.deleteRule({ Name: "infra-ThreatFound" });
    },
    healing: [
      `create cloudwatch.EventRule infra-ThreatFound-${SECOND}`,
      `create cloudwatch.EventTarget infra-ThreatFound-${SECOND}`,
    ],
  },
];

describe("AWS Config and a second region, where they are asked for", function () {
  this.timeout(240_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["dev"], rosterToday());
    workspace.writeOrganization({ otherRegions: [SECOND] });
    workspace.writeFile("Pulumi.dev.yaml", `${SETTINGS.trimEnd()}\n  muster:awsConfig: {}\n`);
    assertSucceeded(await workspace.deploy("dev", "--policy-pack", "policypack"));
  });

  after(async () => {
    workspace.writeOrganization();
    workspace.writeFile("Pulumi.dev.yaml", SETTINGS);
    assertSucceeded(await workspace.deploy("dev"));
  });

  /** What stands in a region, as its services answer. */
  async function standing(region: string): Promise<object> {
    const client = <Client>(service: new (options: ClientOptions) => Client): Client =>
      workspace.client(service, "dev", region);
    const guardDuty = client(GuardDuty);
    const { DetectorIds = [] } = await guardDuty.listDetectors({});
    const detectors = await Promise.all(
      DetectorIds.map(async (DetectorId) => (await guardDuty.getDetector({ DetectorId })).Status),
    );
    const { analyzers = [] } = await client(AccessAnalyzer).listAnalyzers({});
    const config = client(ConfigService);
    const { ConfigurationRecordersStatus: recorders = [] } = await config.describeConfigurationRecorderStatus(
      {},
    );
    const { DeliveryChannels: channels = [] } = await config.describeDeliveryChannels({});
    const { EbsEncryptionByDefault: encryptsVolumes } = await client(EC2).getEbsEncryptionByDefault({});
    const { StandardsSubscriptions: standards = [] } = await client(SecurityHub)
      .getEnabledStandards({})
      .catch(() => ({ StandardsSubscriptions: [] }));
    const { Rules: rules = [] } = await client(EventBridge).listRules({});
    return {
      detectors,
      standards: standards.map(({ StandardsArn }) => StandardsArn),
      analyzers: analyzers.map(({ name }) => name),
      recorders: recorders.map(({ recording }) => recording),
      deliversTo: channels.map(({ s3BucketName }) => s3BucketName),
      encryptsVolumes,
      rules: rules.map(({ Name }) => Name).sort(),
    };
  }

  it("make in the second region what is regional", async () => {
    assert.deepEqual(await standing(SECOND), {
      detectors: ["ENABLED"],
      standards: [`arn:aws:securityhub:${SECOND}::standards/cis-aws-foundations-benchmark/v/5.0.0`],
      analyzers: ["infra-external-access"],
      recorders: [true],
      deliversTo: [`infra-config-${DEV}`],
      encryptsVolumes: true,
      rules: ["infra-RootUsed", "infra-ThreatFound"],
    });
  });

  it("ring for use of a region that is still not named, and no longer of the second", async () => {
    const { metricFilters = [] } = await workspace
      .client(CloudWatchLogs, "dev")
      .describeMetricFilters({ logGroupName: "infra-trail", filterNamePrefix: "infra-OtherRegionUsed" });
    const rings = (awsRegion: string): boolean =>
      metricFilters.some(({ filterPattern = "" }) =>
        matchesPattern(filterPattern, serviceCall("ec2", "RunInstances", { awsRegion })),
      );
    assert.deepEqual(["eu-west-1", SECOND, "ap-south-1", "us-east-1"].map(rings), [false, false, true, true]);
  });

  it("need nothing after their deployment", async () => {
    assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
  });

  it(`are seen and put right: ${inWords(RECORDING_CHANGED)}`, () =>
    assertHealed(workspace, RECORDING_CHANGED));

  it("go from the second region, and leave nothing there", async () => {
    workspace.writeOrganization();
    const { changes, ...outcome } = await workspace.deploy("dev");
    assertSucceeded({ changes, ...outcome });
    const others = changes.filter((change) => !change.startsWith("delete ") || !change.includes(SECOND));
    assert.deepEqual(others, [
      "update cloudwatch.LogMetricFilter infra-OtherRegionUsed (pattern)",
      "update cloudwatch.MetricAlarm infra-OtherRegionUsed (alarmDescription)",
    ]);
    assert.deepEqual(await standing(SECOND), {
      detectors: [],
      standards: [],
      analyzers: [],
      recorders: [],
      deliversTo: [],
      encryptsVolumes: false,
      rules: [],
    });
    assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
  });
});
