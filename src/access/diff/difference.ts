import type { Catalogue } from "../actions/catalogue";
import type { AccessLevel } from "../actions/action";
import { groupBy } from "../../model/group-by";
import { surfaceOf, type Surface } from "../actions/surface";
import { FRESH_MFA } from "../circumstances";
import { Evaluator } from "../evaluator";
import { roleTitle, type IamAccount, type IamRole, type RoleKind } from "../iam/account";
import { IamAccounts } from "../iam/accounts";
import { Matrix } from "../matrix";
import { conditionsOf } from "../report/verdict-words";
import { trustedBy } from "../trusted";
import type { PersonState, State } from "./state";

/** Somebody who gets into a role on one side, or on both in another way. */
export interface AccessChange {
  readonly person: string;
  readonly account: string;
  readonly environment: IamAccount["environment"];
  readonly role: string;
  /** `always`, or under which conditions; undefined where they did not, or will not, get in. */
  readonly before?: string;
  readonly after?: string;
}

/** Something of a person in the roster that reads otherwise. */
export interface PersonChange {
  readonly person: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** Actions by what they do. */
export type ActionsByLevel = Readonly<Partial<Record<AccessLevel, readonly string[]>>>;

/** What a role may do on one side and not on the other. */
export interface RoleChange {
  /** `prod/Ops`. */
  readonly role: string;
  readonly kind: RoleKind;
  readonly status: "new" | "gone" | "changed";
  readonly gains: ActionsByLevel;
  readonly loses: ActionsByLevel;
  /** Allowed before and after, on other resources or under other conditions. */
  readonly elsewhere: ActionsByLevel;
}

/** Somebody outside the roster's people whom a role's trust names: a partner, a service, a pipeline. */
export interface TrustChange {
  readonly role: string;
  readonly kind: RoleKind;
  readonly admits: readonly string[];
  readonly admitsNoMore: readonly string[];
}

/** What a change of the program means. */
export interface Difference {
  readonly joined: readonly PersonState[];
  readonly left: readonly PersonState[];
  readonly people: readonly PersonChange[];
  readonly access: readonly AccessChange[];
  /** Users who may change what others may do. */
  readonly power: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  readonly trust: readonly TrustChange[];
  readonly roles: readonly RoleChange[];
}

const without = (all: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others);
  return all.filter((one) => !known.has(one));
};

/** The keys of both, those of the first before the others. */
const keysOf = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] => [...new Set([...before.keys(), ...after.keys()])];

function peopleChanges(
  before: readonly PersonState[],
  after: readonly PersonState[],
): readonly PersonChange[] {
  const earlier = new Map(before.map((person) => [person.name, person]));
  return after.flatMap((person) => {
    const known = earlier.get(person.name);
    if (known === undefined) return [];
    const facts: readonly (readonly [what: string, of: (one: PersonState) => string | undefined])[] = [
      ["category", ({ category }) => category],
      ["email", ({ email }) => email],
      ["first day", ({ terms }) => terms.from],
      ["end", ({ terms }) => terms.until],
      ["project", ({ contract }) => contract?.project],
      ["sponsor", ({ contract }) => contract?.sponsor],
    ];
    return facts
      .map(([what, of]) => ({
        person: person.name,
        what,
        before: of(known) ?? "none",
        after: of(person) ?? "none",
      }))
      .filter((change) => change.before !== change.after);
  });
}

/** Who gets into what, and who has power, on one side. */
interface Admissions {
  readonly access: ReadonlyMap<string, Omit<AccessChange, "before" | "after"> & { readonly how: string }>;
  readonly power: readonly string[];
}

async function admissionsOf(accounts: IamAccounts): Promise<Admissions> {
  const rows = await new Matrix(accounts, new Evaluator()).rows({ mfa: FRESH_MFA, context: {} });
  const access = rows.flatMap(({ user, roles }) =>
    roles.map(({ account, role, title, verdict }) => {
      const { environment } = accounts.account(account);
      const conditions = conditionsOf(verdict);
      const how = conditions === "" ? "always" : conditions;
      return [`${user.name} ${title}`, { person: user.name, account, environment, role, how }] as const;
    }),
  );
  const power = rows.filter((row) => row.power.kind !== "denied").map(({ user }) => user.name);
  return { access: new Map(access), power };
}

