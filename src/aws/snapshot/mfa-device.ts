import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

export const MFA_KINDS = ["virtual", "hardware TOTP", "FIDO"] as const;

/** A device or passkey with which somebody proves that it is they. */
export const MFA_DEVICE = z.strictObject({
  /** The user who has it; `<root_account>` for the root user; absent of a virtual device that nobody has. */
  user: z.string().optional(),
  /** A serial number, or an ARN. */
  serial: z.string(),
  kind: z.enum(MFA_KINDS),
  enabledAt: INSTANT_SCHEMA.optional(),
});

export type MfaKind = (typeof MFA_KINDS)[number];
export type MfaDevice = z.infer<typeof MFA_DEVICE>;

/** The root user's name in IAM's reports. */
export const ROOT_ACCOUNT = "<root_account>";

/**
 * What kind of device a serial number belongs to: virtual ones and FIDO's security keys and passkeys have an ARN, hardware
 * tokens the number that is printed on them. https://docs.aws.amazon.com/IAM/latest/APIReference/API_MFADevice.html
 */
export function findMfaKind(serial: string): MfaKind {
  if (/^arn:[\w-]+:iam::\d{12}:u2f\//.test(serial)) return "FIDO";
  return serial.startsWith("arn:") ? "virtual" : "hardware TOTP";
}
