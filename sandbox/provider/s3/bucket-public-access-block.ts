import { S3 } from "@aws-sdk/client-s3";
import type { BucketPublicAccessBlockArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const bucketPublicAccessBlock = resourceType<BucketPublicAccessBlockArgs>({
  properties: {
    bucket: { replaces: true },
    blockPublicAcls: { default: false },
    blockPublicPolicy: { default: false },
    ignorePublicAcls: { default: false },
    restrictPublicBuckets: { default: false },
    skipDestroy: { default: false, local: true },
  },
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(S3), inputs);
    return { id: inputs.bucket, computed: {} };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(clients.of(S3).getPublicAccessBlock({ Bucket: id }));
    const live = answer?.PublicAccessBlockConfiguration;
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        bucket: id,
        blockPublicAcls: live.BlockPublicAcls,
        blockPublicPolicy: live.BlockPublicPolicy,
        ignorePublicAcls: live.IgnorePublicAcls,
        restrictPublicBuckets: live.RestrictPublicBuckets,
      },
      computed: {},
    };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(S3), news);
  },

  async delete({ id, outputs }, clients) {
    if (outputs.skipDestroy === true) return;
    await unlessMissing(clients.of(S3).deletePublicAccessBlock({ Bucket: id }));
  },
});

async function put(s3: S3, inputs: Inputs<BucketPublicAccessBlockArgs>): Promise<void> {
  await s3.putPublicAccessBlock({
    Bucket: inputs.bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: inputs.blockPublicAcls,
      BlockPublicPolicy: inputs.blockPublicPolicy,
      IgnorePublicAcls: inputs.ignorePublicAcls,
      RestrictPublicBuckets: inputs.restrictPublicBuckets,
    },
  });
}
