import { z } from "zod";

import type { Account } from "../model/account";
import type { GitHubPipeline } from "../model/pipeline";
import type { CommandAnswer } from "./run-command";
import {
  missingOutcome,
  passedOutcome,
  joinLines,
  unknownOutcome,
  type DoctorOutcome,
} from "./doctor-finding";

/** Asks GitHub's REST API with `gh api`, for a path below the repository. */
export type AskGitHub = (path: string) => Promise<CommandAnswer>;

/** The job of pull-request.yml that fails where any other one did not succeed: the one check that a branch has to require. */
export const REQUIRED_CHECK = "checks";

/** https://docs.github.com/en/rest/deployments/environments#get-an-environment */
const ENVIRONMENT = z.object({
  can_admins_bypass: z.boolean().optional(),
  protection_rules: z.array(
    z.object({
      type: z.string(),
      reviewers: z.array(z.unknown()).optional(),
      prevent_self_review: z.boolean().optional(),
    }),
  ),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullable(),
});

/** https://docs.github.com/en/rest/deployments/branch-policies#list-deployment-branch-policies */
const BRANCH_POLICIES = z.object({
  branch_policies: z.array(z.object({ name: z.string(), type: z.enum(["branch", "tag"]).default("branch") })),
});

/** https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
const RULES = z.array(
  z.object({
    type: z.string(),
    ruleset_id: z.number().optional(),
    parameters: z
      .object({
        require_code_owner_review: z.boolean().optional(),
        required_approving_review_count: z.number().optional(),
        dismiss_stale_reviews_on_push: z.boolean().optional(),
        required_status_checks: z
          .array(z.object({ context: z.string(), integration_id: z.number().nullish() }))
          .optional(),
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
      dismiss_stale_reviews: z.boolean().optional(),
      bypass_pull_request_allowances: z.record(z.string(), z.array(z.unknown())).optional(),
    })
    .optional(),
  required_status_checks: z
    .object({ checks: z.array(z.object({ context: z.string(), app_id: z.number().nullish() })).default([]) })
    .optional(),
  enforce_admins: z.object({ enabled: z.boolean() }).optional(),
  allow_force_pushes: z.object({ enabled: z.boolean() }).optional(),
});

/** https://docs.github.com/en/rest/repos/rules#get-a-repository-ruleset: who bypasses it, administrators alone are told. */
const RULESET = z.object({ bypass_actors: z.array(z.unknown()).optional() });

/** The app of GitHub Actions, whose jobs report the checks: any other that may write statuses could report one of the same name. */
const GITHUB_ACTIONS = 15_368;

const SIGN_IN = "Install gh and run `gh auth login`, or look by hand: docs/pipelines.md, 'GitHub'.";

/** GitHub's answer: its JSON, that there is no such thing, or why nobody knows. */
type Reply =
  | { readonly kind: "found"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly outcome: DoctorOutcome };

function replyOf(answer: CommandAnswer): Reply {
  switch (answer.kind) {
    case "not found":
      return { kind: "unknown", outcome: unknownOutcome("gh is not installed", SIGN_IN) };
    case "no answer":
      return { kind: "unknown", outcome: unknownOutcome("gh does not answer", SIGN_IN) };
    case "ended":
      if (answer.code === 0) return { kind: "found", value: JSON.parse(answer.stdout) };
      if (answer.stderr.includes("HTTP 404")) return { kind: "absent" };
      return { kind: "unknown", outcome: unknownOutcome(`gh: ${joinLines(answer.stderr)}`, SIGN_IN) };
  }
}

