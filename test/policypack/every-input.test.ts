import assert from "node:assert/strict";
import path from "node:path";

import ts from "typescript";

import type { ResourceType } from "../../src/resources/resource";
import type { Registration } from "../support/resources";
import { Pack } from "./support/pack";
import { stackOf } from "./support/sample-stacks";
import { WHOLE_STACKS } from "./support/whole-stacks";
import { PROVIDER_DEFAULTS } from "../../policypack/resources/provider-defaults";

/** The names of the arguments of every type, as Pulumi's provider declares them. */
function declaredInputs(): ReadonlyMap<string, readonly string[]> {
  const file = path.join(__dirname, "..", "..", "src", "resources", "resource.ts");
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.Node20,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    skipLibCheck: true,
    types: [],
  };
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  assert.ok(source !== undefined);
  const table = source.statements.find(
    (node): node is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(node) && node.name.text === "ArgsByType",
  );
  assert.ok(table !== undefined);
  return new Map(
    table.members.filter(ts.isPropertySignature).map((member) => {
      assert.ok(member.type !== undefined && ts.isStringLiteral(member.name));
      const properties = checker.getPropertiesOfType(checker.getTypeAtLocation(member.type));
      return [member.name.text, properties.map(({ name }) => name)];
    }),
  );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Whether AWS chooses the value: nobody knows it at a first preview. */
const isUnknown = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "__pulumiUnknown" in value;

/** Other values than the one that there is: of its own kind, of another, none, and one that is not known yet. */
function otherValues(value: unknown): readonly unknown[] {
  const unknown = { __pulumiUnknown: true };
  if (isUnknown(value)) return ["somebody-elses", ["text"], undefined];
  if (typeof value === "string") return [`${value}x`, "", 1, undefined, unknown, [value], { a: value }];
  if (typeof value === "number") return [value + 1, 0, "0x1", undefined, unknown];
  if (typeof value === "boolean") return [!value, String(!value), undefined, unknown];
  if (isList(value)) return [[...value, "more"], value.slice(1), "text", undefined, unknown, [unknown]];
  if (typeof value === "object" && value !== null) {
    const [first = ""] = Object.keys(value);
    return [
      { ...value, more: "x" },
      { ...value, [first]: "other" },
      { ...value, [first]: undefined },
      "text",
      unknown,
    ];
  }
  return ["x", 1, true, ["x"], { x: "x" }, unknown];
}

const without = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** Whether leaving a value out, or an empty list of it, is what there is already. */
function isTheSame(type: ResourceType, key: string, before: unknown, after: unknown): boolean {
  const fallback = PROVIDER_DEFAULTS[type][key];
  const spelled = (value: unknown): string => JSON.stringify(value ?? fallback ?? "nothing");
  return spelled(before) === spelled(after);
}

describe("every input of every resource", function () {
  this.timeout(300_000);
  const declared = declaredInputs();
  const seen = new Set<string>();

  for (const { stack, situation } of WHOLE_STACKS) {
    it(`is refused in ${stack} where it is another, by a policy that names it`, async () => {
      const resources = await stackOf(stack, situation);
      const pack = new Pack(situation);
      const types = new Set<string>();
      for (const resource of resources) {
        if (!declared.has(resource.type) || types.has(resource.type)) continue;
        types.add(resource.type);
        seen.add(resource.type);
        for (const change of changesOf(resource)) {
          // What AWS chooses is compared with the resource that it comes from, so all of them have to be there.
          const asked = isUnknown(resource.inputs[change.input])
            ? resources.map((one) => (one === resource ? change.changed : one))
            : [change.changed];
          const found = pack.refusals(stack, asked);
          const names = found.filter(
            ({ policy, resource: name, wrong }) =>
              ["aws-resource-inputs", "aws-resource-references"].includes(policy) &&
              name === resource.name &&
              wrong.includes(change.input),
          );
          assert.ok(
            names.length > 0,
            `${resource.type} ${resource.name}: ${change.input} = ${JSON.stringify(change.value)} passes`,
          );
        }
      }
    });
  }

  interface Change {
    readonly input: string;
    readonly value: unknown;
    readonly changed: Registration;
  }

  function* changesOf(resource: Registration): Iterable<Change> {
    const type = resource.type as ResourceType;
    const names = new Set([...(declared.get(type) ?? []), ...Object.keys(resource.inputs)]);
    const ignored = resource.options?.ignoreChanges ?? [];
    for (const input of names) {
      // With this the program says that the input stays what it was: the engine compares nothing.
      if (ignored.includes(input)) continue;
      const before = resource.inputs[input];
      for (const value of otherValues(before)) {
        if (isTheSame(type, input, before, value)) continue;
        if (input === "region" && value === undefined) continue;
        yield {
          input,
          value,
          changed: { ...resource, inputs: without({ ...resource.inputs, [input]: value }) },
        };
      }
    }
  }

  it("is one of every type that the program knows", () => {
    assert.deepEqual([...seen].sort(), [...declared.keys()].sort());
  });
});
