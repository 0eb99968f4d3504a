import { EventBridge, type RuleState } from "@aws-sdk/client-eventbridge";
import type { EventRuleArgs } from "@pulumi/aws/cloudwatch";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { regional } from "../regional";
import { resourceType, type Inputs } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const eventRule = regional(
  resourceType<EventRuleArgs>({
    properties: {
      name: { replaces: true },
      description: { default: "" },
      eventPattern: { compare: "document" },
      roleArn: { default: "" },
      scheduleExpression: { default: "" },
      state: { default: "ENABLED" },
      tags: {},
    },
    autoname: "name",
    uniqueBy: ["name", "region"],
    computed: { arn: [] },

    async create(inputs, clients) {
      const { name = "" } = inputs;
      await clients.of(EventBridge).putRule({ ...ruleFrom(inputs), Tags: tagList(inputs.tags) });
      return { id: name, computed: { arn: arnOf(clients, name) } };
    },

    async read({ id }, clients) {
      const events = clients.of(EventBridge);
      const live = await unlessMissing(events.describeRule({ Name: id }));
      if (live === undefined) return undefined;
      const { Tags: tags } = await events.listTagsForResource({ ResourceARN: arnOf(clients, id) });
      return {
        id,
        inputs: {
          name: id,
          description: live.Description ?? "",
          eventPattern: live.EventPattern,
          roleArn: live.RoleArn ?? "",
          scheduleExpression: live.ScheduleExpression ?? "",
          state: live.State,
          tags: tagRecord(tags),
        },
        computed: { arn: arnOf(clients, id) },
      };
    },

    async update({ id }, { olds, news, changed }, clients) {
      const events = clients.of(EventBridge);
      if (changed.has("tags")) {
        const { removed, set } = tagChanges(olds.tags, news.tags);
        const ResourceARN = arnOf(clients, id);
        if (removed.length > 0) await events.untagResource({ ResourceARN, TagKeys: removed });
        if (Object.keys(set).length > 0) await events.tagResource({ ResourceARN, Tags: tagList(set) });
      }
      if ([...changed].some((property) => property !== "tags")) await events.putRule(ruleFrom(news));
    },

    async delete({ id }, clients) {
      await unlessMissing(clients.of(EventBridge).deleteRule({ Name: id }));
    },
  }),
);

const arnOf = (clients: Clients, name: string): string => clients.arn("events", `rule/${name}`);

const ruleFrom = (inputs: Inputs<EventRuleArgs>) => ({
  Name: inputs.name,
  Description: inputs.description,
  EventPattern: inputs.eventPattern,
  RoleArn: inputs.roleArn === "" ? undefined : inputs.roleArn,
  ScheduleExpression: inputs.scheduleExpression === "" ? undefined : inputs.scheduleExpression,
  State: inputs.state as RuleState,
});
