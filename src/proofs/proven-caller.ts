import type { KeyValue } from "./condition/value-set";

/** Who makes requests, with the condition keys that follow from that. */
export interface ProvenCaller {
  /** How messages call it: `a session of prod/Ops called sarah.devops`. */
  readonly words: string;
  /** As in `aws:PrincipalArn`: of a session, its role's. */
  readonly arn: string;
  /** 12 digits; empty for services of AWS. */
  readonly accountId: string;
  /** Who resource policies may name beside ARNs: `Service: ecs-tasks.amazonaws.com`. Undefined for users and roles. */
  readonly principal?: { readonly type: string; readonly value: string };
  /** By key in lower case; undefined is a key that this caller's requests never have. Others are open. */
  readonly keys: ReadonlyMap<string, KeyValue | undefined>;
  /** Keys of which nothing is known but that they are there, in lower case. */
  readonly present: readonly string[];
}

const lowerCase = (
  keys: Readonly<Record<string, KeyValue | undefined>>,
): ReadonlyMap<string, KeyValue | undefined> =>
  new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));

/** How a user signed in. With access keys, requests have no MFA keys at all. */
export const SIGN_INS = ["with MFA", "in a console without MFA", "with access keys"] as const;
/** One of `SIGN_INS`. */
export type UserSignIn = (typeof SIGN_INS)[number];

const MFA_PRESENT = "aws:MultiFactorAuthPresent";
const MFA_AGE = "aws:MultiFactorAuthAge";

const MFA_KEYS: Readonly<Record<UserSignIn, Readonly<Record<string, KeyValue | undefined>>>> = {
  "with MFA": { [MFA_PRESENT]: "true" },
  "in a console without MFA": { [MFA_PRESENT]: "false", [MFA_AGE]: undefined },
  "with access keys": { [MFA_PRESENT]: undefined, [MFA_AGE]: undefined },
};

/** What is known of a user. */
export interface KnownUser {
  readonly name: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";
const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/**
 * A user; all tags are known, so that every other is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function provenUserCaller({ name, arn, tags }: KnownUser, signIn: UserSignIn): ProvenCaller {
  return {
    words: `${name} ${signIn}`,
    arn,
    accountId: accountOf(arn),
    keys: lowerCase({
      "aws:PrincipalArn": arn,
      "aws:PrincipalAccount": accountOf(arn),
      "aws:PrincipalType": "User",
      "aws:PrincipalIsAWSService": "false",
      "aws:userid": `AIDA${name}`,
      "aws:username": name,
      ...MFA_KEYS[signIn],
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
      "aws:PrincipalTag/": undefined,
    }),
    present: signIn === "with MFA" ? [MFA_AGE.toLowerCase()] : [],
  };
}

const USER_ID = "aws:userid";

/**
 * A session of a role: it has no user name, whoever opened it. Its tags are open, and so is what its requests say of MFA,
 * because AWS's documentation says two things: that sessions of AssumeRole carry none, and that the key is there with
 * temporary credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export function provenSessionCaller(roleArn: string, sessionName: string, title: string): ProvenCaller {
  return {
    words: `a session of ${title} called ${sessionName}`,
    arn: roleArn,
    accountId: accountOf(roleArn),
    keys: lowerCase({
      "aws:PrincipalArn": roleArn,
      "aws:PrincipalAccount": accountOf(roleArn),
      "aws:PrincipalType": "AssumedRole",
      "aws:PrincipalIsAWSService": "false",
      [USER_ID]: `AROA${nameOf(roleArn)}:${sessionName}`,
      "aws:username": undefined,
    }),
    present: ["aws:tokenissuetime"],
  };
}

/** A service of AWS, or who signs in by an identity provider: a principal without an ARN. */
export function provenPrincipalCaller(type: "Service" | "Federated", value: string): ProvenCaller {
  return {
    words: `${type} ${value}`,
    arn: "",
    accountId: type === "Federated" ? accountOf(value) : "",
    principal: { type, value },
    keys: lowerCase({ "aws:username": undefined, [MFA_PRESENT]: undefined, [MFA_AGE]: undefined }),
    present: [],
  };
}

/** The value of a key: known, known to be absent, or open. */
export function knownValue(
  { keys }: ProvenCaller,
  key: string,
): { readonly value: KeyValue | undefined } | undefined {
  if (keys.has(key)) return { value: keys.get(key) };
  const family = `${key.split("/")[0] ?? ""}/`;
  return key.includes("/") && keys.has(family) ? { value: undefined } : undefined;
}
