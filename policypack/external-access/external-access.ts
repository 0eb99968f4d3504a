import { parseDocument } from "../../src/documents/statement";
import { readJson } from "../documents/json";
import type { AccountExpectations } from "../expectations/account";
import type { Resource } from "../resource";
import { isUnknownValue } from "../unknown-value";
import { accountsIn, isService, KnownPrincipals } from "./known-principals";
import { openedBy, typeFaults } from "./public-switches";
import { statementFaults } from "./statement-faults";

type Fields = Readonly<Record<string, unknown>>;

/** A value somewhere in a resource. */
interface Place {
  readonly path: string;
  /** The name of the property, or of the one whose list has the value. */
  readonly key: string;
  /** The object that has it. */
  readonly holder: Fields;
  /** Whether a property above says whom something lets in. */
  readonly namesPrincipals: boolean;
  /** Whether it is in a JSON text, as documents have to be. */
  readonly isInText: boolean;
}

const DOCUMENT_KEYS: readonly string[] = ["Version", "Id", "Statement"];
const PUBLIC_GROUP = /acs\.amazonaws\.com\/groups\/(?!s3\/LogDelivery$)/;
/** What every statement says, in JSON, YAML or HCL. */
const STATEMENT_WORDS = [/\beffect["']?\s*[:=]/i, /\b(?:(?:not)?principals?|(?:not)?actions?)["']?\s*[:={]/i];
/** CloudFormation reads YAML as well, which we do not. */
const IS_TEMPLATE = /^templateBody$/i;
/** `principalType` says of which kind a principal is. */
const NAMES_PRINCIPALS = /principal(?!type$)/i;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value; nothing as long as it is unknown: it will be looked at when it is known, before the resource is made. */
function ifKnown(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}

/** The name of a field, however it is written. */
const nameIn = (fields: Fields, name: string): string | undefined =>
  Object.keys(fields).find((key) => key.toLowerCase() === name);

function fieldOf(fields: Fields, name: string): unknown {
  const key = nameIn(fields, name);
  return key === undefined ? undefined : ifKnown(() => fields[key]);
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** Whether an object has statements, however its keys are written. */
function isDocument(fields: Fields): boolean {
  const statements = fieldOf(fields, "statement") ?? fieldOf(fields, "statements");
  const isStatement = (one: unknown): boolean =>
    isFields(one) && Object.keys(one).some((key) => /^(?:effect|(?:not)?principals?)$/i.test(key));
  return "Statement" in fields || listOf(statements).some(isStatement);
}

/** Whether a field is there and not known yet. */
function isUnknown(fields: Fields, name: string): boolean {
  const key = nameIn(fields, name);
  return key !== undefined && ifKnown(() => fields[key] ?? "") === undefined;
}

function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fieldOf(fields, name);
  return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}

/** Looks for whom a resource beside Muster's lets in. */
class Search {
  private readonly known: KnownPrincipals;

  constructor(
    private readonly type: string,
    private readonly expected: AccountExpectations,
  ) {
    this.known = new KnownPrincipals(expected);
  }

  /** What is wrong with a value and all that is in it. */
  *faults(place: Place, read: () => unknown): Iterable<string> {
    const value = ifKnown(read);
    if (typeof value === "string") yield* this.textFaults(place, value);
    else if (isFields(value)) yield* this.objectFaults(place, value);
    else if (Array.isArray(value)) {
      for (const index of value.keys()) {
        const path = `${place.path}.${String(index)}`;
        const list: readonly unknown[] = value;
        yield* this.faults({ ...place, path }, () => list[index]);
      }
    } else if (typeof value === "number" || typeof value === "boolean")
      yield* this.leafFaults(place, value.toString());
  }

  private *textFaults(place: Place, text: string): Iterable<string> {
    const json = /^\s*["[{]/.test(text) ? readJson(text) : ({ kind: "none" } as const);
    if (json.kind === "repeated") yield `${place.path} has the key "${json.key}" twice`;
    else if (json.kind === "value") yield* this.faults({ ...place, isInText: true }, () => json.value);
    else if (STATEMENT_WORDS.every((words) => words.test(text)) || IS_TEMPLATE.test(place.key))
      yield `${place.path} looks like a document and is no JSON`;
    else yield* this.leafFaults(place, text);
  }

  private *objectFaults(place: Place, fields: Fields): Iterable<string> {
    const isPolicy = isDocument(fields);
    if (isPolicy) yield* this.documentFaults(place, fields);
    for (const key of Object.keys(fields)) {
      const inner: Place = {
        path: place.path === "" ? key : `${place.path}.${key}`,
        key,
        holder: fields,
        namesPrincipals: place.namesPrincipals || NAMES_PRINCIPALS.test(key),
        isInText: place.isInText,
      };
      if (!isPolicy) yield* this.faults(inner, () => fields[key]);
    }
    if (/^grantee$/i.test(place.key) && fieldOf(fields, "id") !== undefined)
      yield `${place.path} admits a canonical user, of which nobody can tell the account`;
  }

  private *documentFaults({ path, isInText }: Place, fields: Fields): Iterable<string> {
    if (!isInText) {
      yield `${path} is a document as an object; it has to be plain text`;
      return;
    }
    const statements = parseDocument(JSON.stringify(fields));
    if (statements === undefined || Object.keys(fields).some((key) => !DOCUMENT_KEYS.includes(key))) {
      yield `${path} looks like a policy document and is none`;
      return;
    }
    for (const statement of statements) {
      for (const fault of statementFaults(statement, this.known, this.expected.account.id))
        yield `${path} ${fault}`;
    }
    const named = new Set(textsOutsidePrincipals(fields).flatMap(accountsIn));
    for (const id of named) if (!this.known.hasAccount(id)) yield strangeAccount(path, id);
  }

  private *leafFaults({ path, key, holder, namesPrincipals }: Place, value: string): Iterable<string> {
    const opens = openedBy(this.type, key, value);
    if (opens !== undefined) yield `${path} is ${value}, which ${opens}`;
    if (PUBLIC_GROUP.test(value)) yield `${path} lets everybody in`;
    if (/accounts?(?:ids?)?$/i.test(key) && /^(?:\*|all)$/i.test(value)) yield `${path} lets everybody in`;
    const strangers = accountsIn(value).filter((id) => !this.known.hasAccount(id));
    for (const id of new Set(strangers)) yield strangeAccount(path, id);
    if (opens === undefined && strangers.length === 0 && namesPrincipals)
      yield* this.principalFaults(path, holder, value);
  }

  private *principalFaults(path: string, holder: Fields, value: string): Iterable<string> {
    if (value === "" || value === "true" || value === "false" || this.known.hasPrincipal(value)) return;
    if (value.includes("*")) yield `${path} lets everybody in`;
    else if (!isService(value))
      yield `${path} admits ${value}, which is no principal of the organization's accounts or a partner's`;
    else if (
      !isUnknown(holder, "sourceaccount") &&
      !isUnknown(holder, "sourcearn") &&
      !this.known.areAccounts(textsIn(holder, "sourceaccount")) &&
      !this.known.areSources(textsIn(holder, "sourcearn"))
    )
      yield `${path} admits ${value} for whatever account: it needs a source account, or a source ARN with the account`;
  }
}

const strangeAccount = (path: string, id: string): string =>
  `${path} names the account ${id}, which is neither the organization's nor a partner's`;

/** Every text and number of a document but those that name principals, which are judged by whom they let in. */
function textsOutsidePrincipals(value: unknown): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value)
    .filter((key) => !/^(?:not)?principal$/i.test(key))
    .flatMap((key) => textsOutsidePrincipals(Reflect.get(value, key)));
}

/**
 * What a resource opens to others than the organization's accounts and its partners': by a document, wherever it stands, by a
 * property that names a principal or an account, or by a setting that is known to open it.
 */
export function* externalAccess({ type, props }: Resource, expected: AccountExpectations): Iterable<string> {
  yield* typeFaults(type, Object.keys(props));
  const place = { path: "", key: "", holder: props, namesPrincipals: false, isInText: false };
  yield* new Search(type, expected).faults(place, () => props);
}
