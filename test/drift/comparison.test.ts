import assert from "node:assert/strict";

import { PreviewComparison } from "../../src/drift/comparison";

const ROLE = "aws:iam/role:Role";
const urnOf = (name: string, type = ROLE): string =>
  `urn:pulumi:dev::muster::muster:stacks:Role$${type}::${name}`;

interface Step {
  readonly name: string;
  readonly op: string;
  readonly old?: Readonly<Record<string, unknown>> | null;
  readonly new?: Readonly<Record<string, unknown>> | null;
  readonly diffs?: readonly string[];
}

const metadataOf = ({ name, op, old, new: now, diffs }: Step) => ({
  metadata: {
    op,
    urn: urnOf(name),
    type: ROLE,
    ...(old !== undefined && { old: old && { inputs: old, outputs: {} } }),
    ...(now !== undefined && { new: now && { inputs: now, outputs: {} } }),
    ...(diffs && { diffs }),
  },
});

const refreshed = (step: Omit<Step, "op">) => ({
  sequence: 1,
  resOutputsEvent: metadataOf({ ...step, op: "refresh" }),
});
const planned = (step: Step) => ({ sequence: 2, resourcePreEvent: metadataOf(step) });

function comparisonOf(...events: readonly unknown[]): PreviewComparison {
  const comparison = new PreviewComparison();
  for (const event of events) comparison.add(event);
  return comparison;
}

const READ = { name: "infra-ReadR-dev" };

describe("a preview with a refresh", () => {
  it("finds nothing where nothing differs", () => {
    const same = comparisonOf(
      { sequence: 0, preludeEvent: { config: {} } },
      refreshed({ ...READ, old: { description: "a" }, new: { description: "a" }, diffs: [] }),
      planned({ ...READ, op: "same" }),
      { sequence: 3, summaryEvent: {} },
    );
    assert.deepEqual([same.byHand, same.notDeployed], [[], []]);
    assert.deepEqual(same.managed, [{ type: ROLE, inputs: { description: "a" } }]);
  });

  it("tells what was changed by hand, with what was deployed and what is there", () => {
    const { byHand, notDeployed } = comparisonOf(
      refreshed({
        ...READ,
        old: { description: "a", tags: { A: "1" } },
        new: { description: "b", tags: { A: "2" }, permissionsBoundary: "arn" },
        diffs: ["description", "tags.A", "tags.B", "permissionsBoundary"],
      }),
      planned({ ...READ, op: "update", diffs: ["description"] }),
    );
    assert.deepEqual(notDeployed, []);
    assert.deepEqual(byHand, [
      {
        operation: "update",
        type: ROLE,
        name: READ.name,
        properties: [
          { property: "description", deployed: "a", found: "b" },
          { property: "tags", deployed: { A: "1" }, found: { A: "2" } },
          { property: "permissionsBoundary", found: "arn" },
        ],
      },
    ]);
  });

  it("tells what was deleted by hand, and does not call it the stack's to come", () => {
    const { byHand, notDeployed } = comparisonOf(
      refreshed({ ...READ, old: { description: "a" }, new: null }),
      planned({ ...READ, op: "create", new: { description: "a" } }),
    );
    assert.deepEqual(byHand, [{ operation: "create", type: ROLE, name: READ.name, properties: [] }]);
    assert.deepEqual(notDeployed, []);
  });

  it("tells what the program wants and nobody has deployed, by type and name", () => {
    const { byHand, notDeployed, managed } = comparisonOf(
      refreshed({ ...READ, old: { description: "a" }, new: { description: "a" } }),
      planned({
        ...READ,
        op: "update",
        old: { description: "a" },
        new: { description: "b" },
        diffs: ["description"],
      }),
      planned({ name: "infra-OpsR-dev", op: "create", old: null, new: { description: "c" } }),
      planned({ name: "infra-DbaR-dev", op: "delete", old: { description: "d" }, new: null }),
    );
    assert.deepEqual(byHand, []);
    assert.deepEqual(
      notDeployed.map(({ operation, name }) => `${operation} ${name}`),
      ["delete infra-DbaR-dev", "create infra-OpsR-dev", "update infra-ReadR-dev"],
    );
    assert.deepEqual(notDeployed[2]?.properties, [{ property: "description", deployed: "a", found: "b" }]);
    assert.equal(managed.length, 1);
  });

  it("counts a replacement once", () => {
    const { notDeployed } = comparisonOf(
      ...["create-replacement", "replace", "delete-replaced"].map((op) => planned({ ...READ, op })),
    );
    assert.deepEqual(
      notDeployed.map(({ operation }) => operation),
      ["replace"],
    );
  });

  it("ignores what was changed by hand into what the program wants", () => {
    const { byHand, notDeployed } = comparisonOf(
      refreshed({ ...READ, old: { description: "a" }, new: { description: "b" }, diffs: ["description"] }),
      planned({ ...READ, op: "same" }),
    );
    assert.deepEqual([byHand, notDeployed], [[], []]);
  });

  it("keeps colons in a resource's name", () => {
    const name = "email:security::ops@example.com";
    const { notDeployed } = comparisonOf(planned({ name, op: "create" }));
    assert.deepEqual(
      notDeployed.map((change) => change.name),
      [name],
    );
  });
});
