import { conditionValues } from "../../src/documents/statement";
import { ROLE } from "../documents/of-resource";
import { admissionsOf, trustOf } from "../documents/trust";
import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text } from "../resource";

const OWN_NAME = "${aws:username}";

/** Sessions carry the name of the person whose they are. */
export const roleTrustSessionName = resourcePolicy({
  name: "aws-iam-role-trust-session-name",
  displayName: "Sessions carry people's names",
  description: "Every trust for people takes only the person's own name as the name of the session.",
  why:
    "CloudTrail names the session, so without this nobody can tell who did something; and the Deny that ends dated grants " +
    "finds its sessions by this name.",
  remediationSteps: 'Ask for StringEquals sts:RoleSessionName "${aws:username}" in the statement.',
  severity: "high",
  framework: wellArchitected("SEC04-BP01", "Configure service and application logging"),
  tags: ["iam", "trust", "audit"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname",
  types: [ROLE],
  *check({ props }, { expected }) {
    const role = expected.peoplesRole(text(props, "name"));
    if (role === undefined) return;
    for (const { statement } of admissionsOf(trustOf(props), expected)) {
      const names = conditionValues(statement, "StringEquals", "sts:RoleSessionName");
      if (names.length === 1 && names[0] === OWN_NAME) continue;
      yield `The statement ${statement.label} in the trust of ${role.name} lets people choose the name of their session.`;
    }
  },
});
