import assert from "node:assert/strict";

import { matchesPattern } from "../../src/documents/patterns";
import { keysOf } from "../../src/model/keys-of";
import { buildModel } from "../../src/model/model";
import { PIPELINE_ROLE_NAMES, type PipelineRole } from "../../src/model/pipeline";
import { findAllowedRequests } from "../../src/proofs/allowed-requests";
import { pipelineRequests, pipelineRoles } from "../../src/proofs/invariants/pipeline-invariants";
import { formatAllowedRequest } from "../../src/proofs/proof-report";
import { widestSession, type PlacedProvenRole, type ProofInput } from "../../src/proofs/proven-account";
import type { RequestSet } from "../../src/proofs/request-set";
import type { Prover } from "../../src/proofs/prover";
import {
  COMMAND_REQUESTS,
  CREDENTIAL_CHANGES,
  CREDENTIAL_READS,
  READING_COMMANDS,
} from "../support/command-requests";
import type { IamRequest } from "../support/iam-requests";
import { PIPELINE_ACCOUNT, PIPELINE_ORGANIZATION, PIPELINE_ROSTER } from "../support/pipeline-account";
import { providerRequests } from "../support/provider-requests";
import { eachRequest, recordedRequests } from "../support/recorded-requests";
import { SAMPLE_MOMENT } from "../support/sample";
import { everySettingWorld, proofInputOf, theProver } from "./support";

/** The role in the account of the recordings' name. */
function placedIn(input: ProofInput, role: PipelineRole): PlacedProvenRole {
  const placed = pipelineRoles(role, input).find(({ account }) => account.key === PIPELINE_ACCOUNT);
  assert.ok(placed);
  return placed;
}

/** What runs as the role are known to ask, in the account of the recordings. */
function knownRequests(role: PipelineRole): readonly IamRequest[] {
  const runs = [...eachRequest(recordedRequests()), ...eachRequest(providerRequests())];
  return [
    ...runs
      .filter(({ operation }) => role === "Deploy" || (role === "Preview" && operation === "read"))
      .map(({ request }) => request),
    ...keysOf(READING_COMMANDS).flatMap((command) =>
      READING_COMMANDS[command] === role ? COMMAND_REQUESTS[command] : [],
    ),
    ...(role === "Deploy" ? [...CREDENTIAL_READS, ...CREDENTIAL_CHANGES] : []),
  ];
}

const listed = (value: string | readonly string[] = []): readonly string[] => [value].flat();

const isNeeded = (
  [action, resource, keys = {}]: IamRequest,
  { actions, resources, when }: RequestSet,
): boolean =>
  listed(actions).includes(action) &&
  listed(resources).some((pattern) => matchesPattern(pattern, resource)) &&
  Object.entries(when?.["StringEquals"] ?? {}).every(([key, values]) =>
    listed(values).some((value) => keys[key] === value),
  );

const document = (name: string): string => `arn:aws:ssm:eu-west-1:444444444444:document/${name}`;

/** Actions and resources that are needed and that no known run asks about, with the reason. */
const NEEDED_ANYWAY: Readonly<Record<PipelineRole, Readonly<Record<string, string>>>> = {
  Preview: {
    [document("infra-Quarantine")]: "muster:emergency, which the recording's stack does not have",
  },
  Review: {
    "arn:aws:dynamodb:eu-central-1:444444444444:table/*": "tables of each region; the list has one of them",
  },
  Deploy: {
    [document("infra-Quarantine")]: "muster:emergency, which the recording's stack does not have",
    "arn:aws:iam::444444444444:role/infra-ResponseStarterR": "the same",
    "iam:PassRole": "of that role",
    "arn:aws:iam::444444444444:user/pipeline/infra-*":
      "keys of the pipeline's users, which are held to 90 days",
    "logs:AssociateKmsKey": "the log group of sessions, whose key somebody took off by hand",
    "ssm:RemoveTagsFromResource":
      "a tag that somebody put on a document and nothing else: one whose content differs is made anew",
  },
};

describe("what the pipeline's roles need", () => {
  const world = everySettingWorld();
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  for (const role of PIPELINE_ROLE_NAMES) {
    describe(role, () => {
      it("is all allowed, so that every word more in a document breaks the invariant", () => {
        const placed = placedIn(world, role);
        const access = findAllowedRequests(widestSession(placed), placed.role);
        const refused = pipelineRequests(role, placed.account, world).flatMap((need) =>
          prover.refused(access, need),
        );
        assert.deepEqual(
          refused.map(({ example }) => formatAllowedRequest(example)),
          [],
        );
      });

      it("is asked by a run that is known: each action, and on each resource", () => {
        const input = proofInputOf(buildModel(PIPELINE_ORGANIZATION, PIPELINE_ROSTER, SAMPLE_MOMENT));
        const { account } = placedIn(input, role);
        const known = knownRequests(role);
        const unasked = pipelineRequests(role, account, input).flatMap((need) => {
          const asked = known.filter((request) => isNeeded(request, need));
          return [
            ...listed(need.actions).filter((action) => !asked.some(([one]) => one === action)),
            ...listed(need.resources).filter(
              (resource) => !asked.some(([, one]) => matchesPattern(resource, one)),
            ),
          ];
        });
        assert.deepEqual([...new Set(unasked)].sort(), Object.keys(NEEDED_ANYWAY[role]).sort());
      });
    });
  }
});
