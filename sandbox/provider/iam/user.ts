import { IAM } from "@aws-sdk/client-iam";
import type { UserArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType, type Known } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";
import { emptyUser, leaveGroups } from "./user-belongings";

/** The name from the outputs: the id stays the old name when a user is renamed, because an update cannot change it. */
const nameOf = (known: Known<{ readonly name?: string | undefined }>) => known.outputs.name ?? known.id;

export const user = resourceType<UserArgs>({
  properties: {
    name: {},
    path: { default: "/" },
    permissionsBoundary: {},
    forceDestroy: { default: false, local: true },
    tags: {},
  },
  autoname: "name",
  computed: { arn: ["name", "path"], uniqueId: [] },

  async create({ name, path, permissionsBoundary, tags }, clients) {
    const { User: created } = await clients.of(IAM).createUser({
      UserName: name,
      Path: path,
      PermissionsBoundary: permissionsBoundary,
      Tags: tagList(tags),
    });
    return { id: created?.UserName ?? "", computed: { arn: created?.Arn, uniqueId: created?.UserId } };
  },

  async read(known, clients) {
    const answer = await unlessMissing(clients.of(IAM).getUser({ UserName: nameOf(known) }));
    const live = answer?.User;
    if (live?.UserName === undefined) return undefined;
    return {
      id: known.id,
      inputs: {
        name: live.UserName,
        path: live.Path,
        permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
        tags: tagRecord(live.Tags),
      },
      computed: { arn: live.Arn, uniqueId: live.UserId },
    };
  },

  async update(known, { olds, news, changed }, clients) {
    const iam = clients.of(IAM);
    const UserName = nameOf(known);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await iam.untagUser({ UserName, TagKeys: removed });
      if (Object.keys(set).length > 0) await iam.tagUser({ UserName, Tags: tagList(set) });
    }
    if (changed.has("permissionsBoundary")) {
      await (news.permissionsBoundary === undefined
        ? iam.deleteUserPermissionsBoundary({ UserName })
        : iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: news.permissionsBoundary }));
    }
    if (changed.has("name") || changed.has("path"))
      await iam.updateUser({ UserName, NewUserName: news.name, NewPath: news.path });
  },

  async delete(known, clients) {
    const iam = clients.of(IAM);
    const name = nameOf(known);
    // Only a missing user is no reason to fail: that a key or a device of theirs is missing is.
    if ((await unlessMissing(iam.getUser({ UserName: name }))) === undefined) return;
    await leaveGroups(iam, name);
    if (known.outputs.forceDestroy === true) await emptyUser(iam, name);
    await iam.deleteUser({ UserName: name });
  },
});
