import { readJson } from "./documents/json";
import { isObject, type ResourceProperties } from "./checked-resource";
import { ifKnown } from "./unknown-value";

/** Where a value stands in the properties of a resource. */
export interface PropertyPlace {
  /** `rules.0.action`; empty for the properties themselves. */
  readonly path: string;
  /** The names of the properties around it, the outermost first; a list's items have the list's name. */
  readonly keys: readonly string[];
  /** The object that has it. */
  readonly holder: ResourceProperties;
  /** Whether it is in a JSON text, as policy documents have to be. */
  readonly isInText: boolean;
}

/** A value somewhere in the properties of a resource. */
export type PropertyValue = { readonly place: PropertyPlace } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "object"; readonly fields: ResourceProperties }
  /** A policy document. */
  | { readonly kind: "document"; readonly fields: ResourceProperties }
  /** A JSON text that two readers may read differently. */
  | { readonly kind: "repeated key"; readonly key: string }
  /** A text with the words of a policy document that is no JSON. */
  | { readonly kind: "unreadable document" }
);

/** Every statement has this word, in JSON, YAML or HCL. */
const STATEMENT_WORDS = [/\beffect["']?\s*[:=]/i, /\b(?:(?:not)?principals?|(?:not)?actions?)["']?\s*[:={]/i];

/** The name of the property that a place is directly in. */
export const enclosingKey = ({ keys }: PropertyPlace): string => keys.at(-1) ?? "";

const propertyNamed = (fields: ResourceProperties, name: string): string | undefined =>
  Object.keys(fields).find((key) => key.toLowerCase() === name);

/** The value of a property, however its name is written; undefined as long as it is unknown. */
export function knownField(fields: ResourceProperties, name: string): unknown {
  const key = propertyNamed(fields, name);
  return key === undefined ? undefined : ifKnown(() => fields[key]);
}

/** Whether a property is there and not known yet. */
export function hasUnknown(fields: ResourceProperties, name: string): boolean {
  const key = propertyNamed(fields, name);
  return key !== undefined && ifKnown(() => fields[key] ?? "") === undefined;
}

/** JSON writes a letter as `\u0041`, YAML as `\x41` and `\U00000041` too. */
const ESCAPED_LETTER = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U000([\da-f]{5}))/gi;

const withoutEscapes = (text: string): string =>
  text.replace(ESCAPED_LETTER, (_, ...codes: readonly (string | undefined)[]) =>
    String.fromCharCode(Number.parseInt(codes.slice(0, 3).find((code) => code !== undefined) ?? "0", 16)),
  );

const hasStatementWords = (text: string): boolean => STATEMENT_WORDS.every((words) => words.test(text));

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const isStatement = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).some((key) => /^(?:effect|(?:not)?principals?)$/i.test(key));

/** Whether an object has statements of IAM, however its keys are written: a rule of AWS WAF has a `Statement` of another kind. */
const isDocument = (fields: ResourceProperties): boolean =>
  Object.keys(fields)
    .filter((key) => /^statements?$/i.test(key))
    .some((key) => {
      const value = ifKnown(() => fields[key]);
      return (key === "Statement" && Array.isArray(value)) || listOf(value).some(isStatement);
    });

function* valuesInText(place: PropertyPlace, text: string): Iterable<PropertyValue> {
  const json = /^\s*["[{]/.test(text) ? readJson(text) : ({ kind: "none" } as const);
  if (json.kind === "repeated") yield { kind: "repeated key", place, key: json.key };
  else if (json.kind === "value") yield* valuesAt({ ...place, isInText: true }, () => json.value);
  else if (hasStatementWords(withoutEscapes(text))) yield { kind: "unreadable document", place };
  else yield { kind: "text", place, text };
}

function* valuesInObject(place: PropertyPlace, fields: ResourceProperties): Iterable<PropertyValue> {
  if (isDocument(fields)) {
    yield { kind: "document", place, fields };
    return;
  }
  yield { kind: "object", place, fields };
  for (const key of Object.keys(fields)) {
    const path = place.path === "" ? key : `${place.path}.${key}`;
    yield* valuesAt({ ...place, path, keys: [...place.keys, key], holder: fields }, () => fields[key]);
  }
}

function* valuesAt(place: PropertyPlace, read: () => unknown): Iterable<PropertyValue> {
  const value = ifKnown(read);
  if (typeof value === "string") yield* valuesInText(place, value);
  else if (typeof value === "number" || typeof value === "boolean")
    yield { kind: "text", place, text: value.toString() };
  else if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    for (const index of list.keys())
      yield* valuesAt({ ...place, path: `${place.path}.${String(index)}` }, () => list[index]);
  } else if (isObject(value)) yield* valuesInObject(place, value);
}

/**
 * Every value in the properties of a resource, those in JSON texts too, however deep; numbers and truth values as texts. What is in
 * a policy document comes with the document. What is unknown yet is left out: it is looked at before the resource is made.
 */
export const valuesIn = (props: ResourceProperties): Iterable<PropertyValue> =>
  valuesAt({ path: "", keys: [], holder: props, isInText: false }, () => props);
