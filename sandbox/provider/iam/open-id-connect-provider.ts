import { IAM } from "@aws-sdk/client-iam";
import type { OpenIdConnectProviderArgs } from "@pulumi/aws/iam";
import { setChanges } from "../in-parallel";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const openIdConnectProvider = resourceType<OpenIdConnectProviderArgs>({
  properties: {
    url: { replaces: true, compare: "issuer" },
    clientIdLists: { compare: "set" },
    thumbprintLists: { computed: true },
    tags: {},
  },
  uniqueBy: ["url"],
  computed: { arn: [] },

  async create({ url, clientIdLists, thumbprintLists, tags }, clients) {
    const { OpenIDConnectProviderArn: arn = "" } = await clients.of(IAM).createOpenIDConnectProvider({
      Url: url,
      ClientIDList: clientIdLists,
      ThumbprintList: thumbprintLists,
      Tags: tagList(tags),
    });
    return { id: arn, computed: { arn } };
  },

  async read({ id }, clients) {
    const live = await unlessMissing(
      clients.of(IAM).getOpenIDConnectProvider({ OpenIDConnectProviderArn: id }),
    );
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        url: live.Url ?? "",
        clientIdLists: live.ClientIDList ?? [],
        thumbprintLists: live.ThumbprintList,
        tags: tagRecord(live.Tags),
      },
      computed: { arn: id },
    };
  },

  async update({ id: OpenIDConnectProviderArn }, { olds, news, changed }, clients) {
    const iam = clients.of(IAM);
    if (changed.has("tags")) {
      const tags = tagChanges(olds.tags, news.tags);
      if (tags.removed.length > 0) {
        await iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: tags.removed });
      }
      if (Object.keys(tags.set).length > 0) {
        await iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: tagList(tags.set) });
      }
    }
    if (changed.has("thumbprintLists") && (news.thumbprintLists ?? []).length > 0) {
      await iam.updateOpenIDConnectProviderThumbprint({
        OpenIDConnectProviderArn,
        ThumbprintList: news.thumbprintLists,
      });
    }
    if (changed.has("clientIdLists")) {
      const { added, removed } = setChanges(olds.clientIdLists ?? [], news.clientIdLists);
      for (const ClientID of added)
        await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
      for (const ClientID of removed)
        await iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
    }
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(IAM).deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: id }));
  },
});
