import { S3 } from "@aws-sdk/client-s3";
import type { BucketPolicyArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const bucketPolicy = resourceType<BucketPolicyArgs>({
  properties: {
    bucket: { replaces: true },
    policy: { compare: "document" },
  },
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(S3), inputs);
    return { id: inputs.bucket, computed: {} };
  },

  async read({ id }, clients) {
    const live = await unlessMissing(clients.of(S3).getBucketPolicy({ Bucket: id }));
    return live && { id, inputs: { bucket: id, policy: live.Policy ?? "" }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(S3), news);
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(S3).deleteBucketPolicy({ Bucket: id }));
  },
});

async function put(s3: S3, inputs: Inputs<BucketPolicyArgs>): Promise<void> {
  const { bucket, policy } = inputs;
  await s3.putBucketPolicy({
    Bucket: bucket,
    Policy: typeof policy === "string" ? policy : JSON.stringify(policy),
  });
}
