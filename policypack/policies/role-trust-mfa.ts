import type { HeldRole } from "../../src/model/roles";
import { conditionValues } from "../../src/documents/statement";
import { ROLE_TYPE } from "../documents/carried-documents";
import { trustAdmissions, MFA_AGE, MFA_PRESENT, trustStatements } from "../documents/trust-statements";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";
import { integerSetting } from "../policy-settings";
import { formatHours } from "../messages";

const HOUR = 3_600;
const EMERGENCY_ROLES: readonly HeldRole[] = ["Admin", "BreakGlass"];

/** Nobody assumes a role without having entered MFA lately. */
export const roleTrustMfa = resourcePolicy({
  name: "aws-iam-role-trust-mfa",
  displayName: "Trusts ask for MFA",
  description: "Every trust for people asks for MFA, and that it was entered lately.",
  why:
    "A stolen password or access key opens every role of its owner otherwise. The trust is the only place to ask: inside " +
    "a role's session the MFA keys are absent.",
  remediationSteps:
    'Ask for Bool aws:MultiFactorAuthPresent "true" and NumericLessThan aws:MultiFactorAuthAge in the statement.',
  severity: "critical",
  framework: cisFramework("usersHaveMfa"),
  tags: ["iam", "trust", "mfa"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
  settings: {
    emergencySeconds: integerSetting("Highest age of MFA for Admin and BreakGlass, in seconds.", {
      usual: HOUR,
      least: 900,
      most: HOUR,
    }),
    otherSeconds: integerSetting("Highest age of MFA for the other roles, in seconds.", {
      usual: 12 * HOUR,
      least: 900,
      most: 12 * HOUR,
    }),
  },
  types: [ROLE_TYPE],
  *check({ props }, { expected, configuration }) {
    const role = expected.peoplesRole(textProperty(props, "name"));
    if (role === undefined) return;
    const { name } = role;
    const setting = EMERGENCY_ROLES.includes(role.role) ? "emergencySeconds" : "otherSeconds";
    const highest = configuration.integer(setting);
    for (const { statement } of trustAdmissions(trustStatements(props), expected)) {
      const present = conditionValues(statement, "Bool", MFA_PRESENT);
      if (present.length !== 1 || present[0] !== "true") {
        yield `The statement ${statement.label} in the trust of ${name} does not ask for MFA.`;
      }
      const ages = conditionValues(statement, "NumericLessThan", MFA_AGE).map(Number);
      if (ages.length !== 1 || !ages.every((age) => age <= highest)) {
        yield `The statement ${statement.label} in the trust of ${name} takes MFA that is older than ${formatHours(highest)}.`;
      }
    }
  },
});
