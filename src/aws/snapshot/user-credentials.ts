import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

/** A credential by its identifier, which is no secret. */
const CREDENTIAL = z.strictObject({
  id: z.string(),
  isActive: z.boolean(),
  createdAt: INSTANT_SCHEMA.optional(),
});

const ACCESS_KEY = CREDENTIAL.extend({
  /** What `lastUsed` says is of this moment on, or of April 2015; absent `lastUsed` means never since then. */
  lastUsed: z
    .strictObject({ at: INSTANT_SCHEMA, service: z.string().optional(), region: z.string().optional() })
    .optional(),
});

/** All that a user can sign in or sign requests with, read at the time of the snapshot; MFA devices are apart. */
export const USER_CREDENTIALS = z.strictObject({
  user: z.string(),
  /** Absent where the user has none. Its last change and use are in the credential report. */
  password: z
    .strictObject({
      createdAt: INSTANT_SCHEMA.optional(),
      /** Whether the user has to choose a new one at the next sign-in. */
      mustBeReset: z.boolean(),
    })
    .optional(),
  accessKeys: z.array(ACCESS_KEY),
  /** For CodeCommit. */
  sshKeys: z.array(CREDENTIAL),
  /** User names and passwords, or API keys, of single services; the id begins with the service's name. */
  serviceCredentials: z.array(CREDENTIAL),
  /** For SOAP. */
  signingCertificates: z.array(CREDENTIAL),
});

export type Credential = z.infer<typeof CREDENTIAL>;
export type AccessKey = z.infer<typeof ACCESS_KEY>;
export type UserCredentials = z.infer<typeof USER_CREDENTIALS>;
