import assert from "node:assert/strict";

import type { PolicyDocument } from "../../../src/documents/policy-document";
import type { RolePermissions } from "../../../src/documents/role-permissions";
import {
  workloadRoleBlueprints,
  type WorkloadRoleBlueprint,
} from "../../../src/documents/workload-role-blueprint";
import { buildModel } from "../../../src/model/model";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import { sampleWorkloads } from "../../support/workloads";

/** The roles of services in an account, as deployed. */
export function rolesIn(
  account: string,
  workloads: unknown = sampleWorkloads(),
): readonly WorkloadRoleBlueprint[] {
  const model = buildModel(sampleOrganization(), sampleRoster(), NOW, workloads);
  const place = model.organization.accounts.find(({ key }) => key === account);
  assert.ok(place);
  return workloadRoleBlueprints(model, place);
}

/** One of them, by its name. */
export function roleNamed(name: string, account: string, workloads?: unknown): WorkloadRoleBlueprint {
  const role = rolesIn(account, workloads).find((candidate) => candidate.name === name);
  assert.ok(role, `there is no ${name}`);
  return role;
}

/** What a deployed role may do, for the proofs. */
export function workloadPermissions({ policies }: WorkloadRoleBlueprint): RolePermissions {
  return {
    policies: policies.map((policy) => {
      assert.ok(policy.kind === "customer");
      const { purpose, description, text } = policy;
      return { kind: "customer", purpose, description, document: JSON.parse(text) as PolicyDocument };
    }),
  };
}
