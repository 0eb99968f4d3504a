import { EC2, type IpPermission } from "@aws-sdk/client-ec2";
import type { SecurityGroupArgs } from "@pulumi/aws/ec2";
import { isDeepStrictEqual } from "node:util";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";
import { permissionsOf, rulesFrom, type Rule } from "./security-group-rules";

export const securityGroup = resourceType<SecurityGroupArgs>({
  properties: {
    name: { replaces: true },
    description: { replaces: true, default: "Managed by Pulumi" },
    vpcId: { replaces: true, computed: true },
    ingress: { compare: "set", computed: true },
    egress: { compare: "set", computed: true },
    revokeRulesOnDelete: { default: false, local: true },
    tags: {},
  },
  autoname: "name",
  uniqueBy: ["name", "vpcId"],
  computed: { arn: [], ownerId: [] },

  async create({ name, description, vpcId, ingress, egress, tags }, clients) {
    const ec2 = clients.of(EC2);
    const { GroupId = "" } = await ec2.createSecurityGroup({
      GroupName: name,
      Description: description,
      VpcId: vpcId,
      // EC2 refuses a specification of no tags.
      ...(tags && { TagSpecifications: [{ ResourceType: "security-group", Tags: tagList(tags) }] }),
    });
    // A new group lets everything out; the real provider always removes that rule.
    const live = await find(ec2, GroupId);
    await revokeEgress(ec2, GroupId, live?.IpPermissionsEgress);
    await authorizeIngress(ec2, GroupId, permissionsOf(GroupId, ingress));
    await authorizeEgress(ec2, GroupId, permissionsOf(GroupId, egress));
    return { id: GroupId, computed: { arn: live?.SecurityGroupArn, ownerId: live?.OwnerId } };
  },

  async read({ id }, clients) {
    const live = await find(clients.of(EC2), id);
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        name: live.GroupName,
        description: live.Description,
        vpcId: live.VpcId,
        ingress: rulesFrom(id, live.IpPermissions),
        egress: rulesFrom(id, live.IpPermissionsEgress),
        tags: tagRecord(live.Tags),
      },
      computed: { arn: live.SecurityGroupArn, ownerId: live.OwnerId },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const ec2 = clients.of(EC2);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      const Tags = removed.map((Key) => ({ Key }));
      if (removed.length > 0) await ec2.deleteTags({ Resources: [id], Tags });
      if (Object.keys(set).length > 0) await ec2.createTags({ Resources: [id], Tags: tagList(set) });
    }
    if (changed.has("ingress")) {
      const { removed, added } = permissionChanges(id, olds.ingress, news.ingress);
      await revokeIngress(ec2, id, removed);
      await authorizeIngress(ec2, id, added);
    }
    if (changed.has("egress")) {
      const { removed, added } = permissionChanges(id, olds.egress, news.egress);
      await revokeEgress(ec2, id, removed);
      await authorizeEgress(ec2, id, added);
    }
  },

  async delete({ id: GroupId }, clients) {
    await unlessMissing(clients.of(EC2).deleteSecurityGroup({ GroupId }));
  },
});

async function find(ec2: EC2, id: string) {
  const answer = await unlessMissing(ec2.describeSecurityGroups({ GroupIds: [id] }));
  return answer?.SecurityGroups?.[0];
}

function permissionChanges(
  groupId: string,
  before: readonly Rule[] | undefined,
  after: readonly Rule[] | undefined,
): { removed: IpPermission[]; added: IpPermission[] } {
  const [olds, news] = [permissionsOf(groupId, before), permissionsOf(groupId, after)];
  const among = (permissions: IpPermission[]) => (one: IpPermission) =>
    permissions.some((other) => isDeepStrictEqual(one, other));
  return {
    removed: olds.filter((permission) => !among(news)(permission)),
    added: news.filter((permission) => !among(olds)(permission)),
  };
}

/** EC2 refuses requests about no permissions. */
type Request = (ec2: EC2, GroupId: string, IpPermissions: IpPermission[] | undefined) => Promise<void>;

const revokeIngress: Request = async (ec2, GroupId, IpPermissions = []) => {
  if (IpPermissions.length > 0) await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
};
const revokeEgress: Request = async (ec2, GroupId, IpPermissions = []) => {
  if (IpPermissions.length > 0) await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions });
};
const authorizeIngress: Request = async (ec2, GroupId, IpPermissions = []) => {
  if (IpPermissions.length > 0) await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
};
const authorizeEgress: Request = async (ec2, GroupId, IpPermissions = []) => {
  if (IpPermissions.length > 0) await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
};
