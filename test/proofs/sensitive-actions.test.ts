import assert from "node:assert/strict";

import { findAllowedRequests } from "../../src/proofs/allowed-requests";
import {
  asHoldersUseIt,
  everyRole,
  placedRoleTitle,
  widestSession,
  type PlacedProvenRole,
  type ProofInput,
} from "../../src/proofs/proven-account";
import type { Prover } from "../../src/proofs/prover";
import {
  ALLOWED,
  ALLOWED_OUTSIDE_PROD,
  ALLOWED_TO_PIPELINES_OUTSIDE_PROD,
  ALLOWED_TO_SERVICES_OUTSIDE_PROD,
  ALLOWED_WITH_EVERY_SETTING,
} from "./allowed-sensitive-actions";
import { SENSITIVE_ACTIONS } from "./sensitive-actions";
import { everySettingWorld, sampleWorld, standInWorld, theProver } from "./support";

/** They administer their accounts: those of prod, and those outside. */
const ADMINISTRATORS = ["Admin", "BreakGlass"];
const ADMINISTRATORS_OUTSIDE = ["Admin", "Deploy", "Ops", "BreakGlass"];
/** Outside prod their policies are AWS's. */
const READERS_OUTSIDE = ["Read", "Security"];

describe("actions that others call sensitive, and those of level 'Permissions management'", function () {
  this.timeout(120_000);
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  /** `Ops iam:PassRole`, of the selected roles. */
  const allowed = (
    input: ProofInput,
    isAsked: (placed: PlacedProvenRole) => boolean,
    nameOf: (placed: PlacedProvenRole) => string,
  ): readonly string[] => {
    const managing = prover.reference.actions.flatMap(({ id, level }) =>
      level.startsWith("Permissions management") ? [id] : [],
    );
    const asked = [
      ...new Set([...SENSITIVE_ACTIONS, ...managing].flatMap((id) => prover.reference.find(id)?.id ?? [])),
    ];
    return everyRole(input)
      .filter(isAsked)
      .flatMap(asHoldersUseIt)
      .flatMap((placed) =>
        prover
          .breaches(findAllowedRequests(widestSession(placed), placed.role), {
            actions: asked,
            isKnownOnly: true,
          })
          .flatMap(({ actions }) => actions)
          .map((action) => `${nameOf(placed)} ${action}`),
      )
      .sort();
  };

  /** The reviewed, each once. */
  const reviewed = (...lists: readonly (typeof ALLOWED)[]): readonly string[] => {
    const all = lists
      .flat()
      .flatMap(({ roles, actions }) => actions.flatMap((action) => roles.map((role) => `${role} ${action}`)));
    assert.equal(new Set(all).size, all.length);
    return all.sort();
  };

  const inProd = (input: ProofInput, administrators: readonly string[]): readonly string[] =>
    allowed(
      input,
      ({ account: { key }, role }) => key === "prod" && !administrators.includes(role.label),
      ({ role }) => role.label,
    );

  const outsideProd = (input: ProofInput): readonly string[] =>
    allowed(
      input,
      ({ account: { key }, role }) =>
        key !== "prod" && ![...ADMINISTRATORS_OUTSIDE, ...READERS_OUTSIDE].includes(role.label),
      placedRoleTitle,
    );

  // One more is a door: close it, or write down why it is open.
  it("are allowed to roles of prod but Admin and BreakGlass as it is written down, and no others", () => {
    assert.deepEqual(inProd(sampleWorld(), ADMINISTRATORS), reviewed(ALLOWED));
  });

  it("are allowed to roles of prod but Admin and Deploy as it is written down, where every setting is on and BreakGlass operates", () => {
    assert.deepEqual(
      inProd(everySettingWorld(), ["Admin", "Deploy"]),
      reviewed(ALLOWED, ALLOWED_WITH_EVERY_SETTING),
    );
  });

  const OUTSIDE: readonly (readonly [
    name: string,
    input: () => ProofInput,
    ...lists: readonly (typeof ALLOWED)[],
  ])[] = [
    ["the sample", sampleWorld, ALLOWED_OUTSIDE_PROD],
    ["people in the dev account", standInWorld, ALLOWED_OUTSIDE_PROD],
    [
      "every setting on",
      everySettingWorld,
      ALLOWED_OUTSIDE_PROD,
      ALLOWED_TO_PIPELINES_OUTSIDE_PROD,
      ALLOWED_TO_SERVICES_OUTSIDE_PROD,
    ],
  ];
  for (const [name, input, ...lists] of OUTSIDE) {
    it(`are allowed outside prod as it is written down to roles with policies of ours that do not administer: ${name}`, () => {
      assert.deepEqual(outsideProd(input()), reviewed(...lists));
    });
  }

  it("are names of AWS's actions but for those that it took back", () => {
    const unknown = SENSITIVE_ACTIONS.filter((id) => prover.reference.find(id) === undefined);
    assert.deepEqual(unknown, [
      "connect:getfederationtokens",
      "sso:deletepermissionspolicy",
      "codestar:createprojectfromtemplate",
    ]);
  });
});
