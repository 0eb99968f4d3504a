import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { Account } from "@aws-sdk/client-account";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ConfigService } from "@aws-sdk/client-config-service";
import { EC2 } from "@aws-sdk/client-ec2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { GuardDuty } from "@aws-sdk/client-guardduty";
import { KMS } from "@aws-sdk/client-kms";
import { S3 } from "@aws-sdk/client-s3";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { SNS } from "@aws-sdk/client-sns";
import { SSM } from "@aws-sdk/client-ssm";

import { PROTECTION_PLANS } from "../../../src/documents/detection/guard-duty";
import { LocalS3Control } from "../../../sandbox/provider/s3/local-s3-control";
import { PIPELINE_ACCOUNT, PIPELINE_ORGANIZATION } from "../../support/pipeline-account";
import type { Workspace } from "./workspace";

const ACCOUNT_ID = PIPELINE_ORGANIZATION.accounts[PIPELINE_ACCOUNT].id;
const REGION = PIPELINE_ORGANIZATION.region;
const TRAIL_BUCKET = `infra-trail-${ACCOUNT_ID}`;
const topic = (name: string): string => `arn:aws:sns:${REGION}:${ACCOUNT_ID}:infra-${name}`;

/** One thing that somebody takes away, and what Pulumi does to put it back. */
export interface TakenAway {
  readonly what: string;
  readonly take: (workspace: Workspace) => Promise<unknown>;
  readonly healing: readonly string[];
}

async function deleteBucket(workspace: Workspace, Bucket: string): Promise<void> {
  const s3 = workspace.client(S3, PIPELINE_ACCOUNT);
  await s3.deleteBucketPolicy({ Bucket });
  const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
    await s3.deleteObject({ Bucket, Key, VersionId });
  await s3.deleteBucket({ Bucket });
}

