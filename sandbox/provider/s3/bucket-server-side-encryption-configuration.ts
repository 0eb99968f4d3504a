import {
  S3,
  type EncryptionType,
  type ServerSideEncryption,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { BucketServerSideEncryptionConfigurationArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

type Rule = Inputs<BucketServerSideEncryptionConfigurationArgs>["rules"][number];

export const bucketServerSideEncryptionConfiguration =
  resourceType<BucketServerSideEncryptionConfigurationArgs>({
    properties: {
      bucket: { replaces: true },
      rules: { compare: "settings" },
    },
    computed: {},

    async create(inputs, clients) {
      await put(clients.of(S3), inputs);
      return { id: inputs.bucket, computed: {} };
    },

    async read({ id }, clients) {
      const live = await unlessMissing(clients.of(S3).getBucketEncryption({ Bucket: id }));
      const rules = live?.ServerSideEncryptionConfiguration?.Rules?.map(fromAws);
      return rules && { id, inputs: { bucket: id, rules }, computed: {} };
    },

    async update(_known, { news }, clients) {
      await put(clients.of(S3), news);
    },

    async delete({ id }, clients) {
      await unlessMissing(clients.of(S3).deleteBucketEncryption({ Bucket: id }));
    },
  });

function toAws({
  applyServerSideEncryptionByDefault: byDefault,
  bucketKeyEnabled,
  blockedEncryptionTypes,
}: Rule): ServerSideEncryptionRule {
  return {
    ...(byDefault && {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: byDefault.sseAlgorithm as ServerSideEncryption,
        KMSMasterKeyID: byDefault.kmsMasterKeyId,
      },
    }),
    BucketKeyEnabled: bucketKeyEnabled ?? false,
    ...(blockedEncryptionTypes && {
      BlockedEncryptionTypes: { EncryptionType: blockedEncryptionTypes as EncryptionType[] },
    }),
  };
}

function fromAws({
  ApplyServerSideEncryptionByDefault: byDefault,
  BucketKeyEnabled,
  BlockedEncryptionTypes,
}: ServerSideEncryptionRule): Rule {
  return {
    ...(byDefault && {
      applyServerSideEncryptionByDefault: {
        sseAlgorithm: byDefault.SSEAlgorithm ?? "",
        ...(byDefault.KMSMasterKeyID !== undefined && { kmsMasterKeyId: byDefault.KMSMasterKeyID }),
      },
    }),
    bucketKeyEnabled: BucketKeyEnabled ?? false,
    ...(BlockedEncryptionTypes?.EncryptionType && {
      blockedEncryptionTypes: BlockedEncryptionTypes.EncryptionType,
    }),
  };
}

async function put(
  s3: S3,
  { bucket, rules }: Inputs<BucketServerSideEncryptionConfigurationArgs>,
): Promise<void> {
  await s3.putBucketEncryption({
    Bucket: bucket,
    ServerSideEncryptionConfiguration: { Rules: rules.map(toAws) },
  });
}
