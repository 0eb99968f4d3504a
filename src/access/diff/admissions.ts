import { admittedPrincipals, type AdmittedPrincipal } from "../admitted-principals";
import { FRESH_MFA, NOTHING_KNOWN, type Circumstances } from "../circumstances";
import type { Evaluator } from "../evaluator";
import { roleTitle, type IamAccount, type IamRole, type RoleKind } from "../iam/iam-account";
import type { IamAccounts } from "../iam/iam-accounts";
import { groupBy } from "../../model/group-by";
import { AccessMatrix, type RoleAccess, type UserAccess } from "../matrix";
import { POWER_ACTIONS, findPowerfulActions, type PowerfulAction } from "../powerful-actions";
import { formatRolePath } from "../report/can-text";
import { formatConditions } from "../report/verdict-text";
import { withoutKey, formatRequirement } from "../requirement";
import { RoleChains, unnamedSessionPrincipal } from "../role-chains";
import { withStatements } from "../iam/iam-policy";
import { deniesOtherSessions } from "../../documents/session-holders";
import { formatTrustPrincipal } from "../trust-principals";
import type { Verdict } from "../verdict";
import { keysOfBoth, withoutItems } from "./lists";

/** A user who gets into a role on one side only, or on both under different conditions. */
export interface AccessChange {
  readonly person: string;
  readonly account: string;
  readonly environment: IamAccount["environment"];
  readonly role: string;
  /** The roles through which it is reached, by their titles; absent where the user gets into it. */
  readonly through?: readonly string[];
  /** The role may change what others may do in the account where people's users are. */
  readonly rulesPeople?: true;
  /**
   * `always`, or when, with MFA entered just now and a session of the user's name; and all that is asked besides dates, where
   * that differs. Undefined where they did not, or will not, get in.
   */
  readonly before?: string;
  readonly after?: string;
}

/** Somebody besides users whom a role admits: a partner, a service, a pipeline, another account. */
export interface TrustChange {
  /** `prod/DataShare-acme`. */
  readonly role: string;
  readonly kind: RoleKind;
  readonly admits: readonly string[];
  readonly admitsNoMore: readonly string[];
}

/** A user or role that may change what others may do on one side only, or on both under different conditions. */
export interface PowerChange {
  /** A user's name, or a role's title. */
  readonly who: string;
  readonly kind: "user" | "role";
  /** The actions and conditions that admit; undefined where none do. */
  readonly before?: string;
  readonly after?: string;
}

type Place = Omit<AccessChange, "before" | "after">;
type PowerHolder = Omit<PowerChange, "before" | "after">;

/** The terms on which somebody has something. */
interface Terms {
  /** With MFA entered just now and a session of the user's name. */
  readonly how: string;
  /** Every condition, where nothing is known of MFA, the session's name and the time. */
  readonly terms: string;
}

interface AccessTerms extends Terms {
  /** All that is asked besides dates. */
  readonly asks: string;
}

/** Who gets into what, and who has power, on one side. */
export interface Admissions {
  readonly access: ReadonlyMap<string, Place & AccessTerms>;
  readonly principals: readonly AdmittedPrincipal[];
  readonly power: ReadonlyMap<string, PowerHolder & Terms>;
}

const CIRCUMSTANCES: Circumstances = { mfa: FRESH_MFA, context: {} };

const NOT_FRESH = "not with MFA entered just now and a session of the user's name";

const EVERY_RIGHT = `all ${String(POWER_ACTIONS.length)} rights over others`;

/** `iam:CreateAccessKey, iam:PutUserPolicy; iam:PutRolePolicy if …`. */
function powerWords(powers: readonly PowerfulAction[]): string {
  const byConditions = groupBy(powers, ({ verdict }) => formatConditions(verdict));
  return [...byConditions]
    .map(([conditions, alike]) => {
      const actions =
        alike.length === POWER_ACTIONS.length ? EVERY_RIGHT : alike.map(({ action }) => action).join(", ");
      return conditions === "" ? actions : `${actions} if ${conditions}`;
    })
    .join("; ");
}

/** All that is asked besides dates. */
function asksOf(verdict: Verdict): string {
  if (verdict.kind !== "allowed if") return formatConditions(verdict);
  const requires = withoutKey(verdict.requires, "aws:CurrentTime");
  return requires === undefined ? "" : formatRequirement(requires);
}

