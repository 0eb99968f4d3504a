import assert from "node:assert/strict";

import { toInstant } from "../../src/model/dates";
import { admittedBy } from "./support/live";
import { oneWorkload } from "./support/one-workload";
import { assertSucceeded } from "./support/outcome";
import { Workspace } from "./support/workspace";

const HOUR = 3_600_000;
const PACK = ["--refresh", "--policy-pack", "policypack"];

const COMPANY = oneWorkload("prod", "Read");

const grant = {
  person: "ada.devops",
  account: "prod",
  role: "DbRead",
  from: toInstant(new Date(Date.now() - HOUR)),
  until: toInstant(new Date(Date.now() + 3 * HOUR)),
  reason: "INC-1042",
  approvedBy: ["dan.dba"],
};

describe("A temporary grant, deployed and removed with the policy pack", function () {
  this.timeout(600_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await Workspace.open(COMPANY);
    for (const stack of ["users", "prod"]) assertSucceeded(await workspace.deploy(stack));
  });

  after(async () => {
    await workspace.remove();
  });

  it("asks for no deployment of the account that it does not concern", async () => {
    workspace.write({ ...COMPANY.roster, temporary: [grant] });
    assertSucceeded(await workspace.preview("users", ...PACK, "--expect-no-changes"));
  });

  it("changes the trust of its role, and what ends its sessions, in its account", async () => {
    const deployment = await workspace.up("prod", ...PACK);
    assertSucceeded(deployment);
    assert.deepEqual(
      [...new Set(deployment.changes)],
      [
        "create iam.Policy acme-DbReadR-prod-session-end",
        "create iam.RolePolicyAttachment acme-DbReadR-prod/acme-DbReadR-prod-session-end",
        "update iam.Policy acme-DbReadR-prod-holders (policy)",
        "update iam.Role acme-DbReadR-prod (assumeRolePolicy)",
        "update iam.RolePolicyAttachmentsExclusive acme-DbReadR-prod (policyArns)",
      ],
    );
    assert.deepEqual(await admittedBy(workspace.iam("prod"), "acme-DbReadR-prod"), ["ada.devops"]);
  });

  it("admits nobody once its entry is taken out, and takes away what ended its sessions", async () => {
    workspace.write(COMPANY.roster);
    const deployment = await workspace.deploy("prod", ...PACK);
    assertSucceeded(deployment);
    assert.deepEqual(await admittedBy(workspace.iam("prod"), "acme-DbReadR-prod"), []);
    assert.deepEqual(
      [...new Set(deployment.changes)],
      [
        "delete iam.Policy acme-DbReadR-prod-session-end",
        "delete iam.RolePolicyAttachment acme-DbReadR-prod/acme-DbReadR-prod-session-end",
        "update iam.Policy acme-DbReadR-prod-holders (policy)",
        "update iam.Role acme-DbReadR-prod (assumeRolePolicy)",
        "update iam.RolePolicyAttachmentsExclusive acme-DbReadR-prod (policyArns)",
      ],
    );
  });
});
