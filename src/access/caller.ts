import { nameOf, accountIdOf } from "./arn";
import type { IamRole, IamUser } from "./iam/iam-account";

/** Condition keys of a request with their values. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

const VARIABLE = /\$\{([^}]+)\}/g;

/** The value of a condition key; IAM compares keys without case. */
export function contextValue(context: RequestContext, key: string): RequestContext[string] | undefined {
  const value = context[key];
  if (value !== undefined) return value;
  const wanted = key.toLowerCase();
  return Object.entries(context).find(([known]) => known.toLowerCase() === wanted)?.[1];
}

/** Replaces a text's policy variables by the context's values; variables without a value stay. */
export function withValues(text: string, context: RequestContext): string {
  return text.replace(VARIABLE, (variable, key: string) => {
    const value = contextValue(context, key);
    return typeof value === "string" ? value : variable;
  });
}

/**
 * Who makes a request, with the condition keys that AWS derives from that. The evaluator derives none by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export interface Caller {
  readonly arn: string;
  readonly accountId: string;
  readonly context: RequestContext;
  /** Keys that this caller's requests never have; `/…/` is a pattern. Keys in neither list are not known. */
  readonly absent: readonly string[];
}

/**
 * How a user signed in: with MFA so many seconds ago, in a console without MFA, or with access keys, whose requests have
 * no MFA keys at all. Where it is not known, policies' conditions on MFA become requirements.
 */
export type MfaState = { readonly ageSeconds: number } | "console without MFA" | "access keys" | "not known";

const MFA_PRESENT = "aws:MultiFactorAuthPresent";
const MFA_AGE = "aws:MultiFactorAuthAge";
/** Among absent keys: tags of the caller that it does not have. */
export const ANY_PRINCIPAL_TAG = "/aws:PrincipalTag\\/.*/";

function mfaKeys(mfa: MfaState): Pick<Caller, "context" | "absent"> {
  if (mfa === "not known") return { context: {}, absent: [] };
  if (mfa === "access keys") return { context: {}, absent: [MFA_PRESENT, MFA_AGE] };
  if (mfa === "console without MFA") return { context: { [MFA_PRESENT]: "false" }, absent: [MFA_AGE] };
  return { context: { [MFA_PRESENT]: "true", [MFA_AGE]: String(mfa.ageSeconds) }, absent: [] };
}

/** An IAM user. */
export function userCaller(
  { arn, name, tags }: Pick<IamUser, "arn" | "name" | "tags">,
  mfa: MfaState,
): Caller {
  const accountId = accountIdOf(arn);
  const { context, absent } = mfaKeys(mfa);
  return {
    arn,
    accountId,
    context: {
      "aws:PrincipalArn": arn,
      "aws:PrincipalAccount": accountId,
      "aws:PrincipalType": "User",
      "aws:userid": `AIDA${name}`,
      "aws:username": name,
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
      ...context,
    },
    absent: [...absent, ANY_PRINCIPAL_TAG, "aws:TokenIssueTime", "aws:SourceIdentity"],
  };
}

/** In place of a session's name that is not known. */
const ANY_NAME = "any-name";

/**
 * A session of a role, by its name and the ISO instant of its beginning: it has no user name and no MFA, whoever opened it.
 * Without a name, nothing that depends on the name is known. Its tags are the role's and those that were passed: not known either.
 */
export function sessionCaller(
  { arn }: Pick<IamRole, "arn">,
  sessionName?: string,
  beginning?: string,
): Caller {
  const accountId = accountIdOf(arn);
  const role = nameOf(arn);
  return {
    arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${sessionName ?? ANY_NAME}`,
    accountId,
    context: {
      "aws:PrincipalArn": arn,
      "aws:PrincipalAccount": accountId,
      "aws:PrincipalType": "AssumedRole",
      ...(sessionName !== undefined && { "aws:userid": `AROA${role}:${sessionName}` }),
      ...(beginning !== undefined && { "aws:TokenIssueTime": beginning }),
    },
    absent: ["aws:username", MFA_PRESENT, MFA_AGE],
  };
}
