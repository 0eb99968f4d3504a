import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

/** A policy that lives in the user, group or role that has it; the document is JSON. */
const INLINE_POLICY = z.strictObject({ name: z.string(), document: z.string() });

const NAMED = { name: z.string(), path: z.string(), arn: z.string() };
const POLICIES = {
  /** ARNs of managed policies, sorted. */
  attached: z.array(z.string()),
  inline: z.array(INLINE_POLICY),
};
const TAGS = z.record(z.string(), z.string());

/** Absent where IAM does not say. */
const CREATED_AT = INSTANT_SCHEMA.optional();

export const USER_DETAIL = z.strictObject({
  ...NAMED,
  createdAt: CREATED_AT,
  ...POLICIES,
  groups: z.array(z.string()),
  tags: TAGS,
  /** ARN of the permissions boundary. */
  boundary: z.string().optional(),
});

export const GROUP_DETAIL = z.strictObject({ ...NAMED, createdAt: CREATED_AT, ...POLICIES });

export const ROLE_DETAIL = z.strictObject({
  ...NAMED,
  createdAt: CREATED_AT,
  ...POLICIES,
  tags: TAGS,
  boundary: z.string().optional(),
  /** JSON of the trust policy. */
  trust: z.string(),
  /** Absent where nobody has used the role in the 400 days that IAM remembers. */
  lastUsed: z.strictObject({ at: INSTANT_SCHEMA, region: z.string().optional() }).optional(),
});

/** A version of a managed policy: `v3`, and its JSON. */
const POLICY_VERSION = z.strictObject({ id: z.string(), document: z.string() });

/** A managed policy: every one of the account's own, and those of AWS that are attached. */
export const POLICY_DETAIL = z.strictObject({
  ...NAMED,
  createdAt: CREATED_AT,
  isAwsManaged: z.boolean(),
  inForce: POLICY_VERSION,
  /** Versions that are not in force, oldest first. */
  dormant: z.array(POLICY_VERSION),
});

/**
 * Users, groups, roles and managed policies with their documents, each sorted by name.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const AUTHORIZATION_DETAILS = z.strictObject({
  users: z.array(USER_DETAIL),
  groups: z.array(GROUP_DETAIL),
  roles: z.array(ROLE_DETAIL),
  policies: z.array(POLICY_DETAIL),
});

export type UserDetail = z.infer<typeof USER_DETAIL>;
export type GroupDetail = z.infer<typeof GROUP_DETAIL>;
export type RoleDetail = z.infer<typeof ROLE_DETAIL>;
export type PolicyDetail = z.infer<typeof POLICY_DETAIL>;
export type AuthorizationDetails = z.infer<typeof AUTHORIZATION_DETAILS>;
