import { conditionValues } from "../../src/documents/statement";
import { ROLE_TYPE } from "../documents/carried-documents";
import { principalAccount, trustStatements } from "../documents/trust-statements";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/** Partners bring their external id. */
export const roleTrustExternalId = resourcePolicy({
  name: "aws-iam-role-trust-external-id",
  displayName: "Partners bring an external id",
  description: "A trust that admits a partner's account asks for the external id that the roster has for it.",
  why: "Without it anybody who can make the partner's system act for them reaches this account too: the confused deputy.",
  remediationSteps: "Ask for StringEquals sts:ExternalId with the partner's `externalId` from src/roster.ts.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP09", "Share resources securely with a third party"),
  tags: ["iam", "trust", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  types: [ROLE_TYPE],
  *check({ name, props }, { expected }) {
    for (const statement of trustStatements(props)) {
      if (statement.effect !== "Allow") continue;
      const ids = conditionValues(statement, "StringEquals", "sts:ExternalId");
      for (const principal of statement.principals) {
        const account = principalAccount(principal);
        const partners = expected.model.partners.filter((partner) => partner.account === account);
        if (partners.length === 0) continue;
        const brought = partners.some(({ externalId }) => ids.length === 1 && ids[0] === externalId);
        if (brought) continue;
        const names = partners.map((partner) => partner.name).join(", ");
        yield `The statement ${statement.label} in the trust of ${name} admits ${names} without the right external id.`;
      }
    }
  },
});
