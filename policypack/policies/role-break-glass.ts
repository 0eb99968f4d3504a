import { ROLE_TYPE } from "../documents/carried-documents";
import { conditionValues } from "../../src/documents/statement";
import { trustAdmissions, MFA_PRESENT, principalName, trustStatements } from "../documents/trust-statements";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { numberProperty, textProperty } from "../checked-resource";
import { formatNames } from "../messages";

const HOUR = 3_600;
const MOST_HOLDERS = 2;

/** BreakGlass is for two people with MFA, for an hour. */
export const roleBreakGlass = resourcePolicy({
  name: "aws-iam-role-break-glass",
  displayName: "BreakGlass is for two, with MFA, for an hour",
  description:
    "BreakGlass admits at most a primary and a backup holder, by name, with MFA, for at most one hour.",
  why: "It is the one role that needs no approval, so it has to be narrow in every other way.",
  remediationSteps: "Name a primary and a backup in `breakGlass` of src/roster.ts, and nobody elsewhere.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP03", "Establish emergency access process"),
  tags: ["iam", "trust", "break-glass"],
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_emergency_process.html",
  types: [ROLE_TYPE],
  *check({ props }, { expected }) {
    const role = expected.peoplesRole(textProperty(props, "name"));
    if (role?.role !== "BreakGlass") return;
    const admissions = trustAdmissions(trustStatements(props), expected);
    const holders = [
      ...new Set(admissions.flatMap(({ named }) => named.map((arn) => principalName(arn, expected)))),
    ];
    if (holders.length > MOST_HOLDERS)
      yield `${role.name} admits more than two people: ${formatNames(holders)}.`;
    for (const { statement, named } of admissions) {
      if (named.length === 0)
        yield `The statement ${statement.label} in the trust of ${role.name} names nobody.`;
      if (conditionValues(statement, "Bool", MFA_PRESENT).join() === "true") continue;
      yield `The statement ${statement.label} in the trust of ${role.name} does not ask for MFA.`;
    }
    const seconds = numberProperty(props, "maxSessionDuration") ?? HOUR;
    if (seconds > HOUR)
      yield `${role.name} allows sessions of ${String(seconds)} seconds, more than an hour.`;
  },
});
