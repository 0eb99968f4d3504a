import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { integerSetting } from "../policy-settings";

/** Exemptions are few, short and needed. It has to be the last policy: the others tell which were needed. */
export const exemptionValid = stackPolicy({
  name: "aws-iam-exemption-valid",
  displayName: "Exemptions hold and are needed",
  description:
    "Every exemption, and every resource registered as the adopter's own, is of a stack that an account has, is needed, has not expired and ends.",
  why: "An exemption that outlives its reason is a hole that nobody remembers.",
  remediationSteps:
    "Mend the resource and remove the exemption from policypack/exemptions.ts, or have it renewed by its owner.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "exemption"],
  url: "https://www.pulumi.com/docs/iac/crossguard/",
  settings: {
    days: integerSetting("Longest time for which an exemption may be granted, in days.", {
      usual: 90,
      least: 1,
      most: 366,
    }),
    ownDays: integerSetting("Longest time for which a resource of your own may be registered, in days.", {
      usual: 366,
      least: 1,
      most: 731,
    }),
  },
  *check(_stack, { expected, configuration, exemptions, ownResources }) {
    const days = configuration.integer("days");
    const ownDays = configuration.integer("ownDays");
    const { key } = expected.account;
    const stacks = expected.organization.accounts.map((account) => account.key);
    for (const message of exemptions.problems(key, stacks, days)) yield { message };
    for (const message of ownResources.problems(key, stacks, ownDays)) yield { message };
  },
});
