import { z } from "zod";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html */
const PASSWORD_POLICY = z.strictObject({
  minimumLength: z.number(),
  /** Days after which a password has to be changed; absent where passwords never expire. */
  maxAgeDays: z.number().optional(),
  /** How many earlier passwords cannot be used again; absent where all of them can. */
  remembered: z.number().optional(),
  requires: z.array(z.enum(["lower case", "upper case", "numbers", "symbols"])),
  /** Whether only an administrator can replace a password that has expired. */
  isHardExpiry: z.boolean(),
  usersMayChange: z.boolean(),
});

/** What is true of the account as a whole. */
export const ACCOUNT_FACTS = z.strictObject({
  aliases: z.array(z.string()),
  /** Absent where the account has none of its own, so that IAM's applies. */
  passwordPolicy: PASSWORD_POLICY.optional(),
});

export type AccountFacts = z.infer<typeof ACCOUNT_FACTS>;
export type PasswordPolicy = z.infer<typeof PASSWORD_POLICY>;
