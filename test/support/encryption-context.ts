export const SECRET_ARN = "kms:EncryptionContext:SecretARN";
export const TRAIL_ARN = "kms:EncryptionContext:aws:cloudtrail:arn";
const SECRET_VERSION = "kms:EncryptionContext:SecretVersionId";

/** The evaluator knows names that follow a colon only by their placeholder in AWS's service authorization reference. */
export const ENCRYPTION_CONTEXT = "kms:EncryptionContext:${EncryptionContextKey}";

/** A document, or condition keys, with the version of a secret, or another key of the context, under the name that the evaluator knows. */
export const withPlaceholder = <T>(json: T, key = SECRET_VERSION): T =>
  JSON.parse(JSON.stringify(json).replaceAll(key, ENCRYPTION_CONTEXT)) as T;
