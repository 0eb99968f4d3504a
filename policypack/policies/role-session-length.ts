import { ROLE } from "../documents/of-resource";
import type { AccountExpectations } from "../expectations/account-expectations";
import type { ExpectedRole } from "../expectations/expected-role";
import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";
import { number, text, type Resource } from "../resource";
import { integer, type Configuration } from "../settings";
import { hours } from "../words";

const HOUR = 3_600;

/** Which setting holds for a role, where it is not the one for all others. */
const SETTING_OF: Partial<Record<NonNullable<ExpectedRole["role"]>, string>> = {
  Admin: "emergencySeconds",
  BreakGlass: "emergencySeconds",
  DbRead: "emergencySeconds",
  DataShare: "emergencySeconds",
  ExternalSystem: "emergencySeconds",
  Preview: "emergencySeconds",
  Deploy: "emergencySeconds",
  Ops: "operatorSeconds",
  Dba: "operatorSeconds",
};

function longestOf({ props }: Resource, expected: AccountExpectations, configuration: Configuration): number {
  const role = expected.roles.get(text(props, "name") ?? "")?.role;
  return configuration.integer((role && SETTING_OF[role]) ?? "otherSeconds");
}

/** No session is longer than its role's power allows. */
export const roleSessionLength = resourcePolicy({
  name: "aws-iam-role-session-length",
  displayName: "Sessions are short",
  description: "No role allows sessions longer than its power does: Admin, BreakGlass and DbRead one hour.",
  why: "A thief of a session's credentials has them until it ends.",
  remediationSteps: "Lower maxSessionDuration, which src/model/roles.ts sets.",
  severity: "high",
  framework: wellArchitected("SEC02-BP02", "Use temporary credentials"),
  tags: ["iam", "session"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html#id_roles_use_view-role-max-session",
  settings: {
    emergencySeconds: integer(
      "Longest session of Admin, BreakGlass, DbRead, partners and pipelines, in seconds.",
      {
        usual: HOUR,
        least: HOUR,
        most: HOUR,
      },
    ),
    operatorSeconds: integer("Longest session of Ops and Dba, in seconds.", {
      usual: 4 * HOUR,
      least: HOUR,
      most: 4 * HOUR,
    }),
    otherSeconds: integer("Longest session of every other role, in seconds.", {
      usual: 8 * HOUR,
      least: HOUR,
      most: 12 * HOUR,
    }),
  },
  types: [ROLE],
  *check(resource, { expected, configuration }) {
    // AWS's default is an hour, which every role may have.
    const seconds = number(resource.props, "maxSessionDuration") ?? HOUR;
    const longest = longestOf(resource, expected, configuration);
    if (seconds <= longest) return;
    yield `${resource.name} allows sessions of ${String(seconds)} seconds; ${hours(longest)} is the most.`;
  },
  remedy(resource, { expected, configuration }) {
    return { maxSessionDuration: longestOf(resource, expected, configuration) };
  },
});