/** Whether an account's environment keeps other branches out, and asks somebody before it deploys to prod. */
export async function environmentOutcome(
  { key, environment }: Account,
  { branch }: GitHubPipeline,
  github: AskGitHub,
): Promise<DoctorOutcome> {
  const path = `environments/${encodeURIComponent(key)}`;
  const reply = replyOf(await github(path));
  if (reply.kind === "unknown") return reply.outcome;
  if (reply.kind === "absent") {
    return missingOutcome(
      "does not exist, and its first job would make it without any protection",
      `Make it on GitHub, limited to ${branch}.`,
    );
  }
  const {
    protection_rules: rules,
    deployment_branch_policy: policy,
    can_admins_bypass: bypass,
  } = ENVIRONMENT.parse(reply.value);
  const limits = await branchesOf(policy, path, github);
  if (typeof limits !== "string") return limits.outcome;
  if (limits !== branch) return missingOutcome(`${limits} may deploy`, `Limit its branches to ${branch}.`);
  const reviewed = rules.some(
    ({ type, reviewers = [] }) => type === "required_reviewers" && reviewers.length > 0,
  );
  if (environment === "prod") {
    if (!reviewed)
      return missingOutcome("nobody has to approve", "Name people who approve deployments to prod.");
    if (!rules.some(({ prevent_self_review }) => prevent_self_review === true))
      return missingOutcome(
        "somebody who starts a deployment may approve it themselves",
        "Switch on 'Prevent self-review'.",
      );
    if (bypass === true)
      return missingOutcome(
        "administrators may deploy without approval",
        "Switch off 'Allow administrators to bypass configured protection rules'.",
      );
    // GitHub's documentation of the answer does not have it.
    if (bypass === undefined)
      return unknownOutcome(
        `${branch} alone, with approval; GitHub does not say whether administrators may deploy without it`,
        "Look whether 'Allow administrators to bypass configured protection rules' is off.",
      );
  }
  return passedOutcome(`${branch} alone${reviewed ? ", with approval" : ""}`);
}

/** The branches that may deploy, in words; the branch's name where it is one alone. */
async function branchesOf(
  policy: z.output<typeof ENVIRONMENT>["deployment_branch_policy"],
  path: string,
  github: AskGitHub,
): Promise<string | { readonly outcome: DoctorOutcome }> {
  if (policy === null) return "every branch";
  if (policy.protected_branches) return "every protected branch";
  const reply = replyOf(await github(`${path}/deployment-branch-policies`));
  if (reply.kind === "unknown") return reply;
  const names = reply.kind === "found" ? BRANCH_POLICIES.parse(reply.value).branch_policies : [];
  return names.length === 0
    ? "no branch"
    : names.map(({ name, type }) => (type === "tag" ? `the tag ${name}` : name)).join(", ");
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
            dismiss_stale_reviews_on_push: reviews.dismiss_stale_reviews,
          },
        },
      ]
    : []),
  ...(checks
    ? [
        {
          type: "required_status_checks",
          parameters: {
            required_status_checks: checks.checks.map(({ context, app_id: id }) => ({
              context,
              integration_id: id,
            })),
          },
        },
      ]
    : []),
  ...(pushes?.enabled === true ? [] : [{ type: "non_fast_forward" }]),
];

/** The demands on the deployed branch, and how to tell from a rule that it makes them. */
const DEMANDS: readonly { readonly what: string; readonly holds: (rule: Rule) => boolean }[] = [
  {
    what: "a review by code owners",
    holds: ({ type, parameters }) =>
      type === "pull_request" &&
      parameters?.require_code_owner_review === true &&
      (parameters.required_approving_review_count ?? 0) > 0,
  },
  {
    what: "another review after another push",
    holds: ({ type, parameters }) =>
      type === "pull_request" && parameters?.dismiss_stale_reviews_on_push === true,
  },
  {
    what: `the check \`${REQUIRED_CHECK}\` of GitHub Actions`,
    holds: ({ type, parameters }) =>
      type === "required_status_checks" &&
      parameters?.required_status_checks?.some(
        ({ context, integration_id: app }) => context === REQUIRED_CHECK && app === GITHUB_ACTIONS,
      ) === true,
  },
  { what: "no forced pushes", holds: ({ type }) => type === "non_fast_forward" },
];

/** A rule with those who need not keep to it, in words; hidden where GitHub does not tell somebody who is no administrator. */
interface BoundRule {
  readonly rule: Rule;
  readonly exempt: readonly string[] | "hidden";
}

/** The rules of a branch's protection: those who may bypass pull requests bypass what is asked of these alone. */
function protectionRules(protection: z.output<typeof PROTECTION>): readonly BoundRule[] {
  const { enforce_admins: admins, required_pull_request_reviews: reviews } = protection;
  const administrators = admins?.enabled === true ? [] : ["administrators"];
  const allowed = Object.values(reviews?.bypass_pull_request_allowances ?? {}).flat();
  const others = allowed.length > 0 ? ["those who may bypass pull requests"] : [];
  return rulesOf(protection).map((rule) => ({
    rule,
    exempt: [...administrators, ...(rule.type === "pull_request" ? others : [])],
  }));
}

/** The rules of rulesets, of which each has its own list of those who bypass it. */
async function rulesetRules(rules: readonly Rule[], github: AskGitHub): Promise<readonly BoundRule[]> {
  const ids = [...new Set(rules.flatMap(({ ruleset_id: id }) => id ?? []))];
  const exempt = new Map(
    await Promise.all(ids.map(async (id) => [id, await exemptFrom(id, github)] as const)),
  );
  return rules.map((rule) => ({ rule, exempt: exempt.get(rule.ruleset_id ?? NaN) ?? "hidden" }));
}

