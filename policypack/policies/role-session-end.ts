import { toInstant, type Instant } from "../../src/model/dates";
import { conditionValues, type Statement } from "../../src/documents/statement";
import { ROLE_TYPE } from "../documents/carried-documents";
import { trustAdmissions, principalName, trustStatements } from "../documents/trust-statements";
import type { AccountExpectations } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { textProperty, type CheckedResource, type StackResources } from "../checked-resource";
import { attachedStatements } from "../stack/attached";

/** When each person's last dated grant ends; without people who have the role for good. */
function endsOf(role: CheckedResource, expected: AccountExpectations): ReadonlyMap<string, Instant> {
  const ends = new Map<string, Instant>();
  const forGood = new Set<string>();
  for (const { named, validity } of trustAdmissions(trustStatements(role.props), expected)) {
    for (const person of named.map((arn) => principalName(arn, expected))) {
      const known = ends.get(person);
      if (validity.until === undefined) forGood.add(person);
      else if (known === undefined || known < validity.until) ends.set(person, validity.until);
    }
  }
  for (const person of forGood) ends.delete(person);
  return ends;
}

/** Whether a statement closes a person's sessions from the end of their grant on. */
function closes(statement: Statement, person: string, end: Instant): boolean {
  const since = conditionValues(statement, "DateGreaterThanEquals", "aws:CurrentTime");
  return (
    statement.effect === "Deny" &&
    statement.actions.includes("*") &&
    statement.resources.includes("*") &&
    conditionValues(statement, "StringLike", "aws:userid").includes(`*:${person}`) &&
    since.length === 1 &&
    since.every((moment) => toInstant(new Date(moment)) <= end) &&
    conditionValues(statement, "DateLessThan", "aws:CurrentTime").length === 0
  );
}

function* unclosed(
  role: CheckedResource,
  stack: StackResources,
  expected: AccountExpectations,
): Iterable<string> {
  const ends = endsOf(role, expected);
  if (ends.size === 0) return;
  const statements = attachedStatements(stack, expected, "role", textProperty(role.props, "name") ?? "");
  for (const [person, end] of ends) {
    if (statements.some((statement) => closes(statement, person, end))) continue;
    yield `${role.name} does not end the sessions of ${person} when the grant ends, ${end}.`;
  }
}

/** Sessions end with the grants that they began under. */
export const roleSessionEnd = stackPolicy({
  name: "aws-iam-role-session-end",
  displayName: "Sessions end with their grants",
  description: "A role with dated grants carries the Deny that ends their holders' sessions.",
  why: "A trust is asked only when a session begins: without the Deny somebody stays in for hours after their grant is over.",
  remediationSteps: "Attach the role's session-end policy, which src/documents/session-end.ts generates.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP06", "Manage access based on lifecycle"),
  tags: ["iam", "session", "lifecycle"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html",
  *check(stack, { expected }) {
    for (const role of stack.of(ROLE_TYPE)) {
      if (expected.peoplesRole(textProperty(role.props, "name")) === undefined) continue;
      for (const message of unclosed(role, stack, expected)) yield { message, resource: role };
    }
  },
});
