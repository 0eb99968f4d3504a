import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isDeepStrictEqual } from "node:util";
import type { Properties, Property, ResourceType, Value } from "./resource-type";

/** The engine's stand-in for a value that is not known until deployment (`plugin.UnknownStringValue`). */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: Value | undefined): boolean {
  if (value === unknown) return true;
  if (Array.isArray(value)) return value.some(isUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(isUnknown);
  return false;
}

export function fromWire(struct: Struct | undefined): Properties {
  return withoutAbsent(struct?.toJavaScript() ?? {});
}

export function toWire(properties: Properties): Struct {
  return Struct.fromJavaScript(withoutAbsent(properties) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Drops properties that are null or undefined, at every depth: the engine and AWS both mean "not set" by them. */
export function withoutAbsent(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, withoutAbsentWithin(value)]),
  );
}

function withoutAbsentWithin(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((item: Value) => withoutAbsentWithin(item) ?? null);
  return isObject(value) ? withoutAbsent(value) : value;
}

/** Fills in AWS's defaults for the inputs that the program does not set. */
export function withDefaults(type: ResourceType, inputs: Properties): Properties {
  const defaults = Object.entries(type.properties).map(
    ([key, property]) => [key, property?.default] as const,
  );
  return withoutAbsent({ ...Object.fromEntries(defaults), ...withoutAbsent(inputs) });
}

/** Whether two values of a property mean the same to AWS. */
export function isSameValue(property: Property, one: Value | undefined, other: Value | undefined): boolean {
  return isDeepStrictEqual(canonical(property, one), canonical(property, other));
}

function canonical(property: Property, value: Value | undefined): Value | undefined {
  const set = value ?? property.default;
  if (property.compare === "document" && typeof set === "string") return canonicalDocument(set);
  if (property.compare === "issuer" && typeof set === "string") return set.replace(/^https:\/\//, "");
  if (property.compare === "set" && Array.isArray(set)) return sorted(set.map(canonicalJson));
  if (property.compare === "settings") return canonicalSettings(set);
  return withoutAbsentWithin(set);
}

function canonicalSettings(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((item: Value) => canonicalSettings(item) ?? null);
  if (!isObject(value)) return value === false ? undefined : value;
  const settings = Object.entries(value).map(([key, item]) => [key, canonicalSettings(item)]);
  return withoutAbsent(Object.fromEntries(settings) as Properties);
}

function canonicalDocument(document: string): Value {
  try {
    return canonicalJson(JSON.parse(document) as Value);
  } catch {
    return document;
  }
}

/**
 * Key order, the order of actions and resources, and `["one"]` against `"one"` mean nothing in an IAM document, nor
 * the order of places in a security group's rule.
 */
function canonicalJson(value: Value): Value {
  if (Array.isArray(value)) {
    const items = value.map(canonicalJson);
    if (items.length === 1 && typeof items[0] === "string") return items[0];
    return items.every((item) => typeof item === "string") ? sorted(items) : items;
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, canonicalJson(value[key] ?? null)]));
}

function sorted(values: readonly Value[]): Value[] {
  return [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function isObject(value: Value | undefined): value is { readonly [key: string]: Value | undefined } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
