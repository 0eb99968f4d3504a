import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

/** A secret of Secrets Manager in the organization's region; never its value. */
export const SECRET_SCHEMA = z.strictObject({
  name: z.string(),
  arn: z.string(),
  tags: z.record(z.string(), z.string()),
  /** ARN of the key, where it is not AWS's own for the service. */
  kmsKey: z.string().optional(),
  /** JSON; absent where it has no policy of its own. */
  resourcePolicy: z.string().optional(),
  createdAt: INSTANT_SCHEMA.optional(),
  lastChanged: INSTANT_SCHEMA.optional(),
  /** A day, at its beginning. */
  lastAccessed: INSTANT_SCHEMA.optional(),
  lastRotated: INSTANT_SCHEMA.optional(),
});

export type Secret = z.infer<typeof SECRET_SCHEMA>;
