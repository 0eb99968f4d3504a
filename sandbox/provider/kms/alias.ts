import { KMS, paginateListAliases, type AliasListEntry } from "@aws-sdk/client-kms";
import type { AliasArgs } from "@pulumi/aws/kms";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

export const alias = resourceType<AliasArgs>({
  properties: {
    name: { replaces: true },
    targetKeyId: {},
  },
  computed: { arn: [], targetKeyArn: ["targetKeyId"] },

  async create({ name = "", targetKeyId }, clients) {
    await clients.of(KMS).createAlias({ AliasName: name, TargetKeyId: targetKeyId });
    const targetKeyArn = clients.arn("kms", `key/${keyIdOf(targetKeyId)}`);
    return { id: name, computed: { arn: clients.arn("kms", name), targetKeyArn } };
  },

  async read({ id, outputs }, clients) {
    const live = await find(id, clients);
    if (live?.TargetKeyId === undefined) return undefined;
    const unchanged = keyIdOf(outputs.targetKeyId ?? "") === live.TargetKeyId;
    return {
      id,
      inputs: { name: id, targetKeyId: unchanged ? (outputs.targetKeyId ?? "") : live.TargetKeyId },
      computed: { arn: live.AliasArn, targetKeyArn: clients.arn("kms", `key/${live.TargetKeyId}`) },
    };
  },

  async update({ id }, { news }, clients) {
    await clients.of(KMS).updateAlias({ AliasName: id, TargetKeyId: news.targetKeyId });
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(KMS).deleteAlias({ AliasName: id }));
  },
});

/** A key may be named by its id or its ARN. */
function keyIdOf(key: string): string {
  return key.split("/").at(-1) ?? key;
}

async function find(name: string, clients: Clients): Promise<AliasListEntry | undefined> {
  for await (const page of paginateListAliases({ client: clients.of(KMS) }, {})) {
    const found = page.Aliases?.find((entry) => entry.AliasName === name);
    if (found !== undefined) return found;
  }
  return undefined;
}
