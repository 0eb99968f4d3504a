import { S3, type LifecycleRule } from "@aws-sdk/client-s3";
import type { BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
import { fromAws, toAws } from "./casing";

type Rules = NonNullable<Inputs<BucketLifecycleConfigurationArgs>["rules"]>;

export const bucketLifecycleConfiguration = resourceType<BucketLifecycleConfigurationArgs>({
  properties: {
    bucket: { replaces: true },
    rules: { compare: "settings" },
    transitionDefaultMinimumObjectSize: { computed: true },
    timeouts: { local: true },
  },
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(S3), inputs);
    return { id: inputs.bucket, computed: {} };
  },

  async read({ id }, clients) {
    const live = await unlessMissing(clients.of(S3).getBucketLifecycleConfiguration({ Bucket: id }));
    return live && { id, inputs: { bucket: id, rules: fromAws(live.Rules ?? []) as Rules }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(S3), news);
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(S3).deleteBucketLifecycle({ Bucket: id }));
  },
});

async function put(s3: S3, inputs: Inputs<BucketLifecycleConfigurationArgs>): Promise<void> {
  const Rules = toAws(inputs.rules ?? []) as LifecycleRule[];
  await s3.putBucketLifecycleConfiguration({ Bucket: inputs.bucket, LifecycleConfiguration: { Rules } });
}
