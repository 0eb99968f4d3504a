import { ROLE_TYPE } from "../documents/carried-documents";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

/** Roles carry the boundary that bounds them: Ops in prod. */
export const roleBoundary = resourcePolicy({
  name: "aws-iam-role-boundary",
  displayName: "Roles carry their boundary",
  description:
    "A role carries the permissions boundary that it is meant to have, as Ops in prod does, and no other.",
  why: "Ops holds full IAM. In prod its boundary is all that keeps it from giving itself, or a role of its own, the rest.",
  remediationSteps: "Leave permissionsBoundary as src/resources/role-resources.ts sets it.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP05", "Define permission guardrails for your organization"),
  tags: ["iam", "boundary"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  types: [ROLE_TYPE],
  *check({ props }, { expected }) {
    const role = expected.roles.get(textProperty(props, "name") ?? "");
    if (role === undefined) return;
    const actual = textProperty(props, "permissionsBoundary");
    if (actual === role.boundary?.arn) return;
    if (role.boundary === undefined)
      yield `${role.name} carries the boundary ${String(actual)}, which it should not.`;
    else if (actual === undefined) yield `${role.name} does not carry its boundary ${role.boundary.arn}.`;
    else yield `${role.name} carries the boundary ${actual} instead of ${role.boundary.arn}.`;
  },
});
