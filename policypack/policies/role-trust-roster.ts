import { documentDifferences } from "../documents/document-differences";
import { readDocument } from "../documents/read-document";
import { ROLE_TYPE } from "../documents/carried-documents";
import { trustAdmissions, principalName } from "../documents/trust-statements";
import type { AccountExpectations } from "../expectations/account-expectations";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";
import { tooManyAndMissing } from "../messages";

function peopleIn(json: string, expected: AccountExpectations): readonly string[] {
  const admissions = trustAdmissions(readDocument(json) ?? [], expected);
  return admissions.flatMap(({ named }) => named.map((arn) => principalName(arn, expected)));
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
  framework: cisFramework("usersManagedCentrally"),
  tags: ["iam", "trust", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  types: [ROLE_TYPE],
  *check({ props }, { expected }) {
    const role = expected.roles.get(textProperty(props, "name") ?? "");
    if (role === undefined) return;
    const actual = textProperty(props, "assumeRolePolicy") ?? "";
    if (actual === role.trust.text) return;
    const found = readDocument(actual);
    if (found === undefined) {
      yield `The trust of ${role.name} is no policy document.`;
      return;
    }
    const faults = [...documentDifferences(readDocument(role.trust.text) ?? [], found)];
    if (faults.length === 0) return;
    const people = tooManyAndMissing(peopleIn(role.trust.text, expected), peopleIn(actual, expected));
    yield [`The trust of ${role.name} ${faults.join("; ")}.`, ...people].join(" ");
  },
});
