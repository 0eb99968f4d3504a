import { RDS } from "@aws-sdk/client-rds";
import type { SubnetGroupArgs } from "@pulumi/aws/rds";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const subnetGroup = resourceType<SubnetGroupArgs>({
  properties: {
    name: { replaces: true },
    description: { default: "Managed by Pulumi" },
    subnetIds: { compare: "set" },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [], vpcId: [] },

  async create({ name = "", description = "Managed by Pulumi", subnetIds, tags }, clients) {
    const { DBSubnetGroup: made } = await clients.of(RDS).createDBSubnetGroup({
      DBSubnetGroupName: name,
      DBSubnetGroupDescription: description,
      SubnetIds: [...subnetIds],
      Tags: tagList(tags),
    });
    return { id: name, computed: { arn: made?.DBSubnetGroupArn, vpcId: made?.VpcId } };
  },

  async read({ id }, clients) {
    const rds = clients.of(RDS);
    const answer = await unlessMissing(rds.describeDBSubnetGroups({ DBSubnetGroupName: id }));
    const live = answer?.DBSubnetGroups?.[0];
    if (live === undefined) return undefined;
    const { TagList } = await rds.listTagsForResource({ ResourceName: live.DBSubnetGroupArn });
    return {
      id,
      inputs: {
        name: live.DBSubnetGroupName,
        description: live.DBSubnetGroupDescription,
        subnetIds: (live.Subnets ?? []).map(({ SubnetIdentifier = "" }) => SubnetIdentifier),
        tags: tagRecord(TagList),
      },
      computed: { arn: live.DBSubnetGroupArn, vpcId: live.VpcId },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const rds = clients.of(RDS);
    if (changed.has("tags")) {
      const ResourceName = clients.arn("rds", `subgrp:${id}`);
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await rds.removeTagsFromResource({ ResourceName, TagKeys: removed });
      if (Object.keys(set).length > 0) await rds.addTagsToResource({ ResourceName, Tags: tagList(set) });
    }
    if (changed.has("description") || changed.has("subnetIds")) {
      await rds.modifyDBSubnetGroup({
        DBSubnetGroupName: id,
        DBSubnetGroupDescription: news.description,
        SubnetIds: [...news.subnetIds],
      });
    }
  },

  async delete({ id: DBSubnetGroupName }, clients) {
    await unlessMissing(clients.of(RDS).deleteDBSubnetGroup({ DBSubnetGroupName }));
  },
});
