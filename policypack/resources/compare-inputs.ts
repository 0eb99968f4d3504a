import { createHash } from "node:crypto";

import { parseDocument } from "../../src/documents/statement";
import { ComputedProperty } from "../../src/resources/described-resource";
import { documentDifferences } from "../documents/document-differences";
import { canonicalDocument, readJson } from "../documents/json";
import { isObject, type ResourceProperties } from "../checked-resource";
import { isUnknownValue } from "../unknown-value";
import { tooManyAndMissing } from "../messages";
import type { ExpectedResource } from "./expected-resource";

/** A value that the program does not know before deployment. */
const UNKNOWN = Symbol("unknown before deployment");
const LONGEST_VALUE = 120;

/**
 * The names of the properties of an object that a provider made from Terraform's has filled in: its own note, in every object of a
 * resource's inputs. The engine hides it from packs at the top alone (`SkipInternalKeys` in
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go).
 */
const FILLED_IN = "__defaults";

const isNoteOfProvider = (key: string, value: unknown): boolean =>
  key === FILLED_IN && Array.isArray(value) && value.every((name) => typeof name === "string");

/** Reads the value of an own key; properties of every JavaScript object, such as `constructor`, do not count. */
const valueAt = (object: ResourceProperties, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** Reads a value whole; the SDK throws where any of it is unknown. */
function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole);
  if (!isObject(value)) return value ?? undefined;
  return Object.fromEntries(
    Object.keys(value)
      .map((key) => [key, whole(value[key])] as const)
      .filter(([key, inner]) => !isNoteOfProvider(key, inner)),
  );
}

function read(props: ResourceProperties, key: string): unknown {
  try {
    return whole(props[key]);
  } catch (error) {
    if (isUnknownValue(error)) return UNKNOWN;
    throw error;
  }
}

/** Shows a value in a message. A shortened value has a digest of the whole, because an exemption names a violation by its words. */
function shown(value: unknown, otherwise: string): string {
  if (value === UNKNOWN) return "not known before deployment";
  if (value === undefined) return otherwise;
  const json = JSON.stringify(value);
  if (json.length <= LONGEST_VALUE) return json;
  const digest = createHash("sha256").update(json).digest("hex").slice(0, 16);
  return `${json.slice(0, LONGEST_VALUE)}… (SHA-256 ${digest})`;
}

/** The parts of a document beside its statements. */
function topLevel(document: unknown): ResourceProperties {
  if (!isObject(document)) return {};
  return Object.fromEntries(Object.entries(document).filter(([key]) => key !== "Statement"));
}

/** How a document differs from what it has to be, in half sentences. */
function* documentFaults(wanted: string, found: unknown): Iterable<string> {
  if (typeof found !== "string") {
    yield `is ${shown(found, "missing")}; a document has to be plain text`;
    return;
  }
  const json = readJson(found);
  const statements = parseDocument(found);
  if (json.kind === "repeated") yield `has the key "${json.key}" twice`;
  else if (statements === undefined || json.kind === "none") yield "is no policy document";
  else {
    const expected: unknown = JSON.parse(wanted);
    const faults = [...documentDifferences(parseDocument(wanted) ?? [], statements)];
    const [before, after] = [topLevel(expected), topLevel(json.value)];
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [meant, is] = [valueAt(before, key), valueAt(after, key)];
      if (canonicalDocument(meant) !== canonicalDocument(is))
        faults.push(`differs in ${key} (is ${shown(is, "missing")}; has to be ${shown(meant, "left out")})`);
    }
    yield* faults;
    // A part without a meaning to us, such as an empty NotAction, may have one to AWS.
    if (faults.length === 0 && canonicalDocument(expected) !== canonicalDocument(json.value))
      yield `has other elements in its statements: it is ${shown(json.value, "")}; it has to be ${shown(expected, "")}`;
  }
}

/** Compares the inputs of one resource with what they have to be. */
class Comparison {
  constructor(private readonly defaults: ExpectedResource["defaults"]) {}

  /** What is wrong with a value, in sentences without their full stop. */
  *faults(path: string, expected: unknown, actual: unknown): Iterable<string> {
    const wanted = expected ?? valueAt(this.defaults, path);
    const found = actual ?? valueAt(this.defaults, path);
    // Most inputs are as they have to be, so none of their documents has to be read.
    if (found === wanted) return;
    if (wanted instanceof ComputedProperty) {
      // Whether it is the other resource's output shows when all resources are there: aws-resource-references.
      if (found !== UNKNOWN && typeof found !== "string")
        yield `${path} is ${shown(found, "missing")}; it has to be the ${wanted.output} of ${wanted.resource.name}`;
      return;
    }
    if (typeof wanted === "string" && parseDocument(wanted) !== undefined) {
      for (const fault of documentFaults(wanted, found)) yield `${path} ${fault}`;
    } else if (this.canonicalInput(path, wanted) === this.canonicalInput(path, found)) return;
    else if (Array.isArray(wanted) && Array.isArray(found)) {
      const [before, after]: readonly [readonly unknown[], readonly unknown[]] = [wanted, found];
      if (before.length === 1 && after.length === 1 && isObject(before[0]) && isObject(after[0])) {
        yield* this.faults(path, before[0], after[0]);
        return;
      }
      const words = tooManyAndMissing(this.items(path, before), this.items(path, after));
      yield `${path} is another list. ${words.join(" ")}`.replace(/\.$/, "");
    } else if (isObject(wanted) && isObject(found)) {
      for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
        yield* this.faults(`${path}.${key}`, valueAt(wanted, key), valueAt(found, key));
      }
    } else yield `${path} is ${shown(found, "missing")}; it has to be ${shown(wanted, "left out")}`;
  }

  /** The items of a list as texts, so that those which are no texts can be told apart too. */
  private items(path: string, list: readonly unknown[]): readonly string[] {
    return list.map((item) => (typeof item === "string" ? item : this.canonicalInput(path, item)));
  }

  /** A value with its defaults in one spelling: numbers and truth values are texts too, and no list has an order. */
  private canonicalInput(path: string, value: unknown): string {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.canonicalInput(path, item));
      return `[${items.sort().join()}]`;
    }
    if (isObject(value)) {
      const keys = new Set([...Object.keys(value), ...this.defaultsWithin(path)]);
      const entries = [...keys].sort().map((key) => {
        const inner = `${path}.${key}`;
        const found = valueAt(value, key) ?? valueAt(this.defaults, inner);
        return `${JSON.stringify(key)}:${this.canonicalInput(inner, found)}`;
      });
      return `{${entries.join()}}`;
    }
    if (value === undefined) return "nothing";
    if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(String(value));
    return value === UNKNOWN ? "unknown" : JSON.stringify(value);
  }

  private defaultsWithin(path: string): readonly string[] {
    return Object.keys(this.defaults)
      .filter((key) => key.startsWith(`${path}.`))
      .map((key) => key.slice(path.length + 1));
  }
}

/** What is wrong with the inputs of a resource, one sentence a property; nothing where they are what they have to be. */
export function* inputFaults(
  { described, properties, defaults }: ExpectedResource,
  props: ResourceProperties,
): Iterable<string> {
  const comparison = new Comparison(defaults);
  const stays = new Set(described.options.ignoreChanges);
  for (const key of new Set([...Object.keys(properties), ...Object.keys(props)])) {
    if (stays.has(key)) continue;
    for (const fault of comparison.faults(key, valueAt(properties, key), read(props, key))) {
      yield `The input ${fault}.`;
    }
  }
}
