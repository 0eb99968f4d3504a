import type { PolicyComplianceFramework, Severity } from "@pulumi/policy";

import type { AccountExpectations } from "./expectations/account-expectations";
import type { Exemptions } from "./exemption-register";
import type { OwnResources } from "./own-resources";
import type { ResourceProperties, CheckedResource, StackResources } from "./checked-resource";
import type { PolicyConfiguration, PolicySettings } from "./policy-settings";

/** How every policy describes itself. A message says what is wrong, then `why`, then `remediationSteps`. */
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
  readonly settings?: PolicySettings;
}

/** What a policy is checked against. */
export interface PolicyContext {
  readonly expected: AccountExpectations;
  readonly configuration: PolicyConfiguration;
  /** The resources that the adopter has registered beside Muster's. */
  readonly ownResources: OwnResources;
}

/** Checks one resource before it is created or changed; yields what is wrong with it. */
export interface PackResourcePolicy<Name extends string = string> extends PolicyMetadata<Name> {
  readonly kind: "resource";
  /** The Pulumi types that it checks, or a condition on the type. */
  readonly types: readonly string[] | ((type: string) => boolean);
  readonly check: (resource: CheckedResource, context: PolicyContext) => Iterable<string>;
  /** The properties to set instead. They only narrow, and setting them twice changes nothing more. */
  readonly remedy?: (resource: CheckedResource, context: PolicyContext) => ResourceProperties;
}

/** Something wrong with a resource, or with the stack where no resource is named. */
export interface Violation {
  readonly message: string;
  readonly resource?: CheckedResource;
}

/** Looks at all resources of a stack together. */
export interface PackStackPolicy<Name extends string = string> extends PolicyMetadata<Name> {
  readonly kind: "stack";
  readonly check: (
    stack: StackResources,
    context: PolicyContext & { readonly exemptions: Exemptions },
  ) => Iterable<Violation>;
}

export type PackPolicy<Name extends string = string> = PackResourcePolicy<Name> | PackStackPolicy<Name>;

type PolicyNamePattern = `aws-${string}-${string}`;

export function resourcePolicy<const Name extends PolicyNamePattern>(
  policy: Omit<PackResourcePolicy<Name>, "kind">,
): PackResourcePolicy<Name> {
  return { kind: "resource", ...policy };
}

export function stackPolicy<const Name extends PolicyNamePattern>(
  policy: Omit<PackStackPolicy<Name>, "kind">,
): PackStackPolicy<Name> {
  return { kind: "stack", ...policy };
}
