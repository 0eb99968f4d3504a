import { conditionValues } from "../../src/documents/statement";
import { ROLE_TYPE } from "../documents/carried-documents";
import { trustAdmissions, trustStatements } from "../documents/trust-statements";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

const OWN_NAME = "${aws:username}";

/** Sessions carry the name of their person. */
export const roleTrustSessionName = resourcePolicy({
  name: "aws-iam-role-trust-session-name",
  displayName: "Sessions carry people's names",
  description: "Every trust for people takes only the person's own name as the name of the session.",
  why:
    "CloudTrail names the session, so without this nobody can tell who did something; and the Deny that ends dated grants " +
    "finds its sessions by this name.",
  remediationSteps: 'Ask for StringEquals sts:RoleSessionName "${aws:username}" in the statement.',
  severity: "high",
  framework: wellArchitectedFramework("SEC04-BP01", "Configure service and application logging"),
  tags: ["iam", "trust", "audit"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname",
  types: [ROLE_TYPE],
  *check({ props }, { expected }) {
    const role = expected.peoplesRole(textProperty(props, "name"));
    if (role === undefined) return;
    for (const { statement } of trustAdmissions(trustStatements(props), expected)) {
      const names = conditionValues(statement, "StringEquals", "sts:RoleSessionName");
      if (names.length === 1 && names[0] === OWN_NAME) continue;
      yield `The statement ${statement.label} in the trust of ${role.name} lets people choose the name of their session.`;
    }
  },
});
