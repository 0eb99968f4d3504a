import assert from "node:assert/strict";

import { POLICIES, type PolicyName } from "../../policypack/index";
import type { RegisteredOptions, Registration } from "../support/resources";
import { Pack } from "./support/pack";
import { stackOf } from "./support/sample-stacks";
import { WHOLE_STACKS } from "./support/whole-stacks";

/** What a program may tell the engine of a resource and the SDK shows a pack; `retainOnDelete` and others are in test/stacks/options.test.ts. */
const OTHER_OPTIONS: readonly (readonly [
  what: string,
  change: (resource: Registration) => RegisteredOptions,
])[] = [
  ["protect", () => ({ protect: true })],
  ["ignoreChanges of each input", ({ inputs }) => ({ ignoreChanges: Object.keys(inputs) })],
  ["ignoreChanges of one input", ({ inputs }) => ({ ignoreChanges: Object.keys(inputs).slice(0, 1) })],
  ["ignoreChanges of everything", () => ({ ignoreChanges: ["*"] })],
  ["an alias", ({ type }) => ({ aliases: [`${type}::somebody-elses`] })],
  ["customTimeouts", () => ({ customTimeouts: { createSeconds: 1, updateSeconds: 0, deleteSeconds: 0 } })],
  ["additionalSecretOutputs", () => ({ additionalSecretOutputs: ["arn"] })],
  ["deleteBeforeReplace", () => ({ deleteBeforeReplace: true })],
  ["another provider", () => ({ provider: "another" })],
];

/** Options without a provider, which the engine tells of every resource but a component, a provider and the stack. */
const withoutProvider = ({ options = {} }: Registration): RegisteredOptions =>
  Object.fromEntries(Object.entries(options).filter(([option]) => option !== "provider"));

const isOfAws = ({ type }: Registration): boolean => type.startsWith("aws:");

/** One resource of each type. */
const oneOfEachType = (all: readonly Registration[]): readonly Registration[] => [
  ...new Map(all.filter(isOfAws).map((resource) => [resource.type, resource])).values(),
];

describe("every option of every type", function () {
  this.timeout(120_000);

  for (const { stack, situation } of WHOLE_STACKS) {
    it(`is refused in ${stack}: no provider, as a component has none`, async () => {
      const components = (await stackOf(stack, situation))
        .filter(isOfAws)
        .map((resource) => ({ ...resource, options: withoutProvider(resource) }));
      const found = new Pack(
        situation,
        POLICIES.filter(({ name }) => name === "aws-resource-options"),
      ).refusals(stack, components);
      assert.deepEqual(
        found.map(({ resource }) => resource),
        components.map(({ name }) => name),
      );
    });

    for (const [what, change] of OTHER_OPTIONS) {
      it(`is refused in ${stack}: ${what}`, async () => {
        const pack = new Pack(
          situation,
          POLICIES.filter(({ name }) => name === "aws-resource-options"),
        );
        for (const resource of oneOfEachType(await stackOf(stack, situation))) {
          const changed = { ...resource, options: { ...resource.options, ...change(resource) } };
          if (JSON.stringify(changed.options) === JSON.stringify(resource.options)) continue;
          const found = pack.refusals(stack, [changed]);
          assert.ok(
            found.some(({ resource: name }) => name === resource.name),
            `${resource.type} ${resource.name} with ${what} passes`,
          );
        }
      });
    }
  }
});

/** What knows which resources there are, and where. */
const ADDRESSING: readonly string[] = [
  "aws-resource-complete",
  "aws-resource-catalogue",
] satisfies readonly PolicyName[];

describe("every resource", function () {
  this.timeout(300_000);

  for (const { stack, situation } of WHOLE_STACKS) {
    it(`of ${stack} is refused where one of each type is gone, has another name or type, or stands elsewhere`, async () => {
      const all = await stackOf(stack, situation);
      const pack = new Pack(
        situation,
        POLICIES.filter(({ name }) => ADDRESSING.includes(name)),
      );
      for (const resource of oneOfEachType(all)) {
        const { type, name, parents = [] } = resource;
        const but = (...instead: readonly Registration[]): readonly Registration[] =>
          all.flatMap((one) => (one === resource ? instead : [one]));
        const refusedBy = (policy: string, resources: readonly Registration[]): void => {
          const found = pack.refusals(stack, resources).filter((refusal) => refusal.policy === policy);
          assert.ok(
            found.some(({ wrong }) => wrong.includes(type) && wrong.includes(name)),
            `${policy} passes ${type} ${name}`,
          );
        };
        refusedBy("aws-resource-complete", but());
        refusedBy("aws-resource-catalogue", but({ ...resource, name: `${name}-2` }));
        refusedBy("aws-resource-catalogue", but({ ...resource, parents: ["acme:index:Elsewhere"] }));
        // Its URN is the same.
        if (parents.length > 0)
          refusedBy(
            "aws-resource-catalogue",
            but({ ...resource, type: [...parents, type].join("$"), parents: [] }),
          );
      }
    });
  }
});