/** What watches an account and what is set for all of it, each deleted or switched off in an account that has all of it. */
export const TAKEN_AWAY: readonly TakenAway[] = [
  {
    what: "the trail's key, whose deletion is scheduled",
    take: async (workspace) => {
      const kms = workspace.client(KMS, PIPELINE_ACCOUNT);
      const { Trail: trail } = await workspace
        .client(CloudTrail, PIPELINE_ACCOUNT)
        .getTrail({ Name: "infra-trail" });
      // The emulator knows keys by their ids here.
      await kms.scheduleKeyDeletion({ KeyId: trail?.KmsKeyId?.split("/").at(-1) });
    },
    healing: ["create kms.Key infra-trail"],
  },
  {
    what: "the trail",
    take: (workspace) => workspace.client(CloudTrail, PIPELINE_ACCOUNT).deleteTrail({ Name: "infra-trail" }),
    healing: ["create cloudtrail.Trail infra-trail"],
  },
  {
    what: "a metric filter of its log group",
    take: (workspace) =>
      workspace
        .client(CloudWatchLogs, PIPELINE_ACCOUNT)
        .deleteMetricFilter({ logGroupName: "infra-trail", filterName: "infra-RootUsed" }),
    healing: ["create cloudwatch.LogMetricFilter infra-RootUsed"],
  },
  {
    // AWS deletes the group's metric filters with it. The emulator keeps them.
    what: "the log group",
    take: (workspace) =>
      workspace.client(CloudWatchLogs, PIPELINE_ACCOUNT).deleteLogGroup({ logGroupName: "infra-trail" }),
    healing: ["create cloudwatch.LogGroup infra-trail"],
  },
  {
    what: "its bucket",
    take: (workspace) => deleteBucket(workspace, TRAIL_BUCKET),
    healing: [
      `create s3.Bucket ${TRAIL_BUCKET}`,
      `create s3.BucketPolicy ${TRAIL_BUCKET}`,
      `create s3.BucketPublicAccessBlock ${TRAIL_BUCKET}`,
      `create s3.BucketServerSideEncryptionConfiguration ${TRAIL_BUCKET}`,
      `create s3.BucketVersioning ${TRAIL_BUCKET}`,
    ],
  },
  {
    what: "an alarm",
    take: (workspace) =>
      workspace.client(CloudWatch, PIPELINE_ACCOUNT).deleteAlarms({ AlarmNames: ["infra-TrailChanged"] }),
    healing: ["create cloudwatch.MetricAlarm infra-TrailChanged"],
  },
  // AWS deletes a topic's subscriptions some time after it, the emulator with it:
  // https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
  {
    what: "the topic of critical alarms, with its subscriptions",
    take: (workspace) => workspace.client(SNS, PIPELINE_ACCOUNT).deleteTopic({ TopicArn: topic("alarms") }),
    healing: [
      "create sns.Topic infra-alarms",
      "create sns.TopicPolicy infra-alarms",
      "create sns.TopicSubscription email:security@example.com",
    ],
  },
  {
    what: "the topic of notices, with its subscriptions",
    take: (workspace) => workspace.client(SNS, PIPELINE_ACCOUNT).deleteTopic({ TopicArn: topic("notices") }),
    healing: [
      "create sns.Topic infra-notices",
      "create sns.TopicPolicy infra-notices",
      "create sns.TopicSubscription notices:email:security@example.com",
    ],
  },
  {
    what: "the alias of the topics' key",
    take: (workspace) =>
      workspace.client(KMS, PIPELINE_ACCOUNT).deleteAlias({ AliasName: "alias/infra-alarms" }),
    healing: ["create kms.Alias infra-alarms"],
  },
  {
    what: "a rule of EventBridge",
    take: async (workspace) => {
      const events = workspace.client(EventBridge, PIPELINE_ACCOUNT);
      await events.removeTargets({ Rule: "infra-RootUsed", Ids: ["infra-RootUsed"] });
      await events.deleteRule({ Name: "infra-RootUsed" });
    },
    healing: ["create cloudwatch.EventRule infra-RootUsed", "create cloudwatch.EventTarget infra-RootUsed"],
  },
  {
    what: "the target of another rule",
    take: (workspace) =>
      workspace
        .client(EventBridge, PIPELINE_ACCOUNT)
        .removeTargets({ Rule: "infra-ThreatFound", Ids: ["infra-ThreatFound"] }),
    healing: ["create cloudwatch.EventTarget infra-ThreatFound"],
  },
  {
    what: "GuardDuty's detector",
    take: async (workspace) => {
      const guardDuty = workspace.client(GuardDuty, PIPELINE_ACCOUNT);
      const { DetectorIds: [DetectorId] = [] } = await guardDuty.listDetectors({});
      await guardDuty.deleteDetector({ DetectorId });
    },
    healing: [
      "create guardduty.Detector infra-eu-west-1",
      ...PROTECTION_PLANS.map((plan) => `create guardduty.DetectorFeature infra-eu-west-1/${plan}`),
    ],
  },
  {
    what: "Security Hub",
    take: (workspace) => workspace.client(SecurityHub, PIPELINE_ACCOUNT).disableSecurityHub({}),
    healing: [
      "create securityhub.Account infra-eu-west-1",
      "create securityhub.StandardsSubscription infra-eu-west-1",
    ],
  },
  {
    what: "the analyzer",
    take: (workspace) =>
      workspace
        .client(AccessAnalyzer, PIPELINE_ACCOUNT)
        .deleteAnalyzer({ analyzerName: "infra-external-access" }),
    healing: ["create accessanalyzer.Analyzer infra-external-access-eu-west-1"],
  },
  {
    what: "the recorder of AWS Config",
    take: async (workspace) => {
      const config = workspace.client(ConfigService, PIPELINE_ACCOUNT);
      await config.stopConfigurationRecorder({ ConfigurationRecorderName: "infra-recorder" });
      await config.deleteDeliveryChannel({ DeliveryChannelName: "infra-recorder" });
      await config.deleteConfigurationRecorder({ ConfigurationRecorderName: "infra-recorder" });
    },
    healing: [
      "create cfg.DeliveryChannel infra-recorder",
      "create cfg.Recorder infra-recorder",
      "create cfg.RecorderStatus infra-recorder",
    ],
  },
  {
    what: "a rule of AWS Config",
    take: (workspace) =>
      workspace
        .client(ConfigService, PIPELINE_ACCOUNT)
        .deleteConfigRule({ ConfigRuleName: "infra-KeysAreRotated" }),
    healing: ["create cfg.Rule infra-KeysAreRotated"],
  },
  {
    what: "the encryption of new volumes",
    take: (workspace) => workspace.client(EC2, PIPELINE_ACCOUNT).disableEbsEncryptionByDefault({}),
    healing: ["update ebs.EncryptionByDefault infra-eu-west-1 (enabled)"],
  },
  {
    what: "the account's block of public buckets",
    take: (workspace) =>
      workspace.client(LocalS3Control, PIPELINE_ACCOUNT).deletePublicAccessBlock({ AccountId: ACCOUNT_ID }),
    healing: ["create s3.AccountPublicAccessBlock infra"],
  },
  {
    what: "the security contact",
    take: (workspace) =>
      workspace
        .client(Account, PIPELINE_ACCOUNT)
        .deleteAlternateContact({ AlternateContactType: "SECURITY" }),
    healing: ["create account.AlternativeContact infra-security"],
  },
  {
    what: "the account's alias",
    take: (workspace) => workspace.byHand(PIPELINE_ACCOUNT).deleteAccountAlias({ AccountAlias: "example" }),
    healing: ["create iam.AccountAlias example"],
  },
  {
    what: "the password policy",
    take: (workspace) => workspace.byHand(PIPELINE_ACCOUNT).deleteAccountPasswordPolicy({}),
    healing: ["create iam.AccountPasswordPolicy infra-password-policy"],
  },
  {
    what: "the preferences of Session Manager",
    take: (workspace) =>
      workspace.client(SSM, PIPELINE_ACCOUNT).deleteDocument({ Name: "SSM-SessionManagerRunShell" }),
    healing: ["create ssm.Document SSM-SessionManagerRunShell"],
  },
  {
    what: "the Automation document",
    take: (workspace) =>
      workspace.client(SSM, PIPELINE_ACCOUNT).deleteDocument({ Name: "Manage-Linux-User-And-Keys" }),
    healing: ["create ssm.Document Manage-Linux-User-And-Keys"],
  },
];
