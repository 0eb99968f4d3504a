import { iamPolicy, type IamPolicy } from "../iam/iam-policy";
import { AccountNames } from "./account-names";
import type { Admissions } from "./admissions";
import type { PersonState, ProgramState } from "./state";

/** A person or an account with a new name that is still the same: IAM renames users in place, and accounts have ids. */
export interface Rename {
  readonly kind: "person" | "account";
  readonly before: string;
  readonly after: string;
}

/** Finds people whose new entry names their old one, if that existed; and accounts with the same id under another key. */
export function findRenames(before: ProgramState, after: ProgramState): readonly Rename[] {
  const wereThere = new Set(before.people.map(({ name }) => name));
  const keys = new Map(before.accounts.map(({ id, key }) => [id, key]));
  return [
    ...after.people.flatMap(({ name, renamedFrom }): readonly Rename[] =>
      renamedFrom !== undefined && wereThere.has(renamedFrom) && !wereThere.has(name)
        ? [{ kind: "person", before: renamedFrom, after: name }]
        : [],
    ),
    ...after.accounts.flatMap(({ id, key }): readonly Rename[] => {
      const old = keys.get(id);
      return old === undefined || old === key ? [] : [{ kind: "account", before: old, after: key }];
    }),
  ];
}

const namesOf = (renames: readonly Rename[], kind: Rename["kind"]): ReadonlyMap<string, string> =>
  new Map(renames.filter((one) => one.kind === kind).map(({ before, after }) => [before, after]));

/** A user's name at the end of an ARN or of a session's id, such as `…:user/people/kim`, `…:mfa/kim*`, `*:kim`. */
const NAME_AT_END = /(?<=^|[/:])[^/:*]+(?=\*?$)/;

function inLaterNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return value.replace(NAME_AT_END, (name) => names.get(name) ?? name);
  if (Array.isArray(value)) return value.map((item) => inLaterNames(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inLaterNames(inner, names)]));
}

/** Puts people's later names into a policy, so that a rename alone is no change. */
export function policyInLaterNames(policy: IamPolicy, renames: readonly Rename[]): IamPolicy {
  const names = namesOf(renames, "person");
  if (names.size === 0) return policy;
  return iamPolicy(policy.name, JSON.stringify(inLaterNames(JSON.parse(policy.text), names)), policy.group);
}

/** The person by their later name, with the later names of those whom their entry names. */
function personAsLater(person: PersonState, names: ReadonlyMap<string, string>): PersonState {
  const nameOf = (name: string): string => names.get(name) ?? name;
  const { manager, contract } = person;
  return {
    ...person,
    name: nameOf(person.name),
    renamedFrom: names.has(person.name) ? person.name : person.renamedFrom,
    ...(manager?.kind === "person" && { manager: { ...manager, name: nameOf(manager.name) } }),
    ...(contract && {
      contract: {
        ...contract,
        sponsor: nameOf(contract.sponsor),
        approvedBy: contract.approvedBy.map(nameOf),
      },
    }),
  };
}

/**
 * The earlier state with accounts called as they are in the later one, documents included, and people as far as titles and
 * their entries go: their users and the documents that name them stay as they were.
 */
export function stateInLaterNames(before: ProgramState, after: ProgramState): ProgramState {
  const renames = findRenames(before, after);
  const accountRenames = renames.filter(({ kind }) => kind === "account");
  const names = namesOf(renames, "person");
  const called =
    accountRenames.length === 0
      ? undefined
      : new AccountNames(before.accounts, after.accounts, accountRenames);
  return {
    people: before.people.map((person) => personAsLater(person, names)),
    accounts:
      called === undefined ? before.accounts : before.accounts.map((account) => called.account(account)),
    documents: before.documents.map((document) => {
      const { holder, ...rest } = called?.document(document) ?? document;
      const [key = "", ...name] = holder.split("/");
      const whose = name.join("/");
      return { ...rest, holder: `${key}/${names.get(whose) ?? whose}` };
    }),
  };
}

/** `arn:aws:iam::111111111111:user/people/john.developer Ops` with the name that John has afterwards. */
function laterKey(key: string, names: ReadonlyMap<string, string>): string {
  const [arn = "", ...rest] = key.split(" ");
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const later = names.get(name);
  if (later === undefined || !arn.includes(":user/")) return key;
  return [`${arn.slice(0, -name.length)}${later}`, ...rest].join(" ");
}

/** Puts later names on those who got in and had power. */
export function admissionsInLaterNames(
  { access, principals, power }: Admissions,
  renames: readonly Rename[],
): Admissions {
  const names = namesOf(renames, "person");
  const nameOf = (name: string): string => names.get(name) ?? name;
  return {
    principals,
    access: new Map(
      [...access].map(([key, entry]) => [laterKey(key, names), { ...entry, person: nameOf(entry.person) }]),
    ),
    power: new Map(
      [...power].map(([key, entry]) => [
        laterKey(key, names),
        entry.kind === "user" ? { ...entry, who: nameOf(entry.who) } : entry,
      ]),
    ),
  };
}
