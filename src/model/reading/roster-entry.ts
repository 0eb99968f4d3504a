import { CATEGORY_NAMES, type Category } from "../categories";
import type { Instant } from "../dates";
import {
  parseAccountId,
  parseGitHubHandle,
  parseUserName,
  type AccountId,
  type GitHubHandle,
  type UserName,
} from "../names";
import { PARTNER_RESOURCE_KINDS, PARTNER_RESOURCES, type PartnerResourceKind } from "../partner";
import type { RemovedEntry } from "../removed-entry";
import type { Cell, Cursor } from "./cursor";
import { ACCOUNT_ID_EXAMPLE, ACCOUNT_ID_RULE } from "./organization-entry";

/** Names that a list holds, whoever they are of. */
export interface NameList {
  readonly cursor: Cursor;
  /** Those that could be read. */
  readonly names: readonly Cell<string>[];
  /** How many places the list has, read or not. */
  readonly length: number;
}

/** The roles in one account, as written; neither is known to exist yet. */
export interface AccessEntry {
  readonly account: string;
  readonly cursor: Cursor;
  /** Those that could be read. */
  readonly roles: readonly Cell<string>[];
  /** How many are written, read or not. */
  readonly length: number;
}

/** One person as written: what could not be read is missing, and has been reported. */
export interface PersonEntry {
  readonly name: string;
  readonly userName: UserName | undefined;
  readonly cursor: Cursor;
  readonly email: Cell<string> | undefined;
  readonly category: Cell<Category> | undefined;
  readonly access: readonly AccessEntry[];
  readonly github: Cell<GitHubHandle> | undefined;
  readonly renamedFrom: Cell<UserName> | undefined;
  readonly from: Cell<Instant> | undefined;
  readonly until: Cell<Instant> | undefined;
  readonly project: Cell<string> | undefined;
  readonly sponsor: Cell<string> | undefined;
  /** A name in `people`, or the address of somebody outside. */
  readonly manager: Cell<string> | undefined;
  /** Where `agreements` stands, if it does. */
  readonly agreements: Cursor | undefined;
  readonly nda: Cell<Instant> | undefined;
  readonly baa: Cell<Instant> | undefined;
  readonly approvedBy: NameList | undefined;
}

export interface BreakGlassEntry {
  readonly account: string;
  readonly cursor: Cursor;
  readonly primary: Cell<string> | undefined;
  readonly backup: Cell<string> | undefined;
}

export interface TemporaryEntry {
  readonly cursor: Cursor;
  readonly person: Cell<string> | undefined;
  readonly account: Cell<string> | undefined;
  readonly role: Cell<string> | undefined;
  readonly database: Cell<string> | undefined;
  readonly from: Cell<Instant> | undefined;
  readonly until: Cell<Instant> | undefined;
  readonly reason: Cell<string> | undefined;
  readonly approvedBy: NameList | undefined;
}

/** One shift of a rota. */
export interface ShiftEntry {
  readonly cursor: Cursor;
  readonly person: Cell<string> | undefined;
  readonly from: Cell<Instant> | undefined;
  readonly until: Cell<Instant> | undefined;
}

/** The rota of an account. */
export interface OnCallEntry {
  readonly account: string;
  readonly cursor: Cursor;
  readonly role: Cell<string> | undefined;
  readonly shifts: readonly ShiftEntry[];
}

/** Dated entries that the roster has no more. */
export interface RemovedEntries {
  readonly temporary: readonly TemporaryEntry[];
  /** A rota of one shift for each. */
  readonly onCall: readonly OnCallEntry[];
}

/** The resources of one kind to which a partner's role in an account is limited. */
export interface PartnerResourceEntry {
  readonly kind: PartnerResourceKind;
  readonly cursor: Cursor;
  /** Those that could be read. */
  readonly names: readonly Cell<string>[];
  /** How many are written, read or not. */
  readonly length: number;
}

