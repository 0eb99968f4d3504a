import { groupBy } from "../../src/model/group-by";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { addressIn } from "../resources/expected-resource";
import { formatNames } from "../messages";
import { nothingRegistered } from "../stack/nothing-registered";

/** Every described resource exists. */
export const resourceComplete = stackPolicy({
  name: "aws-resource-complete",
  displayName: "Nothing of the catalogue is missing",
  description: "Every resource that src/resources describes for the account is in its stack.",
  why: "A trail, an alarm or a list that is missing watches nothing, and nobody sees that it does not.",
  remediationSteps:
    "Let src/stacks create all that src/resources describes. What the program only reads, by `get` or the option `id`, is missing too.",
  severity: "high",
  framework: wellArchitectedFramework("SEC04-BP01", "Configure service and application logging"),
  tags: ["iam", "resource"],
  url: "https://www.pulumi.com/docs/iac/concepts/resources/",
  *check(stack, { expected }) {
    const nothing = nothingRegistered(stack, expected);
    if (nothing !== undefined) {
      yield { message: nothing };
      return;
    }
    const there = new Set(stack.all.map(({ urn }) => addressIn(urn)));
    const missing = expected.resources.filter(({ address }) => !there.has(address));
    for (const [type, group] of groupBy(missing, ({ described }) => described.type)) {
      yield { message: `Missing ${type}: ${formatNames(group.map(({ described }) => described.name))}.` };
    }
  },
});
