import { ROLE_TYPE } from "../documents/carried-documents";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";
import { alarmFaults } from "../stack/alarm-faults";

/** The use of BreakGlass is heard. */
export const roleBreakGlassAlarm = stackPolicy({
  name: "aws-iam-role-break-glass-alarm",
  displayName: "BreakGlass is alarmed",
  description:
    "Where BreakGlass exists, the same stack has an alarm on its use that tells a topic with a subscriber.",
  why: "BreakGlass needs no approval: the alarm is what makes its use known.",
  remediationSteps: "Leave the alarm to src/resources/alarm-resources.ts, in the same stack as the role.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP03", "Establish emergency access process"),
  tags: ["iam", "break-glass", "alarm"],
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_emergency_process.html",
  *check(stack, { expected }) {
    const role = stack
      .of(ROLE_TYPE)
      .find(({ props }) => expected.peoplesRole(textProperty(props, "name"))?.role === "BreakGlass");
    if (role === undefined) return;
    const alarm = expected.blueprint.alarms.find(({ subject }) => subject === "BreakGlassUsed");
    if (alarm === undefined)
      yield { message: `The roster generates no alarm on ${role.name}.`, resource: role };
    else for (const message of alarmFaults([alarm], stack, expected)) yield { message, resource: role };
  },
});
