import { S3, type ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import type { BucketServerSideEncryptionConfigurationArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
import { fromAws, toAws } from "./casing";

type Rules = Inputs<BucketServerSideEncryptionConfigurationArgs>["rules"];

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
      const rules = live?.ServerSideEncryptionConfiguration?.Rules;
      return rules && { id, inputs: { bucket: id, rules: fromAws(rules) as Rules }, computed: {} };
    },

    async update(_known, { news }, clients) {
      await put(clients.of(S3), news);
    },

    async delete({ id }, clients) {
      await unlessMissing(clients.of(S3).deleteBucketEncryption({ Bucket: id }));
    },
  });

async function put(s3: S3, inputs: Inputs<BucketServerSideEncryptionConfigurationArgs>): Promise<void> {
  const Rules = toAws(inputs.rules) as ServerSideEncryptionRule[];
  await s3.putBucketEncryption({ Bucket: inputs.bucket, ServerSideEncryptionConfiguration: { Rules } });
}
