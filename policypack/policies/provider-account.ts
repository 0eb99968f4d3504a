import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text, texts, type Properties } from "../resource";

/** Lists in a provider's inputs are JSON. */
function allowedAccounts(props: Properties): readonly string[] {
  const json = text(props, "allowedAccountIds");
  if (json === undefined) return texts(props, "allowedAccountIds");
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A stack writes into its own account. */
export const providerAccount = resourcePolicy({
  name: "aws-provider-account",
  displayName: "A provider is bound to its stack's account",
  description: "Every AWS provider refuses credentials of any account but the stack's.",
  why: "With the credentials of another account, the roles of dev would be made in prod: right by every other policy.",
  remediationSteps: "Set allowedAccountIds to the stack's account, and pass the provider to every resource.",
  severity: "critical",
  framework: wellArchitected("SEC01-BP01", "Separate workloads using accounts"),
  tags: ["iam", "provider"],
  url: "https://www.pulumi.com/registry/packages/aws/installation-configuration/",
  types: ["pulumi:providers:aws"],
  *check({ name, props }, { expected }) {
    const accounts = allowedAccounts(props);
    if (accounts.length === 1 && accounts[0] === expected.account.id) return;
    const found = accounts.length === 0 ? "any account" : accounts.join(", ");
    yield `The provider ${name} takes credentials of ${found}; ${expected.account.key} is ${expected.account.id}.`;
  },
});
