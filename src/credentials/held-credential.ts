import type { AccountCredentials } from "../aws/account-credentials";
import { ROOT_ACCOUNT, type MfaDevice } from "../aws/snapshot/mfa-device";
import type { Credential, UserCredentials } from "../aws/snapshot/user-credentials";
import { isUserDenial } from "../documents/offboarding-denial";
import type { Instant } from "../model/dates";
import type { Naming } from "../model/names";
import type { CredentialHolder } from "./credential-holder";
import { judgeStanding, type CredentialStanding, type CredentialTimes } from "./credential-standing";

export type CredentialKind =
  "password" | "access key" | "SSH key" | "service credential" | "signing certificate" | "MFA device";

/** One credential or device, and what is to be thought of it. */
export interface HeldCredential {
  /** The account's key. */
  readonly account: string;
  readonly user: string;
  readonly holder: CredentialHolder;
  readonly kind: CredentialKind;
  /** Absent of passwords, and of a device that is missing. */
  readonly id?: string;
  /** Only MFA devices have one. */
  readonly deviceKind?: MfaDevice["kind"];
  readonly createdAt?: Instant;
  readonly lastUsed?: Instant;
  readonly standing: CredentialStanding;
}

type Described = Omit<HeldCredential, "account" | "user" | "holder" | "standing" | "createdAt" | "lastUsed"> &
  CredentialTimes & { readonly isActive: boolean };

function judged(holder: CredentialHolder, credential: Described, now: Instant): CredentialStanding {
  if (!credential.isActive) return { kind: "inactive" };
  return holder.kind === "unknown" ? { kind: "unknown holder" } : judgeStanding(credential, holder, now);
}

const listed = (kind: CredentialKind, all: readonly Credential[]): readonly Described[] =>
  all.map(({ id, isActive, createdAt }) => ({ kind, id, isActive, createdAt, isUseKnown: false }));

/** What of a user has an age; devices aside, which have none that matters. */
function aging({ accessKeys, ...others }: UserCredentials): readonly Described[] {
  return [
    ...accessKeys.map(({ id, isActive, createdAt, lastUsed }): Described => ({
      kind: "access key",
      id,
      isActive,
      createdAt,
      lastUsed: lastUsed?.at,
      isUseKnown: true,
    })),
    ...listed("SSH key", others.sshKeys),
    ...listed("service credential", others.serviceCredentials),
    ...listed("signing certificate", others.signingCertificates),
  ];
}

/**
 * The password's standing. Only the credential report knows when it was changed and used; a password that the report does not
 * have yet is as old as its creation.
 */
function passwordOf(
  { user, password }: UserCredentials,
  { report }: AccountCredentials,
  holder: CredentialHolder,
  now: Instant,
  isDenied: boolean,
): readonly Omit<HeldCredential, "account" | "user" | "holder">[] {
  if (password === undefined) return [];
  const row = report.kind === "read" ? report.passwords.get(user) : undefined;
  const changed = row?.lastChanged;
  const { createdAt } = password;
  const since =
    changed !== undefined && (createdAt === undefined || changed > createdAt) ? changed : createdAt;
  const { mustBeReset } = password;
  const times: CredentialTimes = { createdAt: since, lastUsed: row?.lastUsed, isUseKnown: true, mustBeReset };
  const own = judged(holder, { kind: "password", isActive: true, ...times }, now);
  const standing: CredentialStanding = own.kind === "leaver's" && isDenied ? { kind: "denied" } : own;
  const isJudged = ["leaver's", "denied", "unknown holder"].includes(standing.kind);
  return [
    {
      kind: "password",
      ...(since !== undefined && { createdAt: since }),
      ...(row?.lastUsed !== undefined && { lastUsed: row.lastUsed }),
      standing:
        report.kind === "notAvailable" && !isJudged
          ? { kind: "not known", because: report.because }
          : standing,
    },
  ];
}

/** Whether somebody gets in: with a password, or a person with anything active that signs requests. */
function opens(
  { password, accessKeys, serviceCredentials, signingCertificates }: UserCredentials,
  { kind }: CredentialHolder,
): boolean {
  if (password !== undefined) return true;
  return (
    kind === "person" &&
    [...accessKeys, ...serviceCredentials, ...signingCertificates].some(({ isActive }) => isActive)
  );
}

/** The devices of a user, or that one is missing where somebody signs in. */
function devicesOf(
  user: string,
  signsIn: boolean,
  devices: readonly MfaDevice[],
): readonly Omit<HeldCredential, "account" | "user" | "holder">[] {
  const own = devices.filter((device) => device.user === user);
  if (own.length === 0) return signsIn ? [{ kind: "MFA device", standing: { kind: "missing" } }] : [];
  return own.map(({ serial, kind, enabledAt }) => ({
    kind: "MFA device",
    id: serial,
    deviceKind: kind,
    ...(enabledAt !== undefined && { createdAt: enabledAt }),
    standing: { kind: "fine" },
  }));
}

/**
 * Every password, key and device of an account's users, in the order of users, judged at the time at which they were read.
 * @param holders by ARN
 */
export function heldCredentials(
  read: AccountCredentials,
  holders: ReadonlyMap<string, CredentialHolder>,
  naming: Naming,
): readonly HeldCredential[] {
  // Nobody knows what was used after that.
  const now = read.readAt;
  const users = new Map(read.users.map((user) => [user.name, user]));
  return read.credentials
    .filter(({ user }) => user !== ROOT_ACCOUNT)
    .flatMap((credentials) => {
      const { user } = credentials;
      const { arn = "", inlinePolicies = [] } = users.get(user) ?? {};
      const holder = holders.get(arn) ?? { kind: "unknown" };
      const hasLeft = holder.kind === "person" && holder.hasLeft;
      const isDenied = hasLeft && inlinePolicies.some((policy) => isUserDenial(naming, holder.name, policy));
      const others = aging(credentials).map((credential) => {
        const { kind, id, createdAt, lastUsed } = credential;
        return {
          kind,
          ...(id !== undefined && { id }),
          ...(createdAt !== undefined && { createdAt }),
          ...(lastUsed !== undefined && { lastUsed }),
          standing: judged(holder, credential, now),
        };
      });
      return [
        ...passwordOf(credentials, read, holder, now, isDenied),
        ...others,
        // A leaver enrols nothing any more; a pipeline has nobody to hold a device, and strangers are drift's.
        ...devicesOf(user, opens(credentials, holder) && !hasLeft, read.mfaDevices),
      ].map((one) => ({ account: read.account, user, holder, ...one }));
    });
}
