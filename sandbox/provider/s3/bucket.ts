import { S3, type BucketLocationConstraint } from "@aws-sdk/client-s3";
import type { BucketArgs } from "@pulumi/aws/s3";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType, type Properties } from "../resource-type";
import { tagList, tagRecord, type Tags } from "../tags";

export const bucket = resourceType<BucketArgs>({
  properties: {
    bucket: { replaces: true },
    forceDestroy: { default: false, local: true },
    objectLockEnabled: { replaces: true, default: false, local: true },
    tags: {},
  },
  autoname: "bucket",
  computed: { arn: [], bucketDomainName: [], bucketRegionalDomainName: [] },

  async create({ bucket: name = "", objectLockEnabled, tags }, clients) {
    const s3 = clients.of(S3);
    await s3.createBucket({
      Bucket: name,
      ObjectLockEnabledForBucket: objectLockEnabled,
      // us-east-1 is the default and must not be named (S3 API reference, CreateBucket).
      ...(clients.region === "us-east-1"
        ? {}
        : {
            CreateBucketConfiguration: {
              LocationConstraint: clients.region as BucketLocationConstraint,
            },
          }),
    });
    await tag(s3, name, tags);
    return { id: name, computed: outputsOf(name, clients) };
  },

  async read({ id: Bucket }, clients) {
    const s3 = clients.of(S3);
    if ((await unlessMissing(s3.headBucket({ Bucket }))) === undefined) return undefined;
    const tagging = await unlessMissing(s3.getBucketTagging({ Bucket }));
    return {
      id: Bucket,
      inputs: { bucket: Bucket, tags: tagRecord(tagging?.TagSet) },
      computed: outputsOf(Bucket, clients),
    };
  },

  async update({ id }, { news, changed }, clients) {
    if (changed.has("tags")) await tag(clients.of(S3), id, news.tags);
  },

  async delete({ id: Bucket, outputs }, clients) {
    const s3 = clients.of(S3);
    if (outputs.forceDestroy === true) await empty(s3, Bucket);
    await unlessMissing(s3.deleteBucket({ Bucket }));
  },
});

function outputsOf(name: string, clients: Clients): Properties {
  return {
    arn: `arn:aws:s3:::${name}`,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${name}.s3.${clients.region}.amazonaws.com`,
  };
}

async function tag(s3: S3, Bucket: string, tags: Tags | undefined): Promise<void> {
  if (tags === undefined || Object.keys(tags).length === 0) await s3.deleteBucketTagging({ Bucket });
  else await s3.putBucketTagging({ Bucket, Tagging: { TagSet: tagList(tags) } });
}

async function empty(s3: S3, Bucket: string): Promise<void> {
  for (;;) {
    const page = await unlessMissing(s3.listObjectVersions({ Bucket }));
    const objects = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])];
    if (objects.length === 0) return;
    for (const { Key, VersionId } of objects) await s3.deleteObject({ Bucket, Key, VersionId });
  }
}
