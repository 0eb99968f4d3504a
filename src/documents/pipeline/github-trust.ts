import { identityProviderArn } from "../../model/names";
import { GITHUB_ISSUER, type GitHubPipeline, type PipelineRole } from "../../model/pipeline";
import { policyDocument } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import type { TrustDocument } from "../role-trust";

/** The audience of those tokens when a job asks for AWS. */
export const GITHUB_AUDIENCE = "sts.amazonaws.com";

/**
 * The repository as a subject begins with it. GitHub emits the second form for repositories that were made or renamed
 * since 15 July 2026, or that asked for it: a name can be taken over by somebody else, its number cannot.
 * https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
function repositoriesOf({ repository, ids }: GitHubPipeline): readonly [string, ...string[]] {
  const classic = `repo:${repository}`;
  if (ids === undefined) return [classic];
  const [owner = "", name = ""] = repository.split("/");
  return [classic, `repo:${owner}@${String(ids.owner)}/${name}@${String(ids.repository)}`];
}

/**
 * Which of the repository's jobs get in. Jobs of pull requests may read settings, and so may jobs on the deployed
 * branch, which review too; only a job in the environment named like the account deploys, after whatever approval that
 * environment asks for.
 */
function contextsOf(
  role: PipelineRole,
  { branch }: GitHubPipeline,
  { account }: RoleContext,
): readonly string[] {
  switch (role) {
    case "Preview":
      return ["pull_request", `ref:refs/heads/${branch}`];
    case "Review":
      return [`ref:refs/heads/${branch}`];
    case "Deploy":
      return [`environment:${account.key}`];
  }
}

/**
 * Admits jobs of the repository, by subjects that are compared as a whole: without wildcards, no other repository, branch
 * or environment begins or ends like ours. The subject of an environment does not tell the branch, so the branch is asked
 * for beside it, in case the environment does not limit its branches.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function githubTrust(
  role: PipelineRole,
  pipeline: GitHubPipeline,
  context: RoleContext,
): TrustDocument {
  const subjects = repositoriesOf(pipeline).flatMap((repository) =>
    contextsOf(role, pipeline, context).map((job) => `${repository}:${job}`),
  );
  return policyDocument({
    Sid: "GitHubJobs",
    Effect: "Allow",
    Principal: { Federated: identityProviderArn(context.account, GITHUB_ISSUER) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${GITHUB_ISSUER}:aud`]: GITHUB_AUDIENCE,
        [`${GITHUB_ISSUER}:sub`]: subjects,
        ...(role === "Deploy" && { [`${GITHUB_ISSUER}:ref`]: `refs/heads/${pipeline.branch}` }),
      },
    },
  });
}
