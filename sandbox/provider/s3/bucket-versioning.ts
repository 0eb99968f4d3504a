import { S3, type BucketVersioningStatus } from "@aws-sdk/client-s3";
import type { BucketVersioningArgs } from "@pulumi/aws/s3";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const bucketVersioning = resourceType<BucketVersioningArgs>({
  properties: {
    bucket: { replaces: true },
    versioningConfiguration: {},
  },
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(S3), inputs);
    return { id: inputs.bucket, computed: {} };
  },

  async read({ id }, clients) {
    const live = await unlessMissing(clients.of(S3).getBucketVersioning({ Bucket: id }));
    if (live === undefined) return undefined;
    const versioningConfiguration = { status: live.Status ?? "Disabled" };
    return { id, inputs: { bucket: id, versioningConfiguration }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(S3), news);
  },

  /** Versioning can be suspended, not undone. */
  async delete({ id, outputs }, clients) {
    if (outputs.versioningConfiguration?.status === "Disabled") return;
    const VersioningConfiguration = { Status: "Suspended" } as const;
    await unlessMissing(clients.of(S3).putBucketVersioning({ Bucket: id, VersioningConfiguration }));
  },
});

async function put(s3: S3, inputs: Inputs<BucketVersioningArgs>): Promise<void> {
  const { status } = inputs.versioningConfiguration;
  // A bucket that never had versions cannot be told so: "Disabled" is Pulumi's word for leaving it alone.
  if (status === "Disabled") return;
  const VersioningConfiguration = { Status: status as BucketVersioningStatus };
  await s3.putBucketVersioning({ Bucket: inputs.bucket, VersioningConfiguration });
}
