import { IAM } from "@aws-sdk/client-iam";
import type { InstanceProfileArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const instanceProfile = resourceType<InstanceProfileArgs>({
  properties: { name: { replaces: true }, path: { replaces: true, default: "/" }, role: {}, tags: {} },
  autoname: "name",
  computed: { arn: [], uniqueId: [], createDate: [] },

  async create({ name, path, role, tags }, clients) {
    const iam = clients.of(IAM);
    const { InstanceProfile: created } = await iam.createInstanceProfile({
      InstanceProfileName: name,
      Path: path,
      Tags: tagList(tags),
    });
    const id = created?.InstanceProfileName ?? "";
    if (role !== undefined) await iam.addRoleToInstanceProfile({ InstanceProfileName: id, RoleName: role });
    return {
      id,
      computed: {
        arn: created?.Arn,
        uniqueId: created?.InstanceProfileId,
        createDate: created?.CreateDate?.toISOString(),
      },
    };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(clients.of(IAM).getInstanceProfile({ InstanceProfileName: id }));
    const live = answer?.InstanceProfile;
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        name: live.InstanceProfileName,
        path: live.Path,
        role: live.Roles?.[0]?.RoleName,
        tags: tagRecord(live.Tags),
      },
      computed: {
        arn: live.Arn,
        uniqueId: live.InstanceProfileId,
        createDate: live.CreateDate?.toISOString(),
      },
    };
  },

  async update({ id: InstanceProfileName }, { olds, news, changed }, clients) {
    const iam = clients.of(IAM);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await iam.untagInstanceProfile({ InstanceProfileName, TagKeys: removed });
      if (Object.keys(set).length > 0)
        await iam.tagInstanceProfile({ InstanceProfileName, Tags: tagList(set) });
    }
    if (!changed.has("role")) return;
    if (olds.role !== undefined)
      await unlessMissing(iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: olds.role }));
    if (news.role !== undefined)
      await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: news.role });
  },

  async delete({ id: InstanceProfileName, outputs: { role } }, clients) {
    const iam = clients.of(IAM);
    if (role !== undefined)
      await unlessMissing(iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: role }));
    await unlessMissing(iam.deleteInstanceProfile({ InstanceProfileName }));
  },
});
