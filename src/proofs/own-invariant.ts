import type { OrganizationDefinition, AccountDefinition } from "../model/organization";
import type { Model } from "../model/model";
import type { Conditions } from "../documents/policy-document";
import { choices } from "../model/choices";
import { formatProblems, count, UserError, type Problem } from "../model/problems";
import { Cursor, type Cell } from "../model/reading/cursor";
import { ROLE_NAMES, type Role } from "../model/roles";
import { accessOf } from "./allowed-requests";
import { asForHolders, titleOf, widestSession, type PlacedRole, type World } from "./accounts";
import type { Claim, Invariant } from "./invariant";
import { filledIn } from "./invariants/role-invariant";
import type { Reference } from "./reference/reference";

type OneOrMore<T extends string> = T | readonly T[];

/** Requests, in the words of policies. `{account}`, `{region}` and `{prefix}` stand for the account's. */
interface NeverDefinition {
  readonly actions: OneOrMore<string>;
  readonly except?: OneOrMore<string>;
  readonly resources?: OneOrMore<string>;
  readonly when?: Conditions;
}

/** Something of an organization's own that must hold for every request. */
export interface InvariantDefinition<AccountKey extends string = string> {
  /** Words joined by hyphens. */
  readonly id: string;
  /** `prod/Ops`; a role of partners is there for each of them, as `prod/DataShare`. */
  readonly of: OneOrMore<`${AccountKey}/${Role}`>;
  readonly never: NeverDefinition;
  /** Why, for whoever reads that it does not hold. */
  readonly because: string;
}

/** Declares invariants; the compiler knows the accounts and roles. */
export function defineInvariants<const Accounts extends Readonly<Record<string, AccountDefinition>>>(
  _organization: OrganizationDefinition<Accounts>,
  invariants: readonly InvariantDefinition<keyof Accounts & string>[],
): readonly InvariantDefinition[] {
  return invariants;
}

const ACTION = /^([\w-]+:[\w*?]+|\*)$/;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A text or a list of them, each with its place. */
const texts = (cursor: Cursor | undefined, what: string): readonly Cell<string>[] =>
  (cursor?.oneOrMore() ?? []).flatMap((one) => one.text(what) ?? []);

function assertActions(cursor: Cursor | undefined, reference: Reference): void {
  for (const { value, cursor: place } of texts(cursor, "an action")) {
    if (!ACTION.test(value)) {
      place.problem("This is no action.", { allowed: '"s3:GetObject", "rds:Delete*" or "*"' });
    } else if (reference.idsOf(value).length === 0) {
      place.problem("AWS has no such action.", { remedy: `Data of ${reference.version} was looked at.` });
    }
  }
}

function assertRoles(cursor: Cursor | undefined, { organization }: Model): void {
  const known = organization.accounts.flatMap(({ key }) => ROLE_NAMES.map((role) => `${key}/${role}`));
  for (const { value, cursor: place } of texts(cursor, "a role")) {
    if (!known.includes(value)) {
      place.problem("There is no such role.", { allowed: choices(value, known, "roles") });
    }
  }
}

/**
 * Checks what adopters wrote.
 * @throws UserError that lists every problem with its path, value and what is allowed
 */
function assertDefinitions(written: unknown, model: Model, reference: Reference): void {
  const problems: Problem[] = [];
  const root = new Cursor("src/invariants.ts", [], written, (problem) => void problems.push(problem));
  const ids = new Set<string>();
  for (const one of root.items("invariants") ?? []) {
    const fields = one.fields({
      what: "an invariant",
      required: ["id", "of", "never", "because"],
      optional: [],
    });
    const id = fields?.id?.text("an id");
    if (id !== undefined) {
      if (!ID.test(id.value)) id.cursor.problem("An id is small letters and digits, joined by hyphens.");
      if (ids.has(id.value)) id.cursor.problem("Another invariant has this id.");
      ids.add(id.value);
    }
    fields?.because?.text("a reason");
    assertRoles(fields?.of, model);
    const never = fields?.never?.fields({
      what: "a kind of requests",
      required: ["actions"],
      optional: ["except", "resources", "when"],
    });
    assertActions(never?.actions, reference);
    assertActions(never?.except, reference);
    texts(never?.resources, "an ARN");
  }
  if (problems.length === 0) return;
  throw new UserError(formatProblems(`${count(problems.length, "problem")} to solve first.`, problems));
}

/** The roles of a title such as `prod/Ops` or `prod/DataShare`, which each partner has one of. */
function rolesOf({ accounts }: World, title: string): readonly PlacedRole[] {
  const [key = "", label = ""] = title.split("/");
  return accounts
    .filter((account) => account.key === key)
    .flatMap((account) => account.roles.map((role) => ({ account, role })))
    .filter(
      ({ role }) => role.label === label || (role.kind === "partner" && role.label.startsWith(`${label}-`)),
    );
}

function invariantOf({ id, of, never, because }: InvariantDefinition): Invariant {
  const titles = typeof of === "string" ? [of] : of;
  function* claims(world: World): Iterable<Claim> {
    for (const placed of titles.flatMap((title) => rolesOf(world, title)).map(asForHolders)) {
      yield {
        about: titleOf(placed),
        setting: { permissions: placed.role },
        finds: "allowed",
        breaches: (prover) =>
          prover.breaches(accessOf(widestSession(placed), placed.role), filledIn(never, placed, world)),
      };
    }
  }
  return { id, says: because, source: "src/invariants.ts", claims };
}

/**
 * The invariants that adopters wrote, checked.
 * @throws UserError that lists every problem with its path, value and what is allowed
 */
export function ownInvariants(
  written: readonly InvariantDefinition[],
  model: Model,
  reference: Reference,
): readonly Invariant[] {
  assertDefinitions(written, model, reference);
  return written.map(invariantOf);
}
