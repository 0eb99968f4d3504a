import { CloudWatchLogs, type LogGroupClass } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupArgs } from "@pulumi/aws/cloudwatch";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges } from "../tags";

export const logGroup = resourceType<LogGroupArgs>({
  properties: {
    name: { replaces: true },
    kmsKeyId: {},
    logGroupClass: { replaces: true, default: "STANDARD" },
    retentionInDays: { default: 0 },
    skipDestroy: { default: false, local: true },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [] },

  async create({ name = "", kmsKeyId, logGroupClass, retentionInDays, tags }, clients) {
    await clients.of(CloudWatchLogs).createLogGroup({
      logGroupName: name,
      kmsKeyId,
      logGroupClass: logGroupClass as LogGroupClass,
      tags,
    });
    if (retentionInDays !== undefined && retentionInDays !== 0) await retain(clients, name, retentionInDays);
    return { id: name, computed: { arn: arnOf(clients, name) } };
  },

  async read({ id }, clients) {
    const logs = clients.of(CloudWatchLogs);
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: id });
    const live = logGroups.find((group) => group.logGroupName === id);
    if (live === undefined) return undefined;
    const { tags } = await logs.listTagsForResource({ resourceArn: arnOf(clients, id) });
    return {
      id,
      inputs: {
        name: id,
        kmsKeyId: live.kmsKeyId,
        logGroupClass: live.logGroupClass,
        retentionInDays: live.retentionInDays,
        tags: Object.keys(tags ?? {}).length === 0 ? undefined : tags,
      },
      computed: { arn: arnOf(clients, id) },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const logs = clients.of(CloudWatchLogs);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      const resourceArn = arnOf(clients, id);
      if (removed.length > 0) await logs.untagResource({ resourceArn, tagKeys: removed });
      if (Object.keys(set).length > 0) await logs.tagResource({ resourceArn, tags: { ...set } });
    }
    if (changed.has("retentionInDays")) await retain(clients, id, news.retentionInDays);
    if (changed.has("kmsKeyId")) {
      await (news.kmsKeyId === undefined
        ? logs.disassociateKmsKey({ logGroupName: id })
        : logs.associateKmsKey({ logGroupName: id, kmsKeyId: news.kmsKeyId }));
    }
  },

  async delete({ id, outputs }, clients) {
    if (outputs.skipDestroy === true) return;
    await unlessMissing(clients.of(CloudWatchLogs).deleteLogGroup({ logGroupName: id }));
  },
});

const arnOf = (clients: Clients, name: string) => clients.arn("logs", `log-group:${name}`);

/** Zero days means "for ever" to Pulumi. */
async function retain(clients: Clients, logGroupName: string, days: number | undefined): Promise<void> {
  const logs = clients.of(CloudWatchLogs);
  if (days === undefined || days === 0) await logs.deleteRetentionPolicy({ logGroupName });
  else await logs.putRetentionPolicy({ logGroupName, retentionInDays: days });
}
