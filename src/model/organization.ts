import type { DatabaseDefinition } from "./database";
import type { ExistingTrail } from "./existing-trail";
import type { PipelineDefinition } from "./pipeline";

/** Where an account stands; `identity` is the account that holds people and no workload. */
export const ENVIRONMENTS = ["identity", "dev", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
export type WorkloadEnvironment = Exclude<Environment, "identity">;
export const WORKLOAD_ENVIRONMENTS = ENVIRONMENTS.filter(
  (environment): environment is WorkloadEnvironment => environment !== "identity",
);

/** The sources of an account's deployments: every commit of the branch, or only tags that somebody promotes (docs/runbooks/releases.md). */
export const DEPLOYMENT_SOURCES = ["branch", "tags"] as const;
export type DeploymentSource = (typeof DEPLOYMENT_SOURCES)[number];

/** The records that an organization may demand of a contractor before any access (seed: MenoTime, contractors). */
export const CONTRACTOR_REQUIREMENTS = ["nda", "baa", "approvals"] as const;
export type ContractorRequirement = (typeof CONTRACTOR_REQUIREMENTS)[number];

/** The permissions that BreakGlass may have (seed: break-glass procedure, section 3). */
export const BREAK_GLASS_PERMISSIONS = ["administrator", "emergency-operator"] as const;
export type BreakGlassPermissions = (typeof BREAK_GLASS_PERMISSIONS)[number];

interface IdentityAccountDefinition {
  /** The account's 12 digits. */
  readonly id: string;
  readonly kind: "identity";
  readonly environment?: "the identity account has no environment";
  readonly identity?: never;
  /** Characters of trust that IAM accepts here, where AWS has raised the quota above 2,048. */
  readonly trustQuota?: number;
  /** The source of deployments here: every commit of the branch, which is the default, or only tags that somebody promotes. */
  readonly follows?: DeploymentSource;
  /** A trail that the account has already: alarms read it, Security audits it, and Muster makes none. */
  readonly trail?: ExistingTrail;
}

interface WorkloadAccountDefinition {
  /** The account's 12 digits. */
  readonly id: string;
  readonly kind: "workload";
  readonly environment: WorkloadEnvironment;
  /**
   * The databases of the account, by name. Where any is named, DbRead and Dba sign in to these alone; `temporary` may grant one.
   */
  readonly databases?: { readonly instances: Readonly<Record<string, DatabaseDefinition>> };
  /** This account also holds the people, because the organization has no account for them alone. */
  readonly identity?: true;
  /** Characters of trust that IAM accepts here, where AWS has raised the quota above 2,048. */
  readonly trustQuota?: number;
  /** The source of deployments here: every commit of the branch, which is the default, or only tags that somebody promotes. */
  readonly follows?: DeploymentSource;
  /** A trail that the account has already: alarms read it, Security audits it, and Muster makes none. */
  readonly trail?: ExistingTrail;
}

export type AccountDefinition = IdentityAccountDefinition | WorkloadAccountDefinition;

/** By account key, which is the stack's name too. */
type AccountDefinitions = Readonly<Record<string, AccountDefinition>>;

/** The content of `src/organization.ts`. */
export interface OrganizationDefinition<Accounts extends AccountDefinitions = AccountDefinitions> {
  /** First word of every name that Muster makes: `infra` gives `infra-AdminR-prod`. */
  readonly prefix: string;
  /** The region that the accounts work in, such as `eu-west-1`; partition `aws` only. */
  readonly region: string;
  /** Regions that the accounts use besides: what watches a region stands in each of them too. */
  readonly otherRegions?: readonly string[];
  readonly accounts: Accounts;
  /**
   * The 12 digits of the account that administers the organization in AWS Organizations. `npm run drift` holds the trust of
   * OrganizationAccountAccessRole against it, and reports that role where it is not said.
   */
  readonly management?: string;
  /** The records that must exist before a contractor gets access; none by default. */
  readonly contractors?: { readonly require: readonly ContractorRequirement[] };
  /** The repository of this program; everything that it makes then carries it as the tag `Repository`. */
  readonly repository?: string;
  /** Who deploys: the accounts then have roles for previews and deployments; by default they have none. */
  readonly pipeline?: PipelineDefinition;
  /**
   * The addresses, as CIDR blocks, from which the role DbRead signs in to databases; from anywhere by default. They are
   * public ones: AWS never sees others.
   */
  readonly databases?: { readonly sourceAddresses: readonly string[] };
  /** `administrator` by default. */
  readonly breakGlass?: { readonly permissions: BreakGlassPermissions };
}

/** The environment that an account definition stands for. */
export type EnvironmentOf<A extends AccountDefinition> = A extends WorkloadAccountDefinition
  ? A["environment"]
  : "identity";

/** Declares the accounts; the compiler then knows their keys and environments in `defineRoster`. */
export function defineOrganization<const Accounts extends AccountDefinitions>(
  organization: OrganizationDefinition<Accounts>,
): OrganizationDefinition<Accounts> {
  return organization;
}
