import { everyUserArn, roleTagKey, roleTagPattern, userArn } from "../../src/model/names";
import type { Validity } from "../../src/model/dates";
import type { HeldRole } from "../../src/model/roles";
import { conditionValues, type Statement } from "../../src/documents/statement";
import { ROLE_TYPE } from "../documents/carried-documents";
import {
  trustAdmissions,
  principalName,
  PRINCIPAL_ARN,
  trustStatements,
} from "../documents/trust-statements";
import type { AccountExpectations } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

const covers = (granted: Validity, admitted: Validity): boolean =>
  (granted.from === undefined || (admitted.from !== undefined && admitted.from >= granted.from)) &&
  (granted.until === undefined || (admitted.until !== undefined && admitted.until <= granted.until));

/** Times when each person may hold the role, by ARN: from the roster's grants, not from the documents made of them. */
function validitiesOf(
  { model, account, organization }: AccountExpectations,
  role: HeldRole,
): ReadonlyMap<string, readonly Validity[]> {
  return new Map(
    model.holdings
      .of(account.key, role)
      .map(({ person, validities }) => [userArn(organization.identity, person), validities]),
  );
}

/** Whether a statement that names nobody admits exactly those who carry the role in their tag. */
function admitsByTag(
  statement: Statement,
  role: HeldRole,
  { organization, account }: AccountExpectations,
): boolean {
  if (role === "BreakGlass") return false;
  const tags = conditionValues(
    statement,
    "StringLike",
    `aws:PrincipalTag/${roleTagKey(organization, account)}`,
  );
  const users = conditionValues(statement, "ArnLike", PRINCIPAL_ARN);
  return (
    tags.length === 1 &&
    tags[0] === roleTagPattern(role) &&
    users.length === 1 &&
    users[0] === everyUserArn(organization.identity)
  );
}

/** Everyone a trust admits holds the role in the roster, at that time. */
export const roleTrustHolders = resourcePolicy({
  name: "aws-iam-role-trust-holders",
  displayName: "Trusts admit holders only",
  description: "Everyone a role's trust admits holds the role in the roster, and no longer than it says.",
  why:
    "This asks the roster's grants directly, whatever generated the trust: a fault in the program lets nobody in who " +
    "was not granted the role.",
  remediationSteps: "Grant the role in src/roster.ts, or fix the code that makes the trust.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP01", "Define access requirements"),
  tags: ["iam", "trust", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn",
  types: [ROLE_TYPE],
  *check({ props }, { expected }) {
    const deployed = expected.peoplesRole(textProperty(props, "name"));
    if (deployed === undefined) return;
    const { name, role } = deployed;
    const granted = validitiesOf(expected, role);
    for (const { statement, named, validity } of trustAdmissions(trustStatements(props), expected)) {
      if (named.length === 0 && !admitsByTag(statement, role, expected)) {
        yield `The statement ${statement.label} in the trust of ${name} names nobody, so it admits everybody.`;
      }
      for (const arn of named) {
        const validities = granted.get(arn);
        const who = principalName(arn, expected);
        if (validities === undefined) {
          yield `The trust of ${name} admits ${who}, who does not hold ${role} in ${expected.account.key}.`;
        } else if (!validities.some((one) => covers(one, validity))) {
          yield `The trust of ${name} admits ${who} at times that the roster does not grant.`;
        }
      }
    }
  },
});
