import type { OwnOption } from "../exemption";
import type { AccountExpectations } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import type { OwnResources } from "../own-resources";
import { resourcePolicy } from "../pack-policy";
import { STACK_TYPE, type CheckedResource, type ResourceOptions } from "../checked-resource";
import { addressIn, PROVIDER_ADDRESS } from "../resources/expected-resource";
import { tooManyAndMissing, withoutMatched } from "../messages";

/** Types under which Pulumi's provider knew a resource before: its classes name them as aliases. */
const FORMER_TYPE = /^(aws:s3\/\w+)V2:(\w+)V2$/;

const isFormerType = (type: string, former: string): boolean =>
  former.replace(FORMER_TYPE, "$1:$2") === type && former !== type;

/** The options that a resource is meant to have. */
interface MeantOptions {
  readonly ignoreChanges: readonly string[];
  readonly secretOutputs: readonly string[];
  /** Whether the old one goes before a new one is made. */
  readonly deleteBeforeReplace?: true;
  /** The address under which it was known before. */
  readonly renamedFrom?: string;
}

const NO_OPTIONS: MeantOptions = { ignoreChanges: [], secretOutputs: [] };

/** The outputs that Pulumi's provider class hides by itself. */
const SECRETS_OF_PROVIDER: readonly string[] = ["accessKey", "secretKey", "token"];

/** Finds the options that a resource should have; undefined where nothing says. */
function meantOptions({ urn }: CheckedResource, expected: AccountExpectations): MeantOptions | undefined {
  const address = addressIn(urn);
  const described = expected.resourceAt(urn)?.described.options;
  if (described !== undefined) {
    const { ignoreChanges = [], remadeOnChanges, renamedFrom } = described;
    return {
      ...NO_OPTIONS,
      ignoreChanges,
      ...(remadeOnChanges && { deleteBeforeReplace: true }),
      ...(renamedFrom !== undefined && { renamedFrom: address.replace(/::.*$/s, `::${renamedFrom}`) }),
    };
  }
  // The provider had the account's key for a name.
  if (address === PROVIDER_ADDRESS)
    return {
      ...NO_OPTIONS,
      secretOutputs: SECRETS_OF_PROVIDER,
      renamedFrom: address.replace(/::.*$/s, `::${expected.account.key}`),
    };
  return expected.hasComponent(urn) ? NO_OPTIONS : undefined;
}

/** The aliases, as URNs, that neither the description nor the provider's class explains. */
function strayAliases(
  { type, urn, opts }: CheckedResource,
  { renamedFrom }: MeantOptions,
): readonly string[] {
  return opts.aliases.filter((alias) => {
    const known = addressIn(alias);
    const former = known.slice(0, known.indexOf("::")).split("$").at(-1) ?? "";
    const isOfClass = isFormerType(type, former) && known.replace(former, type) === addressIn(urn);
    return known !== renamedFrom && !isOfClass;
  });
}

/** An option that the pack sees. */
type SeenOption = OwnOption | "additionalSecretOutputs" | "aliases";

/** The options that a registered resource may have: what Pulumi's classes hide of outputs is theirs, whatever package they are of. */
function optionsOfOwn(
  resource: CheckedResource,
  ownResources: OwnResources,
): readonly SeenOption[] | undefined {
  const registered = ownResources.optionsOf(resource);
  return registered && [...registered, "additionalSecretOutputs"];
}

const hasTimes = ({ customTimeouts: times }: ResourceOptions): boolean =>
  [times.createSeconds, times.updateSeconds, times.deleteSeconds].some((seconds) => seconds !== 0);

/** What is wrong with each option. */
function* optionFaults(
  resource: CheckedResource,
  meant: MeantOptions,
): Iterable<readonly [option: SeenOption, fault: string]> {
  const { opts } = resource;
  if (opts.protect) yield ["protect", "has the option protect, which keeps it when it has to go"];
  const ignored = tooManyAndMissing(meant.ignoreChanges, opts.ignoreChanges).join(" ");
  if (ignored !== "")
    yield [
      "ignoreChanges",
      `ignores other changes than described (ignoreChanges). ${ignored}`.replace(/\.$/, ""),
    ];
  const stray = strayAliases(resource, meant);
  if (stray.length > 0)
    yield ["aliases", `takes over what something else was (aliases): ${stray.join(", ")}`];
  if (hasTimes(opts)) yield ["customTimeouts", "has timeouts of its own (customTimeouts)"];
  const hidden = withoutMatched(opts.additionalSecretOutputs, meant.secretOutputs);
  if (hidden.length > 0)
    yield [
      "additionalSecretOutputs",
      `hides outputs from review (additionalSecretOutputs): ${hidden.join(", ")}`,
    ];
  if (opts.deleteBeforeReplace !== meant.deleteBeforeReplace)
    yield [
      "deleteBeforeReplace",
      meant.deleteBeforeReplace === true
        ? "lacks the option deleteBeforeReplace, without which it cannot be made anew under its name"
        : "has the option deleteBeforeReplace",
    ];
}

/** Nothing about how a resource is managed weakens what it is. */
export const resourceOptions = resourcePolicy({
  name: "aws-resource-options",
  displayName: "Options are as described",
  description:
    "No resource, component or provider has an option that the pack sees and neither src/resources nor the register of the adopter's own has: protect, ignoreChanges, aliases and the like.",
  why: "With an option a trust stays what it was, or a grant stays for good, while every property looks right.",
  remediationSteps:
    "Take the option away, or describe it in src/resources, then: npm run build:policypack. `options` of OWN_RESOURCES has those of resources of your own.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "resource", "options"],
  url: "https://www.pulumi.com/docs/iac/concepts/options/",
  types: (type) => type !== STACK_TYPE,
  *check(resource, { expected, ownResources }) {
    const { name, urn, provider } = resource;
    const meant = meantOptions(resource, expected);
    const registered = meant === undefined ? optionsOfOwn(resource, ownResources) : [];
    if (registered === undefined) return;
    for (const [option, fault] of optionFaults(resource, meant ?? NO_OPTIONS)) {
      if (!registered.includes(option)) yield `${name} ${fault}.`;
    }
    if (expected.resourceAt(urn) === undefined) return;
    // The engine tells the provider of whatever a provider makes, the default one included, and of nothing else:
    // https://github.com/pulumi/pulumi/blob/v3.256.0/pkg/resource/deploy/source_eval.go, `custom && !IsProviderType(t)`.
    if (provider === undefined)
      yield `${name} is registered as a component: it goes through no provider, which would make it.`;
    else if (addressIn(provider.urn) !== PROVIDER_ADDRESS)
      yield `${name} goes through the provider ${addressIn(provider.urn)}; it has to be ${PROVIDER_ADDRESS}.`;
  },
});
