import { AccessAnalyzer, type AnalyzerConfiguration, type Type } from "@aws-sdk/client-accessanalyzer";
import type { AnalyzerArgs } from "@pulumi/aws/accessanalyzer";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
import { tagChanges } from "../tags";

export const analyzer = resourceType<AnalyzerArgs>({
  properties: {
    analyzerName: { replaces: true },
    configuration: { replaces: true },
    tags: {},
    type: { replaces: true, default: "ACCOUNT" },
  },
  uniqueBy: ["analyzerName"],
  computed: { arn: [] },

  async create(inputs, clients) {
    const { arn } = await clients.of(AccessAnalyzer).createAnalyzer({
      analyzerName: inputs.analyzerName,
      type: inputs.type as Type,
      tags: inputs.tags,
      configuration: configurationFrom(inputs),
    });
    return { id: inputs.analyzerName, computed: { arn } };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(clients.of(AccessAnalyzer).getAnalyzer({ analyzerName: id }));
    const live = answer?.analyzer;
    if (live === undefined) return undefined;
    const age = live.configuration?.unusedAccess?.unusedAccessAge;
    return {
      id,
      inputs: {
        analyzerName: id,
        type: live.type,
        ...(age !== undefined && { configuration: { unusedAccess: { unusedAccessAge: age } } }),
        ...(Object.keys(live.tags ?? {}).length > 0 && { tags: live.tags }),
      },
      computed: { arn: live.arn },
    };
  },

  async update({ id }, { olds, news }, clients) {
    const accessAnalyzer = clients.of(AccessAnalyzer);
    const resourceArn = clients.arn("access-analyzer", `analyzer/${id}`);
    const { removed, set } = tagChanges(olds.tags, news.tags);
    if (removed.length > 0) await accessAnalyzer.untagResource({ resourceArn, tagKeys: removed });
    if (Object.keys(set).length > 0) await accessAnalyzer.tagResource({ resourceArn, tags: { ...set } });
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(AccessAnalyzer).deleteAnalyzer({ analyzerName: id }));
  },
});

function configurationFrom({ configuration }: Inputs<AnalyzerArgs>): AnalyzerConfiguration | undefined {
  const age = configuration?.unusedAccess?.unusedAccessAge;
  return age === undefined ? undefined : { unusedAccess: { unusedAccessAge: age } };
}
