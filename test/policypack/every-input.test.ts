import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import type { ResourceTypeToken } from "../../src/resources/described-resource";
import type { Registration } from "../support/resources";
import { POLICIES } from "../../policypack/index";
import { Pack } from "./support/pack";
import { stackOf } from "./support/sample-stacks";
import { WHOLE_STACKS } from "./support/whole-stacks";
import { PROVIDER_DEFAULTS } from "../../policypack/resources/provider-defaults";

const CHECKOUT = path.join(__dirname, "..", "..");

/** The interface of that name in a file, read as text: a program of the compiler would read thousands of files for it. */
function interfaceIn(file: string, name: string): ts.InterfaceDeclaration {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find((declaration) => declaration.name.text === name);
  assert.ok(found !== undefined, `${file} declares ${name}.`);
  assert.equal(found.heritageClauses, undefined, `${name} has all its members in ${file}.`);
  return found;
}

/** The names and types of an interface's properties. */
const propertiesOf = (declaration: ts.InterfaceDeclaration): ReadonlyMap<string, ts.TypeNode | undefined> =>
  new Map(
    declaration.members.map((member) => {
      assert.ok(ts.isPropertySignature(member) && "text" in member.name);
      return [member.name.text, member.type];
    }),
  );

/** `iam.RoleArgs` is `RoleArgs`. */
function nameOf(type: ts.TypeNode | undefined): string {
  assert.ok(type !== undefined && ts.isTypeReferenceNode(type) && ts.isQualifiedName(type.typeName));
  return type.typeName.right.text;
}

