import { carriedDocuments, IDENTITY_DOCUMENT_TYPES } from "../documents/carried-documents";
import { coversAction, coversResource } from "../../src/documents/patterns";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

/** A service and a resource that do not exist: only a wildcard for all of them matches. */
const ANY_ACTION = "anyservice:AnyAction";
const ANY_RESOURCE = "anything";

/** No policy of our own allows everything. */
export const policyFullAccess = resourcePolicy({
  name: "aws-iam-policy-full-access",
  displayName: 'No full "*:*" access',
  description: "No policy allows all actions on all resources outside Admin and BreakGlass.",
  why: "It makes an administrator of every holder, whatever the role is called.",
  remediationSteps: "List the actions that are needed, or grant Admin for a time in src/roster.ts.",
  severity: "critical",
  framework: cisFramework("noFullPrivileges"),
  tags: ["iam", "policy", "least-privilege"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  types: IDENTITY_DOCUMENT_TYPES,
  *check(resource, { expected }) {
    const owner = expected.policies.get(textProperty(resource.props, "name") ?? "")?.owner;
    if (owner?.kind === "role" && (owner.role.role === "Admin" || owner.role.role === "BreakGlass")) return;
    for (const { kind, subject, statements } of carriedDocuments(resource)) {
      if (kind !== "identity") continue;
      for (const statement of statements) {
        if (statement.effect !== "Allow") continue;
        if (!coversResource(statement, ANY_RESOURCE) || !coversAction(statement, ANY_ACTION)) continue;
        yield `${subject} allows everything in the statement ${statement.label}.`;
      }
    }
  },
});
