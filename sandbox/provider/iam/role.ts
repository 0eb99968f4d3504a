import { IAM } from "@aws-sdk/client-iam";
import type { RoleArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";
import { policiesAttachedToRole } from "./attached-policies";
import { documentFrom, documentText } from "./document";
import { inlinePoliciesOfRole } from "./inline-policies";

export const role = resourceType<RoleArgs>({
  properties: {
    name: { replaces: true },
    path: { replaces: true, default: "/" },
    assumeRolePolicy: { compare: "document" },
    description: { default: "" },
    maxSessionDuration: { default: 3600 },
    permissionsBoundary: {},
    forceDetachPolicies: { default: false, local: true },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [], uniqueId: [], createDate: [] },

  async create(inputs, clients) {
    const { Role: created } = await clients.of(IAM).createRole({
      RoleName: inputs.name,
      Path: inputs.path,
      AssumeRolePolicyDocument: documentText(inputs.assumeRolePolicy),
      Description: inputs.description,
      MaxSessionDuration: inputs.maxSessionDuration,
      PermissionsBoundary: inputs.permissionsBoundary,
      Tags: tagList(inputs.tags),
    });
    return {
      id: created?.RoleName ?? "",
      computed: {
        arn: created?.Arn,
        uniqueId: created?.RoleId,
        createDate: created?.CreateDate?.toISOString(),
      },
    };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(clients.of(IAM).getRole({ RoleName: id }));
    const live = answer?.Role;
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        name: live.RoleName,
        path: live.Path,
        assumeRolePolicy: documentFrom(live.AssumeRolePolicyDocument),
        description: live.Description,
        maxSessionDuration: live.MaxSessionDuration,
        permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
        tags: tagRecord(live.Tags),
      },
      computed: { arn: live.Arn, uniqueId: live.RoleId, createDate: live.CreateDate?.toISOString() },
    };
  },

  async update({ id: RoleName }, { olds, news, changed }, clients) {
    const iam = clients.of(IAM);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await iam.untagRole({ RoleName, TagKeys: removed });
      if (Object.keys(set).length > 0) await iam.tagRole({ RoleName, Tags: tagList(set) });
    }
    if (changed.has("assumeRolePolicy")) {
      await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: documentText(news.assumeRolePolicy) });
    }
    if (changed.has("description"))
      await iam.updateRoleDescription({ RoleName, Description: news.description });
    if (changed.has("maxSessionDuration"))
      await iam.updateRole({ RoleName, MaxSessionDuration: news.maxSessionDuration });
    if (changed.has("permissionsBoundary")) {
      await (news.permissionsBoundary === undefined
        ? iam.deleteRolePermissionsBoundary({ RoleName })
        : iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: news.permissionsBoundary }));
    }
  },

  async delete({ id: RoleName, outputs }, clients) {
    const iam = clients.of(IAM);
    await unlessMissing(
      (async () => {
        if (outputs.forceDetachPolicies === true) await removePolicies(iam, RoleName);
        await iam.deleteRole({ RoleName });
      })(),
    );
  },
});

async function removePolicies(iam: IAM, RoleName: string): Promise<void> {
  for (const PolicyArn of await policiesAttachedToRole(iam, RoleName))
    await iam.detachRolePolicy({ RoleName, PolicyArn });
  for (const PolicyName of await inlinePoliciesOfRole(iam, RoleName))
    await iam.deleteRolePolicy({ RoleName, PolicyName });
}
