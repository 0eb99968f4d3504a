import type { AccountSections } from "../../src/aws/snapshot/snapshot-section";
import type { UserDetail } from "../../src/aws/snapshot/authorization-details";
import type { CredentialReportRow } from "../../src/aws/snapshot/credential-report";
import type { AccessKey, UserCredentials } from "../../src/aws/snapshot/user-credentials";
import { addSeconds, type Instant } from "../../src/model/dates";
import { TAKEN_AT } from "../support/snapshots";

const DAY = 86_400;

/** So many days before the snapshots of tests. */
export const daysBeforeSnapshot = (days: number): Instant => addSeconds(TAKEN_AT, -days * DAY);

/** A user with credentials, as the sections of an account have them. */
export interface WrittenUser {
  readonly arn: string;
  /** Documents by the names of policies. */
  readonly inline?: Readonly<Record<string, string>>;
  /** Days since the password was changed, and since it was used. */
  readonly password?: { readonly changed: number; readonly used?: number; readonly mustBeReset?: true };
  /** Days since each key was made, and since it was used. */
  readonly keys?: Readonly<
    Record<string, { readonly made: number; readonly used?: number; readonly inactive?: true }>
  >;
  readonly sshKeys?: Readonly<Record<string, number>>;
  readonly mfa?: "virtual" | "FIDO";
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

const detailOf = ({ arn, inline = {} }: WrittenUser): UserDetail => ({
  name: nameOf(arn),
  path: "/",
  arn,
  attached: [],
  inline: Object.entries(inline).map(([name, document]) => ({ name, document })),
  groups: [],
  tags: {},
});

const keyOf = ([id, { made, used, inactive }]: readonly [
  string,
  { readonly made: number; readonly used?: number; readonly inactive?: true },
]): AccessKey => ({
  id,
  isActive: inactive !== true,
  createdAt: daysBeforeSnapshot(made),
  ...(used !== undefined && { lastUsed: { at: daysBeforeSnapshot(used), service: "sts" } }),
});

const credentialsOf = ({ arn, password, keys = {}, sshKeys = {} }: WrittenUser): UserCredentials => ({
  user: nameOf(arn),
  ...(password !== undefined && {
    password: { createdAt: daysBeforeSnapshot(400), mustBeReset: password.mustBeReset === true },
  }),
  accessKeys: Object.entries(keys).map(keyOf),
  sshKeys: Object.entries(sshKeys).map(([id, made]) => ({
    id,
    isActive: true,
    createdAt: daysBeforeSnapshot(made),
  })),
  serviceCredentials: [],
  signingCertificates: [],
});

const NO_KEY = { isActive: false };

const rowOf = ({ arn, password, mfa }: WrittenUser): CredentialReportRow => ({
  user: nameOf(arn),
  arn,
  hasPassword: password !== undefined,
  ...(password !== undefined && { passwordLastChanged: daysBeforeSnapshot(password.changed) }),
  ...(password?.used !== undefined && { passwordLastUsed: daysBeforeSnapshot(password.used) }),
  hasMfa: mfa !== undefined,
  accessKeys: [NO_KEY, NO_KEY],
  certificates: [NO_KEY, NO_KEY],
});

const read = <Data>(data: Data) => ({ kind: "read" as const, at: TAKEN_AT, data });

/** The sections of an account with these users. */
export const sectionsOf = (users: readonly WrittenUser[]): Partial<AccountSections> => ({
  authorizationDetails: read({ users: users.map(detailOf), groups: [], roles: [], policies: [] }),
  userCredentials: read(users.map(credentialsOf)),
  credentialReport: read({ generatedAt: addSeconds(TAKEN_AT, -2 * 3_600), rows: users.map(rowOf) }),
  mfaDevices: read(
    users.flatMap(({ arn, mfa }) =>
      mfa === undefined
        ? []
        : [{ user: nameOf(arn), serial: `arn:aws:iam::111111111111:mfa/${nameOf(arn)}`, kind: mfa }],
    ),
  ),
});
