import type {
  Policy as SdkPolicy,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";

import { countNoun, UserError } from "../src/model/problems";
import type { AccountExpectations } from "./expectations/account-expectations";
import type { Expectations } from "./expectations/expectations";
import type { Exemptions } from "./exemption-register";
import type { OwnResources } from "./own-resources";
import type { PackPolicy, PackResourcePolicy, PackStackPolicy, Violation } from "./pack-policy";
import { STACK_TYPE, stackOfUrn, StackResources, type ResourceAddress } from "./checked-resource";
import type { SentStack } from "./sent-stack";
import { PolicyConfiguration } from "./policy-settings";
import { isUnknownValue } from "./unknown-value";

/** What the policies of one run share. */
export interface PackRun {
  readonly expectations: Expectations;
  readonly exemptions: Exemptions;
  readonly ownResources: OwnResources;
  /** The stack at hand: the engine names it even where a program registers nothing. */
  readonly stack: () => Pick<SentStack, "name" | "project" | "isPreview">;
  /** Whether the program registers the resource of a URN, rather than reads it only. */
  readonly isRegistered: (urn: string) => boolean;
  /** Sources that were changed after this pack was compiled, which may be all that is wrong. */
  readonly changedSources?: readonly string[];
}

function metadataOf(policy: PackPolicy): SdkPolicy {
  const { name, displayName, description, severity, framework, tags, remediationSteps, url, settings } =
    policy;
  return {
    name,
    displayName,
    description,
    severity,
    framework,
    tags: [...tags],
    remediationSteps,
    url,
    ...(settings && { configSchema: { properties: { ...settings } } }),
  };
}

function messageOf(
  { why, remediationSteps }: PackPolicy,
  wrong: string,
  { changedSources = [] }: PackRun,
): string {
  const [first, ...others] = changedSources;
  if (first === undefined)
    return [wrong, `Why it matters: ${why}`, `What to do: ${remediationSteps}`].join("\n");
  const more = others.length === 0 ? "" : ` and ${countNoun(others.length, "other file")}`;
  return `${wrong}\nWhat to do: npm run build:policypack. ${first}${more} changed after this pack was compiled.`;
}

/**
 * Returns what a check finds. A value that is unknown before deployment is a finding of its own: the SDK would only warn of it,
 * and create a resource that no policy has checked.
 */
function findingsOf(check: () => Iterable<Violation>): readonly Violation[] {
  try {
    return [...check()];
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return [
      { message: `${error.message}, so it cannot be checked: the program has to write it as a plain value.` },
    ];
  }
}

/**
 * Runs a function. Where a file that somebody wrote is at fault, the SDK prints the message alone, without a stack trace.
 * @throws UserError
 */
function withoutStackTrace<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) error.stack = error.message;
    throw error;
  }
}

/** Finds what is wrong by the roster as it holds now, except what was right a moment ago. */
function wrongBy(
  expectations: readonly AccountExpectations[],
  check: (expected: AccountExpectations) => Iterable<Violation>,
): readonly Violation[] {
  const findings = expectations.map((expected) => findingsOf(() => check(expected)));
  return findings.some((one) => one.length === 0) ? [] : (findings[0] ?? []);
}

/** Names the stack in a violation that is about no resource. */
function rootOf({ name, project }: Pick<SentStack, "name" | "project">): ResourceAddress {
  const root = `${project}-${name}`;
  return { type: STACK_TYPE, name: root, urn: `urn:pulumi:${name}::${project}::${STACK_TYPE}::${root}` };
}

const isAbout = ({ types }: PackResourcePolicy, type: string): boolean =>
  typeof types === "function" ? types(type) : types.includes(type);

function faultsOf(policy: PackResourcePolicy, run: PackRun, args: ResourceValidationArgs): readonly string[] {
  const { ownResources } = run;
  const configuration = new PolicyConfiguration(policy.settings ?? {}, args.getConfig());
  const faults = wrongBy(run.expectations.of(stackOfUrn(args.urn)), function* (expected) {
    for (const message of policy.check(args, { expected, configuration, ownResources })) yield { message };
  });
  return faults.map(({ message }) => message);
}

