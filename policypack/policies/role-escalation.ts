import { ROLE } from "../documents/of-resource";
import { describePaths, escalations } from "../escalation/escalations";
import { wellArchitected } from "../frameworks";
import { stackPolicy } from "../policy";
import { text } from "../resource";
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
  framework: wellArchitected("SEC03-BP02", "Grant least privilege access"),
  tags: ["iam", "policy", "escalation"],
  url: "https://pathfinding.cloud/paths",
  *check(stack, { expected }) {
    const roles = stack.of(ROLE).map((resource) => {
      const role = expected.roles.get(text(resource.props, "name") ?? "");
      return { resource, owner: role && ({ kind: "role", role } as const) };
    });
    const groups = stack.of(GROUP).map((resource) => {
      const group = expected.groups.get(text(resource.props, "name") ?? "");
      return { resource, owner: group && ({ kind: "group", group } as const) };
    });
    for (const { resource, owner } of [...roles, ...groups]) {
      const kind = resource.type === ROLE ? "role" : "group";
      const name = text(resource.props, "name") ?? resource.name;
      const paths = escalations(attachedStatements(stack, expected, kind, name), owner, expected);
      if (paths.length === 0) continue;
      const message = `The policies of ${name} together open known ways up: ${describePaths(paths)}.`;
      yield { message, resource };
    }
  },
});
