import { keysOf } from "./keys-of";
import type { AccountId } from "./names";
import type { PartnerRole } from "./roles";

interface PartnerResourceRule {
  /** The role that is limited to such resources. */
  readonly role: PartnerRole;
  readonly pattern: RegExp;
  /** The description of such a name, for messages. */
  readonly rule: string;
  readonly example: string;
}

/**
 * The resources that a partner's role can be limited to. Names, not ARNs: the account is the one that they are written under, and the
 * region the organization's, so neither can be a wrong one.
 */
export const PARTNER_RESOURCES = {
  databases: {
    role: "DataShare",
    pattern: /^[a-z][a-z0-9-]{0,62}\/[a-z_][a-z0-9_]{0,126}$/,
    rule: "A shared database is a Redshift cluster and a database in it.",
    example: '"<cluster>/<database>", such as "analytics/shared"',
  },
  objects: {
    role: "DataShare",
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?!\*?$)[\w.=/-]*\*?$/,
    rule: "Shared objects are a bucket and the beginning of a key, or a whole key.",
    example: '"<bucket>/<prefix>*" or "<bucket>/<key>", such as "example-shared/acme/*"',
  },
  instances: {
    role: "ExternalSystem",
    pattern: /^i-[0-9a-f]{8,17}$/,
    rule: "An instance is the id that EC2 gave it.",
    example: 'a text such as "i-0123456789abcdef0"',
  },
  documents: {
    role: "ExternalSystem",
    pattern: /^[\w.-]{3,128}$/,
    rule: "A document is the name of one in Systems Manager, an own one or one of AWS.",
    example: 'a text such as "AWS-RunPatchBaseline"',
  },
  parameters: {
    role: "ExternalSystem",
    pattern: /^\/[\w.-][\w./-]*\*?$/,
    rule: "Parameters are the full name of one in Parameter Store, or the beginning of several.",
    example: '"/<name>" or "/<prefix>*", such as "/acme/*"',
  },
} as const satisfies Record<string, PartnerResourceRule>;

export type PartnerResourceKind = keyof typeof PARTNER_RESOURCES;
export const PARTNER_RESOURCE_KINDS = keysOf(PARTNER_RESOURCES);

/** The names of the resources to which a role is limited; it reaches nothing else. */
export type PartnerResources = { readonly [Kind in PartnerResourceKind]?: readonly string[] };

/** The kinds of resources that a role can be limited to. */
export function resourceKindsOf(role: PartnerRole): readonly PartnerResourceKind[] {
  return PARTNER_RESOURCE_KINDS.filter((kind) => PARTNER_RESOURCES[kind].role === role);
}

/** One role that a partner may assume in an account. */
export interface PartnerGrant {
  /** The account's key. */
  readonly account: string;
  readonly role: PartnerRole;
  readonly resources: PartnerResources;
}

/** An external account that may assume partners' roles with its external id. */
export interface Partner {
  readonly name: string;
  readonly account: AccountId;
  readonly externalId: string;
  readonly grants: readonly PartnerGrant[];
}