/** Keys are the user's ARN and the way into the role. */
const accessKey = ({ user }: UserAccess, { title, through }: RoleAccess): string =>
  `${user.arn} ${title}${formatRolePath(through)}`;

type AccessByKey = ReadonlyMap<string, readonly [row: UserAccess, access: RoleAccess]>;

const byKey = (rows: readonly UserAccess[]): AccessByKey =>
  new Map(
    rows.flatMap((row) =>
      row.roles.map((access) => [accessKey(row, access), [row, access] as const] as const),
    ),
  );

/**
 * Finds the titles of the roles that may change what others may do where people's users are: with them, somebody gets everything
 * that these people may do, in any account.
 */
export function rolesThatRulePeople(accounts: IamAccounts, power: Admissions["power"]): ReadonlySet<string> {
  const powerful = new Set([...power.values()].flatMap(({ kind, who }) => (kind === "role" ? [who] : [])));
  const ruling = accounts.roles.flatMap(({ account, role }) => {
    const title = roleTitle(account, role);
    return powerful.has(title) && account.users.some(({ kind }) => kind === "person") ? [title] : [];
  });
  return new Set(ruling);
}

/** Lists everybody who gets in with MFA entered just now, or under other circumstances. */
function accessEntries(
  accounts: IamAccounts,
  rows: readonly UserAccess[],
  openRows: readonly UserAccess[],
  ruling: ReadonlySet<string>,
): Admissions["access"] {
  const fresh = byKey(rows);
  return new Map(
    [...fresh, ...byKey(openRows)].map(([key, [{ user }, { account, role, title, through, verdict }]]) => {
      const { environment } = accounts.account(account);
      const [, known] = fresh.get(key) ?? [];
      const conditions = known === undefined ? NOT_FRESH : formatConditions(known.verdict);
      const how = conditions === "" ? "always" : conditions;
      const place = {
        person: user.name,
        account,
        environment,
        role,
        ...(through && { through }),
        ...(ruling.has(title) && { rulesPeople: true as const }),
      };
      return [key, { ...place, how, asks: asksOf(verdict), terms: formatConditions(verdict) }];
    }),
  );
}

/** The role to its holders, whoever they are: who they are is told by the trust. */
const withoutDenialOfOthers = (role: IamRole): IamRole => ({
  ...role,
  policies: role.policies.map((policy) =>
    policy.statements.some(deniesOtherSessions)
      ? withStatements(policy, (statement, json) => (deniesOtherSessions(statement) ? undefined : json))
      : policy,
  ),
});

async function powerEntries(
  accounts: IamAccounts,
  evaluator: Evaluator,
  rows: readonly UserAccess[],
  openRows: readonly UserAccess[],
): Promise<Admissions["power"]> {
  const fresh = new Map(rows.map(({ user, powers }) => [user.arn, powers]));
  const users = openRows.map(({ user, powers }) => ({
    key: user.arn,
    who: user.name,
    kind: "user" as const,
    powers: fresh.get(user.arn) ?? [],
    openPowers: powers,
  }));
  const roles = await Promise.all(
    accounts.roles.map(async ({ account, role }) => {
      const session = unnamedSessionPrincipal(withoutDenialOfOthers(role), CIRCUMSTANCES);
      const powers = await findPowerfulActions(evaluator, accounts, session, "", CIRCUMSTANCES);
      // Sessions carry no MFA keys, under any circumstances.
      return {
        key: role.arn,
        who: roleTitle(account, role),
        kind: "role" as const,
        powers,
        openPowers: powers,
      };
    }),
  );
  return new Map(
    [...users, ...roles]
      .filter(({ openPowers }) => openPowers.length > 0)
      .map(({ key, who, kind, powers, openPowers }) => {
        const how = powers.length === 0 ? NOT_FRESH : powerWords(powers);
        return [key, { who, kind, how, terms: powerWords(openPowers) }];
      }),
  );
}

