import { carriedDocuments, IDENTITY_DOCUMENT_TYPES } from "../documents/carried-documents";
import { describePaths, findEscalations } from "../escalation/escalations";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

/** No document opens a known way up. */
export const policyEscalation = resourcePolicy({
  name: "aws-iam-policy-escalation",
  displayName: "No way up in a policy",
  description:
    "No policy holds a known combination of actions that leads to more power, but for full IAM by design.",
  why: "Each of these combinations turns its holder into somebody more powerful with a handful of commands.",
  remediationSteps:
    "Take one action out of the combination, or narrow iam:PassRole to a path such as role/workloads/*.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP02", "Grant least privilege access"),
  tags: ["iam", "policy", "escalation"],
  url: "https://pathfinding.cloud/paths",
  types: IDENTITY_DOCUMENT_TYPES,
  *check(resource, { expected }) {
    const owner = expected.policies.get(textProperty(resource.props, "name") ?? "")?.owner;
    for (const { kind, subject, statements } of carriedDocuments(resource)) {
      const paths = kind === "identity" ? findEscalations(statements, owner, expected) : [];
      if (paths.length > 0) yield `${subject} opens known ways up: ${describePaths(paths)}.`;
    }
  },
});
