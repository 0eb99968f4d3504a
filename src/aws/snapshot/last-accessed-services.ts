import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

const LAST_ACCESSED_ACTION = z.strictObject({ name: z.string(), lastAccessed: INSTANT_SCHEMA.optional() });

const LAST_ACCESSED_SERVICE = z.strictObject({
  /** `s3`, as policies have it. */
  namespace: z.string(),
  /** Absent where nobody tried within the 400 days that IAM remembers. */
  lastAccessed: INSTANT_SCHEMA.optional(),
  region: z.string().optional(),
  /** Actions of the services for which IAM tracks them; empty of others. */
  actions: z.array(LAST_ACCESSED_ACTION),
});

/**
 * The services that a role's policies allow, and when somebody in the role last tried to use each. An attempt counts whether or
 * not it was allowed. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
 */
export const LAST_ACCESSED_SERVICES = z.strictObject({
  /** ARN. */
  role: z.string(),
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("read"), services: z.array(LAST_ACCESSED_SERVICE) }),
    z.strictObject({ kind: z.literal("notAvailable"), because: z.string() }),
  ]),
});

export type LastAccessedService = z.infer<typeof LAST_ACCESSED_SERVICE>;
export type LastAccessedServices = z.infer<typeof LAST_ACCESSED_SERVICES>;
