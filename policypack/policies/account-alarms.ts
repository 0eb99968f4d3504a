import { cisFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { alarmFaults } from "../stack/alarm-faults";
import { nothingRegistered } from "../stack/nothing-registered";

/** Somebody hears of what goes around the roster. */
export const accountAlarms = stackPolicy({
  name: "aws-iam-account-alarms",
  displayName: "What goes around the roster is alarmed",
  description:
    "The stack has every alarm of the account but that on the use of BreakGlass, each told to somebody: src/documents/alarms/alarm-table.ts lists them.",
  why: "The root user stands above the roster, PowerG is as good as it, and a tag on a user grants roles.",
  remediationSteps: "Leave the alarms to src/resources/alarm-resources.ts.",
  severity: "high",
  framework: cisFramework("rootIsMonitored", "iamPoliciesAreMonitored"),
  tags: ["iam", "alarm"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html",
  *check(stack, { expected }) {
    const nothing = nothingRegistered(stack, expected);
    if (nothing !== undefined) {
      yield { message: nothing };
      return;
    }
    const others = expected.blueprint.alarms.filter(({ subject }) => subject !== "BreakGlassUsed");
    for (const message of alarmFaults(others, stack, expected)) yield { message };
  },
});
