import { documentDifferences } from "../documents/document-differences";
import { parseDocument } from "../../src/documents/statement";
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
    if (policy === undefined) return;
    const found = parseDocument(textProperty(props, "policy") ?? "") ?? [];
    const faults = [...documentDifferences(parseDocument(policy.text) ?? [], found)];
    if (faults.length > 0) yield `The policy ${policy.name} ${faults.join("; ")}.`;
  },
});
