import { ROLE_TYPE } from "../documents/carried-documents";
import { describePaths, findEscalations } from "../escalation/escalations";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";
import { attachedStatements } from "../stack/attached";

const GROUP = "aws:iam/group:Group";

/** No role or group opens a known way up with its policies together. */
export const roleEscalation = stackPolicy({
  name: "aws-iam-role-escalation",
  displayName: "No way up in a role's policies together",
  description: "No role or group combines, over all its policies, actions that lead to more power.",
  why: "Policies that are harmless one by one add up in somebody who holds them all.",
  remediationSteps:
    "Take one action out of the combination, or narrow iam:PassRole to a path such as role/workloads/*.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP02", "Grant least privilege access"),
  tags: ["iam", "policy", "escalation"],
  url: "https://pathfinding.cloud/paths",
  *check(stack, { expected }) {
    const roles = stack.of(ROLE_TYPE).map((resource) => {
      const role = expected.roles.get(textProperty(resource.props, "name") ?? "");
      return { resource, owner: role && ({ kind: "role", role } as const) };
    });
    const groups = stack.of(GROUP).map((resource) => {
      const group = expected.groups.get(textProperty(resource.props, "name") ?? "");
      return { resource, owner: group && ({ kind: "group", group } as const) };
    });
    for (const { resource, owner } of [...roles, ...groups]) {
      const kind = resource.type === ROLE_TYPE ? "role" : "group";
      const name = textProperty(resource.props, "name") ?? resource.name;
      const paths = findEscalations(attachedStatements(stack, expected, kind, name), owner, expected);
      if (paths.length === 0) continue;
      const message = `The policies of ${name} together open known ways up: ${describePaths(paths)}.`;
      yield { message, resource };
    }
  },
});
