import type { IAM } from "@aws-sdk/client-iam";

import { toInstant, type Instant } from "../model/dates";
import type { InlinePolicy } from "./live-account";
import { readAuthorizationDetails } from "./readers/authorization-details-reader";
import { readCredentialReport } from "./readers/credential-report-reader";
import { readMfaDevices } from "./readers/mfa-devices-reader";
import { readUserCredentials } from "./readers/user-credentials-reader";
import { recordedReason } from "./recorded-reason";
import { availableSection } from "./snapshot/available-section";
import type { AuthorizationDetails } from "./snapshot/authorization-details";
import type { CredentialReport } from "./snapshot/credential-report";
import type { MfaDevice } from "./snapshot/mfa-device";
import type { SnapshotAccount } from "./snapshot/reader";
import type { UserCredentials } from "./snapshot/user-credentials";

/** When a password was changed and used, as the credential report has it. */
interface PasswordTimes {
  readonly lastChanged?: Instant;
  readonly lastUsed?: Instant;
}

/** Every credential of an account's users. */
export interface AccountCredentials {
  /** The account's key. */
  readonly account: string;
  readonly readAt: Instant;
  readonly users: readonly {
    readonly name: string;
    readonly arn: string;
    readonly inlinePolicies: readonly InlinePolicy[];
  }[];
  readonly credentials: readonly UserCredentials[];
  readonly mfaDevices: readonly MfaDevice[];
  readonly report:
    | {
        readonly kind: "read";
        readonly generatedAt: Instant;
        /** By the user's name. */
        readonly passwords: ReadonlyMap<string, PasswordTimes>;
      }
    | { readonly kind: "notAvailable"; readonly because: string };
}

const usersOf = ({ users }: AuthorizationDetails): AccountCredentials["users"] =>
  users.map(({ name, arn, inline }) => ({ name, arn, inlinePolicies: inline }));

const reportOf = ({ generatedAt, rows }: CredentialReport): AccountCredentials["report"] => ({
  kind: "read",
  generatedAt,
  passwords: new Map(
    rows.map(({ user, passwordLastChanged, passwordLastUsed }) => [
      user,
      {
        ...(passwordLastChanged !== undefined && { lastChanged: passwordLastChanged }),
        ...(passwordLastUsed !== undefined && { lastUsed: passwordLastUsed }),
      },
    ]),
  ),
});

/** Reads the credentials of an account; changes nothing, but has IAM make its report anew where that is old. */
export async function readAccountCredentials(
  iam: IAM,
  account: string,
  now: () => Date,
  progress?: (done: number) => void,
): Promise<AccountCredentials> {
  const readAt = toInstant(now());
  const details = await readAuthorizationDetails(iam);
  const names = details.users.map(({ name }) => name);
  const report = await readCredentialReport(iam).then(reportOf, (error: unknown) => ({
    kind: "notAvailable" as const,
    because: recordedReason(error),
  }));
  return {
    account,
    readAt,
    users: usersOf(details),
    credentials: await readUserCredentials(iam, names, {
      lastUse: true,
      ...(progress !== undefined && { progress }),
    }),
    mfaDevices: await readMfaDevices(iam, names),
    report,
  };
}

const reportFrom = ({ sections }: SnapshotAccount): AccountCredentials["report"] =>
  sections.credentialReport.kind === "read"
    ? reportOf(sections.credentialReport.data)
    : { kind: "notAvailable", because: sections.credentialReport.because };

/**
 * The same from a snapshot.
 * @throws UserError where the snapshot has no users, credentials or devices of the account
 */
export function accountCredentialsFrom(account: SnapshotAccount): AccountCredentials {
  return {
    account: account.key,
    readAt: account.sections.userCredentials.at,
    users: usersOf(availableSection(account, "authorizationDetails")),
    credentials: availableSection(account, "userCredentials"),
    mfaDevices: availableSection(account, "mfaDevices"),
    report: reportFrom(account),
  };
}

/** The same without devices where the snapshot has none of them; undefined where it has no users or no credentials of the account. */
export function snapshotCredentials(account: SnapshotAccount): AccountCredentials | undefined {
  const { authorizationDetails, userCredentials, mfaDevices } = account.sections;
  if (authorizationDetails.kind !== "read" || userCredentials.kind !== "read") return undefined;
  return {
    account: account.key,
    readAt: userCredentials.at,
    users: usersOf(authorizationDetails.data),
    credentials: userCredentials.data,
    mfaDevices: mfaDevices.kind === "read" ? mfaDevices.data : [],
    report: reportFrom(account),
  };
}
