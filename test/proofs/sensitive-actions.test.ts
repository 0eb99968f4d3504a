import assert from "node:assert/strict";

import { accessOf } from "../../src/proofs/allowed-requests";
import { asForHolders, everyRole, widestSession } from "../../src/proofs/accounts";
import type { Prover } from "../../src/proofs/prover";
import { ALLOWED } from "./allowed-sensitive-actions";
import { SENSITIVE_ACTIONS } from "./sensitive-actions";
import { sampleWorld, theProver } from "./support";

/** They administer prod; every other role there is asked. */
const ADMINISTRATORS = ["Admin", "BreakGlass"];

describe("actions that others call sensitive, and those of level 'Permissions management'", () => {
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  /** `Ops iam:PassRole`, of every role but those of administrators. */
  const allowedInProd = (): readonly string[] => {
    const managing = prover.reference.actions.flatMap(({ id, level }) =>
      level.startsWith("Permissions management") ? [id] : [],
    );
    const asked = [
      ...new Set([...SENSITIVE_ACTIONS, ...managing].flatMap((id) => prover.reference.find(id)?.id ?? [])),
    ];
    return everyRole(sampleWorld())
      .filter(({ account: { key }, role }) => key === "prod" && !ADMINISTRATORS.includes(role.label))
      .map(asForHolders)
      .flatMap((placed) =>
        prover
          .breaches(accessOf(widestSession(placed), placed.role), { actions: asked, isKnownOnly: true })
          .flatMap(({ actions }) => actions)
          .map((action) => `${placed.role.label} ${action}`),
      )
      .sort();
  };

  // One more is a door: close it, or write down why it is open.
  it("are allowed to roles of prod but Admin and BreakGlass as it is written down, and no others", () => {
    const reviewed = ALLOWED.flatMap(({ roles, actions }) =>
      actions.flatMap((action) => roles.map((role) => `${role} ${action}`)),
    );
    assert.equal(new Set(reviewed).size, reviewed.length);
    assert.deepEqual(allowedInProd(), [...reviewed].sort());
  });

  it("are names of AWS's actions but for those that it took back", () => {
    const unknown = SENSITIVE_ACTIONS.filter((id) => prover.reference.find(id) === undefined);
    assert.deepEqual(unknown, [
      "connect:getfederationtokens",
      "sso:deletepermissionspolicy",
      "codestar:createprojectfromtemplate",
    ]);
  });
});
