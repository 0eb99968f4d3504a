import { groupBy } from "../../src/model/group-by";
import { wellArchitected } from "../frameworks";
import { stackPolicy } from "../policy";
import { addressIn } from "../resources/expected-resource";
import { listed } from "../words";

/** What is described is there. */
export const resourceComplete = stackPolicy({
  name: "aws-resource-complete",
  displayName: "Nothing of the catalogue is missing",
  description: "Every resource that src/resources describes for the account is in its stack.",
  why: "A trail, an alarm or a list that is missing watches nothing, and nobody sees that it does not.",
  remediationSteps: "Let src/stacks create all that src/resources describes.",
  severity: "high",
  framework: wellArchitected("SEC04-BP01", "Configure service and application logging"),
  tags: ["iam", "resource"],
  url: "https://www.pulumi.com/docs/iac/concepts/resources/",
  *check(stack, { expected }) {
    const there = new Set(stack.all.map(({ urn }) => addressIn(urn)));
    const missing = expected.resources.filter(({ address }) => !there.has(address));
    for (const [type, group] of groupBy(missing, ({ described }) => described.type)) {
      yield { message: `Missing ${type}: ${listed(group.map(({ described }) => described.name))}.` };
    }
  },
});
