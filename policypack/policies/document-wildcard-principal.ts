import { VALIDATION_VERSION } from "../../src/documents/databases/database-key";
import { conditionValues, type Statement } from "../../src/documents/statement";
import type { Account } from "../../src/model/account";
import { carriedDocuments, RESOURCE_DOCUMENT_TYPES } from "../documents/carried-documents";
import { isWildcard, PRINCIPAL_ARN } from "../documents/trust-statements";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/**
 * Whether a condition names everybody who is left, as users and roles of the account. Databases' keys are written so: the
 * conditions may name a role before it exists, which a principal may not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function namesOwnPrincipals(statement: Statement, { id }: Account): boolean {
  const ownArn = new RegExp(`^arn:aws:iam::${id}:(?:role|user)/[\\w+=,.@/-]+$`);
  return ["ArnEquals", "StringEquals"].some((operator) => {
    const named = conditionValues(statement, operator, PRINCIPAL_ARN);
    return named.length > 0 && named.every((arn) => ownArn.test(arn));
  });
}

/**
 * Whether conditions leave nothing but the trial by which Secrets Manager asks whether somebody of the account may name the
 * key for a secret: it encrypts and decrypts no value.
 */
function onlyTriesKey(statement: Statement, { id }: Account): boolean {
  const only = (key: string, value: string): boolean => {
    const values = conditionValues(statement, "StringEquals", key);
    return values.length === 1 && values[0] === value;
  };
  return only("kms:CallerAccount", id) && only("kms:EncryptionContext:SecretVersionId", VALIDATION_VERSION);
}

/** Buckets, topics and keys are not open to everybody. */
export const documentWildcardPrincipal = resourcePolicy({
  name: "aws-iam-document-wildcard-principal",
  displayName: "No wildcard in a resource's policy",
  description:
    "No policy of a bucket, topic, key or the like lets everybody in, unless a condition names principals of the account, or leaves its callers nothing but to try a key for a secret.",
  why: "A wildcard is every AWS account there is: anybody who finds the resource uses it.",
  remediationSteps:
    "Name the service or account that needs it, and narrow it by aws:SourceAccount and aws:SourceArn; or name users and roles of the account, one by one, by ArnEquals aws:PrincipalArn.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP07", "Analyze public and cross-account access"),
  tags: ["iam", "document", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  types: RESOURCE_DOCUMENT_TYPES,
  *check(resource, { expected: { account } }) {
    for (const { subject, statements } of carriedDocuments(resource)) {
      for (const statement of statements) {
        const { label, effect, principals } = statement;
        if (effect !== "Allow" || !principals.some(isWildcard)) continue;
        if (namesOwnPrincipals(statement, account) || onlyTriesKey(statement, account)) continue;
        yield `${subject} allows everybody in the statement ${label}.`;
      }
    }
  },
});
