import { IAM } from "@aws-sdk/client-iam";
import type { GroupArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType, type Known } from "../resource-type";

const nameOf = (known: Known<{ readonly name?: string | undefined }>) => known.outputs.name ?? known.id;

export const group = resourceType<GroupArgs>({
  properties: { name: {}, path: { default: "/" } },
  autoname: "name",
  computed: { arn: ["name", "path"], uniqueId: [] },

  async create({ name, path }, clients) {
    const { Group: created } = await clients.of(IAM).createGroup({ GroupName: name, Path: path });
    return { id: created?.GroupName ?? "", computed: { arn: created?.Arn, uniqueId: created?.GroupId } };
  },

  async read(known, clients) {
    const answer = await unlessMissing(clients.of(IAM).getGroup({ GroupName: nameOf(known), MaxItems: 1 }));
    const live = answer?.Group;
    if (live?.GroupName === undefined) return undefined;
    return {
      id: known.id,
      inputs: { name: live.GroupName, path: live.Path },
      computed: { arn: live.Arn, uniqueId: live.GroupId },
    };
  },

  async update(known, { news }, clients) {
    const iam = clients.of(IAM);
    const GroupName = news.name ?? nameOf(known);
    const NewGroupName = GroupName === nameOf(known) ? undefined : GroupName;
    await iam.updateGroup({ GroupName: nameOf(known), NewGroupName, NewPath: news.path });
  },

  async delete(known, clients) {
    await unlessMissing(clients.of(IAM).deleteGroup({ GroupName: nameOf(known) }));
  },
});
