import { accountOutputs } from "../../src/resources/account-outputs";
import { isObject, STACK_TYPE } from "../checked-resource";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { nothingRegistered } from "../stack/nothing-registered";
import { ifKnown } from "../unknown-value";

const UNKNOWN = "not known before deployment";

/** Everything in a value by its path, as JSON. What is not known yet is shown as such. */
function* leaves(path: string, read: () => unknown): Iterable<readonly [path: string, shown: string]> {
  const value = ifKnown(read);
  // Of the outputs as a whole, none is no value; within them an empty object is one.
  if (!isObject(value) || (path !== "" && Object.keys(value).length === 0))
    yield [path, value === undefined ? UNKNOWN : JSON.stringify(value)];
  else
    for (const key of Object.keys(value))
      yield* leaves(path === "" ? key : `${path}.${key}`, () => value[key]);
}

/** Tells what is wrong without what stands there: the pack is sent secrets as they are, and its messages are shown. */
function faultOf(is: string | undefined, meant: string | undefined): string {
  if (meant === undefined) return "has to be left out";
  const found = is === undefined ? "missing" : is === UNKNOWN ? UNKNOWN : "something else";
  return `is ${found}; it has to be ${meant}`;
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
      if (is !== meant) yield { message: `The output ${key} ${faultOf(is, meant)}.` };
    }
  },
});
