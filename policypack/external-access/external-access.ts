import { parseDocument } from "../../src/documents/statement";
import type { AccountExpectations } from "../expectations/account-expectations";
import {
  knownField,
  hasUnknown,
  enclosingKey,
  valuesIn,
  type PropertyPlace,
  type PropertyValue,
} from "../property-values";
import type { ResourceProperties, CheckedResource } from "../checked-resource";
import { accountsIn, accountsListedIn, isService, KnownPrincipals } from "./known-principals";
import { repositoryFaults } from "./pipeline-repository";
import { openedBy, publicTypeFaults } from "./public-switches";
import { holderFault, statementFaults, type OwnAccess } from "./statement-faults";
import { whyUnjudged } from "./unjudged-types";

const DOCUMENT_KEYS: readonly string[] = ["Version", "Id", "Statement"];
const PUBLIC_GROUP = /acs\.amazonaws\.com\/groups\/(?!s3\/LogDelivery$)/;
/** `principalType` says of which kind a principal is. */
const NAMES_PRINCIPALS = /principal(?!type$)/i;
/** `sharedAccounts`, `accountId`, and `account_ids`, as the permissions of a document for Systems Manager have it. */
const NAMES_ACCOUNTS = /accounts?_?(?:ids?)?$/i;

function textsIn(fields: ResourceProperties, name: string): readonly string[] {
  const value = knownField(fields, name);
  return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}

/** Looks for the principals that a resource beside Muster's admits. */
class ExternalAccessSearch implements OwnAccess {
  readonly known: KnownPrincipals;

  constructor(
    private readonly type: string,
    readonly expected: AccountExpectations,
    readonly subjects: readonly string[],
  ) {
    this.known = new KnownPrincipals(expected);
  }

  /** What is wrong with a value, in half sentences. */
  *faults(value: PropertyValue): Iterable<string> {
    const { place } = value;
    switch (value.kind) {
      case "text":
        yield* this.textFaults(place, value.text);
        break;
      case "object":
        yield* granteeFaults(place, value.fields);
        break;
      case "document":
        yield* this.documentFaults(place, value.fields);
        break;
      case "repeated key":
        yield `${place.path} has the key "${value.key}" twice`;
        break;
      case "unreadable document":
        yield `${place.path} looks like a document and is no JSON`;
        break;
    }
  }

  private *documentFaults({ path, isInText }: PropertyPlace, fields: ResourceProperties): Iterable<string> {
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
      for (const fault of statementFaults(statement, this)) yield `${path} ${fault}`;
    }
    yield* this.strangerFaults(path, textsOutsidePrincipals(fields).flatMap(accountsIn));
  }

  private *textFaults(place: PropertyPlace, text: string): Iterable<string> {
    const { path, keys } = place;
    const key = enclosingKey(place);
    const opens = openedBy(this.type, key, text);
    if (opens !== undefined) yield `${path} is ${text}, which ${opens}`;
    if (PUBLIC_GROUP.test(text)) yield `${path} lets everybody in`;
    const listsAccounts = NAMES_ACCOUNTS.test(key);
    if (listsAccounts && /(?:^|[\s,;])(?:\*|all)(?=$|[\s,;])/i.test(text)) yield `${path} lets everybody in`;
    const named = [...accountsIn(text), ...(listsAccounts ? accountsListedIn(text) : [])];
    const strangers = [...this.strangerFaults(path, named)];
    yield* strangers;
    const holder = this.known.holderOfUser(text);
    if (holder !== undefined) yield `${path} ${holderFault(text, holder)}`;
    else if (opens === undefined && strangers.length === 0 && keys.some((one) => NAMES_PRINCIPALS.test(one)))
      yield* this.principalFaults(place, text);
  }

  private *strangerFaults(path: string, named: readonly string[]): Iterable<string> {
    for (const id of new Set(named)) {
      if (!this.known.hasAccount(id))
        yield `${path} names the account ${id}, which is neither the organization's nor a partner's`;
    }
  }

  private *principalFaults({ path, holder }: PropertyPlace, value: string): Iterable<string> {
    const holderOfRole = this.known.holderOf(value);
    if (holderOfRole !== undefined) yield `${path} ${holderFault(value, holderOfRole)}`;
    if (value === "" || value === "true" || value === "false" || this.known.hasPrincipal(value)) return;
    if (value.includes("*")) yield `${path} lets everybody in`;
    else if (!isService(value))
      yield `${path} admits ${value}, which is no principal of the organization's accounts or a partner's`;
    else if (
      !hasUnknown(holder, "sourceaccount") &&
      !hasUnknown(holder, "sourcearn") &&
      !this.known.areAccounts(textsIn(holder, "sourceaccount")) &&
      !this.known.areSources(textsIn(holder, "sourcearn"), false)
    )
      yield `${path} admits ${value} for whatever account: it needs a source account, or a source ARN with the account`;
  }
}

/** Faults of an object that is a grantee of S3's access lists, by its name or its type. */
function* granteeFaults(place: PropertyPlace, fields: ResourceProperties): Iterable<string> {
  const [type = ""] = textsIn(fields, "type");
  const isGrantee = /^grantee$/i.test(enclosingKey(place));
  const has = (...names: readonly string[]): boolean =>
    isGrantee && names.some((name) => textsIn(fields, name).some((text) => text !== ""));
  if (/^CanonicalUser$/i.test(type) || has("id"))
    yield `${place.path} admits a canonical user, and nobody can tell its account`;
  if (/^AmazonCustomerByEmail$/i.test(type) || has("email", "emailaddress"))
    yield `${place.path} admits an account by its e-mail address, and nobody can tell which`;
}

/** Every text and number of a document but its principals, which are judged one by one. */
function textsOutsidePrincipals(value: unknown): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value)
    .filter((key) => !/^(?:not)?principal$/i.test(key))
    .flatMap((key) => textsOutsidePrincipals(Reflect.get(value, key)));
}

/**
 * What a resource opens to others than the organization's accounts and its partners', and to users and roles of Muster's: by a document, wherever it
 * stands, by a property that names a principal or an account, or by a setting that is known to open it.
 * @param subjects of tokens that its entry in the register has
 */
export function* externalAccess(
  resource: CheckedResource,
  expected: AccountExpectations,
  subjects: readonly string[],
): Iterable<string> {
  const { type, props } = resource;
  const unjudged = whyUnjudged(resource);
  if (unjudged !== undefined) yield unjudged;
  yield* repositoryFaults(resource, expected.organization);
  yield* publicTypeFaults(type, Object.keys(props));
  const search = new ExternalAccessSearch(type, expected, subjects);
  for (const value of valuesIn(props)) yield* search.faults(value);
}
