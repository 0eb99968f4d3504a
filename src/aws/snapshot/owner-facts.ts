import type { AlternateContactType } from "@aws-sdk/client-account";
import type { FeatureType } from "@aws-sdk/client-iam";
import { z } from "zod";

import { TABLE_LEVELS } from "../../model/names";

export const ALTERNATE_CONTACTS = [
  "SECURITY",
  "BILLING",
  "OPERATIONS",
] as const satisfies readonly AlternateContactType[];
export type AlternateContact = (typeof ALTERNATE_CONTACTS)[number];

/** Root users without credentials of their own, and sessions of theirs that the management account begins. */
export const ROOT_FEATURES = [
  "RootCredentialsManagement",
  "RootSessions",
] as const satisfies readonly FeatureType[];
export type RootFeature = (typeof ROOT_FEATURES)[number];

/** The contacts that are set, of those that AWS tells of something beside the root user's address. Names and addresses stay out. */
export const SET_CONTACTS = z.array(z.enum(ALTERNATE_CONTACTS));

/**
 * What the organization's management account may do with the root users of its members: the features that are on. AWS tells it
 * to that account, or to one that it has delegated IAM to.
 */
export const ROOT_MANAGEMENT = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("told"), features: z.array(z.enum(ROOT_FEATURES)) }),
  z.strictObject({ kind: z.literal("told elsewhere") }),
  z.strictObject({ kind: z.literal("no organization") }),
]);

/** A table of DynamoDB, and what its tag says of the services that may read it; absent with neither value. */
export const TABLE_LEVEL = z.strictObject({
  region: z.string(),
  table: z.string(),
  level: z.enum(TABLE_LEVELS).optional(),
});

export type RootManagement = z.infer<typeof ROOT_MANAGEMENT>;

/** Why an account's answer does not say which features are on. */
export const ROOT_MANAGEMENT_UNTOLD = {
  "told elsewhere":
    "AWS tells it to the organization's management account and to one that it has delegated IAM to",
  "no organization": "the account is in no organization",
} as const satisfies Record<Exclude<RootManagement["kind"], "told">, string>;

export type TableLevel = z.infer<typeof TABLE_LEVEL>;