export interface PartnerResourcesEntry {
  readonly account: string;
  readonly cursor: Cursor;
  readonly kinds: readonly PartnerResourceEntry[];
}

export interface PartnerEntry {
  readonly name: string;
  readonly cursor: Cursor;
  readonly account: Cell<AccountId> | undefined;
  readonly externalId: Cell<string> | undefined;
  /** Undefined where they could not be read. */
  readonly grants: readonly AccessEntry[] | undefined;
  readonly resources: readonly PartnerResourcesEntry[];
}

export interface RosterEntry {
  readonly cursor: Cursor;
  readonly people: readonly PersonEntry[];
  /** Whether `people` is there to look names up in. */
  readonly hasPeople: boolean;
  readonly power: NameList | undefined;
  readonly breakGlass: readonly BreakGlassEntry[];
  readonly temporary: readonly TemporaryEntry[];
  readonly onCall: readonly OnCallEntry[];
  readonly partners: readonly PartnerEntry[];
  readonly departed: readonly Cell<UserName>[];
}

const PERSON_KEYS = {
  required: ["email", "category", "access"],
  optional: ["github", "renamedFrom"],
} as const;
const CONTRACTOR_KEYS = {
  required: ["project", "sponsor", "from", "until"],
  optional: ["agreements", "approvedBy"],
} as const;
const EMPLOYEE_KEYS = { required: [], optional: ["from", "until", "manager"] } as const;
/** A category that cannot be read is one mistake; the keys that hang on it are not further ones. */
const ANYBODYS_KEYS = {
  required: [],
  optional: [...CONTRACTOR_KEYS.required, ...CONTRACTOR_KEYS.optional, "manager"],
} as const;

