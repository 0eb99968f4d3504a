import { GuardDuty, type FindingPublishingFrequency } from "@aws-sdk/client-guardduty";
import type { DetectorArgs } from "@pulumi/aws/guardduty";
import type { Clients } from "../clients";
import { resourceType } from "../resource-type";
import { tagChanges } from "../tags";
import { readDetector } from "./read-detector";

const arnOf = (clients: Clients, id: string) => clients.arn("guardduty", `detector/${id}`);

export const detector = resourceType<DetectorArgs>({
  properties: {
    enable: { default: true },
    findingPublishingFrequency: { computed: true },
    tags: {},
  },
  // GuardDuty has one detector in a region of an account.
  uniqueBy: [],
  computed: { accountId: [], arn: [], id: [] },

  async create(inputs, clients) {
    const { DetectorId: id = "" } = await clients.of(GuardDuty).createDetector({
      Enable: inputs.enable ?? true,
      FindingPublishingFrequency: inputs.findingPublishingFrequency as FindingPublishingFrequency,
      Tags: inputs.tags,
    });
    return { id, computed: { accountId: clients.account, arn: arnOf(clients, id), id } };
  },

  async read({ id }, clients) {
    const live = await readDetector(clients.of(GuardDuty), id);
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        enable: live.Status === "ENABLED",
        findingPublishingFrequency: live.FindingPublishingFrequency,
        ...(Object.keys(live.Tags ?? {}).length > 0 && { tags: live.Tags }),
      },
      computed: { accountId: clients.account, arn: arnOf(clients, id), id },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const guardDuty = clients.of(GuardDuty);
    const ResourceArn = arnOf(clients, id);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await guardDuty.untagResource({ ResourceArn, TagKeys: removed });
      if (Object.keys(set).length > 0) await guardDuty.tagResource({ ResourceArn, Tags: { ...set } });
    }
    if ([...changed].some((property) => property !== "tags"))
      await guardDuty.updateDetector({
        DetectorId: id,
        Enable: news.enable ?? true,
        FindingPublishingFrequency: news.findingPublishingFrequency as FindingPublishingFrequency,
      });
  },

  async delete({ id }, clients) {
    const guardDuty = clients.of(GuardDuty);
    if ((await readDetector(guardDuty, id)) !== undefined) await guardDuty.deleteDetector({ DetectorId: id });
  },
});
