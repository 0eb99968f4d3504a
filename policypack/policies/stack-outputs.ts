import { accountOutputs } from "../../src/resources/account-outputs";
import { isObject, STACK_TYPE } from "../checked-resource";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { nothingRegistered } from "../stack/nothing-registered";
import { ifKnown } from "../unknown-value";

/** Everything in a value by its path; a text, or whatever else stands there, as JSON. What is not known yet is shown as such. */
function* leaves(path: string, read: () => unknown): Iterable<readonly [path: string, shown: string]> {
  const value = ifKnown(read);
  if (!isObject(value))
    yield [path, value === undefined ? "not known before deployment" : JSON.stringify(value)];
  else
    for (const key of Object.keys(value))
      yield* leaves(path === "" ? key : `${path}.${key}`, () => value[key]);
}

/** A stack says what its account has, and nothing else. */
export const stackOutputs = stackPolicy({
  name: "aws-stack-outputs",
  displayName: "A stack's outputs are as described",
  description:
    "The outputs of the stack are its account and the roles that src/resources describes, by their ARNs, and nothing else.",
  why: "Scripts take roles from there, whoever may read the state reads them, and they are shown at every run.",
  remediationSteps: "Leave the outputs to src/resources/account-outputs.ts.",
  severity: "high",
  framework: wellArchitectedFramework("SEC02-BP03", "Store and use secrets securely"),
  tags: ["iam", "stack"],
  url: "https://www.pulumi.com/docs/iac/concepts/stacks/#outputs",
  *check(stack, { expected }) {
    const [root] = stack.of(STACK_TYPE);
    if (root === undefined || nothingRegistered(stack, expected) !== undefined) return;
    const wanted = new Map(leaves("", () => accountOutputs(expected.blueprint)));
    const found = new Map(leaves("", () => root.props));
    for (const key of new Set([...wanted.keys(), ...found.keys()])) {
      const [is, meant] = [found.get(key), wanted.get(key)];
      if (is !== meant)
        yield { message: `The output ${key} is ${is ?? "missing"}; it has to be ${meant ?? "left out"}.` };
    }
  },
});
