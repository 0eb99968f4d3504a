import { SNS } from "@aws-sdk/client-sns";
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

/** https://docs.aws.amazon.com/sns/latest/dg/message-filtering.html#message-filtering-policy-remove */
const NO_FILTER = "{}";
const filterOrNone = (filter = ""): string => (filter === "" ? NO_FILTER : filter);

export const topicSubscription = resourceType<TopicSubscriptionArgs>({
  properties: {
    topic: { replaces: true },
    protocol: { replaces: true },
    endpoint: { replaces: true },
    rawMessageDelivery: { default: false },
    filterPolicy: { default: "", compare: "document" },
    confirmationTimeoutInMinutes: { default: 1, local: true },
    endpointAutoConfirms: { default: false, local: true },
  },
  computed: { arn: [], ownerId: [] },

  async create({ topic, protocol, endpoint, rawMessageDelivery, filterPolicy }, clients) {
    const { SubscriptionArn: arn = "" } = await clients.of(SNS).subscribe({
      TopicArn: topic,
      Protocol: protocol,
      Endpoint: endpoint,
      Attributes: {
        ...(rawMessageDelivery === true && { RawMessageDelivery: "true" }),
        ...(filterPolicy && { FilterPolicy: filterPolicy }),
      },
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
        filterPolicy: live["FilterPolicy"] === NO_FILTER ? "" : (live["FilterPolicy"] ?? ""),
      },
      computed: { arn: id, ownerId: clients.account },
    };
  },

  async update({ id: SubscriptionArn }, { news, changed }, clients) {
    const sns = clients.of(SNS);
    const set = (AttributeName: string, AttributeValue: string): Promise<unknown> =>
      sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
    if (changed.has("rawMessageDelivery"))
      await set("RawMessageDelivery", String(news.rawMessageDelivery ?? false));
    if (changed.has("filterPolicy")) await set("FilterPolicy", filterOrNone(news.filterPolicy));
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(SNS).unsubscribe({ SubscriptionArn: id }));
  },
});
