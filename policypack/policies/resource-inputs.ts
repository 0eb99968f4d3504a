import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { inputFaults } from "../resources/compare-inputs";

/** Every input of a resource equals what the program describes. */
export const resourceInputs = resourcePolicy({
  name: "aws-resource-inputs",
  displayName: "Every input is as described",
  description:
    "Every input of a resource equals what src/resources describes for the account: what is described, and nothing else.",
  why: "A property that no rule names is a way around all of them: an alarm on another metric, a trail without events.",
  remediationSteps:
    "Change the roster, the stack's settings or src/resources; after a change of src/model, src/documents or src/resources on " +
    "purpose: npm run build:policypack.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC01-BP06", "Automate deployment of standard security controls"),
  tags: ["iam", "resource", "roster"],
  url: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/",
  types: (type) => type.startsWith("aws:"),
  *check({ urn, name, props }, { expected }) {
    const resource = expected.resourceAt(urn);
    if (resource === undefined) return;
    for (const fault of inputFaults(resource, props)) yield `${name}: ${fault}`;
  },
});
