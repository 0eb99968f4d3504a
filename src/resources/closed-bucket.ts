import { renderDocument, type PolicyDocument, type ResourceStatement } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DependentResource,
  type DescribedResource,
} from "./described-resource";

/** A bucket that keeps evidence. */
interface ClosedBucket {
  readonly name: string;
  readonly policy: PolicyDocument<ResourceStatement>;
  /** Whether the account has it already, from an earlier stack. */
  readonly isKept: boolean;
}

/** The bucket's resources, and its name once it is closed and encrypted. */
export interface ClosedBucketPart {
  readonly resources: readonly DescribedResource[];
  readonly bucketName: DependentResource<string>;
}

/**
 * A bucket that is not public, versioned and encrypted by S3's own key, which nobody deletes. Evidence outlives the program that
 * began to collect it, and so does what protects it.
 */
export function closedBucketPart(
  context: RoleContext,
  parent: DescribedComponent,
  { name, policy, isKept }: ClosedBucket,
): ClosedBucketPart {
  const kept = { parent, retainOnDelete: true } as const;
  // Only the bucket itself is refused when it exists. The others are put, over whatever was there before:
  // terraform-provider-aws, internal/service/s3/bucket_{versioning,public_access_block,server_side_encryption_configuration,policy}.go.
  const bucket = describeResource(
    "aws:s3/bucket:Bucket",
    name,
    { bucket: name, tags: accountTags(context) },
    { ...kept, ...(isKept && { takesOver: name }) },
  );
  const versioning = describeResource(
    "aws:s3/bucketVersioning:BucketVersioning",
    name,
    { bucket: createdAfter(bucket, name), versioningConfiguration: { status: "Enabled" } },
    kept,
  );
  const closed = describeResource(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name,
    {
      bucket: createdAfter(bucket, name),
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    kept,
  );
  // S3's own key is the default of new buckets, and need not be that of an old one.
  const encryption = describeResource(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name,
    {
      bucket: createdAfter(closed, name),
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: false,
          // The default of buckets made since April 2026, said so that older ones are no different.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    kept,
  );
  const bucketPolicy = describeResource(
    "aws:s3/bucketPolicy:BucketPolicy",
    name,
    { bucket: createdAfter(encryption, name), policy: renderDocument(policy) },
    kept,
  );
  return {
    resources: [bucket, versioning, closed, encryption, bucketPolicy],
    bucketName: createdAfter(bucketPolicy, name),
  };
}
