import { SNS } from "@aws-sdk/client-sns";
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

/** The inputs that are attributes of a subscription, which are set one by one. */
const attributes = [
  ["rawMessageDelivery", "RawMessageDelivery"],
  ["filterPolicyScope", "FilterPolicyScope"],
  ["filterPolicy", "FilterPolicy"],
  ["deliveryPolicy", "DeliveryPolicy"],
  ["redrivePolicy", "RedrivePolicy"],
  ["subscriptionRoleArn", "SubscriptionRoleArn"],
] as const;

/** https://docs.aws.amazon.com/sns/latest/dg/message-filtering.html#message-filtering-policy-remove */
const NO_FILTER = "{}";
/** The value that resets an attribute. SNS refuses an empty RedrivePolicy, as `putSubscriptionAttribute` of the official provider says. */
const EMPTY = {
  rawMessageDelivery: "false",
  filterPolicyScope: "MessageAttributes",
  filterPolicy: NO_FILTER,
  deliveryPolicy: "",
  redrivePolicy: undefined,
  subscriptionRoleArn: "",
} as const satisfies Record<(typeof attributes)[number][0], string | undefined>;

export const topicSubscription = resourceType<TopicSubscriptionArgs>({
  properties: {
    topic: { replaces: true },
    protocol: { replaces: true },
    endpoint: { replaces: true },
    rawMessageDelivery: { default: false },
    filterPolicyScope: { computed: true },
    filterPolicy: { default: "", compare: "document" },
    deliveryPolicy: { default: "", compare: "document" },
    redrivePolicy: { default: "", compare: "document" },
    subscriptionRoleArn: { default: "" },
    confirmationTimeoutInMinutes: { default: 1, local: true },
    endpointAutoConfirms: { default: false, local: true },
  },
  computed: { arn: [], ownerId: [] },

  async create(inputs, clients) {
    const given = attributes.flatMap(([input, attribute]): readonly (readonly [string, string])[] =>
      inputs[input] ? [[attribute, String(inputs[input])]] : [],
    );
    const { SubscriptionArn: arn = "" } = await clients.of(SNS).subscribe({
      TopicArn: inputs.topic,
      Protocol: inputs.protocol,
      Endpoint: inputs.endpoint,
      Attributes: Object.fromEntries<string>(given),
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
        filterPolicyScope: live["FilterPolicyScope"],
        filterPolicy: live["FilterPolicy"] === NO_FILTER ? "" : (live["FilterPolicy"] ?? ""),
        deliveryPolicy: live["DeliveryPolicy"] ?? "",
        redrivePolicy: live["RedrivePolicy"] ?? "",
        subscriptionRoleArn: live["SubscriptionRoleArn"] ?? "",
      },
      computed: { arn: id, ownerId: clients.account },
    };
  },

  async update({ id: SubscriptionArn }, { news, changed }, clients) {
    const sns = clients.of(SNS);
    for (const [input, AttributeName] of attributes) {
      if (!changed.has(input)) continue;
      const value = String(news[input] ?? "");
      const AttributeValue = value === "" ? EMPTY[input] : value;
      await sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
    }
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(SNS).unsubscribe({ SubscriptionArn: id }));
  },
});
