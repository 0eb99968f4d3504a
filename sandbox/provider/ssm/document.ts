import { SSM, type DocumentType } from "@aws-sdk/client-ssm";
import type { DocumentArgs } from "@pulumi/aws/ssm";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

/** Accounts with which somebody has shared it, as the official provider puts them. */
async function sharing(Name: string, clients: Clients): Promise<Record<string, string> | undefined> {
  const { AccountIds: ids = [] } = await clients
    .of(SSM)
    .describeDocumentPermission({ Name, PermissionType: "Share" });
  return ids.length === 0 ? undefined : { type: "Share", accountIds: [...ids].sort().join(",") };
}

export const document = resourceType<DocumentArgs>({
  properties: {
    name: { replaces: true },
    content: {},
    documentType: {},
    documentFormat: { default: "JSON" },
    permissions: {},
    tags: {},
  },
  uniqueBy: ["name"],
  computed: { arn: [], defaultVersion: ["content"], latestVersion: ["content"], hash: ["content"] },

  async create({ name, content, documentType, documentFormat, tags }, clients) {
    const { DocumentDescription: made } = await clients.of(SSM).createDocument({
      Name: name,
      Content: content,
      DocumentType: documentType as DocumentType,
      DocumentFormat: documentFormat as "JSON",
      Tags: tagList(tags),
    });
    return {
      id: name ?? "",
      computed: {
        arn: clients.arn("ssm", `document/${name ?? ""}`),
        defaultVersion: made?.DefaultVersion,
        latestVersion: made?.LatestVersion,
        hash: made?.Hash,
      },
    };
  },

  async read({ id: Name }, clients) {
    const ssm = clients.of(SSM);
    const described = await unlessMissing(ssm.describeDocument({ Name }));
    const live = described?.Document;
    if (live === undefined) return undefined;
    const { Content = "" } = await ssm.getDocument({
      Name,
      DocumentVersion: "$LATEST",
      DocumentFormat: "JSON",
    });
    const { TagList } = await ssm.listTagsForResource({ ResourceType: "Document", ResourceId: Name });
    return {
      id: Name,
      inputs: {
        name: live.Name,
        content: Content,
        documentType: live.DocumentType ?? "",
        documentFormat: live.DocumentFormat,
        permissions: await sharing(Name, clients),
        tags: tagRecord(TagList),
      },
      computed: {
        arn: clients.arn("ssm", `document/${Name}`),
        defaultVersion: live.DefaultVersion,
        latestVersion: live.LatestVersion,
        hash: live.Hash,
      },
    };
  },

  async update({ id: Name }, { olds, news, changed }, clients) {
    const ssm = clients.of(SSM);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      const resource = { ResourceType: "Document", ResourceId: Name } as const;
      if (removed.length > 0) await ssm.removeTagsFromResource({ ...resource, TagKeys: removed });
      if (Object.keys(set).length > 0) await ssm.addTagsToResource({ ...resource, Tags: tagList(set) });
    }
    if (changed.has("permissions")) {
      const shared = olds.permissions?.["accountIds"]?.split(",") ?? [];
      if (shared.length > 0)
        await ssm.modifyDocumentPermission({ Name, PermissionType: "Share", AccountIdsToRemove: shared });
    }
    if (changed.has("content")) {
      const { DocumentDescription: made } = await ssm.updateDocument({
        Name,
        Content: news.content,
        DocumentVersion: "$LATEST",
        DocumentFormat: news.documentFormat as "JSON",
      });
      await ssm.updateDocumentDefaultVersion({ Name, DocumentVersion: made?.DocumentVersion });
    }
  },

  async delete({ id: Name }, clients) {
    await unlessMissing(clients.of(SSM).deleteDocument({ Name }));
  },
});
