import type { PolicyComplianceFramework, Severity } from "@pulumi/policy";

import type { AccountExpectations } from "./expectations/account-expectations";
import type { Exemptions } from "./exemption-register";
import type { OwnResources } from "./own-resources";
import type { Properties, Resource, StackResources } from "./resource";
import type { Configuration, Settings } from "./settings";

/** What every policy says of itself. A message is what is wrong, then `why`, then `remediationSteps`. */
interface PolicyMetadata<Name extends string> {
  readonly name: Name;
  readonly displayName: string;
  /** What holds, in one sentence. */
  readonly description: string;
  /** Why it matters, for somebody whose deployment was just refused. */
  readonly why: string;
  /** What they do about it. */
  readonly remediationSteps: string;
  readonly severity: Severity;
  readonly framework: PolicyComplianceFramework;
  readonly tags: readonly string[];
  readonly url: string;
  readonly settings?: Settings;
}

/** What a policy is checked against. */
export interface Context {
  readonly expected: AccountExpectations;
  readonly configuration: Configuration;
  /** What else the adopter has registered. */
  readonly ownResources: OwnResources;
}

/** Looks at one resource before it is created or changed; answers what is wrong with it. */
export interface ResourcePolicy<Name extends string = string> extends PolicyMetadata<Name> {
  readonly kind: "resource";
  /** The Pulumi types that it looks at, or what it asks of a type. */
  readonly types: readonly string[] | ((type: string) => boolean);
  readonly check: (resource: Resource, context: Context) => Iterable<string>;
  /** The properties to set instead; only what narrows, and changes nothing when done twice. */
  readonly remedy?: (resource: Resource, context: Context) => Properties;
}

/** Something wrong with a resource, or with the stack where no resource is named. */
export interface Violation {
  readonly message: string;
  readonly resource?: Resource;
}

/** Looks at all resources of a stack together. */
export interface StackPolicy<Name extends string = string> extends PolicyMetadata<Name> {
  readonly kind: "stack";
  readonly check: (
    stack: StackResources,
    context: Context & { readonly exemptions: Exemptions },
  ) => Iterable<Violation>;
}

export type Policy<Name extends string = string> = ResourcePolicy<Name> | StackPolicy<Name>;

type PolicyNamePattern = `aws-${string}-${string}`;

export function resourcePolicy<const Name extends PolicyNamePattern>(
  policy: Omit<ResourcePolicy<Name>, "kind">,
): ResourcePolicy<Name> {
  return { kind: "resource", ...policy };
}

export function stackPolicy<const Name extends PolicyNamePattern>(
  policy: Omit<StackPolicy<Name>, "kind">,
): StackPolicy<Name> {
  return { kind: "stack", ...policy };
}
