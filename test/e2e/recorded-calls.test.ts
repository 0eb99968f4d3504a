import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { Account } from "@aws-sdk/client-account";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ConfigService } from "@aws-sdk/client-config-service";
import { EC2, type SecurityGroup } from "@aws-sdk/client-ec2";
import { GuardDuty } from "@aws-sdk/client-guardduty";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { KMS } from "@aws-sdk/client-kms";
import { RDS } from "@aws-sdk/client-rds";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { SNS } from "@aws-sdk/client-sns";
import { SSM } from "@aws-sdk/client-ssm";
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";

import { shortType } from "../../src/drift/drift-report";
import { LocalS3Control } from "../../sandbox/provider/s3/local-s3-control";

import {
  PIPELINE_ACCOUNT,
  PIPELINE_ORGANIZATION,
  PIPELINE_ROSTER,
  PIPELINE_WORKLOADS,
} from "../support/pipeline-account";
import { printed, RECORDED_FILE, recordedRequests, unrecorded } from "../support/recorded-requests";
import { definition } from "./support/definition";
import { giveCredentials } from "./support/live";
import { assertSucceeded } from "./support/outcome";
import { TAKEN_AWAY } from "./support/taken-away";
import { SETTINGS, Workspace } from "./support/workspace";

const ACCOUNT_ID = PIPELINE_ORGANIZATION.accounts[PIPELINE_ACCOUNT].id;
const TRAIL = "infra-trail";
const BUCKET = `infra-trail-${ACCOUNT_ID}`;
const ALARM = "infra-RootUsed";
const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT_ID}:infra-alarms`;
const PROVIDER = `arn:aws:iam::${ACCOUNT_ID}:oidc-provider/token.actions.githubusercontent.com`;
const OPS_BOUNDARY = `arn:aws:iam::${ACCOUNT_ID}:policy/infra-OpsR-${PIPELINE_ACCOUNT}-boundary`;
const SECRET = "app/rds/main";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
/** A policy of a resource that lets the whole account do something with it. */
const opened = (Action: string, Resource: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action, Resource }],
  });
const ANYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action: "sts:AssumeRole" },
  ],
});
/** One of the changes that `npm run drift -- --json` lists. */
interface Change {
  readonly operation: string;
  readonly type: string;
  readonly name: string;
  readonly properties: readonly { readonly property: string }[];
}
/** `update iam.Role infra-ReadR-dev (path)`, as of what a deployment does. */
const inWords = ({ operation, type, name, properties }: Change): string => {
  const changed = properties.length > 0 ? ` (${properties.map(({ property }) => property).join(", ")})` : "";
  return `${operation} ${shortType(type)} ${name}${changed}`;
};
const FOREIGN_TAG = { Key: "Owner", Value: "somebody" };

/**
 * Takes one account through everything that the program may make of it and that people may do to it, and writes down
 * what IAM would have been asked. test/documents/pipeline holds the roles of the pipeline against that.
 */
describe("What the pipeline asks of AWS", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  const settings = (
    network: string,
    application: string,
    subnets: readonly string[],
    { bastion, days }: { readonly bastion?: string; readonly days?: number } = {},
  ): string =>
    [
      SETTINGS.trimEnd(),
      "  muster:accountAlias: example",
      "  muster:accessAnalyzer: { unusedAccessDays: 90 }",
      "  muster:awsConfig: {}",
      "  muster:securityContact:",
      "    name: Security",
      "    title: On call",
      "    email: security@example.com",
      "    phone: +49 30 1234567",
      "  muster:machines:",
      `    idleMinutes: ${bastion === undefined ? "20" : "10"}`,
      "  muster:databaseAccess:",
      `    vpcId: ${network}`,
      `    applicationSecurityGroup: ${application}`,
      ...(bastion === undefined
        ? []
        : [
            "    bastion:",
            `      securityGroup: ${bastion}`,
            `      until: "${new Date(Date.now() + 86_400_000).toISOString()}"`,
          ]),
      `    secretNames: [${SECRET}]`,
      `    privateSubnets: [${subnets.join(", ")}]`,
      ...(days === undefined
        ? []
        : [
            "    rotation:",
            `      function: arn:aws:lambda:eu-west-1:${ACCOUNT_ID}:function:SecretsManagerRotation`,
            `      role: arn:aws:iam::${ACCOUNT_ID}:role/rotation`,
            `      days: ${String(days)}`,
            `      secrets: [${SECRET}]`,
          ]),
      "",
    ].join("\n");

  const deploy = async (...flags: readonly string[]): Promise<void> => {
    assertSucceeded(await workspace.deploy(PIPELINE_ACCOUNT, ...flags));
  };

  async function databaseGroup(): Promise<SecurityGroup> {
    const named = [{ Name: "group-name", Values: ["infra-database"] }];
    const { SecurityGroups: [group] = [] } = await workspace
      .client(EC2, PIPELINE_ACCOUNT)
      .describeSecurityGroups({ Filters: named });
    assert.ok(group);
    return group;
  }

  before(async () => {
    workspace = await Workspace.open({
      organization: PIPELINE_ORGANIZATION,
      roster: PIPELINE_ROSTER,
      workloads: PIPELINE_WORKLOADS,
    });
  });

  after(async () => {
    await workspace.remove();
  });

  let network: string;
  let application: string;
  let bastion: string;
  let subnets: readonly string[];

  it("when everything is created", async () => {
    const ec2 = workspace.client(EC2, PIPELINE_ACCOUNT);
    const { Vpcs: [found] = [] } = await ec2.describeVpcs({});
    network = found?.VpcId ?? "";
    const create = async (GroupName: string): Promise<string> =>
      (await ec2.createSecurityGroup({ GroupName, Description: "Made by somebody else.", VpcId: network }))
        .GroupId ?? "";
    application = await create("application");
    bastion = await create("bastion");
    const inNetwork = await ec2.describeSubnets({ Filters: [{ Name: "vpc-id", Values: [network] }] });
    subnets = (inNetwork.Subnets ?? []).map(({ SubnetId = "" }) => SubnetId);
    workspace.writeFile(
      `Pulumi.${PIPELINE_ACCOUNT}.yaml`,
      settings(network, application, subnets, { days: 30 }),
    );
    await deploy();
  });

  it("when IAM was changed by hand", async () => {
    const iam = workspace.byHand(PIPELINE_ACCOUNT);
    const RoleName = "infra-OpsR-prod";
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: ANYBODY });
    await iam.updateRole({ RoleName, Description: "Changed.", MaxSessionDuration: 43_200 });
    await iam.deleteRolePermissionsBoundary({ RoleName });
    await iam.attachRolePolicy({ RoleName, PolicyArn: ADMINISTRATOR });
    await iam.putRolePolicy({ RoleName, PolicyName: "extra", PolicyDocument: EVERYTHING });
    await iam.tagRole({ RoleName, Tags: [FOREIGN_TAG] });
    await iam.untagRole({ RoleName, TagKeys: ["Environment"] });
    await iam.putRolePermissionsBoundary({ RoleName: "infra-ReadR-prod", PermissionsBoundary: OPS_BOUNDARY });

    const UserName = "ada.devops";
    await iam.updateUser({ UserName, NewPath: "/elsewhere/" });
    await iam.tagUser({ UserName, Tags: [FOREIGN_TAG] });
    await iam.untagUser({ UserName, TagKeys: ["Environment"] });
    await iam.tagUser({ UserName: "dan.dba", Tags: [FOREIGN_TAG] });

    const GroupName = "infra-ManageOwnUserG";
    await iam.updateGroup({ GroupName, NewPath: "/elsewhere/" });
    await iam.removeUserFromGroup({ GroupName, UserName: "dan.dba" });
    const { AttachedPolicies: [own] = [] } = await iam.listAttachedGroupPolicies({ GroupName });
    await iam.detachGroupPolicy({ GroupName, PolicyArn: own?.PolicyArn });
    await iam.attachGroupPolicy({ GroupName, PolicyArn: ADMINISTRATOR });
    await iam.putGroupPolicy({ GroupName, PolicyName: "extra", PolicyDocument: EVERYTHING });
    await iam.addUserToGroup({ GroupName: "infra-PowerG", UserName: "dan.dba" });

    const PolicyArn = own?.PolicyArn;
    for (let version = 1; version < 5; version++)
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: EVERYTHING, SetAsDefault: true });
    await iam.tagPolicy({ PolicyArn, Tags: [FOREIGN_TAG] });
    await iam.untagPolicy({ PolicyArn, TagKeys: ["Environment"] });

    const OpenIDConnectProviderArn = PROVIDER;
    await iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [FOREIGN_TAG] });
    await iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ["Environment"] });
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 6 });
    await iam.deleteAccountAlias({ AccountAlias: "example" });
    await deploy("--refresh");
  });

  it("when what watches was changed by hand", async () => {
    const sns = workspace.client(SNS, PIPELINE_ACCOUNT);
    await sns.setTopicAttributes({
      TopicArn: TOPIC,
      AttributeName: "DisplayName",
      AttributeValue: "Changed",
    });
    await sns.setTopicAttributes({ TopicArn: TOPIC, AttributeName: "KmsMasterKeyId", AttributeValue: "" });
    await sns.setTopicAttributes({
      TopicArn: TOPIC,
      AttributeName: "Policy",
      AttributeValue: opened("sns:Publish", TOPIC),
    });
    await sns.tagResource({ ResourceArn: TOPIC, Tags: [FOREIGN_TAG] });
    await sns.untagResource({ ResourceArn: TOPIC, TagKeys: ["Environment"] });
    const { Subscriptions: [subscription] = [] } = await sns.listSubscriptionsByTopic({ TopicArn: TOPIC });
    await sns.setSubscriptionAttributes({
      SubscriptionArn: subscription?.SubscriptionArn,
      AttributeName: "RawMessageDelivery",
      AttributeValue: "true",
    });

    const cloudwatch = workspace.client(CloudWatch, PIPELINE_ACCOUNT);
    const { MetricAlarms: [alarm] = [] } = await cloudwatch.describeAlarms({ AlarmNames: [ALARM] });
    await cloudwatch.putMetricAlarm({
      AlarmName: ALARM,
      MetricName: alarm?.MetricName,
      Namespace: alarm?.Namespace,
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 1_000,
      ActionsEnabled: false,
    });
    await cloudwatch.tagResource({ ResourceARN: alarm?.AlarmArn, Tags: [FOREIGN_TAG] });
    await cloudwatch.untagResource({ ResourceARN: alarm?.AlarmArn, TagKeys: ["Environment"] });

    const events = workspace.client(EventBridge, PIPELINE_ACCOUNT);
    const ResourceARN = `arn:aws:events:eu-west-1:${ACCOUNT_ID}:rule/${ALARM}`;
    await events.disableRule({ Name: ALARM });
    await events.tagResource({ ResourceARN, Tags: [FOREIGN_TAG] });
    await events.untagResource({ ResourceARN, TagKeys: ["Environment"] });
    await events.putTargets({
      Rule: ALARM,
      Targets: [{ Id: ALARM, Arn: `arn:aws:sns:eu-west-1:${ACCOUNT_ID}:somewhere` }],
    });

    const logs = workspace.client(CloudWatchLogs, PIPELINE_ACCOUNT);
    const resourceArn = `arn:aws:logs:eu-west-1:${ACCOUNT_ID}:log-group:${TRAIL}`;
    await logs.putRetentionPolicy({ logGroupName: TRAIL, retentionInDays: 1 });
    await logs.tagResource({ resourceArn, tags: { Owner: "somebody" } });
    await logs.untagResource({ resourceArn, tagKeys: ["Environment"] });
    await logs.putMetricFilter({
      logGroupName: TRAIL,
      filterName: ALARM,
      filterPattern: "nothing",
      metricTransformations: [{ metricName: ALARM, metricNamespace: "Muster", metricValue: "0" }],
    });

    const cloudtrail = workspace.client(CloudTrail, PIPELINE_ACCOUNT);
    const ResourceId = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT_ID}:trail/${TRAIL}`;
    await cloudtrail.updateTrail({ Name: TRAIL, IsMultiRegionTrail: false });
    await cloudtrail.stopLogging({ Name: TRAIL });
    await cloudtrail.addTags({ ResourceId, TagsList: [FOREIGN_TAG] });
    await cloudtrail.removeTags({ ResourceId, TagsList: [{ Key: "Environment" }] });

    const s3 = workspace.client(S3, PIPELINE_ACCOUNT);
    await s3.putBucketTagging({ Bucket: BUCKET, Tagging: { TagSet: [FOREIGN_TAG] } });
    await s3.putBucketVersioning({ Bucket: BUCKET, VersioningConfiguration: { Status: "Suspended" } });
    await s3.putPublicAccessBlock({
      Bucket: BUCKET,
      PublicAccessBlockConfiguration: { BlockPublicAcls: false },
    });
    await s3.putBucketEncryption({
      Bucket: BUCKET,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
      },
    });
    await s3.putBucketPolicy({ Bucket: BUCKET, Policy: opened("s3:*", `arn:aws:s3:::${BUCKET}/*`) });
    await deploy("--refresh");
  });

  it("when detectors and the account's settings were changed by hand", async () => {
    const guardDuty = workspace.client(GuardDuty, PIPELINE_ACCOUNT);
    const { DetectorIds: [DetectorId = ""] = [] } = await guardDuty.listDetectors({});
    const ResourceArn = `arn:aws:guardduty:eu-west-1:${ACCOUNT_ID}:detector/${DetectorId}`;
    await guardDuty.updateDetector({
      DetectorId,
      Enable: false,
      Features: [{ Name: "EBS_MALWARE_PROTECTION", Status: "ENABLED" }],
    });
    await guardDuty.tagResource({ ResourceArn, Tags: { Owner: "somebody" } });
    await guardDuty.untagResource({ ResourceArn, TagKeys: ["Environment"] });

    const hub = workspace.client(SecurityHub, PIPELINE_ACCOUNT);
    await hub.updateSecurityHubConfiguration({ AutoEnableControls: false });

    const analyzers = workspace.client(AccessAnalyzer, PIPELINE_ACCOUNT);
    const resourceArn = `arn:aws:access-analyzer:eu-west-1:${ACCOUNT_ID}:analyzer/infra-external-access`;
    await analyzers.tagResource({ resourceArn, tags: { Owner: "somebody" } });
    await analyzers.untagResource({ resourceArn, tagKeys: ["Environment"] });

    const config = workspace.client(ConfigService, PIPELINE_ACCOUNT);
    const { ConfigurationRecorders: [recorder] = [] } = await config.describeConfigurationRecorders({});
    await config.putConfigurationRecorder({
      ConfigurationRecorder: { ...recorder, recordingGroup: { allSupported: true } },
    });
    await config.putDeliveryChannel({
      DeliveryChannel: { name: "infra-recorder", s3BucketName: "somewhere" },
    });
    await config.stopConfigurationRecorder({ ConfigurationRecorderName: "infra-recorder" });
    const { ConfigRules: [rule] = [] } = await config.describeConfigRules({
      ConfigRuleNames: ["infra-KeysAreRotated"],
    });
    await config.putConfigRule({
      ConfigRule: {
        ConfigRuleName: rule?.ConfigRuleName,
        Source: rule?.Source,
        InputParameters: '{"maxAccessKeyAge":"365"}',
      },
      Tags: [{ Key: "ManagedBy", Value: "muster" }],
    });
    await config.tagResource({ ResourceArn: rule?.ConfigRuleArn, Tags: [FOREIGN_TAG] });
    await config.untagResource({ ResourceArn: rule?.ConfigRuleArn, TagKeys: ["Environment"] });

    await workspace.client(EC2, PIPELINE_ACCOUNT).disableEbsEncryptionByDefault({});
    await workspace.client(LocalS3Control, PIPELINE_ACCOUNT).putPublicAccessBlock({
      AccountId: ACCOUNT_ID,
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    await workspace.client(Account, PIPELINE_ACCOUNT).putAlternateContact({
      AlternateContactType: "SECURITY",
      Name: "Somebody",
      Title: "Else",
      EmailAddress: "somebody@example.com",
      PhoneNumber: "+1",
    });
    await deploy("--refresh");
  });

  it("when databases' keys, secrets and groups were changed by hand", async () => {
    const kms = workspace.client(KMS, PIPELINE_ACCOUNT);
    const { Aliases: aliases = [] } = await kms.listAliases({});
    const keyOf = (name: string): string =>
      aliases.find(({ AliasName }) => AliasName === `alias/infra-${name}`)?.TargetKeyId ?? "";
    const KeyId = keyOf("database");
    await kms.disableKeyRotation({ KeyId });
    await kms.updateKeyDescription({ KeyId, Description: "Changed." });
    await kms.putKeyPolicy({ KeyId, PolicyName: "default", Policy: opened("kms:*", "*") });
    await kms.tagResource({ KeyId, Tags: [{ TagKey: "Owner", TagValue: "somebody" }] });
    await kms.untagResource({ KeyId, TagKeys: ["Environment"] });
    await kms.disableKey({ KeyId });
    await kms.untagResource({ KeyId: keyOf("alarms"), TagKeys: ["ManagedBy"] });
    await kms.updateAlias({ AliasName: "alias/infra-alarms", TargetKeyId: KeyId });

    const secrets = workspace.client(SecretsManager, PIPELINE_ACCOUNT);
    await secrets.updateSecret({ SecretId: SECRET, Description: "Changed." });
    await secrets.tagResource({ SecretId: SECRET, Tags: [FOREIGN_TAG] });
    await secrets.untagResource({ SecretId: SECRET, TagKeys: ["Environment"] });
    await secrets.cancelRotateSecret({ SecretId: SECRET });

    const rds = workspace.client(RDS, PIPELINE_ACCOUNT);
    const ResourceName = `arn:aws:rds:eu-west-1:${ACCOUNT_ID}:subgrp:infra-database`;
    await rds.addTagsToResource({ ResourceName, Tags: [FOREIGN_TAG] });
    await rds.removeTagsFromResource({ ResourceName, TagKeys: ["Environment"] });

    const ec2 = workspace.client(EC2, PIPELINE_ACCOUNT);
    const { GroupId = "" } = await databaseGroup();
    const IpPermissions = [
      { IpProtocol: "tcp", FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
    ];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
    await ec2.createTags({ Resources: [GroupId], Tags: [FOREIGN_TAG] });
    await ec2.deleteTags({ Resources: [GroupId], Tags: [{ Key: "Environment" }] });
    await deploy("--refresh");
  });

  it("when machines' documents and profiles were changed by hand, and tags of who manages a thing taken away", async () => {
    const ssm = workspace.client(SSM, PIPELINE_ACCOUNT);
    const Name = "SSM-SessionManagerRunShell";
    const { Content = "" } = await ssm.getDocument({ Name });
    const Changed = Content.replace('"idleSessionTimeout":"20"', '"idleSessionTimeout":"60"');
    await ssm.updateDocument({ Name, Content: Changed, DocumentVersion: "$LATEST" });
    const resource = { ResourceType: "Document", ResourceId: Name } as const;
    await ssm.addTagsToResource({ ...resource, Tags: [FOREIGN_TAG] });
    await ssm.removeTagsFromResource({ ...resource, TagKeys: ["Environment"] });
    await ssm.modifyDocumentPermission({
      Name: "Manage-Linux-User-And-Keys",
      PermissionType: "Share",
      AccountIdsToAdd: ["999988887777"],
    });
    const iam = workspace.byHand(PIPELINE_ACCOUNT);
    const InstanceProfileName = "infra-instance-batch-prod";
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: InstanceProfileName });
    await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: "infra-OpsR-prod" });
    await iam.tagInstanceProfile({ InstanceProfileName, Tags: [FOREIGN_TAG] });
    await iam.untagInstanceProfile({ InstanceProfileName, TagKeys: ["Environment"] });
    const manager = "ManagedBy";
    await workspace
      .client(SecretsManager, PIPELINE_ACCOUNT)
      .untagResource({ SecretId: SECRET, TagKeys: [manager] });
    const { GroupId = "" } = await databaseGroup();
    await workspace
      .client(EC2, PIPELINE_ACCOUNT)
      .deleteTags({ Resources: [GroupId], Tags: [{ Key: manager }] });
    await deploy("--refresh");
  });

  it("when things were taken away by hand: drift names each, a deployment with the policy pack puts it back, and nothing is left to change", async () => {
    const healing = TAKEN_AWAY.flatMap((thing) => thing.healing).sort();
    for (const { take } of TAKEN_AWAY) await take(workspace);
    const { code, stdout, stderr } = await workspace.script("drift", "--json");
    assert.equal(code, 1, stderr);
    const { accounts } = JSON.parse(stdout) as {
      readonly accounts: readonly [{ readonly byHand: readonly Change[] }];
    };
    assert.deepEqual(accounts[0].byHand.map(inWords).sort(), healing);
    const { changes, ...outcome } = await workspace.deploy(
      PIPELINE_ACCOUNT,
      "--refresh",
      "--policy-pack",
      "policypack",
    );
    assertSucceeded({ changes, ...outcome });
    assert.deepEqual(changes, healing);
    assertSucceeded(await workspace.preview(PIPELINE_ACCOUNT, "--refresh", "--expect-no-changes"));
  });

  it("when the program says something else", async () => {
    const organization = {
      ...PIPELINE_ORGANIZATION,
      pipeline: { kind: "users" },
      repository: "example/accounts",
    };
    workspace.writeFile(
      "src/organization.ts",
      definition("organization", "defineOrganization", [organization]),
    );
    const { "dan.dba": dan, "sam.security": sam, "ada.devops": ada } = PIPELINE_ROSTER.people;
    assert.ok(dan && sam && ada);
    workspace.write({
      people: {
        "ada.devops": { ...ada, access: { prod: ["Ops", "Read"] } },
        "daniel.dba": { ...dan, renamedFrom: "dan.dba" },
        "sam.security": sam,
        "eve.security": { ...sam, email: "eve@example.com" },
      },
      power: ["ada.devops", "eve.security"],
      breakGlass: { prod: { primary: "ada.devops" } },
    });
    workspace.writeFile(
      `Pulumi.${PIPELINE_ACCOUNT}.yaml`,
      settings(network, application, subnets.slice(1), { bastion, days: 7 }),
    );
    await deploy();
  });

  it("when it is only looked at", async () => {
    assertSucceeded(await workspace.preview(PIPELINE_ACCOUNT, "--refresh", "--expect-no-changes"));
  });

  it("when everything is deleted, with what people have made of their users and roles", async () => {
    const iam = workspace.iam(PIPELINE_ACCOUNT);
    await giveCredentials(iam, "ada.devops");
    await iam.attachUserPolicy({ UserName: "ada.devops", PolicyArn: ADMINISTRATOR });
    await iam.putUserPolicy({ UserName: "ada.devops", PolicyName: "extra", PolicyDocument: EVERYTHING });
    const RoleName = "infra-ReadR-prod";
    await iam.attachRolePolicy({ RoleName, PolicyArn: ADMINISTRATOR });
    await iam.putRolePolicy({ RoleName, PolicyName: "extra", PolicyDocument: EVERYTHING });
    assertSucceeded(await workspace.destroy(PIPELINE_ACCOUNT));
  });

  it("when the bucket that was left behind is taken over", async () => {
    // Without the secret, whose name a deletion blocks for days.
    workspace.writeFile(
      `Pulumi.${PIPELINE_ACCOUNT}.yaml`,
      `${SETTINGS}  muster:keptTrailBucket: ${BUCKET}\n`,
    );
    await deploy();
  });

  it("is what was recorded: `npm run record:calls` records it anew", () => {
    const requests = workspace.requests();
    if (process.env["RECORD_CALLS"] === "1") writeFileSync(RECORDED_FILE, printed(requests));
    assert.deepEqual(unrecorded(requests, recordedRequests()), [], "asked, and not recorded");
    assert.deepEqual(unrecorded(recordedRequests(), requests), [], "recorded, and asked no more");
  });
});
