/** Lets one resource break one policy in one way for a time. There are no patterns: each exemption is one decision. */
export interface Exemption<Policy extends string = string> {
  readonly policy: Policy;
  /** The stack, which is the account's key. */
  readonly stack: string;
  /** Pulumi's type and name of the resource, as `pulumi preview` prints them; `pulumi:pulumi:Stack` and the stack's where none is named. */
  readonly type: string;
  readonly name: string;
  /** The one violation that it is about: the first line of the policy's message. */
  readonly only: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}

/** The options of Pulumi that a resource of an adopter's own may have, where its entry says so. */
export const OWN_OPTIONS = ["customTimeouts", "deleteBeforeReplace", "ignoreChanges", "protect"] as const;
export type OwnOption = (typeof OWN_OPTIONS)[number];

/**
 * A resource, or a component, of an adopter's own beside Muster's in one of its stacks. Every policy looks at it, but for those that
 * compare with src/resources (`aws-resource-catalogue`, `-inputs`, `-references`); two look at nothing else
 * (`aws-resource-own-documents`, `-own-targets`).
 */
export type OwnResource = Omit<Exemption, "policy" | "only"> & {
  readonly options?: readonly OwnOption[];
  /** Subjects of an identity provider's tokens that its trust admits, whole: `system:serviceaccount:shop:web`. */
  readonly subjects?: readonly string[];
};
