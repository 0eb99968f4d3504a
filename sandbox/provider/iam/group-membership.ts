import { IAM, paginateGetGroup } from "@aws-sdk/client-iam";
import type { GroupMembershipArgs } from "@pulumi/aws/iam";
import { inParallel, setChanges } from "../in-parallel";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

export const groupMembership = resourceType<GroupMembershipArgs>({
  properties: {
    name: { replaces: true },
    group: { replaces: true },
    users: { compare: "set" },
  },
  autoname: "name",
  computed: {},

  async create({ name, group, users }, clients) {
    const iam = clients.of(IAM);
    await inParallel(users, (UserName) => iam.addUserToGroup({ GroupName: group, UserName }));
    return { id: name ?? "", computed: {} };
  },

  async read(known, clients) {
    const group = known.outputs.group ?? "";
    const users = await unlessMissing(membersOf(clients.of(IAM), group));
    if (users === undefined) return undefined;
    return { id: known.id, inputs: { name: known.outputs.name ?? known.id, group, users }, computed: {} };
  },

  async update(_known, { olds, news }, clients) {
    const iam = clients.of(IAM);
    const { added, removed } = setChanges(olds.users ?? [], news.users);
    // A member may be gone already: deleted, or renamed and then among the added ones.
    await inParallel(removed, (UserName) =>
      unlessMissing(iam.removeUserFromGroup({ GroupName: news.group, UserName })),
    );
    await inParallel(added, (UserName) => iam.addUserToGroup({ GroupName: news.group, UserName }));
  },

  async delete(known, clients) {
    const { group: GroupName, users = [] } = known.outputs;
    await inParallel(users, (UserName) =>
      unlessMissing(clients.of(IAM).removeUserFromGroup({ GroupName, UserName })),
    );
  },
});

async function membersOf(iam: IAM, GroupName: string): Promise<string[]> {
  const members: string[] = [];
  for await (const page of paginateGetGroup({ client: iam, pageSize: 1000 }, { GroupName })) {
    for (const user of page.Users ?? []) members.push(user.UserName ?? "");
  }
  return members;
}
