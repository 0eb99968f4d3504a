import { ROLE_TYPE } from "../documents/carried-documents";
import { principalAccount, trustStatements } from "../documents/trust-statements";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/** Trusts admit the organization's accounts and its partners'. */
export const roleTrustAccounts = resourcePolicy({
  name: "aws-iam-role-trust-accounts",
  displayName: "Trusts admit known accounts only",
  description: "Every account that a trust admits is the organization's or a partner's.",
  why: "The owner of that account decides who enters this one, and nobody here would notice.",
  remediationSteps:
    "Add the account to src/organization.ts, or the partner to `partners` in src/roster.ts, or remove it.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP07", "Analyze public and cross-account access"),
  tags: ["iam", "trust", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html",
  types: [ROLE_TYPE],
  *check({ name, props }, { expected }) {
    const known = [
      ...expected.organization.accounts.map(({ id }): string => id),
      ...expected.model.partners.map(({ account }): string => account),
    ];
    for (const { label, effect, principals } of trustStatements(props)) {
      if (effect !== "Allow") continue;
      for (const principal of principals) {
        const account = principalAccount(principal);
        if (account === undefined || known.includes(account)) continue;
        yield `The statement ${label} in the trust of ${name} admits the account ${account}, which nobody knows.`;
      }
    }
  },
});