/** The policy that tells what is wrong with the files that people edit, where nothing can be compared with them. */
const TELLS_FAULTS = "aws-iam-exemption-valid";

/**
 * Where what people wrote is at fault, a preview tells it once, at its end, and not within the engine's words for a policy that failed.
 * The root of a stack is registered before the program reads it, and says so itself. Nothing else is made unread.
 */
function faultsWhereReadable(
  policy: PackResourcePolicy,
  run: PackRun,
  args: ResourceValidationArgs,
): readonly string[] {
  try {
    return faultsOf(policy, run, args);
  } catch (error) {
    if (error instanceof UserError && (args.type === STACK_TYPE || run.stack().isPreview)) return [];
    throw error;
  }
}

function bindResource(policy: PackResourcePolicy, run: PackRun): ResourceValidationPolicy {
  const { types, remedy } = policy;
  // With it the SDK skips policies about other types without reading a resource's properties.
  const onlyType = typeof types !== "function" && types.length === 1 ? { __pulumiType: types[0] } : {};
  const asked = (args: ResourceValidationArgs): void => {
    if (!isAbout(policy, args.type)) args.notApplicable(`This policy is not about ${args.type}.`);
  };
  return {
    ...metadataOf(policy),
    validateResource: Object.assign((args: ResourceValidationArgs, report: (message: string) => void) => {
      asked(args);
      for (const fault of withoutStackTrace(() => faultsWhereReadable(policy, run, args))) {
        if (!run.exemptions.covers(policy.name, args, fault)) report(messageOf(policy, fault, run));
      }
    }, onlyType),
    ...(remedy && {
      remediateResource: Object.assign((args: ResourceValidationArgs) => {
        asked(args);
        return withoutStackTrace(() => {
          const [expected] = run.expectations.of(stackOfUrn(args.urn));
          if (expected === undefined || faultsOf(policy, run, args).length === 0) return undefined;
          const configuration = new PolicyConfiguration(policy.settings ?? {}, args.getConfig());
          // In place: a copy would have to touch values that are not known yet, and lose which are secret.
          return Object.assign(
            args.props,
            remedy(args, { expected, configuration, ownResources: run.ownResources }),
          );
        });
      }, onlyType),
    }),
  };
}

function* stackFaults(policy: PackStackPolicy, run: PackRun, args: StackValidationArgs): Iterable<Violation> {
  const { exemptions, ownResources } = run;
  // A resource that is only read is not made, so it does not count as a described one.
  const stack = new StackResources(args.resources.filter(({ urn }) => run.isRegistered(urn)));
  const sent = run.stack();
  const configuration = new PolicyConfiguration(policy.settings ?? {}, args.getConfig());
  const faults = wrongBy(run.expectations.of(sent.name), (expected) =>
    policy.check(stack, { expected, configuration, exemptions, ownResources }),
  );
  for (const fault of faults) {
    if (!exemptions.covers(policy.name, fault.resource ?? rootOf(sent), fault.message)) yield fault;
  }
}

/** What is wrong with the whole, or in a preview with what it would be compared with. */
function faultsOfWhole(
  policy: PackStackPolicy,
  run: PackRun,
  args: StackValidationArgs,
): readonly Violation[] {
  try {
    return [...stackFaults(policy, run, args)];
  } catch (error) {
    if (!(error instanceof UserError) || !run.stack().isPreview) throw error;
    return policy.name === TELLS_FAULTS ? [{ message: error.message }] : [];
  }
}

function bindStack(policy: PackStackPolicy, run: PackRun): StackValidationPolicy {
  return {
    ...metadataOf(policy),
    validateStack: (args, report) => {
      for (const { message, resource } of withoutStackTrace(() => faultsOfWhole(policy, run, args)))
        report(messageOf(policy, message, run), resource?.urn);
    },
  };
}

/** The policy as the SDK runs it: for the account of the stack at hand, with its settings, less what is exempt. */
export function bindPolicy(
  policy: PackPolicy,
  run: PackRun,
): ResourceValidationPolicy | StackValidationPolicy {
  switch (policy.kind) {
    case "resource":
      return bindResource(policy, run);
    case "stack":
      return bindStack(policy, run);
  }
}
