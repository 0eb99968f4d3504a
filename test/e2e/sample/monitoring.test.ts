import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { KMS } from "@aws-sdk/client-kms";
import { SNS } from "@aws-sdk/client-sns";
import assert from "node:assert/strict";

import { changing } from "../support/aws-calls";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import { SETTINGS, type Workspace } from "../support/workspace";

const KEY_OF_TRAIL = [
  {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::444444444444:root" },
    Action: "kms:*",
    Resource: "*",
  },
  {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["kms:DescribeKey", "kms:GenerateDataKey*"],
    Resource: "*",
  },
];

describe("The alarms of an account", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["prod"], rosterToday());
  });

  it("are listed without asking AWS", async () => {
    const { code, stdout, calls } = await workspace.script("alarm", "list", "prod");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^prod:\n {2}infra-RootUsed\n {4}CRITICAL: somebody used or tried to use the root user of prod\./,
    );
    assert.deepEqual(calls, []);
  });

  it("fire once each, and are as before", async () => {
    const cloudwatch = workspace.client(CloudWatch, "prod");
    const states = async (): Promise<readonly string[]> => {
      const { MetricAlarms = [] } = await cloudwatch.describeAlarms({});
      return MetricAlarms.map(({ AlarmName = "", StateValue = "" }) => `${AlarmName} ${StateValue}`);
    };
    const before = await states();
    const { code, stdout, stderr, calls } = await workspace.script("alarm", "test", "prod");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, / {2}✔ infra-BreakGlassUsed told infra-alarms\.\n/);
    assert.match(stdout, / {2}✔ infra-CallRefused told infra-notices\.\n/);
    assert.match(
      stdout,
      / {2}✔ infra-alarms: security@example\.com\.\n {2}✔ infra-notices: security@example\.com\.\n/,
    );
    assert.deepEqual(await states(), before);
    assert.equal(changing(calls).length, 2 * before.length);
    assert.deepEqual([...new Set(changing(calls))], ["monitoring:SetAlarmState"]);
  });

  it("are named where somebody took them away, and healed", async () => {
    const events = workspace.client(EventBridge, "prod");
    await workspace.client(CloudWatch, "prod").deleteAlarms({ AlarmNames: ["infra-RolesChanged"] });
    const { Subscriptions: subscriptions = [] } = await workspace
      .client(SNS, "prod")
      .listSubscriptionsByTopic({ TopicArn: "arn:aws:sns:eu-west-1:444444444444:infra-notices" });
    for (const { SubscriptionArn } of subscriptions)
      await workspace.client(SNS, "prod").unsubscribe({ SubscriptionArn });
    await events.removeTargets({ Rule: "infra-RootUsed", Ids: ["infra-RootUsed"] });
    await events.deleteRule({ Name: "infra-RootUsed" });
    await events.disableRule({ Name: "infra-BreakGlassUsed" });
    await events.removeTargets({ Rule: "infra-ThreatFound", Ids: ["infra-ThreatFound"] });

    const { code, stdout } = await workspace.script("alarm", "test", "prod");
    assert.equal(code, 1, stdout);
    assert.match(stdout, / {2}✖ infra-RolesChanged is not in the account\.\n/);
    assert.match(stdout, / {2}✖ infra-notices: nobody\.\n/);

    const healed = await workspace.deploy("prod", "--refresh");
    assertSucceeded(healed);
    assert.deepEqual(healed.changes, [
      "create cloudwatch.EventRule infra-RootUsed",
      "create cloudwatch.EventTarget infra-RootUsed",
      "create cloudwatch.EventTarget infra-ThreatFound",
      "create cloudwatch.MetricAlarm infra-RolesChanged",
      "create sns.TopicSubscription notices:email:security@example.com",
      "update cloudwatch.EventRule infra-BreakGlassUsed (state)",
    ]);
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  /** The key that the trail names, its state and whether it rotates. */
  async function keyOfTrail(): Promise<{ readonly arn: string; readonly state: unknown }> {
    const { Trail: trail } = await workspace.client(CloudTrail, "prod").getTrail({ Name: "infra-trail" });
    const arn = trail?.KmsKeyId ?? "";
    const kms = workspace.client(KMS, "prod");
    const { KeyMetadata: key } = await kms.describeKey({ KeyId: arn });
    const { KeyRotationEnabled: rotates } = await kms.getKeyRotationStatus({ KeyId: arn });
    return { arn, state: { is: key?.KeyState, rotates } };
  }

  it("stand beside a trail whose own key is put right where somebody opens it and stops its rotation", async () => {
    const { arn: KeyId, state } = await keyOfTrail();
    const kms = workspace.client(KMS, "prod");
    await kms.putKeyPolicy({
      KeyId,
      PolicyName: "default",
      Policy: JSON.stringify({ Version: "2012-10-17", Statement: KEY_OF_TRAIL }),
    });
    await kms.disableKeyRotation({ KeyId });
    const healed = await workspace.deploy("prod", "--refresh");
    assertSucceeded(healed);
    assert.deepEqual(healed.changes, ["update kms.Key infra-trail (enableKeyRotation, policy)"]);
    assert.deepEqual(await keyOfTrail(), { arn: KeyId, state });
    assert.deepEqual(state, { is: "Enabled", rotates: true });
  });

  it("stand beside a trail that encrypts with the key that the settings name, and its own key stays for what it has encrypted", async () => {
    const own = await keyOfTrail();
    const kms = workspace.client(KMS, "prod");
    const { KeyMetadata: key } = await kms.createKey({
      Policy: JSON.stringify({ Version: "2012-10-17", Statement: KEY_OF_TRAIL }),
    });
    workspace.writeFile("Pulumi.prod.yaml", `${SETTINGS.trimEnd()}\n  muster:trailKey: ${key?.Arn ?? ""}\n`);
    const others = await workspace.deploy("prod", "--refresh");
    assertSucceeded(others);
    assert.deepEqual(others.changes, [
      "delete kms.Key infra-trail",
      "update cloudtrail.Trail infra-trail (kmsKeyId)",
    ]);
    assert.equal((await keyOfTrail()).arn, key?.Arn);
    assert.equal((await kms.describeKey({ KeyId: own.arn })).KeyMetadata?.KeyState, "Enabled");
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));

    workspace.writeFile("Pulumi.prod.yaml", SETTINGS);
    const again = await workspace.deploy("prod", "--refresh");
    assertSucceeded(again);
    assert.deepEqual(again.changes, [
      "create kms.Key infra-trail",
      "update cloudtrail.Trail infra-trail (kmsKeyId)",
    ]);
    assert.notEqual((await keyOfTrail()).arn, own.arn);
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  it("are not told of to somebody without the right account's credentials", async () => {
    const { code, stderr } = await workspace.script("alarm", "test", "prod", "--profile", "dev");
    assert.equal(code, 2);
    assert.match(stderr, /^The credentials for prod are those of account 222222222222, not 444444444444\./);
  });
});
