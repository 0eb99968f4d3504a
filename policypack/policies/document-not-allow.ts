import { carriedDocuments, DOCUMENT_TYPES } from "../documents/carried-documents";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/** Allow statements name what they allow. */
export const documentNotAllow = resourcePolicy({
  name: "aws-iam-document-not-allow",
  displayName: "No Allow by exclusion",
  description:
    "No document allows all actions but some (NotAction), or all principals but some (NotPrincipal).",
  why: "Such an Allow grows with every service and action that AWS adds, and nobody reviews that.",
  remediationSteps:
    "List what is needed in Action and Principal; keep NotAction and NotPrincipal for a Deny.",
  severity: "high",
  framework: cisFramework("noFullPrivileges"),
  tags: ["iam", "document", "least-privilege"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  types: DOCUMENT_TYPES,
  *check(resource) {
    for (const { subject, statements } of carriedDocuments(resource)) {
      for (const { label, effect, notActions, notPrincipals } of statements) {
        if (effect !== "Allow") continue;
        if (notActions.length > 0) yield `${subject} allows by NotAction in the statement ${label}.`;
        if (notPrincipals.length > 0) yield `${subject} allows by NotPrincipal in the statement ${label}.`;
      }
    }
  },
});
