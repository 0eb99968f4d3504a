import { alarmName } from "../../src/model/names";
import { cis } from "../frameworks";
import { stackPolicy } from "../policy";
import { faultsOf } from "../stack/alarms";

/** What goes around the roster is heard. */
export const accountAlarms = stackPolicy({
  name: "aws-iam-account-alarms",
  displayName: "What goes around the roster is alarmed",
  description:
    "The stack has every alarm but BreakGlass's: on the root user, on PowerG and on changes of users' tags.",
  why: "The root user stands above the roster, PowerG is as good as it, and a tag on a user grants roles.",
  remediationSteps: "Leave the alarms to src/resources/alarms.ts.",
  severity: "high",
  framework: cis("4.3, 4.4", "Ensure usage of the root account and IAM policy changes are monitored"),
  tags: ["iam", "alarm"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html",
  *check(stack, { expected }) {
    const breakGlass = alarmName(expected.organization, "BreakGlassUsed");
    for (const alarm of expected.blueprint.alarms.filter(({ name }) => name !== breakGlass)) {
      for (const message of faultsOf(alarm, stack, expected)) yield { message };
    }
  },
});
