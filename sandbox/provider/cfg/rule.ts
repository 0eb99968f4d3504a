import { ConfigService, type MaximumExecutionFrequency, type Owner } from "@aws-sdk/client-config-service";
import type { RuleArgs } from "@pulumi/aws/cfg";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const rule = resourceType<RuleArgs>({
  properties: {
    description: {},
    inputParameters: { compare: "document" },
    maximumExecutionFrequency: {},
    name: { replaces: true },
    source: { compare: "settings" },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [], ruleId: [] },

  async create(inputs, clients) {
    await put(clients, inputs);
    const live = await find(clients, inputs.name ?? "");
    return {
      id: inputs.name ?? "",
      computed: { arn: live?.ConfigRuleArn, ruleId: live?.ConfigRuleId },
    };
  },

  async read({ id }, clients) {
    const live = await find(clients, id);
    if (live === undefined) return undefined;
    const { Tags } = await clients.of(ConfigService).listTagsForResource({ ResourceArn: live.ConfigRuleArn });
    return {
      id,
      inputs: {
        name: live.ConfigRuleName,
        description: live.Description,
        inputParameters: live.InputParameters,
        maximumExecutionFrequency: live.MaximumExecutionFrequency,
        source: {
          owner: live.Source?.Owner ?? "",
          ...(live.Source?.SourceIdentifier !== undefined && {
            sourceIdentifier: live.Source.SourceIdentifier,
          }),
        },
        tags: tagRecord(Tags),
      },
      computed: { arn: live.ConfigRuleArn, ruleId: live.ConfigRuleId },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const config = clients.of(ConfigService);
    if (changed.has("tags")) {
      const ResourceArn = (await find(clients, id))?.ConfigRuleArn;
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await config.untagResource({ ResourceArn, TagKeys: removed });
      if (Object.keys(set).length > 0) await config.tagResource({ ResourceArn, Tags: tagList(set) });
    }
    if ([...changed].some((property) => property !== "tags")) await put(clients, news);
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(ConfigService).deleteConfigRule({ ConfigRuleName: id }));
  },
});

async function find(clients: Clients, name: string) {
  const answer = await unlessMissing(
    clients.of(ConfigService).describeConfigRules({ ConfigRuleNames: [name] }),
  );
  return answer?.ConfigRules?.[0];
}

async function put(clients: Clients, inputs: Inputs<RuleArgs>): Promise<void> {
  await clients.of(ConfigService).putConfigRule({
    ConfigRule: {
      ConfigRuleName: inputs.name,
      Description: inputs.description,
      InputParameters: inputs.inputParameters,
      MaximumExecutionFrequency: inputs.maximumExecutionFrequency as MaximumExecutionFrequency | undefined,
      Source: {
        Owner: inputs.source.owner as Owner,
        SourceIdentifier: inputs.source.sourceIdentifier,
      },
    },
    Tags: tagList(inputs.tags),
  });
}
