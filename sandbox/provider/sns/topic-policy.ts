import { SNS } from "@aws-sdk/client-sns";
import type { TopicPolicyArgs } from "@pulumi/aws/sns";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

export const topicPolicy = resourceType<TopicPolicyArgs>({
  properties: {
    arn: { replaces: true },
    policy: { compare: "document" },
  },
  computed: { owner: [] },

  async create({ arn, policy }, clients) {
    await setPolicy(clients.of(SNS), arn, policy);
    return { id: arn, computed: { owner: clients.account } };
  },

  async read({ id }, clients) {
    const live = await unlessMissing(clients.of(SNS).getTopicAttributes({ TopicArn: id }));
    if (live === undefined) return undefined;
    return {
      id,
      inputs: { arn: id, policy: live.Attributes?.["Policy"] ?? "" },
      computed: { owner: clients.account },
    };
  },

  async update({ id }, { news }, clients) {
    await setPolicy(clients.of(SNS), id, news.policy);
  },

  /** A topic always has a policy; without one of ours it has the policy that SNS gives a new topic. */
  async delete({ id }, clients) {
    const policy = {
      Version: "2008-10-17",
      Id: "__default_policy_ID",
      Statement: [
        {
          Sid: "__default_statement_ID",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish",
            "SNS:Receive",
          ],
          Resource: id,
          Condition: { StringEquals: { "AWS:SourceOwner": clients.account } },
        },
      ],
    };
    await unlessMissing(setPolicy(clients.of(SNS), id, policy));
  },
});

async function setPolicy(sns: SNS, TopicArn: string, policy: string | object): Promise<void> {
  const AttributeValue = typeof policy === "string" ? policy : JSON.stringify(policy);
  await sns.setTopicAttributes({ TopicArn, AttributeName: "Policy", AttributeValue });
}