/** The names of the arguments of every type, as Pulumi's provider declares them. */
function declaredInputs(): ReadonlyMap<string, readonly string[]> {
  const table = interfaceIn(path.join(CHECKOUT, "src", "resources", "described-resource.ts"), "ArgsByType");
  return new Map(
    [...propertiesOf(table)].map(([type, args]) => {
      // `aws:iam/role:Role` is in iam/role.d.ts.
      const [, module = ""] = type.split(":");
      const file = path.join(CHECKOUT, "node_modules", "@pulumi", "aws", `${module}.d.ts`);
      return [type, [...propertiesOf(interfaceIn(file, nameOf(args))).keys()]];
    }),
  );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Whether AWS chooses the value: nobody knows it at a first preview. */
const isUnknown = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "__pulumiUnknown" in value;

const UNKNOWN = { __pulumiUnknown: true };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !isList(value) && !isUnknown(value);

/** A list with one change of one item, one item less, and one more. */
function* otherLists(list: readonly unknown[]): Iterable<readonly unknown[]> {
  yield [...list, "more"];
  yield [...list, ...list.slice(0, 1)];
  for (const [index, item] of list.entries()) {
    yield list.filter((_, other) => other !== index);
    for (const changed of otherWithin(item)) yield list.with(index, changed);
  }
}

/** An object with one change of one field, one field less, and one more. */
function* otherObjects(object: Readonly<Record<string, unknown>>): Iterable<unknown> {
  yield { ...object, more: "x" };
  for (const [key, inner] of Object.entries(object)) {
    yield { ...object, [key]: undefined };
    for (const changed of otherWithin(inner)) yield { ...object, [key]: changed };
  }
}

/** Changes of a value within another: of its own kind, so that what holds it looks as before. */
function* otherWithin(value: unknown): Iterable<unknown> {
  if (isList(value)) yield* otherLists(value);
  else if (isObject(value)) yield* otherObjects(value);
  else if (typeof value === "string") yield* [`${value}x`, "*"].filter((other) => other !== value);
  else if (typeof value === "number") yield value + 1;
  else if (typeof value === "boolean") yield !value;
}

/** A policy document with one change somewhere in it, all of them documents; and elements that look as if they said nothing. */
function* otherDocuments(json: string): Iterable<string> {
  const document = JSON.parse(json) as { readonly Statement: readonly Readonly<Record<string, unknown>>[] };
  const statements = function* (): Iterable<unknown> {
    for (const [index, statement] of document.Statement.entries()) {
      const { Effect } = statement;
      const changed = [
        { ...statement, Effect: Effect === "Allow" ? "Deny" : "Allow" },
        { ...statement, NotPrincipal: {} },
        { ...statement, NotAction: [] },
        { ...statement, Condition: { ...(statement["Condition"] as object), StringEquals_: {} } },
        ...otherObjects(statement),
      ];
      yield document.Statement.filter((_, other) => other !== index);
      for (const one of changed) yield document.Statement.with(index, one as Record<string, unknown>);
    }
    yield [...document.Statement, { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }];
  };
  for (const Statement of statements()) yield JSON.stringify({ ...document, Statement });
  yield JSON.stringify({ ...document, Version: "2008-10-17" });
  yield JSON.stringify({ ...document, Id: "x" });
  yield json.replace('"Statement":', '"Statement":[],"Statement":');
}

const isDocument = (text: string): boolean => text.startsWith('{"Version"');

/** Other values than the one that there is: of its own kind, of another, none, and one that is not known yet. */
function* otherValues(value: unknown): Iterable<unknown> {
  if (isUnknown(value)) yield* ["somebody-elses", ["text"], undefined];
  else if (typeof value === "string") {
    yield* [`${value}x`, "", 1, undefined, UNKNOWN, [value], { a: value }];
    if (isDocument(value)) yield* otherDocuments(value);
  } else if (typeof value === "number") yield* [value + 1, 0, "0x1", undefined, UNKNOWN];
  else if (typeof value === "boolean") yield* [!value, String(!value), undefined, UNKNOWN];
  else if (isList(value)) yield* ["text", undefined, UNKNOWN, [UNKNOWN], ...otherLists(value)];
  else if (isObject(value)) yield* ["text", UNKNOWN, ...otherObjects(value)];
  else yield* ["x", 1, true, ["x"], { x: "x" }, UNKNOWN];
}

const without = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** Whether leaving a value out, or an empty list of it, is what there is already. */
function isTheSame(type: ResourceTypeToken, key: string, before: unknown, after: unknown): boolean {
  const fallback = PROVIDER_DEFAULTS[type][key];
  const spelled = (value: unknown): string => JSON.stringify(value ?? fallback ?? "nothing");
  return spelled(before) === spelled(after);
}

const COMPARING = POLICIES.filter(({ name }) =>
  ["aws-resource-inputs", "aws-resource-references"].includes(name),
);

describe("every input of every resource", function () {
  this.timeout(600_000);
  const declared = declaredInputs();
  const seen = new Set<string>();

  for (const { stack, situation } of WHOLE_STACKS) {
    it(`is refused in ${stack} where it is another, by a policy that names it`, async () => {
      const resources = await stackOf(stack, situation);
      const pack = new Pack(situation, COMPARING);
      for (const resource of resources) {
        if (!declared.has(resource.type)) continue;
        const isFirst = !seen.has(resource.type);
        seen.add(resource.type);
        for (const change of changesOf(resource, isFirst)) {
          // What AWS chooses is compared with the resource that it comes from, so all of them have to be there.
          const asked = isUnknown(resource.inputs[change.input])
            ? resources.map((one) => (one === resource ? change.changed : one))
            : [change.changed];
          const found = pack.refusals(stack, asked);
          assert.ok(
            found.some(({ resource: name, wrong }) => name === resource.name && wrong.includes(change.input)),
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

  /** What the program sets is changed in each resource; what it leaves out, in one of the type. */
  function* changesOf(resource: Registration, isFirst: boolean): Iterable<Change> {
    const type = resource.type as ResourceTypeToken;
    const leftOut = isFirst ? (declared.get(type) ?? []) : [];
    const names = new Set([...leftOut, ...Object.keys(resource.inputs)]);
    const ignored = resource.options?.ignoreChanges ?? [];
    for (const input of names) {
      // With this the program says that the input stays what it was: the engine compares nothing.
      if (ignored.includes(input)) continue;
      const before = resource.inputs[input];
      for (const value of otherValues(before)) {
        if (isTheSame(type, input, before, value)) continue;
        if (input === "region" && value === undefined) continue;
        if (JSON.stringify(value) === JSON.stringify(before)) continue;
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
