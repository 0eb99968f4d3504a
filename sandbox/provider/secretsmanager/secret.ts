import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SecretArgs } from "@pulumi/aws/secretsmanager";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const secret = resourceType<SecretArgs>({
  properties: {
    name: { replaces: true },
    description: { default: "" },
    kmsKeyId: {},
    recoveryWindowInDays: { default: 30, local: true },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [] },

  async create({ name, description, kmsKeyId, tags }, clients) {
    const { ARN: arn = "" } = await clients.of(SecretsManager).createSecret({
      Name: name,
      Description: description,
      KmsKeyId: kmsKeyId,
      Tags: tagList(tags),
    });
    return { id: arn, computed: { arn } };
  },

  async read({ id: SecretId }, clients) {
    const live = await unlessMissing(clients.of(SecretsManager).describeSecret({ SecretId }));
    if (live === undefined || live.DeletedDate !== undefined) return undefined;
    return {
      id: SecretId,
      inputs: {
        name: live.Name,
        description: live.Description,
        kmsKeyId: live.KmsKeyId,
        tags: tagRecord(live.Tags),
      },
      computed: { arn: SecretId },
    };
  },

  async update({ id: SecretId }, { olds, news, changed }, clients) {
    const secrets = clients.of(SecretsManager);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await secrets.untagResource({ SecretId, TagKeys: removed });
      if (Object.keys(set).length > 0) await secrets.tagResource({ SecretId, Tags: tagList(set) });
    }
    if (changed.has("description") || changed.has("kmsKeyId")) {
      await secrets.updateSecret({
        SecretId,
        Description: news.description ?? "",
        // Without a key of one's own: AWS's (Secrets Manager API reference, UpdateSecret).
        KmsKeyId: news.kmsKeyId ?? "alias/aws/secretsmanager",
      });
    }
  },

  /** Zero days mean "at once" to Pulumi. */
  async delete({ id: SecretId, outputs: { recoveryWindowInDays: days } }, clients) {
    const secrets = clients.of(SecretsManager);
    const live = await unlessMissing(secrets.describeSecret({ SecretId }));
    if (live === undefined || live.DeletedDate !== undefined) return;
    const how = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await secrets.deleteSecret({ SecretId, ...how });
  },
});
