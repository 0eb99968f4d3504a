import { z } from "zod";

/**
 * The state of the account's root user, by IAM's account summary. When its password was last used is in the credential report.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
export const ROOT_USER = z.strictObject({
  hasMfa: z.boolean(),
  hasAccessKeys: z.boolean(),
  hasSigningCertificates: z.boolean(),
  /** Absent where IAM does not say: organizations may take the root passwords of their accounts away. */
  hasPassword: z.boolean().optional(),
});

export type RootUser = z.infer<typeof ROOT_USER>;
