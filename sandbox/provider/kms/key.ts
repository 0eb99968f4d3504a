import { KMS, type KeySpec, type KeyUsageType } from "@aws-sdk/client-kms";
import type { KeyArgs } from "@pulumi/aws/kms";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, type Tags } from "../tags";

export const key = resourceType<KeyArgs>({
  properties: {
    customerMasterKeySpec: { replaces: true, default: "SYMMETRIC_DEFAULT" },
    deletionWindowInDays: { default: 30, local: true },
    description: { computed: true },
    enableKeyRotation: { default: false },
    isEnabled: { default: true },
    keyUsage: { replaces: true, default: "ENCRYPT_DECRYPT" },
    multiRegion: { replaces: true, default: false },
    policy: { compare: "document", computed: true },
    tags: {},
    bypassPolicyLockoutSafetyCheck: { default: false, local: true },
  },
  computed: { arn: [], keyId: [] },

  async create(inputs, clients) {
    const kms = clients.of(KMS);
    const { KeyMetadata: created } = await kms.createKey({
      Description: inputs.description,
      KeySpec: inputs.customerMasterKeySpec as KeySpec,
      KeyUsage: inputs.keyUsage as KeyUsageType,
      MultiRegion: inputs.multiRegion,
      Policy: inputs.policy,
      BypassPolicyLockoutSafetyCheck: inputs.bypassPolicyLockoutSafetyCheck,
      Tags: keyTags(inputs.tags),
    });
    const KeyId = created?.KeyId ?? "";
    if (inputs.enableKeyRotation === true) await kms.enableKeyRotation({ KeyId });
    if (inputs.isEnabled === false) await kms.disableKey({ KeyId });
    return { id: KeyId, computed: { arn: created?.Arn, keyId: KeyId } };
  },

  async read({ id: KeyId }, clients) {
    const kms = clients.of(KMS);
    const answer = await unlessMissing(kms.describeKey({ KeyId }));
    const live = answer?.KeyMetadata;
    if (live === undefined || live.KeyState === "PendingDeletion") return undefined;
    const { Policy: policy } = await kms.getKeyPolicy({ KeyId, PolicyName: "default" });
    const { KeyRotationEnabled: enableKeyRotation } = await kms.getKeyRotationStatus({ KeyId });
    const { Tags: tags = [] } = await kms.listResourceTags({ KeyId });
    return {
      id: KeyId,
      inputs: {
        customerMasterKeySpec: live.KeySpec,
        description: live.Description,
        enableKeyRotation,
        isEnabled: live.Enabled,
        keyUsage: live.KeyUsage,
        multiRegion: live.MultiRegion,
        policy,
        ...(tags.length === 0 ? {} : { tags: tagsFrom(tags) }),
      },
      computed: { arn: live.Arn, keyId: KeyId },
    };
  },

  async update({ id: KeyId }, { olds, news, changed }, clients) {
    const kms = clients.of(KMS);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await kms.untagResource({ KeyId, TagKeys: removed });
      if (Object.keys(set).length > 0) await kms.tagResource({ KeyId, Tags: keyTags(set) });
    }
    // A disabled key cannot be changed: it is enabled before all else and disabled after.
    if (changed.has("isEnabled") && news.isEnabled !== false) await kms.enableKey({ KeyId });
    if (changed.has("enableKeyRotation")) {
      await (news.enableKeyRotation === true
        ? kms.enableKeyRotation({ KeyId })
        : kms.disableKeyRotation({ KeyId }));
    }
    if (changed.has("description"))
      await kms.updateKeyDescription({ KeyId, Description: news.description ?? "" });
    if (changed.has("policy"))
      await kms.putKeyPolicy({
        KeyId,
        PolicyName: "default",
        Policy: news.policy,
        BypassPolicyLockoutSafetyCheck: news.bypassPolicyLockoutSafetyCheck,
      });
    if (changed.has("isEnabled") && news.isEnabled === false) await kms.disableKey({ KeyId });
  },

  async delete({ id: KeyId, outputs }, clients) {
    const PendingWindowInDays = outputs.deletionWindowInDays;
    await unlessMissing(clients.of(KMS).scheduleKeyDeletion({ KeyId, PendingWindowInDays }));
  },
});

/** Only KMS calls them TagKey and TagValue. */
function keyTags(tags: Tags | undefined): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

function tagsFrom(
  tags: readonly { readonly TagKey?: string | undefined; readonly TagValue?: string | undefined }[],
): Tags {
  return Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey ?? "", TagValue ?? ""]));
}