export const USER_NAME_RULE = "A name is 2 to 64 letters, digits or any of _ + = , . @ -";
// An address that a person can be found under; whether it takes mail, nobody knows offline.
// At most 254 characters: https://www.rfc-editor.org/errata/eid1690
const EMAIL = /^(?=.{1,254}$)[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether a text is an e-mail address. */
export const isEmail = (text: string): boolean => EMAIL.test(text);

// A project goes into tags and into policy documents. IAM's tags take letters and digits of every script; its documents
// take U+0009, U+000A, U+000D and U+0020 to U+00FF alone.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
// A space at an end is one that nobody sees: resources are tagged without it, and the project would reach none of them.
// A value that begins with `aws:` is AWS's own.
const PROJECT = /^(?![Aa][Ww][Ss]:)(?=[\u0020-\u00FF]*$)(?! )(?!.* $)[\p{L}\p{N} _.:/=+@-]{1,128}$/u;
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const PARTNER_NAME = /^[A-Za-z0-9-]{1,32}$/;

const matching =
  (pattern: RegExp) =>
  (text: string): string | undefined =>
    pattern.test(text) ? text : undefined;

function readNames(cursor: Cursor | undefined, what: string): NameList | undefined {
  const items = cursor?.items(what);
  if (cursor === undefined || items === undefined) return undefined;
  return { cursor, names: items.flatMap((item) => item.text("A name") ?? []), length: items.length };
}

function readAccess(cursor: Cursor | undefined, what: string): readonly AccessEntry[] | undefined {
  return cursor?.entries(what, "accounts")?.map(([account, accountCursor]) => {
    const items = accountCursor.oneOrMore();
    return {
      account,
      cursor: accountCursor,
      roles: items.flatMap((item) => item.text("A role") ?? []),
      length: items.length,
    };
  });
}

/** The category is read first, alone, because it decides which other keys there may be. */
function termsKeysOf(cursor: Cursor): typeof CONTRACTOR_KEYS | typeof EMPLOYEE_KEYS | typeof ANYBODYS_KEYS {
  const written = cursor.peek("category");
  if (written === "contractor") return CONTRACTOR_KEYS;
  return CATEGORY_NAMES.some((category) => category === written) ? EMPLOYEE_KEYS : ANYBODYS_KEYS;
}

/** The name of a project, as resources carry it in their tag `Project`. */
export function readProjectName(cursor: Cursor): Cell<string> | undefined {
  return cursor.parsed(
    matching(PROJECT),
    'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
    "letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
  );
}

function readPerson(name: string, cursor: Cursor): PersonEntry {
  const keys = termsKeysOf(cursor);
  const fields = cursor.fields({
    what: keys === CONTRACTOR_KEYS ? "a contractor" : "a person",
    required: [...PERSON_KEYS.required, ...keys.required],
    optional: [...PERSON_KEYS.optional, ...keys.optional],
  });
  const agreements = fields?.agreements?.fields({
    what: "`agreements`",
    required: [],
    optional: ["nda", "baa"],
  });
  const userName = parseUserName(name);
  if (userName === undefined) cursor.problem(USER_NAME_RULE, { value: name });
  return {
    name,
    userName,
    cursor,
    email: fields?.email?.parsed(
      matching(EMAIL),
      "This is not an e-mail address.",
      'an address such as "name@example.com"',
    ),
    category: fields?.category?.oneOf(CATEGORY_NAMES, "There is no such category."),
    access: readAccess(fields?.access, "`access`") ?? [],
    github: fields?.github?.parsed(
      parseGitHubHandle,
      "This is not a user's name on GitHub.",
      "1 to 39 letters, digits and single hyphens between them, without an @",
    ),
    renamedFrom: fields?.renamedFrom?.parsed(parseUserName, USER_NAME_RULE),
    from: fields?.from?.date("from"),
    until: fields?.until?.date("until"),
    project: fields?.project && readProjectName(fields.project),
    sponsor: fields?.sponsor?.text("A sponsor"),
    manager: fields?.manager?.text("A manager"),
    agreements: fields?.agreements,
    nda: agreements?.nda?.date("from"),
    baa: agreements?.baa?.date("from"),
    approvedBy: readNames(fields?.approvedBy, "`approvedBy`"),
  };
}

function readBreakGlass(account: string, cursor: Cursor): BreakGlassEntry {
  const fields = cursor.fields({
    what: "an account's break-glass",
    required: ["primary"],
    optional: ["backup"],
  });
  return {
    account,
    cursor,
    primary: fields?.primary?.text("A name"),
    backup: fields?.backup?.text("A name"),
  };
}

function readTemporary(cursor: Cursor): TemporaryEntry {
  const fields = cursor.fields({
    what: "a temporary grant",
    required: ["person", "account", "role", "from", "until", "reason", "approvedBy"],
    optional: ["database"],
  });
  return {
    cursor,
    person: fields?.person?.text("A name"),
    account: fields?.account?.text("An account"),
    role: fields?.role?.text("A role"),
    database: fields?.database?.text("A database"),
    from: fields?.from?.date("from"),
    until: fields?.until?.date("until"),
    reason: fields?.reason?.text("A reason"),
    approvedBy: readNames(fields?.approvedBy, "`approvedBy`"),
  };
}

function readShift(cursor: Cursor): ShiftEntry {
  const fields = cursor.fields({ what: "a shift", required: ["person", "from", "until"], optional: [] });
  return {
    cursor,
    person: fields?.person?.text("A name"),
    from: fields?.from?.date("from"),
    until: fields?.until?.date("until"),
  };
}

function readOnCall(account: string, cursor: Cursor): OnCallEntry {
  const fields = cursor.fields({ what: "an account's rota", required: ["role", "shifts"], optional: [] });
  return {
    account,
    cursor,
    role: fields?.role?.text("A role"),
    shifts: (fields?.shifts?.items("`shifts`") ?? []).map(readShift),
  };
}

function readPartnerResources(account: string, cursor: Cursor): PartnerResourcesEntry {
  const fields = cursor.fields({
    what: "a partner's resources",
    required: [],
    optional: PARTNER_RESOURCE_KINDS,
  });
  const kinds = PARTNER_RESOURCE_KINDS.flatMap((kind): readonly PartnerResourceEntry[] => {
    const { pattern, rule, example } = PARTNER_RESOURCES[kind];
    const list = fields?.[kind];
    const items = list?.items(`\`${kind}\``);
    if (list === undefined || items === undefined) return [];
    const names = items.flatMap((item) => item.parsed(matching(pattern), rule, example) ?? []);
    return [{ kind, cursor: list, names, length: items.length }];
  });
  return { account, cursor, kinds };
}

function readPartner(name: string, cursor: Cursor): PartnerEntry {
  const fields = cursor.fields({
    what: "a partner",
    required: ["account", "externalId", "grants"],
    optional: ["resources"],
  });
  if (!PARTNER_NAME.test(name)) {
    cursor.problem("A partner's name is 1 to 32 letters, digits and hyphens.", { value: name });
  }
  return {
    name,
    cursor,
    account: fields?.account?.parsed(parseAccountId, ACCOUNT_ID_RULE, ACCOUNT_ID_EXAMPLE),
    externalId: fields?.externalId?.parsed(
      matching(EXTERNAL_ID),
      "An external id is 2 to 1,224 letters, digits or any of _ + = , . @ : / -",
      'the id that the partner gave for you, such as "acme-data-sharing-7f3a"',
    ),
    grants: readAccess(fields?.grants, "`grants`"),
    resources: (fields?.resources?.entries("`resources`", "accounts") ?? []).map(([account, entry]) =>
      readPartnerResources(account, entry),
    ),
  };
}

/**
 * Reads what history tells of removed entries, for the rules that limit times. Their places in messages say what they are:
 * `temporary["removed entry 1"]`.
 */
export function readRemoved(
  removed: readonly RemovedEntry[],
  cursorAt: (steps: readonly string[], value: unknown) => Cursor,
): RemovedEntries {
  const temporary: TemporaryEntry[] = [];
  const onCall: OnCallEntry[] = [];
  removed.forEach(({ source, account, role, ...entry }, index) => {
    const place = `removed entry ${String(index + 1)}`;
    if (source === "temporary") {
      temporary.push(readTemporary(cursorAt(["temporary", place], { account, role, ...entry })));
    } else {
      const { person, from, until } = entry;
      onCall.push(
        readOnCall(
          account,
          cursorAt(["onCall", account, place], { role, shifts: [{ person, from, until }] }),
        ),
      );
    }
  });
  return { temporary, onCall };
}

/** Reads `src/roster.ts`; what is wrong with its form is reported through the cursor. */
export function readRoster(cursor: Cursor): RosterEntry {
  const fields = cursor.fields({
    what: "the roster",
    required: ["people"],
    optional: ["power", "breakGlass", "temporary", "onCall", "partners", "departed"],
  });
  const people = fields?.people?.entries("`people`", "names");
  return {
    cursor,
    people: (people ?? []).map(([name, person]) => readPerson(name, person)),
    hasPeople: people !== undefined,
    power: readNames(fields?.power, "`power`"),
    breakGlass: (fields?.breakGlass?.entries("`breakGlass`", "accounts") ?? []).map(([account, entry]) =>
      readBreakGlass(account, entry),
    ),
    temporary: (fields?.temporary?.items("`temporary`") ?? []).map(readTemporary),
    onCall: (fields?.onCall?.entries("`onCall`", "accounts") ?? []).map(([account, rota]) =>
      readOnCall(account, rota),
    ),
    partners: (fields?.partners?.entries("`partners`", "names") ?? []).map(([name, partner]) =>
      readPartner(name, partner),
    ),
    departed: (fields?.departed?.items("`departed`") ?? []).flatMap(
      (item) => item.parsed(parseUserName, USER_NAME_RULE) ?? [],
    ),
  };
}