async function exemptFrom(ruleset: number, github: AskGitHub): Promise<BoundRule["exempt"]> {
  const reply = replyOf(await github(`rulesets/${String(ruleset)}`));
  const actors = reply.kind === "found" ? RULESET.parse(reply.value).bypass_actors : undefined;
  if (actors === undefined) return "hidden";
  return actors.length > 0 ? ["those who may bypass a ruleset"] : [];
}

/** Those who need not keep to a demand: nobody where one rule that makes it binds everybody. */
function exemptOf({ holds }: (typeof DEMANDS)[number], rules: readonly BoundRule[]): BoundRule["exempt"] {
  const exempt = rules.filter(({ rule }) => holds(rule)).map((bound) => bound.exempt);
  if (exempt.some((one) => one.length === 0)) return [];
  return exempt.includes("hidden") ? "hidden" : exempt.flat();
}

/** Whether rulesets and branch protection together demand what docs/pipelines.md asks of the deployed branch, of everybody. */
export async function branchOutcome({ branch }: GitHubPipeline, github: AskGitHub): Promise<DoctorOutcome> {
  const name = encodeURIComponent(branch);
  const [active, classic] = (
    await Promise.all([github(`rules/branches/${name}`), github(`branches/${name}/protection`)])
  ).map(replyOf);
  if (active?.kind === "unknown") return active.outcome;
  const rules = [
    ...(await rulesetRules(active?.kind === "found" ? RULES.parse(active.value) : [], github)),
    ...(classic?.kind === "found" ? protectionRules(PROTECTION.parse(classic.value)) : []),
  ];
  const unmet = DEMANDS.filter(({ holds }) => !rules.some(({ rule }) => holds(rule))).map(({ what }) => what);
  // Only administrators see a branch's protection; rulesets are seen by everybody who reads the repository.
  if (unmet.length > 0 && classic?.kind === "unknown") {
    return unknownOutcome(
      `no ruleset demands ${unmet.join(", ")}, and its branch protection is hidden from you`,
      "Ask an administrator of the repository to run this, or use a ruleset.",
    );
  }
  if (unmet.length > 0) {
    return missingOutcome(
      `does not demand ${unmet.join(", ")}`,
      `Add a ruleset for ${branch} in the repository's settings.`,
    );
  }
  const exempt = DEMANDS.map((demand) => exemptOf(demand, rules));
  const known = new Set(exempt.flatMap((one) => (one === "hidden" ? [] : one)));
  if (known.size > 0) {
    return missingOutcome(
      `does not hold for ${[...known].join(" and ")}`,
      "Take them out of its settings: nobody bypasses what docs/pipelines.md asks for.",
    );
  }
  const demanded = "reviews by code owners, again after each push, checks, no forced pushes";
  return exempt.includes("hidden")
    ? unknownOutcome(
        `${demanded}; the list of those who may bypass its ruleset is hidden from you`,
        "Ask an administrator of the repository to run this.",
      )
    : passedOutcome(demanded);
}

/** https://docs.github.com/en/rest/repos/repos#list-codeowners-errors */
const CODEOWNERS_ERRORS = z.object({
  errors: z.array(z.object({ line: z.number(), kind: z.string(), source: z.string().optional() })),
});

/** Whether GitHub understands CODEOWNERS on the deployed branch: it takes no notice of a line with a team that it does not know. */
export async function codeOwnersOutcome(
  { branch }: GitHubPipeline,
  github: AskGitHub,
): Promise<DoctorOutcome> {
  const reply = replyOf(await github(`codeowners/errors?ref=${encodeURIComponent(branch)}`));
  if (reply.kind === "unknown") return reply.outcome;
  if (reply.kind === "absent")
    return missingOutcome(
      "is not on GitHub",
      `Merge .github/CODEOWNERS into ${branch}: nobody is asked without it.`,
    );
  const { errors } = CODEOWNERS_ERRORS.parse(reply.value);
  if (errors.length === 0) return passedOutcome("every line names somebody GitHub knows");
  const lines = errors.map(({ line, kind }) => `${String(line)} (${joinLines(kind)})`);
  return missingOutcome(
    `GitHub takes no notice of ${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`,
    "Name teams that exist, are visible and may write to the repository.",
  );
}
