import { PROVIDER_NAME } from "../../src/resources/provider";
import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";
import type { ResourceOptions } from "../resource";
import { tooManyAndMissing } from "../words";
import type { ExpectedResource } from "../resources/expected-resource";

/** Types under which Pulumi's provider knew a resource before: its classes name them as aliases. */
const FORMER_TYPE = /^(aws:s3\/\w+)V2:(\w+)V2$/;

const isFormerType = (type: string, former: string): boolean =>
  former.replace(FORMER_TYPE, "$1:$2") === type && former !== type;

/** The aliases, as URNs, that neither the description nor the provider's class explains. */
function strayAliases(
  { described, address }: ExpectedResource,
  aliases: readonly string[],
): readonly string[] {
  const { type, name, options } = described;
  return aliases.filter((alias) => {
    const [, , types = "", ...names] = alias.split("::");
    const former = names.join("::");
    const known = `${types}::${former}`;
    if (options.renamedFrom !== undefined && known === address.replace(/::.*$/s, `::${options.renamedFrom}`))
      return false;
    return former !== name || !isFormerType(type, types.slice(types.lastIndexOf("$") + 1));
  });
}

function* optionFaults(
  resource: ExpectedResource,
  {
    protect,
    ignoreChanges,
    aliases,
    customTimeouts,
    additionalSecretOutputs,
    deleteBeforeReplace,
  }: ResourceOptions,
): Iterable<string> {
  if (protect) yield "has the option protect, which keeps it when it has to go";
  const ignored = tooManyAndMissing(resource.described.options.ignoreChanges ?? [], ignoreChanges);
  if (ignored.length > 0)
    yield `ignores other changes than described (ignoreChanges). ${ignored.join(" ")}`.replace(/\.$/, "");
  const stray = strayAliases(resource, aliases);
  if (stray.length > 0) yield `takes over what something else was (aliases): ${stray.join(", ")}`;
  const times = [customTimeouts.createSeconds, customTimeouts.updateSeconds, customTimeouts.deleteSeconds];
  if (times.some((seconds) => seconds !== 0)) yield "has timeouts of its own (customTimeouts)";
  if (additionalSecretOutputs.length > 0)
    yield `hides outputs from review (additionalSecretOutputs): ${additionalSecretOutputs.join(", ")}`;
  if (deleteBeforeReplace !== undefined) yield "has the option deleteBeforeReplace";
}

/** Nothing about how a resource is managed weakens what it is. */
export const resourceOptions = resourcePolicy({
  name: "aws-resource-options",
  displayName: "Options are as described",
  description:
    "No resource has an option that the pack sees and src/resources does not describe: protect, ignoreChanges, aliases and the like.",
  why: "With an option a trust stays what it was, or a grant stays for good, while every property looks right.",
  remediationSteps: "Take the option away, or describe it in src/resources, then: npm run build:policypack.",
  severity: "critical",
  framework: wellArchitected("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "resource", "options"],
  url: "https://www.pulumi.com/docs/iac/concepts/options/",
  types: (type) => type.startsWith("aws:"),
  *check({ name, urn, opts, provider }, { expected }) {
    const resource = expected.resourceAt(urn);
    if (resource === undefined) return;
    for (const fault of optionFaults(resource, opts)) yield `${name} ${fault}.`;
    if (provider !== undefined && provider.name !== PROVIDER_NAME)
      yield `${name} goes through the provider ${provider.name}; it has to be ${PROVIDER_NAME}.`;
  },
});
