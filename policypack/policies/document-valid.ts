import { isCurrentLanguage } from "../../src/documents/statement";
import { DOCUMENT_TYPES, carriedJson } from "../documents/carried-documents";
import { readDocument } from "../documents/read-document";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/** IAM compares them with case, and other policies look at an Allow alone. */
const EFFECTS: readonly string[] = ["Allow", "Deny"];

/** Documents can be read, so that the other policies can check them. */
export const documentValid = resourcePolicy({
  name: "aws-iam-document-valid",
  displayName: "Policy documents can be read",
  description:
    "Every policy document is JSON with statements of IAM's grammar, in the version that substitutes variables.",
  why: "What cannot be read cannot be checked, and AWS may read it in another way than we do.",
  remediationSteps: "Build documents with src/documents, which writes JSON.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP02", "Grant least privilege access"),
  tags: ["iam", "document"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  types: DOCUMENT_TYPES,
  *check(resource) {
    for (const { subject, json } of carriedJson(resource)) {
      const statements = readDocument(json);
      if (statements === undefined) yield `${subject} is no policy document.`;
      for (const { effect, label } of statements?.filter((one) => !EFFECTS.includes(one.effect)) ?? [])
        yield `${subject} has the effect "${effect}" in the statement ${label}, which is neither Allow nor Deny.`;
      if (statements !== undefined && !isCurrentLanguage(json))
        yield `${subject} is not of Version 2012-10-17, so IAM substitutes no variable in it.`;
    }
  },
});
