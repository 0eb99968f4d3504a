import { ROLE_TYPE } from "../documents/carried-documents";
import { isWildcard, trustStatements } from "../documents/trust-statements";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/** No trust admits a wildcard. */
export const roleTrustWildcard = resourcePolicy({
  name: "aws-iam-role-trust-wildcard",
  displayName: "No wildcard in a trust",
  description: "No trust has a wildcard as its principal, or everybody but somebody.",
  why: "A wildcard is every AWS account there is, and NotPrincipal is every other one: anybody who finds the role gets in.",
  remediationSteps: "Name the identity account, a service or a partner's account as the principal.",
  severity: "critical",
  framework: cisFramework("externalAccessAnalyzer"),
  tags: ["iam", "trust", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  types: [ROLE_TYPE],
  *check({ name, props }) {
    for (const statement of trustStatements(props)) {
      if (statement.effect !== "Allow") continue;
      for (const { value } of statement.principals.filter(isWildcard)) {
        yield `The statement ${statement.label} in the trust of ${name} admits the wildcard ${value}.`;
      }
      if (statement.notPrincipals.length > 0) {
        yield `The statement ${statement.label} in the trust of ${name} admits everybody but somebody (NotPrincipal).`;
      }
    }
  },
});
