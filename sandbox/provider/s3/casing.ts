/** Names that are not simply Pulumi's with a capital letter. */
const irregular = { id: "ID", kmsMasterKeyId: "KMSMasterKeyID", sseAlgorithm: "SSEAlgorithm" } as const;

const toAwsNames = new Map<string, string>(Object.entries(irregular));
const fromAwsNames = new Map<string, string>(
  Object.entries(irregular).map(([ours, theirs]) => [theirs, ours]),
);

/** Rules of a bucket in the words of the S3 API: `storageClass` becomes `StorageClass`. */
export function toAws(pulumi: object): unknown {
  return renamed(pulumi, (name) => toAwsNames.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1));
}

/** Rules of a bucket in the words of Pulumi: `StorageClass` becomes `storageClass`. */
export function fromAws(aws: object): unknown {
  return renamed(aws, (name) => fromAwsNames.get(name) ?? name.charAt(0).toLowerCase() + name.slice(1));
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [rename(name), renamed(item, rename)]),
  );
}
