import assert from "node:assert/strict";

import { toInstant } from "../../src/model/dates";
import { accountResources } from "../../src/resources/account-resources";
import { DependentResource } from "../../src/resources/described-resource";
import { readSettings } from "../../src/resources/account-settings";
import { blueprintOf, SAMPLE_MOMENT, sampleModel } from "../support/sample";

function resourcesWith(config: Readonly<Record<string, unknown>>) {
  const model = sampleModel();
  const written = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [`muster:${key}`, JSON.stringify(value)]),
  );
  const settings = readSettings("prod", written, toInstant(SAMPLE_MOMENT));
  return accountResources(model.organization, blueprintOf(model, "prod"), settings);
}

const plain = (value: unknown): unknown => (value instanceof DependentResource ? value.value : value);

describe("subscriptions", () => {
  const subscribed = (subscriptions: readonly object[]) =>
    resourcesWith({ alarmSubscriptions: subscriptions })
      .filter(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription")
      .map(({ name, properties }) => [name, plain("topic" in properties && properties.topic)]);
  const alarms = "arn:aws:sns:eu-west-1:444444444444:infra-alarms";
  const notices = "arn:aws:sns:eu-west-1:444444444444:infra-notices";

  it("are to both topics, or to the critical one alone", () => {
    assert.deepEqual(
      subscribed([
        { protocol: "email", endpoint: "security@example.com" },
        { protocol: "https", endpoint: "https://example.com/page", hears: "critical" },
      ]),
      [
        ["email:security@example.com", alarms],
        ["notices:email:security@example.com", notices],
        ["https:https://example.com/page", alarms],
      ],
    );
  });
});

describe("thresholds", () => {
  const ringing = (name: string, config: Readonly<Record<string, unknown>> = {}) => {
    const alarm = resourcesWith(config).find(
      (one) => one.name === name && one.type === "aws:cloudwatch/metricAlarm:MetricAlarm",
    );
    assert.ok(alarm && "statistic" in alarm.properties);
    const { statistic, period, threshold } = alarm.properties;
    return { statistic, period, threshold };
  };

  it("are one event, by a maximum, which values below zero do not lower", () => {
    const first = { statistic: "Maximum", period: 60, threshold: 1 };
    assert.deepEqual(ringing("infra-CallRefused"), first);
    assert.deepEqual(ringing("infra-CallRefused", { alarmThresholds: { CallRefused: 1 } }), first);
  });

  it("are more where the settings say so", () => {
    assert.deepEqual(ringing("infra-CallRefused", { alarmThresholds: { CallRefused: 25 } }), {
      statistic: "Sum",
      period: 300,
      threshold: 25,
    });
  });

  it("are no setting of what may not wait", () => {
    assert.throws(() => resourcesWith({ alarmThresholds: { RootUsed: 5, CallRefused: 0 } }), {
      name: "UserError",
      message: [
        "2 problems to solve first.",
        "",
        "Pulumi.prod.yaml",
        "  1. muster:alarmThresholds.CallRefused = 0",
        "     A threshold is at least one event.",
        "  2. muster:alarmThresholds.RootUsed = 5",
        "     There is no such setting.",
        "     Allowed: CallRefused, SignInFailed",
      ].join("\n"),
    });
  });
});
