import { S3, type ObjectOwnership } from "@aws-sdk/client-s3";
import type { BucketOwnershipControlsArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const bucketOwnershipControls = resourceType<BucketOwnershipControlsArgs>({
  properties: {
    bucket: { replaces: true },
    rule: {},
  },
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(S3), inputs);
    return { id: inputs.bucket, computed: {} };
  },

  async read({ id }, clients) {
    const live = await unlessMissing(clients.of(S3).getBucketOwnershipControls({ Bucket: id }));
    const objectOwnership = live?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    return objectOwnership && { id, inputs: { bucket: id, rule: { objectOwnership } }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(S3), news);
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(S3).deleteBucketOwnershipControls({ Bucket: id }));
  },
});

async function put(s3: S3, inputs: Inputs<BucketOwnershipControlsArgs>): Promise<void> {
  const ObjectOwnership = inputs.rule.objectOwnership as ObjectOwnership;
  await s3.putBucketOwnershipControls({
    Bucket: inputs.bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership }] },
  });
}
