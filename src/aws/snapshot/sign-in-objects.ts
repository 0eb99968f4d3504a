import { z } from "zod";

const INSTANCE_PROFILE = z.strictObject({
  name: z.string(),
  path: z.string(),
  /** Names of the roles that an instance with it may have. */
  roles: z.array(z.string()),
});

/** What others than IAM sign in with. */
const IDENTITY_PROVIDER = z.strictObject({
  arn: z.string(),
  /** Audiences and thumbprints, or the SHA-256 of the metadata, in which a directory names its contacts. */
  content: z.array(z.string()),
});

const SERVER_CERTIFICATE = z.strictObject({ name: z.string(), path: z.string(), id: z.string() });

/** What else of IAM lets machines and people of elsewhere in. */
export const SIGN_IN_OBJECTS = z.strictObject({
  instanceProfiles: z.array(INSTANCE_PROFILE),
  identityProviders: z.array(IDENTITY_PROVIDER),
  serverCertificates: z.array(SERVER_CERTIFICATE),
});

export type InstanceProfile = z.infer<typeof INSTANCE_PROFILE>;
export type IdentityProvider = z.infer<typeof IDENTITY_PROVIDER>;
export type ServerCertificate = z.infer<typeof SERVER_CERTIFICATE>;
export type SignInObjects = z.infer<typeof SIGN_IN_OBJECTS>;
