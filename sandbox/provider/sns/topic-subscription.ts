import { SNS } from "@aws-sdk/client-sns";
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

export const topicSubscription = resourceType<TopicSubscriptionArgs>({
  properties: {
    topic: { replaces: true },
    protocol: { replaces: true },
    endpoint: { replaces: true },
    rawMessageDelivery: { default: false },
    confirmationTimeoutInMinutes: { default: 1, local: true },
    endpointAutoConfirms: { default: false, local: true },
  },
  computed: { arn: [], ownerId: [] },

  async create({ topic, protocol, endpoint, rawMessageDelivery }, clients) {
    const { SubscriptionArn: arn = "" } = await clients.of(SNS).subscribe({
      TopicArn: topic,
      Protocol: protocol,
      Endpoint: endpoint,
      Attributes: rawMessageDelivery === true ? { RawMessageDelivery: "true" } : {},
      ReturnSubscriptionArn: true,
    });
    return { id: arn, computed: { arn, ownerId: clients.account } };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(clients.of(SNS).getSubscriptionAttributes({ SubscriptionArn: id }));
    const live = answer?.Attributes;
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        topic: live["TopicArn"] ?? "",
        protocol: live["Protocol"] ?? "",
        endpoint: live["Endpoint"] ?? "",
        rawMessageDelivery: live["RawMessageDelivery"] === "true",
      },
      computed: { arn: id, ownerId: clients.account },
    };
  },

  async update({ id }, { news }, clients) {
    await clients.of(SNS).setSubscriptionAttributes({
      SubscriptionArn: id,
      AttributeName: "RawMessageDelivery",
      AttributeValue: String(news.rawMessageDelivery ?? false),
    });
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(SNS).unsubscribe({ SubscriptionArn: id }));
  },
});