/** Asks for every user and role twice: with MFA entered just now, and with nothing known, which lists every condition. */
export async function findAdmissions(accounts: IamAccounts, evaluator: Evaluator): Promise<Admissions> {
  const matrix = new AccessMatrix(accounts, evaluator);
  const rows = await matrix.rows(CIRCUMSTANCES);
  const openRows = await matrix.rows(NOTHING_KNOWN);
  const power = await powerEntries(accounts, evaluator, rows, openRows);
  return {
    access: accessEntries(accounts, rows, openRows, rolesThatRulePeople(accounts, power)),
    principals: await admittedPrincipals(accounts, new RoleChains(accounts, evaluator, CIRCUMSTANCES)),
    power,
  };
}

interface Sides<T> {
  readonly earlier?: T;
  readonly later?: T;
}

/** Lists what is on one side only, or on both on different terms, in the order of the keys. */
function differing<T extends Terms>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): readonly Sides<T>[] {
  return [...keysOfBoth(before, after)].sort().flatMap((key) => {
    const [earlier, later] = [before.get(key), after.get(key)];
    if (earlier?.how === later?.how && earlier?.terms === later?.terms) return [];
    return [{ ...(earlier && { earlier }), ...(later && { later }) }];
  });
}

const inWords = <T>({ earlier, later }: Sides<T>, wordsOf: (side: T) => string): object => ({
  ...(earlier && { before: wordsOf(earlier) }),
  ...(later && { after: wordsOf(later) }),
});

const placeOf = ({ how: _how, asks: _asks, terms: _terms, ...place }: Place & AccessTerms): Place => place;

const holderOf = ({ how: _how, terms: _terms, ...who }: PowerHolder & Terms): PowerHolder => who;

function withAsks({ how, asks }: AccessTerms): string {
  if (asks === "") return `${how}, without any condition`;
  return how === asks ? how : `${how}, if ${asks}`;
}

/** A role by what it is called in the accounts of its environment, and what it asks. */
const usually = ({ environment, role, through, asks }: Place & AccessTerms): string =>
  JSON.stringify([environment, role, through?.length ?? 0, asks]);

/** Finds users who get in on one side only, or on different terms. Names a newcomer's conditions where roles of the environment did not have the same ones before. */
export function accessChanges(before: Admissions, after: Admissions): readonly AccessChange[] {
  const usual = new Set([...before.access.values()].map(usually));
  return differing(before.access, after.access).flatMap((sides) => {
    const { earlier, later } = sides;
    const either = later ?? earlier;
    if (either === undefined) return [];
    const wordsOf = (side: AccessTerms): string => {
      if (earlier === undefined) return usual.has(usually(either)) ? side.how : withAsks(side);
      if (later === undefined) return side.how;
      if (earlier.asks !== later.asks) return withAsks(side);
      return earlier.how === later.how ? side.terms : side.how;
    };
    return [{ ...placeOf(either), ...inWords(sides, wordsOf) }];
  });
}

/** Finds users and roles that may change what others may do on one side only, or with different actions or conditions. */
export const powerChanges = (before: Admissions, after: Admissions): readonly PowerChange[] =>
  differing(before.power, after.power).flatMap((sides) => {
    const either = sides.later ?? sides.earlier;
    if (either === undefined) return [];
    const isSame = sides.earlier?.how === sides.later?.how;
    return [{ ...holderOf(either), ...inWords(sides, (side) => (isSame ? side.terms : side.how)) }];
  });

/** A principal of a trust on one line, with the path where there is one. */
export const formatAdmitted = ({ who, through, conditions }: AdmittedPrincipal): string =>
  formatTrustPrincipal({
    who: `${who}${formatRolePath(through)}`,
    ...(conditions !== undefined && { conditions }),
  });

/** Finds everybody besides users whom roles admit on one side only; the same principal under different conditions counts as another. */
export function trustChanges(before: Admissions, after: Admissions): readonly TrustChange[] {
  const [earlier, later] = [before, after].map(({ principals }) => groupBy(principals, ({ title }) => title));
  if (earlier === undefined || later === undefined) return [];
  return keysOfBoth(earlier, later).flatMap((role) => {
    const [one, other] = [earlier.get(role) ?? [], later.get(role) ?? []];
    const admits = withoutItems(other.map(formatAdmitted), one.map(formatAdmitted));
    const admitsNoMore = withoutItems(one.map(formatAdmitted), other.map(formatAdmitted));
    const kind = (other[0] ?? one[0])?.kind ?? "other";
    return admits.length + admitsNoMore.length === 0 ? [] : [{ role, kind, admits, admitsNoMore }];
  });
}
