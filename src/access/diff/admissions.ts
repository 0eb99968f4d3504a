import { admittedPrincipals, type AdmittedPrincipal } from "../admitted-principals";
import { FRESH_MFA, type Circumstances } from "../circumstances";
import { Evaluator } from "../evaluator";
import { roleTitle, type IamAccount, type IamRole, type RoleKind } from "../iam/account";
import type { IamAccounts } from "../iam/accounts";
import { groupBy } from "../../model/group-by";
import { Matrix, type UserAccess } from "../matrix";
import { POWER_ACTIONS, powersOf, type Power } from "../power";
import { throughWords } from "../report/can-text";
import { conditionsOf } from "../report/verdict-words";
import { RoleChains, unnamedSession } from "../role-chains";
import { withStatements } from "../iam/policy";
import { deniesOtherSessions } from "../../documents/session-holders";
import { principalWords } from "../trust-principals";
import { keysOfBoth, without } from "./lists";

/** A user who gets into a role on one side, or on both in another way. */
export interface AccessChange {
  readonly person: string;
  readonly account: string;
  readonly environment: IamAccount["environment"];
  readonly role: string;
  /** The roles through which it is reached, by their titles; absent where the user gets into it. */
  readonly through?: readonly string[];
  /** `always`, or under which conditions; undefined where they did not, or will not, get in. */
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

/** A user or role that may change what others may do on one side, or on both in another way. */
export interface PowerChange {
  /** A user's name, or a role's title. */
  readonly who: string;
  readonly kind: "user" | "role";
  /** By which actions under which conditions; undefined where there are none. */
  readonly before?: string;
  readonly after?: string;
}

/** Who gets into what, and who has power, on one side. */
export interface Admissions {
  readonly access: ReadonlyMap<string, Omit<AccessChange, "before" | "after"> & { readonly how: string }>;
  readonly principals: readonly AdmittedPrincipal[];
  readonly power: ReadonlyMap<string, Omit<PowerChange, "before" | "after"> & { readonly how: string }>;
}

const CIRCUMSTANCES: Circumstances = { mfa: FRESH_MFA, context: {} };

const EVERY_RIGHT = `all ${String(POWER_ACTIONS.length)} rights over others`;

/** `iam:CreateAccessKey, iam:PutUserPolicy; iam:PutRolePolicy if …`. */
function powerWords(powers: readonly Power[]): string {
  const byConditions = groupBy(powers, ({ verdict }) => conditionsOf(verdict));
  return [...byConditions]
    .map(([conditions, alike]) => {
      const actions =
        alike.length === POWER_ACTIONS.length ? EVERY_RIGHT : alike.map(({ action }) => action).join(", ");
      return conditions === "" ? actions : `${actions} if ${conditions}`;
    })
    .join("; ");
}

function accessEntries(accounts: IamAccounts, rows: readonly UserAccess[]): Admissions["access"] {
  return new Map(
    rows.flatMap(({ user, roles }) =>
      roles.map(({ account, role, title, through, verdict }) => {
        const { environment } = accounts.account(account);
        const conditions = conditionsOf(verdict);
        const how = conditions === "" ? "always" : conditions;
        const place = { person: user.name, account, environment, role, ...(through && { through }) };
        return [`${user.arn} ${title}${throughWords(through)}`, { ...place, how }] as const;
      }),
    ),
  );
}

/** The role to its holders, whoever they are: who they are is told by the trust. */
const asForHolders = (role: IamRole): IamRole => ({
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
): Promise<Admissions["power"]> {
  const users = rows.map(({ user, powers }) => ({
    key: user.arn,
    who: user.name,
    kind: "user" as const,
    powers,
  }));
  const roles = await Promise.all(
    accounts.roles.map(async ({ account, role }) => ({
      key: role.arn,
      who: roleTitle(account, role),
      kind: "role" as const,
      powers: await powersOf(
        evaluator,
        accounts,
        unnamedSession(asForHolders(role), CIRCUMSTANCES),
        "",
        CIRCUMSTANCES,
      ),
    })),
  );
  return new Map(
    [...users, ...roles]
      .filter(({ powers }) => powers.length > 0)
      .map(({ key, who, kind, powers }) => [key, { who, kind, how: powerWords(powers) }]),
  );
}

/** Asks everybody for every role, with MFA entered just now. */
export async function admissionsOf(accounts: IamAccounts): Promise<Admissions> {
  const evaluator = new Evaluator();
  const rows = await new Matrix(accounts, evaluator).rows(CIRCUMSTANCES);
  return {
    access: accessEntries(accounts, rows),
    principals: await admittedPrincipals(accounts, new RoleChains(accounts, evaluator, CIRCUMSTANCES)),
    power: await powerEntries(accounts, evaluator, rows),
  };
}

/** What is on one side only, or on both in another way, in the order of the keys. */
function changesOf<T extends { readonly how: string }>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): readonly (T & { readonly before?: string; readonly after?: string })[] {
  return [...keysOfBoth(before, after)].sort().flatMap((key) => {
    const [earlier, later] = [before.get(key), after.get(key)];
    const either = later ?? earlier;
    if (either === undefined || earlier?.how === later?.how) return [];
    return [{ ...either, ...(earlier && { before: earlier.how }), ...(later && { after: later.how }) }];
  });
}

/** Users who get in on one side, or under other conditions. */
export const accessChanges = (before: Admissions, after: Admissions): readonly AccessChange[] =>
  changesOf(before.access, after.access).map(({ how: _how, ...change }) => change);

/** Users and roles that may change what others may do on one side, or by other actions or conditions. */
export const powerChanges = (before: Admissions, after: Admissions): readonly PowerChange[] =>
  changesOf(before.power, after.power).map(({ how: _how, ...change }) => change);

/** A principal of a trust on one line, with the path where there is one. */
export const admittedWords = ({ who, through, conditions }: AdmittedPrincipal): string =>
  principalWords({ who: `${who}${throughWords(through)}`, ...(conditions !== undefined && { conditions }) });

/** Everybody besides users whom roles admit on one side only; under other conditions they are somebody else. */
export function trustChanges(before: Admissions, after: Admissions): readonly TrustChange[] {
  const [earlier, later] = [before, after].map(({ principals }) => groupBy(principals, ({ title }) => title));
  if (earlier === undefined || later === undefined) return [];
  return keysOfBoth(earlier, later).flatMap((role) => {
    const [one, other] = [earlier.get(role) ?? [], later.get(role) ?? []];
    const admits = without(other.map(admittedWords), one.map(admittedWords));
    const admitsNoMore = without(one.map(admittedWords), other.map(admittedWords));
    const kind = (other[0] ?? one[0])?.kind ?? "other";
    return admits.length + admitsNoMore.length === 0 ? [] : [{ role, kind, admits, admitsNoMore }];
  });
}
