import { SNS } from "@aws-sdk/client-sns";
import type { TopicArgs } from "@pulumi/aws/sns";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

/** The inputs that are attributes of a topic, which are set one by one. */
const attributes = [
  ["displayName", "DisplayName"],
  ["deliveryPolicy", "DeliveryPolicy"],
  ["kmsMasterKeyId", "KmsMasterKeyId"],
  ["policy", "Policy"],
] as const;

export const topic = resourceType<TopicArgs>({
  properties: {
    name: { replaces: true },
    displayName: { default: "" },
    deliveryPolicy: { default: "", compare: "document" },
    kmsMasterKeyId: { default: "" },
    policy: { compare: "document", computed: true },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [], owner: [] },

  async create(inputs, clients) {
    const sns = clients.of(SNS);
    const { TopicArn = "" } = await sns.createTopic({ Name: inputs.name, Tags: tagList(inputs.tags) });
    for (const [input, AttributeName] of attributes) {
      const AttributeValue = inputs[input];
      if (AttributeValue) await sns.setTopicAttributes({ TopicArn, AttributeName, AttributeValue });
    }
    return { id: TopicArn, computed: { arn: TopicArn, owner: clients.account } };
  },

  async read({ id: TopicArn }, clients) {
    const sns = clients.of(SNS);
    const live = await unlessMissing(sns.getTopicAttributes({ TopicArn }));
    if (live === undefined) return undefined;
    const { Tags: tags } = await sns.listTagsForResource({ ResourceArn: TopicArn });
    return {
      id: TopicArn,
      inputs: {
        name: TopicArn.split(":").at(-1),
        displayName: live.Attributes?.["DisplayName"],
        deliveryPolicy: live.Attributes?.["DeliveryPolicy"] ?? "",
        kmsMasterKeyId: live.Attributes?.["KmsMasterKeyId"],
        policy: live.Attributes?.["Policy"],
        tags: tagRecord(tags),
      },
      computed: { arn: TopicArn, owner: clients.account },
    };
  },

  async update({ id: TopicArn }, { olds, news, changed }, clients) {
    const sns = clients.of(SNS);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await sns.untagResource({ ResourceArn: TopicArn, TagKeys: removed });
      if (Object.keys(set).length > 0) await sns.tagResource({ ResourceArn: TopicArn, Tags: tagList(set) });
    }
    for (const [input, AttributeName] of attributes) {
      if (changed.has(input))
        await sns.setTopicAttributes({ TopicArn, AttributeName, AttributeValue: news[input] ?? "" });
    }
  },

  async delete({ id: TopicArn }, clients) {
    await unlessMissing(clients.of(SNS).deleteTopic({ TopicArn }));
  },
});
