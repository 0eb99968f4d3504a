import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

/** One of the two access keys of a user, as the report has it: without its id. */
const REPORTED_KEY = z.strictObject({
  isActive: z.boolean(),
  lastRotated: INSTANT_SCHEMA.optional(),
  lastUsed: INSTANT_SCHEMA.optional(),
});

const REPORTED_CERTIFICATE = z.strictObject({
  isActive: z.boolean(),
  lastRotated: INSTANT_SCHEMA.optional(),
});

/** What is absent is `N/A`, `no_information` or `not_supported` in the report. */
export const CREDENTIAL_REPORT_ROW = z.strictObject({
  /** `<root_account>` is the root user. */
  user: z.string(),
  arn: z.string(),
  createdAt: INSTANT_SCHEMA.optional(),
  /** Absent of the root user. */
  hasPassword: z.boolean().optional(),
  /** Absent where nobody has signed in with it since October 2014. */
  passwordLastUsed: INSTANT_SCHEMA.optional(),
  passwordLastChanged: INSTANT_SCHEMA.optional(),
  /** When the account's password policy wants a new one. */
  passwordNextRotation: INSTANT_SCHEMA.optional(),
  hasMfa: z.boolean(),
  accessKeys: z.tuple([REPORTED_KEY, REPORTED_KEY]),
  certificates: z.tuple([REPORTED_CERTIFICATE, REPORTED_CERTIFICATE]),
});

/**
 * IAM's own report, which it makes anew at most every four hours: `generatedAt` says of when this one is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export const CREDENTIAL_REPORT = z.strictObject({
  generatedAt: INSTANT_SCHEMA,
  rows: z.array(CREDENTIAL_REPORT_ROW),
});

export type CredentialReportRow = z.infer<typeof CREDENTIAL_REPORT_ROW>;
export type CredentialReport = z.infer<typeof CREDENTIAL_REPORT>;
