import type { Model } from "../../model/model";
import { PIPELINE_ROLE_NAMES, type PipelineRole } from "../../model/pipeline";
import { findAllowedRequests } from "../allowed-requests";
import type { Claim, Invariant } from "../invariant";
import {
  everyRole,
  placedRoleTitle,
  widestSession,
  type PlacedProvenRole,
  type ProofInput,
  type ProvenAccount,
} from "../proven-account";
import type { RequestSet } from "../request-set";
import { NEED_PLACEHOLDERS, PIPELINE_NEEDS, type PipelineNeed } from "./pipeline-needs";
import { filledIn } from "./role-invariant";

/** The values of a need's own placeholders; a resource with one that has none is not there. */
function valuesFor({
  model,
}: ProofInput): Readonly<Record<(typeof NEED_PLACEHOLDERS)[number], readonly string[]>> {
  const { prefix, regions, pipeline } = model.organization;
  const { bucket, key } = pipeline?.state ?? {};
  return {
    "{bucketPrefix}": [prefix.toLowerCase()],
    "{eachRegion}": regions,
    "{stateBucket}": [bucket ?? []].flat(),
    "{stateKey}": [key ?? []].flat(),
  };
}

function requestsOf(need: PipelineNeed, account: ProvenAccount, input: ProofInput): readonly RequestSet[] {
  const values = valuesFor(input);
  const resources = NEED_PLACEHOLDERS.reduce<readonly string[]>(
    (texts, placeholder) =>
      texts.flatMap((text) =>
        text.includes(placeholder)
          ? values[placeholder].map((value) => text.replaceAll(placeholder, value))
          : [text],
      ),
    need.resources,
  );
  if (resources.length === 0) return [];
  const actions = Object.entries(need.actions).flatMap(([service, names]) =>
    names.split(" ").map((name) => `${service}:${name}`),
  );
  return [filledIn({ actions, resources, ...(need.when && { when: need.when }) }, account, input)];
}

const needed = new WeakMap<Model, Map<string, readonly RequestSet[]>>();

/** What a role of the pipeline needs in an account; the same sets for the same question, which is asked of each document. */
export function pipelineRequests(
  role: PipelineRole,
  account: ProvenAccount,
  input: ProofInput,
): readonly RequestSet[] {
  const known = needed.get(input.model) ?? new Map<string, readonly RequestSet[]>();
  needed.set(input.model, known);
  const place = `${account.key}/${role}`;
  const requests =
    known.get(place) ??
    PIPELINE_NEEDS.filter(({ by }) => by.includes(role)).flatMap((need) => requestsOf(need, account, input));
  known.set(place, requests);
  return requests;
}

/** The roles of the pipeline that are called so, each in its account. */
export const pipelineRoles = (role: PipelineRole, input: ProofInput): readonly PlacedProvenRole[] =>
  everyRole(input).filter((placed) => placed.role.kind === "pipeline" && placed.role.label === role);

function* claims(role: PipelineRole, input: ProofInput): Iterable<Claim> {
  for (const placed of pipelineRoles(role, input)) {
    const needs = pipelineRequests(role, placed.account, input);
    yield {
      about: placedRoleTitle(placed),
      setting: { permissions: placed.role },
      finds: "allowed",
      breaches: (prover) =>
        prover.breaches(findAllowedRequests(widestSession(placed), placed.role), { actions: "*" }, needs),
    };
  }
}

const SAYS: Readonly<Record<PipelineRole, string>> = {
  Preview: "Preview reads the listed settings of the listed resources, and does nothing else.",
  Review: "Review reads what reviews look at, by list, and does nothing else.",
  Deploy: "Deploy does to the resources of the program what a deployment takes, by list, and nothing else.",
};

/** All that the pipeline's roles have, by list. */
export const PIPELINE: readonly Invariant[] = PIPELINE_ROLE_NAMES.map((role) => ({
  id: `${role.toLowerCase()}-does-what-runs-need`,
  says: SAYS[role],
  source: "Decisions 20, 50, 129 and 132: what runs of the pipeline ask of AWS",
  claims: (input) => claims(role, input),
}));
