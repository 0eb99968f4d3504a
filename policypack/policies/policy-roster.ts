import { documentDifferences } from "../documents/document-differences";
import { readDocument } from "../documents/read-document";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

/** Muster's own policies equal those of the catalogue. */
export const policyRoster = resourcePolicy({
  name: "aws-iam-policy-roster",
  displayName: "Policies are the catalogue's",
  description:
    "Every policy of our own equals what the catalogue of roles generates, statement by statement.",
  why: "The catalogue is what was reviewed and proven by tests; a statement beside it is neither.",
  remediationSteps: "Change src/documents and its tests, then: npm run build:policypack.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP02", "Grant least privilege access"),
  tags: ["iam", "policy", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  types: ["aws:iam/policy:Policy"],
  *check({ props }, { expected }) {
    const policy = expected.policies.get(textProperty(props, "name") ?? "");
    const text = textProperty(props, "policy") ?? "";
    if (policy === undefined || text === policy.text) return;
    const faults = [...documentDifferences(readDocument(policy.text) ?? [], readDocument(text) ?? [])];
    if (faults.length > 0) yield `The policy ${policy.name} ${faults.join("; ")}.`;
  },
});
