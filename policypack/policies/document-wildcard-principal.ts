import { documentsOf, RESOURCE_DOCUMENT_TYPES } from "../documents/of-resource";
import { isWildcard } from "../documents/trust";
import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";

/** Buckets, topics and keys are not open to everybody. */
export const documentWildcardPrincipal = resourcePolicy({
  name: "aws-iam-document-wildcard-principal",
  displayName: "No wildcard in a resource's policy",
  description:
    "No policy of a bucket, topic, key or the like allows a wildcard principal; a Deny may have one.",
  why: "A wildcard is every AWS account there is: anybody who finds the resource uses it.",
  remediationSteps:
    "Name the service or account that needs it, and narrow it by aws:SourceAccount and aws:SourceArn.",
  severity: "critical",
  framework: wellArchitected("SEC03-BP07", "Analyze public and cross-account access"),
  tags: ["iam", "document", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  types: RESOURCE_DOCUMENT_TYPES,
  *check(resource) {
    for (const { subject, statements } of documentsOf(resource)) {
      for (const { label, effect, principals } of statements) {
        if (effect !== "Allow" || !principals.some(isWildcard)) continue;
        yield `${subject} allows everybody in the statement ${label}.`;
      }
    }
  },
});
