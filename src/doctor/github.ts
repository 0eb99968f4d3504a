import { z } from "zod";

import type { Account } from "../model/account";
import type { Pipeline } from "../model/pipeline";
import type { Answer } from "./command";
import { missing, ok, onOneLine, unknown, type Outcome } from "./finding";

export type GitHubPipeline = Extract<Pipeline, { kind: "github" }>;

/** Asks GitHub's REST API with `gh api`, for a path below the repository. */
export type AskGitHub = (path: string) => Promise<Answer>;

/** The job of pull-request.yml that fails where any other one did not succeed: the one check that a branch has to require. */
export const REQUIRED_CHECK = "checks";

/** https://docs.github.com/en/rest/deployments/environments#get-an-environment */
const ENVIRONMENT = z.object({
  protection_rules: z.array(z.object({ type: z.string(), reviewers: z.array(z.unknown()).optional() })),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullable(),
});

/** https://docs.github.com/en/rest/deployments/branch-policies#list-deployment-branch-policies */
const BRANCH_POLICIES = z.object({ branch_policies: z.array(z.object({ name: z.string() })) });

/** https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
const RULES = z.array(
  z.object({
    type: z.string(),
    parameters: z
      .object({
        require_code_owner_review: z.boolean().optional(),
        required_approving_review_count: z.number().optional(),
        required_status_checks: z.array(z.object({ context: z.string() })).optional(),
      })
      .optional(),
  }),
);
type Rule = z.output<typeof RULES>[number];

/** https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection */
const PROTECTION = z.object({
  required_pull_request_reviews: z
    .object({
      require_code_owner_reviews: z.boolean().optional(),
      required_approving_review_count: z.number().optional(),
    })
    .optional(),
  required_status_checks: z.object({ contexts: z.array(z.string()) }).optional(),
  allow_force_pushes: z.object({ enabled: z.boolean() }).optional(),
});

const SIGN_IN = "Install gh and run `gh auth login`, or look by hand: README, 'Enforce it in CI'.";

/** What GitHub answered: its JSON, that there is no such thing, or why nobody knows. */
type Reply =
  | { readonly kind: "found"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly outcome: Outcome };

function replyOf(answer: Answer): Reply {
  switch (answer.kind) {
    case "not found":
      return { kind: "unknown", outcome: unknown("gh is not installed", SIGN_IN) };
    case "no answer":
      return { kind: "unknown", outcome: unknown("gh does not answer", SIGN_IN) };
    case "ended":
      if (answer.code === 0) return { kind: "found", value: JSON.parse(answer.stdout) };
      if (answer.stderr.includes("HTTP 404")) return { kind: "absent" };
      return { kind: "unknown", outcome: unknown(`gh: ${onOneLine(answer.stderr)}`, SIGN_IN) };
  }
}

/** Whether an account's environment keeps other branches out, and asks somebody before it deploys to prod. */
export async function environmentOutcome(
  { key, environment }: Account,
  { branch }: GitHubPipeline,
  github: AskGitHub,
): Promise<Outcome> {
  const path = `environments/${encodeURIComponent(key)}`;
  const reply = replyOf(await github(path));
  if (reply.kind === "unknown") return reply.outcome;
  if (reply.kind === "absent") {
    return missing(
      "does not exist, and its first job would make it without any protection",
      `Make it on GitHub, limited to ${branch}.`,
    );
  }
  const { protection_rules: rules, deployment_branch_policy: policy } = ENVIRONMENT.parse(reply.value);
  const limits = await branchesOf(policy, path, github);
  if (typeof limits !== "string") return limits.outcome;
  if (limits !== branch) return missing(`${limits} may deploy`, `Limit its branches to ${branch}.`);
  const reviewed = rules.some(
    ({ type, reviewers = [] }) => type === "required_reviewers" && reviewers.length > 0,
  );
  if (environment === "prod" && !reviewed) {
    return missing("nobody has to approve", "Name people who approve deployments to prod.");
  }
  return ok(`${branch} alone${reviewed ? ", with approval" : ""}`);
}

/** The branches that may deploy, in words; the branch's name where it is one alone. */
async function branchesOf(
  policy: z.output<typeof ENVIRONMENT>["deployment_branch_policy"],
  path: string,
  github: AskGitHub,
): Promise<string | { readonly outcome: Outcome }> {
  if (policy === null) return "every branch";
  if (policy.protected_branches) return "every protected branch";
  const reply = replyOf(await github(`${path}/deployment-branch-policies`));
  if (reply.kind === "unknown") return reply;
  const names = reply.kind === "found" ? BRANCH_POLICIES.parse(reply.value).branch_policies : [];
  return names.length === 0 ? "no branch" : names.map(({ name }) => name).join(", ");
}

const rulesOf = ({
  required_pull_request_reviews: reviews,
  required_status_checks: checks,
  allow_force_pushes: pushes,
}: z.output<typeof PROTECTION>): readonly Rule[] => [
  ...(reviews
    ? [
        {
          type: "pull_request",
          parameters: {
            require_code_owner_review: reviews.require_code_owner_reviews,
            required_approving_review_count: reviews.required_approving_review_count,
          },
        },
      ]
    : []),
  ...(checks
    ? [
        {
          type: "required_status_checks",
          parameters: { required_status_checks: checks.contexts.map((context) => ({ context })) },
        },
      ]
    : []),
  ...(pushes?.enabled === true ? [] : [{ type: "non_fast_forward" }]),
];

/** What the deployed branch has to demand, and how to tell from a rule that it does. */
const DEMANDS: readonly { readonly what: string; readonly holds: (rule: Rule) => boolean }[] = [
  {
    what: "a review by code owners",
    holds: ({ type, parameters }) =>
      type === "pull_request" &&
      parameters?.require_code_owner_review === true &&
      (parameters.required_approving_review_count ?? 0) > 0,
  },
  {
    what: `the check \`${REQUIRED_CHECK}\``,
    holds: ({ type, parameters }) =>
      type === "required_status_checks" &&
      parameters?.required_status_checks?.some(({ context }) => context === REQUIRED_CHECK) === true,
  },
  { what: "no forced pushes", holds: ({ type }) => type === "non_fast_forward" },
];

/** Whether rulesets and branch protection together demand what the README asks of the deployed branch. */
export async function branchOutcome({ branch }: GitHubPipeline, github: AskGitHub): Promise<Outcome> {
  const name = encodeURIComponent(branch);
  const [active, classic] = (
    await Promise.all([github(`rules/branches/${name}`), github(`branches/${name}/protection`)])
  ).map(replyOf);
  if (active?.kind === "unknown") return active.outcome;
  const rules = [
    ...(active?.kind === "found" ? RULES.parse(active.value) : []),
    ...(classic?.kind === "found" ? rulesOf(PROTECTION.parse(classic.value)) : []),
  ];
  const unmet = DEMANDS.filter(({ holds }) => !rules.some(holds)).map(({ what }) => what);
  if (unmet.length === 0) return ok("reviews by code owners, checks, no forced pushes");
  // Only administrators see a branch's protection; rulesets are seen by everybody who reads the repository.
  if (classic?.kind === "unknown") {
    return unknown(
      `no ruleset demands ${unmet.join(", ")}, and its branch protection is hidden from you`,
      "Ask an administrator of the repository to run this, or use a ruleset.",
    );
  }
  return missing(
    `does not demand ${unmet.join(", ")}`,
    `Add a ruleset for ${branch} in the repository's settings.`,
  );
}
