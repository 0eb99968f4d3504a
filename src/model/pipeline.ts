import { keysOf } from "./keys-of";

/** The roles of a pipeline in an account, from the less to the more powerful. */
export const PIPELINE_ROLES = {
  Preview: "Reads what a preview with --refresh and the search for drift compare with the program.",
  Review: "Reads what access reviews look at, and who has which credentials.",
  Deploy: "Deploys this account's stack.",
} as const;

export type PipelineRole = keyof typeof PIPELINE_ROLES;

export const PIPELINE_ROLE_NAMES = keysOf(PIPELINE_ROLES);

/** Those that reach Pulumi's state; a review asks AWS alone. */
export type StatefulPipelineRole = Exclude<PipelineRole, "Review">;

/** How a pipeline proves to AWS who it is: by GitHub's tokens, by another issuer's, or as IAM users with keys. */
export const PIPELINE_KINDS = ["github", "oidc", "users"] as const;

/** Issuer of the tokens that GitHub gives to jobs. https://docs.github.com/en/actions/reference/security/oidc */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** Stands for the account's key in a subject: `…:environment:{stack}`. */
export const STACK_PLACEHOLDER = "{stack}";

/** The branch that is deployed where the organization names none. */
export const DEFAULT_BRANCH = "main";

/** A bucket with Pulumi's state, which the pipeline's roles then reach; without it they reach none. */
export interface StateBucket {
  readonly bucket: string;
  /** ARN of the key that encrypts the bucket, or the stacks' secrets (`awskms://…`). */
  readonly key?: string;
}

interface GitHubPipelineDefinition {
  readonly kind: "github";
  /** The repository of this program as GitHub spells it, `example/accounts`. */
  readonly repository: string;
  /**
   * The numbers that GitHub puts into the subjects of repositories made or renamed since 15 July 2026:
   * `gh api repos/example/accounts --jq '.owner.id, .id'`.
   */
  readonly ids?: { readonly owner: number; readonly repository: number };
  /** The only branch that is deployed; `main` by default. */
  readonly branch?: string;
  readonly state?: StateBucket;
}

/** The subjects of an issuer's tokens, compared as a whole: no wildcards. `{stack}` stands for the account's key. */
interface OidcSubjects {
  /** Jobs that read settings: of requests for a change. Those that deploy do too, and are not named here. */
  readonly preview: readonly string[];
  /** Jobs that deploy: of the branch that is deployed alone. */
  readonly deploy: readonly string[];
}

interface OidcPipelineDefinition {
  readonly kind: "oidc";
  /** The tokens' `iss`, as the issuer writes it: `https://gitlab.com`. */
  readonly issuer: string;
  /** The tokens' `aud`, which the job asks for: `sts.amazonaws.com`. */
  readonly audience: string;
  readonly subjects: OidcSubjects;
  /** The only branch that is deployed and promoted from; `main` by default. That its jobs alone deploy, `subjects` says. */
  readonly branch?: string;
  readonly state?: StateBucket;
}

interface UsersPipelineDefinition {
  readonly kind: "users";
  /** The only branch that is deployed and promoted from; `main` by default. */
  readonly branch?: string;
  readonly state?: StateBucket;
}

/** The pipeline that deploys the accounts, as `src/organization.ts` has it. */
export type PipelineDefinition = GitHubPipelineDefinition | OidcPipelineDefinition | UsersPipelineDefinition;

/** The pipeline as the rest of the program reads it. */
export type Pipeline = { readonly branch: string; readonly state?: StateBucket } & PipelineIdentity;

type PipelineIdentity =
  | {
      readonly kind: "github";
      readonly repository: string;
      readonly ids?: { readonly owner: number; readonly repository: number };
    }
  | {
      readonly kind: "oidc";
      /** Its URL without the scheme: `gitlab.com`. */
      readonly issuer: string;
      readonly audience: string;
      /** `preview` has the subjects of `deploy` too. */
      readonly subjects: OidcSubjects;
    }
  | { readonly kind: "users" };

/** A pipeline that GitHub's jobs run, and which proves itself by their tokens. */
export type GitHubPipeline = Extract<Pipeline, { kind: "github" }>;
