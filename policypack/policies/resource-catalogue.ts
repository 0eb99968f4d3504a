import type { AccountExpectations } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { STACK_TYPE, stackOfUrn } from "../checked-resource";
import { addressIn, PROVIDER_ADDRESS } from "../resources/expected-resource";

/** The stack itself, whose name is the project's and its own, and nothing else of its type. */
function isStackItself(urn: string): boolean {
  const [, project = "", types, name] = urn.split("::");
  return types === STACK_TYPE && name === `${project}-${stackOfUrn(urn)}`;
}

/** Resources beside the described ones: the stack, and the provider, which another policy checks further. */
const isOfPulumi = (urn: string): boolean => addressIn(urn) === PROVIDER_ADDRESS || isStackItself(urn);

function* faultsOf(
  { type, name, urn }: { readonly type: string; readonly name: string; readonly urn: string },
  expected: AccountExpectations,
): Iterable<string> {
  if (isOfPulumi(urn) || expected.hasComponent(urn)) return;
  // A type such as `muster:stacks:Trail$aws:kms/key:Key` makes the URN of a key in the trail, and policies on keys do not know it.
  if (expected.resourceAt(urn)?.described.type === type) return;
  yield `${name} (${type}) is not in the catalogue of ${expected.account.key}.`;
}

/** Nothing is created that is not described. */
export const resourceCatalogue = resourcePolicy({
  name: "aws-resource-catalogue",
  displayName: "Nothing beside the catalogue",
  description:
    "Every resource is one that src/resources describes for the account, whatever its type, or is registered as the adopter's own.",
  why: "What they do not explain, no report shows and no review asks about, and it can be made in more ways than a list of bad ones knows.",
  remediationSteps:
    "Express it in src/roster.ts, in the stack's settings or in src/resources; or register it in policypack/exemptions.ts.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: () => true,
  check: (resource, { expected, ownResources }) =>
    ownResources.include(resource) ? [] : faultsOf(resource, expected),
});
