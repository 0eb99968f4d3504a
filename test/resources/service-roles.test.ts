import assert from "node:assert/strict";

import type { AccountBlueprint } from "../../src/documents/blueprint";
import { servicePolicies, serviceRoles } from "../../src/documents/service-roles";
import { buildModel } from "../../src/model/model";
import { authorizationDetailsOf } from "../support/authorization-details";
import { withEverySetting } from "../support/every-setting";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { SAMPLE_MOMENT } from "../support/sample";
import { sampleWorkloads } from "../support/workloads";

const MODEL = buildModel(
  { ...sampleOrganization(), pipeline: { kind: "users" } },
  sampleRoster(),
  SAMPLE_MOMENT,
  sampleWorkloads(),
);

interface Role {
  readonly name: string;
  readonly trust: string;
  readonly attached: readonly string[];
  readonly boundary?: string;
}

/** What IAM is to hold: roles by name, policies by ARN. */
interface Held {
  readonly roles: Readonly<Record<string, Role>>;
  readonly policies: Readonly<Record<string, string>>;
}

const byName = <One extends { readonly name: string }>(all: readonly One[]): Readonly<Record<string, One>> =>
  Object.fromEntries(all.map((one) => [one.name, one]));

function known({ organization }: typeof MODEL, blueprint: AccountBlueprint): Held {
  const { roles, partnerRoles, workloadRoles, pipeline, people } = blueprint;
  const planned = [...roles, ...partnerRoles, ...workloadRoles, ...(pipeline?.roles ?? [])];
  const groups = [...(people?.groups ?? []), ...(pipeline?.users ?? []).map(({ group }) => group)];
  const policies = [
    ...planned.flatMap((role) => [...role.policies, ...(role.boundary ? [role.boundary] : [])]),
    ...groups.flatMap((group) => group.policies),
  ].flatMap((policy) => (policy.kind === "customer" ? [policy] : []));
  return {
    roles: byName<Role>([
      ...planned.map(({ name, trust, policies: own, boundary }) => ({
        name,
        trust: trust.text,
        attached: own.map(({ arn }) => arn).sort(),
        ...(boundary && { boundary: boundary.arn }),
      })),
      ...serviceRoles(organization, blueprint).map(({ name, trust, policy, isBounded }) => ({
        name,
        trust: trust.text,
        attached: [policy.arn],
        ...(isBounded && { boundary: policy.arn }),
      })),
    ]),
    policies: Object.fromEntries(
      [...policies, ...servicePolicies(organization, blueprint)].map(({ arn, text }) => [arn, text]),
    ),
  };
}

describe("the roles and policies of IAM that a stack makes with every setting", () => {
  for (const { blueprint, resources } of withEverySetting(MODEL)) {
    it(`are in the account's blueprint or in the list of services' roles, as they are made: ${blueprint.account.key}`, () => {
      const { roles, policies } = authorizationDetailsOf(blueprint.account, resources);
      const made: Held = {
        roles: byName(
          roles.map(({ name, trust, attached, boundary }) => ({
            name,
            trust,
            attached,
            ...(boundary !== undefined && { boundary }),
          })),
        ),
        policies: Object.fromEntries(policies.map(({ arn, inForce }) => [arn, inForce.document])),
      };
      assert.deepEqual(made, known(MODEL, blueprint));
    });
  }
});
