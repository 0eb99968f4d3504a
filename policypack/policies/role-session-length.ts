import { ROLE_TYPE } from "../documents/carried-documents";
import type { AccountExpectations } from "../expectations/account-expectations";
import type { ExpectedRole } from "../expectations/expected-role";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { numberProperty, textProperty, type CheckedResource } from "../checked-resource";
import { integerSetting, type PolicyConfiguration } from "../policy-settings";
import { formatHours } from "../messages";

const HOUR = 3_600;

/** The setting that limits each role's sessions. Roles of services have `otherSeconds`. */
const SETTING_OF: Readonly<Record<NonNullable<ExpectedRole["role"]>, string>> = {
  Admin: "emergencySeconds",
  BreakGlass: "emergencySeconds",
  DbRead: "emergencySeconds",
  DataShare: "emergencySeconds",
  ExternalSystem: "emergencySeconds",
  Preview: "emergencySeconds",
  Deploy: "emergencySeconds",
  Ops: "operatorSeconds",
  Dba: "operatorSeconds",
  Developer: "otherSeconds",
  Read: "otherSeconds",
  Security: "otherSeconds",
  Monitor: "otherSeconds",
  Analyst: "otherSeconds",
  Dashboard: "otherSeconds",
  Review: "otherSeconds",
  LinuxUsers: "otherSeconds",
  Responder: "otherSeconds",
};

function longestOf(
  { props }: CheckedResource,
  expected: AccountExpectations,
  configuration: PolicyConfiguration,
): number {
  const role = expected.roles.get(textProperty(props, "name") ?? "")?.role;
  return configuration.integer(role === undefined ? "otherSeconds" : SETTING_OF[role]);
}

/** No session is longer than its role's power allows. */
export const roleSessionLength = resourcePolicy({
  name: "aws-iam-role-session-length",
  displayName: "Sessions are short",
  description: "No role allows sessions longer than its power does: Admin, BreakGlass and DbRead one hour.",
  why: "A thief of a session's credentials has them until it ends.",
  remediationSteps: "Lower maxSessionDuration, which src/model/roles.ts sets.",
  severity: "high",
  framework: wellArchitectedFramework("SEC02-BP02", "Use temporary credentials"),
  tags: ["iam", "session"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html#id_roles_use_view-role-max-session",
  settings: {
    emergencySeconds: integerSetting(
      "Longest session of Admin, BreakGlass, DbRead, partners and pipelines, in seconds.",
      {
        usual: HOUR,
        least: HOUR,
        most: HOUR,
      },
    ),
    operatorSeconds: integerSetting("Longest session of Ops and Dba, in seconds.", {
      usual: 4 * HOUR,
      least: HOUR,
      most: 4 * HOUR,
    }),
    otherSeconds: integerSetting("Longest session of every other role, in seconds.", {
      usual: 8 * HOUR,
      least: HOUR,
      most: 12 * HOUR,
    }),
  },
  types: [ROLE_TYPE],
  *check(resource, { expected, configuration }) {
    // AWS's default is an hour, which every role may have.
    const seconds = numberProperty(resource.props, "maxSessionDuration") ?? HOUR;
    const longest = longestOf(resource, expected, configuration);
    if (seconds <= longest) return;
    yield `${resource.name} allows sessions of ${String(seconds)} seconds; ${formatHours(longest)} is the most.`;
  },
  remedy(resource, { expected, configuration }) {
    return { maxSessionDuration: longestOf(resource, expected, configuration) };
  },
});
