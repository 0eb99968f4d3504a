import { parseDocument } from "../../src/documents/statement";
import { differences } from "../documents/compare";
import { ROLE } from "../documents/of-resource";
import { admissionsOf, nameOf } from "../documents/trust";
import type { AccountExpectations } from "../expectations/account-expectations";
import { cis } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text } from "../resource";
import { tooManyAndMissing } from "../words";

function peopleIn(json: string, expected: AccountExpectations): readonly string[] {
  const admissions = admissionsOf(parseDocument(json) ?? [], expected);
  return admissions.flatMap(({ named }) => named.map((arn) => nameOf(arn, expected)));
}

/** The trust of every role is the one that the roster generates, statement by statement. */
export const roleTrustRoster = resourcePolicy({
  name: "aws-iam-role-trust-roster",
  displayName: "Trusts are the roster's",
  description: "The trust of every role equals what the roster generates today, statement by statement.",
  why: "A trust decides who gets in, and the roster is the only place where that is decided and reviewed.",
  remediationSteps:
    "Grant or revoke in src/roster.ts and leave trusts to the program. After a change to src/documents or src/model " +
    "on purpose: npm run build:policypack.",
  severity: "critical",
  framework: cis("usersManagedCentrally"),
  tags: ["iam", "trust", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  types: [ROLE],
  *check({ props }, { expected }) {
    const role = expected.roles.get(text(props, "name") ?? "");
    if (role === undefined) return;
    const actual = text(props, "assumeRolePolicy") ?? "";
    const found = parseDocument(actual);
    if (found === undefined) {
      yield `The trust of ${role.name} is no policy document.`;
      return;
    }
    const faults = [...differences(parseDocument(role.trust.text) ?? [], found)];
    if (faults.length === 0) return;
    const people = tooManyAndMissing(peopleIn(role.trust.text, expected), peopleIn(actual, expected));
    yield [`The trust of ${role.name} ${faults.join("; ")}.`, ...people].join(" ");
  },
});
