import type {
  BreakGlassPermissions,
  ContractorRequirement,
  DeploymentSource,
  Environment,
} from "./organization";
import type { Database } from "./database";
import type { ExistingTrail } from "./existing-trail";
import type { AccountId } from "./names";
import type { Pipeline } from "./pipeline";

/** One AWS account of the organization. */
export interface Account {
  /** Key in `accounts`, name of the stack, last word of its roles' names. */
  readonly key: string;
  readonly id: AccountId;
  readonly environment: Environment;
  /** Whether people and groups live here. */
  readonly isIdentity: boolean;
  /** Characters of trust policy that IAM accepts in this account. */
  readonly trustQuota: number;
  /** The databases that the organization names; absent where it names none, and roles reach all. */
  readonly databases?: readonly Database[];
  readonly follows: DeploymentSource;
  /** A trail that the account has already; absent where Muster makes one. */
  readonly trail?: ExistingTrail;
}

/** The organization as the rest of the program reads it: checked, with every default filled in. */
export interface Organization {
  readonly prefix: string;
  readonly region: string;
  /** Every region that the accounts use, `region` first. */
  readonly regions: readonly [string, ...string[]];
  /** In the order of `src/organization.ts`, the identity account included. */
  readonly accounts: readonly Account[];
  readonly identity: Account;
  readonly contractorRequirements: readonly ContractorRequirement[];
  readonly breakGlassPermissions: BreakGlassPermissions;
  /** CIDR blocks from which DbRead signs in to databases; empty where it may from anywhere. */
  readonly databaseSourceAddresses: readonly string[];
  /** The account that administers the organization in AWS Organizations, if the organization says so. */
  readonly management?: AccountId;
  /** The repository of this program, if the organization says so. */
  readonly repository?: string;
  /** The pipeline that deploys the accounts, if the organization says so. */
  readonly pipeline?: Pipeline;
}