function accessChanges(before: Admissions, after: Admissions): readonly AccessChange[] {
  return keysOf(before.access, after.access).flatMap((key) => {
    const [earlier, later] = [before.access.get(key), after.access.get(key)];
    const change = later ?? earlier;
    if (change === undefined || earlier?.how === later?.how) return [];
    const { person, account, environment, role } = change;
    return [
      {
        person,
        account,
        environment,
        role,
        ...(earlier && { before: earlier.how }),
        ...(later && { after: later.how }),
      },
    ];
  });
}

function byLevel(actions: readonly string[], catalogue: Catalogue): ActionsByLevel {
  const levels = groupBy([...actions].sort(), (action) => catalogue.level(action));
  return Object.fromEntries(levels);
}

const documentsOf = ({ policies, boundary }: IamRole): string =>
  JSON.stringify([policies.map(({ text }) => text), boundary?.text]);

function roleChange(
  title: string,
  before: IamRole | undefined,
  after: IamRole | undefined,
  catalogue: Catalogue,
): RoleChange | undefined {
  if (before && after && documentsOf(before) === documentsOf(after)) return undefined;
  const nothing: Surface = new Map();
  const earlier = before ? surfaceOf(before, catalogue) : nothing;
  const later = after ? surfaceOf(after, catalogue) : nothing;
  const actions = keysOf(earlier, later);
  const gains = actions.filter((action) => !earlier.has(action));
  const loses = actions.filter((action) => !later.has(action));
  const elsewhere = actions.filter((action) => {
    const [one, other] = [earlier.get(action), later.get(action)];
    return one !== undefined && other !== undefined && one.terms !== other.terms;
  });
  if (before && after && gains.length + loses.length + elsewhere.length === 0) return undefined;
  return {
    role: title,
    kind: after?.kind ?? before?.kind ?? "other",
    status: before === undefined ? "new" : after === undefined ? "gone" : "changed",
    gains: byLevel(gains, catalogue),
    loses: byLevel(loses, catalogue),
    elsewhere: byLevel(elsewhere, catalogue),
  };
}

type RoleIndex = ReadonlyMap<string, IamRole>;

const rolesOf = ({ roles }: IamAccounts): RoleIndex =>
  new Map(roles.map(({ account, role }) => [roleTitle(account, role), role]));

function trustChange(
  title: string,
  before: IamRole | undefined,
  after: IamRole | undefined,
  ownAccounts: readonly string[],
): TrustChange | undefined {
  const earlier = before ? trustedBy(before, ownAccounts) : [];
  const later = after ? trustedBy(after, ownAccounts) : [];
  const admits = without(later, earlier);
  const admitsNoMore = without(earlier, later);
  if (admits.length + admitsNoMore.length === 0) return undefined;
  return { role: title, kind: after?.kind ?? before?.kind ?? "other", admits, admitsNoMore };
}

/** What differs between two states, in words that a reviewer can weigh. */
export async function differenceOf(before: State, after: State, catalogue: Catalogue): Promise<Difference> {
  const [earlier, later] = [new IamAccounts(before.accounts), new IamAccounts(after.accounts)];
  const [admittedBefore, admittedAfter] = await Promise.all([admissionsOf(earlier), admissionsOf(later)]);
  const [rolesBefore, rolesAfter] = [rolesOf(earlier), rolesOf(later)];
  const titles = keysOf(rolesBefore, rolesAfter);
  const ownAccounts = [...new Set([...before.accounts, ...after.accounts].map(({ id }) => id))];
  const names = (people: readonly PersonState[]): readonly string[] => people.map(({ name }) => name);
  return {
    joined: after.people.filter(({ name }) => !names(before.people).includes(name)),
    left: before.people.filter(({ name }) => !names(after.people).includes(name)),
    people: peopleChanges(before.people, after.people),
    access: accessChanges(admittedBefore, admittedAfter),
    power: {
      gained: without(admittedAfter.power, admittedBefore.power),
      lost: without(admittedBefore.power, admittedAfter.power),
    },
    trust: titles
      .map((title) => trustChange(title, rolesBefore.get(title), rolesAfter.get(title), ownAccounts))
      .filter((change) => change !== undefined),
    roles: titles
      .map((title) => roleChange(title, rolesBefore.get(title), rolesAfter.get(title), catalogue))
      .filter((change) => change !== undefined),
  };
}
