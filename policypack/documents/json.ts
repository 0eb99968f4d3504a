import { isObject } from "../checked-resource";

/** The value of a JSON text, or the reason why two readers may see different values. */
export type JsonValue =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "repeated"; readonly key: string }
  | { readonly kind: "none" };

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** The first key that an object of the text has twice, however each is written: `"\u0041ction"` is `"Action"`. */
function repeatedKey(json: string): string | undefined {
  const tokens = json.match(TOKENS) ?? [];
  const open: Set<string>[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (tokens[index + 1] === ":" && token.startsWith('"')) {
      const key = String(JSON.parse(token));
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}

/** Reads JSON. Where an object has a key twice, JavaScript reads the last, and AWS may read another. */
export function readJson(json: string): JsonValue {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "none" };
    throw error;
  }
  const key = repeatedKey(json);
  return key === undefined ? { kind: "value", value } : { kind: "repeated", key };
}

function canonicalItem(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return canonicalDocument(value);
  if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value.toString());
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}:${canonicalDocument(inner)}`,
  );
  return `{${entries.sort().join()}}`;
}

/** A document's value in one spelling: no order of keys and lists, one value as a list of one, numbers and truth values as texts. */
export function canonicalDocument(value: unknown): string {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return `[${items.map(canonicalItem).sort().join()}]`;
}
