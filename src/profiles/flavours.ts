import { keysOf } from "../model/keys-of";

const HOUR = 3_600;

interface FlavourRule {
  /**
   * Longest session that its profiles ask for, in seconds. Both tools may take an MFA session first and assume the role with
   * it; AWS ends a chained session after an hour and refuses to be asked for more.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
   */
  readonly longestSession: number;
  /** Command that keeps a person's access keys under the name of a profile. */
  readonly keepKeys: (sourceProfile: string) => string;
  /** Command that shows whom a profile makes of the person. */
  readonly tryOut: (profile: string) => string;
}

/**
 * What a person uses the profiles with. All three read the same keys, from the same file. `credential_process` and granted's
 * own keys (`granted_sso_…`) have no place in these profiles: SDKs prefer `role_arn`, and the latter are for IAM Identity
 * Center. Where the tools need `credential_process` it belongs to the profile of the access keys.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html
 * https://github.com/ByteNess/aws-vault/blob/main/USAGE.md
 * https://github.com/common-fate/granted/blob/main/pkg/cfaws/assumer_aws_iam.go
 */
export const FLAVOURS = {
  plain: {
    // No role's session is longer, so that its own length counts.
    longestSession: 12 * HOUR,
    keepKeys: (sourceProfile) => `aws configure --profile ${sourceProfile}`,
    tryOut: (profile) => `aws sts get-caller-identity --profile ${profile}`,
  },
  "aws-vault": {
    longestSession: HOUR,
    keepKeys: (sourceProfile) => `aws-vault add ${sourceProfile}`,
    tryOut: (profile) => `aws-vault exec ${profile} -- aws sts get-caller-identity`,
  },
  granted: {
    longestSession: HOUR,
    keepKeys: (sourceProfile) => `granted credentials add ${sourceProfile}`,
    tryOut: (profile) => `assume ${profile} && aws sts get-caller-identity`,
  },
} as const satisfies Record<string, FlavourRule>;

export type Flavour = keyof typeof FLAVOURS;
export const FLAVOUR_NAMES = keysOf(FLAVOURS);
