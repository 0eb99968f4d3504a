import { keysOf } from "../model/keys-of";

const HOUR = 3_600;

/** What the profiles' source profile keeps of a person: a sign-in to the console, or access keys. */
export type SourceKind = "console sign-in" | "access keys";

interface FlavourRule {
  readonly source: SourceKind;
  /**
   * Longest session that its profiles ask for, in seconds. With a session as the source, AWS may count the role as chained: it
   * ends such a session after an hour and refuses to be asked for more.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
   */
  readonly longestSession: number;
  /** Commands that make the source profile, once. */
  readonly makeSource: (sourceProfile: string, region: string) => readonly string[];
  /** Command that shows whom a profile makes of the person. */
  readonly tryOut: (profile: string) => string;
}

/**
 * What a person uses the profiles with. The sign-in of `aws login` needs no access key and no code on the command line: its
 * session is the console's, and refreshes itself. The others read the same keys, from the same file. `credential_process` and
 * granted's own keys (`granted_sso_…`) have no place in these profiles: SDKs prefer `role_arn`, and the latter are for IAM
 * Identity Center. Where the tools need `credential_process` it belongs to the profile of the access keys.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html
 * https://github.com/ByteNess/aws-vault/blob/main/USAGE.md
 * https://github.com/common-fate/granted/blob/main/pkg/cfaws/assumer_aws_iam.go
 */
export const FLAVOURS = {
  login: {
    source: "console sign-in",
    longestSession: HOUR,
    makeSource: (sourceProfile, region) => [
      `aws configure set region ${region} --profile ${sourceProfile}`,
      `aws login --profile ${sourceProfile}`,
    ],
    tryOut: (profile) => `aws sts get-caller-identity --profile ${profile}`,
  },
  plain: {
    source: "access keys",
    // No role's session is longer, so that its own length counts.
    longestSession: 12 * HOUR,
    makeSource: (sourceProfile) => [`aws configure --profile ${sourceProfile}`],
    tryOut: (profile) => `aws sts get-caller-identity --profile ${profile}`,
  },
  "aws-vault": {
    source: "access keys",
    longestSession: HOUR,
    makeSource: (sourceProfile) => [`aws-vault add ${sourceProfile}`],
    tryOut: (profile) => `aws-vault exec ${profile} -- aws sts get-caller-identity`,
  },
  granted: {
    source: "access keys",
    longestSession: HOUR,
    makeSource: (sourceProfile) => [`granted credentials add ${sourceProfile}`],
    tryOut: (profile) => `assume ${profile} && aws sts get-caller-identity`,
  },
} as const satisfies Record<string, FlavourRule>;

export type Flavour = keyof typeof FLAVOURS;
export const FLAVOUR_NAMES = keysOf(FLAVOURS);
export const DEFAULT_FLAVOUR = "login" satisfies Flavour;

/** The source profile where nobody names one; another for each kind, so that a change of flavour finds its own. */
export const sourceProfileName = (prefix: string, flavour: Flavour): string =>
  FLAVOURS[flavour].source === "console sign-in" ? `${prefix}-login` : prefix;
