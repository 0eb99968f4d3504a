import type { SecretListEntry, SecretsManager } from "@aws-sdk/client-secrets-manager";

import { mapConcurrently } from "../map-concurrently";
import { instantIfAny, textIfAny } from "../optional-values";
import type { Secret } from "../snapshot/secret-section";

const AT_ONCE = 5;

async function secretOf(client: SecretsManager, entry: SecretListEntry): Promise<Secret> {
  const { ResourcePolicy } = await client.getResourcePolicy({ SecretId: entry.ARN });
  return {
    name: entry.Name ?? "",
    arn: entry.ARN ?? "",
    tags: Object.fromEntries((entry.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    ...textIfAny("kmsKey", entry.KmsKeyId),
    ...textIfAny("resourcePolicy", ResourcePolicy),
    ...instantIfAny("createdAt", entry.CreatedDate),
    ...instantIfAny("lastChanged", entry.LastChangedDate),
    ...instantIfAny("lastAccessed", entry.LastAccessedDate),
    ...instantIfAny("lastRotated", entry.LastRotatedDate),
  };
}

/** Reads names, tags and resource policies of the account's secrets in the region; never a value. */
export async function readSecrets(client: SecretsManager): Promise<Secret[]> {
  const { paginateListSecrets } = await import("@aws-sdk/client-secrets-manager");
  const entries: SecretListEntry[] = [];
  for await (const page of paginateListSecrets({ client }, {})) entries.push(...(page.SecretList ?? []));
  const secrets = await mapConcurrently(entries, AT_ONCE, (entry) => secretOf(client, entry));
  return [...secrets].sort((one, other) => (one.name < other.name ? -1 : 1));
}
