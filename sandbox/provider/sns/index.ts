import type { ResourceType } from "../resource-type";
import { topic } from "./topic";
import { topicPolicy } from "./topic-policy";
import { topicSubscription } from "./topic-subscription";

export const sns: Readonly<Record<string, ResourceType>> = {
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
};
