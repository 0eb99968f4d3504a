import type { AccessKey, UserCredentials } from "../aws/snapshot/user-credentials";
import type { RoleDetail } from "../aws/snapshot/authorization-details";
import type { Assumptions } from "../aws/snapshot/trail-events";
import type { CredentialReportRow } from "../aws/snapshot/credential-report";
import type { MfaDevice } from "../aws/snapshot/mfa-device";
import type { Snapshot, SnapshotAccount } from "../aws/snapshot/reader";
import type { SectionData, SectionName } from "../aws/snapshot/snapshot-section";
import type { Instant } from "../model/dates";
import { groupBy } from "../model/group-by";

/** A section that could not be read. */
export interface MissingEvidence {
  /** The account's key. */
  readonly account: string;
  readonly section: SectionName;
  readonly because: string;
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** What a snapshot tells, found by account and user. */
export class Evidence {
  private readonly accounts: ReadonlyMap<string, SnapshotAccount>;
  private readonly users = new Map<string, UserEvidence>();
  private readonly uses = new Map<string, AccountRoleUse>();

  constructor(readonly snapshot: Snapshot) {
    this.accounts = new Map(snapshot.accounts.map((account) => [account.key, account]));
  }

  /** The accounts that the snapshot is of, by their keys. */
  get keys(): readonly string[] {
    return [...this.accounts.keys()];
  }

  account(key: string): SnapshotAccount | undefined {
    return this.accounts.get(key);
  }

  /** What a section holds; undefined where it was not read. */
  section<Name extends SectionName>(key: string, name: Name): SectionData<Name> | undefined {
    const section = this.accounts.get(key)?.sections[name];
    return section?.kind === "read" ? section.data : undefined;
  }

  /** Why a section was not read; undefined where it was. */
  missing(account: string, section: SectionName): MissingEvidence | undefined {
    const found = this.accounts.get(account);
    if (found === undefined) return { account, section, because: "the snapshot is not of this account" };
    const one = found.sections[section];
    return one.kind === "read" ? undefined : { account, section, because: one.because };
  }

  /**
   * Finds who used an account's roles, and when. For a user of another account, the trail of the role's account names the account alone: the
   * identity account's names people.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
   * @param identity the key of the account of people's users
   */
  roleUse(key: string, identity: string): AccountRoleUse {
    const known = this.uses.get(key);
    if (known !== undefined) return known;
    const events = this.section(identity, "trailEvents");
    const use: AccountRoleUse = {
      assumed: new RoleUse(events?.assumptions ?? [], this.account(key)?.id ?? ""),
      ...(events !== undefined && { eventsFrom: events.from }),
      roles: new Map(
        (this.section(key, "authorizationDetails")?.roles ?? []).map((role) => [role.name, role]),
      ),
    };
    this.uses.set(key, use);
    return use;
  }

  /** What is known of an account's users' credentials. */
  credentials(key: string): UserEvidence {
    const known = this.users.get(key);
    if (known !== undefined) return known;
    const evidence = new UserEvidence(
      this.section(key, "userCredentials") ?? [],
      this.section(key, "credentialReport")?.rows ?? [],
      this.section(key, "mfaDevices") ?? [],
    );
    this.users.set(key, evidence);
    return evidence;
  }
}

/** Credentials of users by name. */
export class UserEvidence {
  private readonly byUser: ReadonlyMap<string, UserCredentials>;
  private readonly reported: ReadonlyMap<string, CredentialReportRow>;
  private readonly devices: ReadonlyMap<string, readonly MfaDevice[]>;

  constructor(
    credentials: readonly UserCredentials[],
    rows: readonly CredentialReportRow[],
    devices: readonly MfaDevice[],
  ) {
    this.byUser = new Map(credentials.map((one) => [one.user, one]));
    this.reported = new Map(rows.map((row) => [row.user, row]));
    this.devices = groupBy(devices, ({ user }) => user ?? "");
  }

  of(user: string): UserCredentials | undefined {
    return this.byUser.get(user);
  }

  report(user: string): CredentialReportRow | undefined {
    return this.reported.get(user);
  }

  mfa(user: string): readonly MfaDevice[] {
    return this.devices.get(user) ?? [];
  }

  activeKeys(user: string): readonly AccessKey[] {
    return (this.byUser.get(user)?.accessKeys ?? []).filter(({ isActive }) => isActive);
  }

  /** Whether somebody can sign in or sign requests with it. */
  canSignIn(user: string): boolean {
    const own = this.byUser.get(user);
    if (own === undefined) return false;
    const { password, accessKeys, serviceCredentials, signingCertificates } = own;
    return (
      password !== undefined ||
      [...accessKeys, ...serviceCredentials, ...signingCertificates].some(({ isActive }) => isActive)
    );
  }
}

/** Who used an account's roles and when, from its trail and from IAM. */
export interface AccountRoleUse {
  readonly assumed: RoleUse;
  /** From when on the events that name people are known; absent where they were not read. */
  readonly eventsFrom?: Instant;
  readonly roles: ReadonlyMap<string, RoleDetail>;
}

/** When each principal last got into each role of an account, by a trail that names them. */
export class RoleUse {
  private readonly last = new Map<string, Instant>();

  /** @param account id of the roles' account */
  constructor(assumptions: readonly Assumptions[], account: string) {
    for (const { principal, role, error, last } of assumptions) {
      if (error !== undefined || principal.arn === undefined || role.split(":")[4] !== account) continue;
      const key = this.key(nameOf(principal.arn), nameOf(role));
      const known = this.last.get(key);
      if (known === undefined || last > known) this.last.set(key, last);
    }
  }

  private key(who: string, roleName: string): string {
    return JSON.stringify([who, roleName]);
  }

  /** Undefined where the events that were read tell of none. */
  of(who: string, roleName: string): Instant | undefined {
    return this.last.get(this.key(who, roleName));
  }
}
