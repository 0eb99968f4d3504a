import { ComputedProperty } from "../../src/resources/described-resource";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import type { ResourceProperties, CheckedResource, StackResources } from "../checked-resource";
import type { ExpectedResource } from "../resources/expected-resource";
import { addressIn, resourceAddress } from "../resources/expected-resource";
import { isUnknownValue } from "../unknown-value";

/** A text, or nothing as long as it is unknown. */
function textIfKnown(props: ResourceProperties, key: string): string | undefined {
  try {
    const value = props[key];
    return typeof value === "string" ? value : undefined;
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}

/** The faults of a property that has to be another resource's output. */
function* referenceFaults(
  resource: CheckedResource,
  key: string,
  { resource: target, output }: ComputedProperty,
  stack: StackResources,
): Iterable<string> {
  const wanted = `the ${output} of ${target.name} (${target.type})`;
  const referred = resource.propertyDependencies?.[key] ?? [];
  const isReferred = (urn: string): boolean => addressIn(urn).endsWith(resourceAddress(target));
  if (referred.length !== 1 || !referred.every(({ urn }) => isReferred(urn))) {
    const names = referred.map(({ name }) => name).join(", ");
    yield `${key} of ${resource.name} refers to ${names === "" ? "nothing" : names}; it has to be ${wanted}.`;
    return;
  }
  const other = stack.of(target.type).find(({ name }) => name === target.name);
  const actual = textIfKnown(resource.props, key);
  const expected = other && textIfKnown(other.props, output);
  if (actual !== undefined && actual !== expected)
    yield `${key} of ${resource.name} is ${actual}; it has to be ${wanted}.`;
}

function computedOf({ described }: ExpectedResource): readonly (readonly [string, ComputedProperty])[] {
  return Object.entries(described.properties).flatMap(([key, value]) =>
    value instanceof ComputedProperty ? [[key, value] as const] : [],
  );
}

/** Values that AWS chooses come from the resource that they are to come from. */
export const resourceReferences = stackPolicy({
  name: "aws-resource-references",
  displayName: "References lead where they are meant to",
  description:
    "An input that is another resource's output, such as a key's id, comes from exactly that resource of the stack.",
  why: "Such a value is unknown at a first preview: an alias on another key would hand secrets and alarms to it.",
  remediationSteps: "Leave references to src/resources and src/stacks.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC01-BP06", "Automate deployment of standard security controls"),
  tags: ["iam", "resource"],
  url: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/",
  *check(stack, { expected }) {
    for (const resource of stack.all) {
      const described = expected.resourceAt(resource.urn);
      if (described === undefined) continue;
      for (const [key, computed] of computedOf(described)) {
        for (const message of referenceFaults(resource, key, computed, stack)) yield { message, resource };
      }
    }
  },
});
