import { findDeviations, passedRoles, type Deviations } from "../access/deviations";
import { formatRolePath } from "../access/report/can-text";
import { Evaluator } from "../access/evaluator";
import { roleTitle } from "../access/iam/iam-account";
import { accountsAsFarAsRead, accountsByRoster } from "../access/load";
import { formatTrustPrincipal, TrustPrincipals } from "../access/trust-principals";
import type { Snapshot } from "../aws/snapshot/reader";
import type { Account } from "../model/account";
import type { Model } from "../model/model";
import type { Cadence } from "./cadence";
import { Evidence } from "./evidence";
import { proposeLeastPrivilege, type Proposal } from "./least-privilege";
import { secretReaders, type SecretReaders } from "./secret-readers";

/** A role that the roster does not know, and whom its trust admits. */
export interface RoleBesideRoster {
  /** The account's key. */
  readonly account: string;
  readonly name: string;
  readonly admits: readonly string[];
}

/** Somebody who gets in, or has power over others, otherwise than the roster says; empty where they do not. */
export interface OtherAccess {
  readonly account: string;
  readonly who: string;
  readonly role: string;
  readonly byRoster: string;
  readonly asItIs: string;
}

/** What the documents of a snapshot mean, evaluated. */
export interface EvaluatedAccess {
  readonly secretReaders: SecretReaders;
  readonly otherAccess: readonly OtherAccess[];
  readonly otherRoles: readonly RoleBesideRoster[];
  readonly proposals: readonly Proposal[];
  /** Why accounts were evaluated by the roster's documents, by the account's key. */
  readonly notRead: ReadonlyMap<string, string>;
}

/** What is evaluated. */
export interface AccessQuestions {
  readonly model: Model;
  readonly snapshot: Snapshot;
  readonly cadence: Cadence;
  /** The accounts that the review is about. */
  readonly accounts: readonly Account[];
}

const accountOf = (title: string): string => title.split("/")[0] ?? "";

function otherAccessOf({ access, trust, power }: Deviations): readonly OtherAccess[] {
  return [
    ...access.map(({ person, account, role, through, before = "", after = "" }) => ({
      account,
      who: person,
      role: `${account}/${role}${formatRolePath(through)}`,
      byRoster: before,
      asItIs: after,
    })),
    ...trust.flatMap(({ role, admits, admitsNoMore }) => [
      ...admits.map((who) => ({ account: accountOf(role), who, role, byRoster: "", asItIs: "gets in" })),
      ...admitsNoMore.map((who) => ({
        account: accountOf(role),
        who,
        role,
        byRoster: "gets in",
        asItIs: "",
      })),
    ]),
    ...power.map(({ who, kind, before = "", after = "" }) => ({
      account: kind === "role" ? accountOf(who) : "",
      who,
      role: "rights over others",
      byRoster: before,
      asItIs: after,
    })),
  ];
}

/** Evaluates the accounts as a snapshot has them, beside the roster's documents. The weekly review asks nothing of it. */
export async function evaluateAccess(questions: AccessQuestions): Promise<EvaluatedAccess | undefined> {
  const { model, snapshot, cadence, accounts } = questions;
  if (cadence === "weekly") return undefined;
  const evaluator = new Evaluator();
  const evidence = new Evidence(snapshot);
  const byRoster = accountsByRoster(model);
  const { accounts: asTheyAre, notRead } = accountsAsFarAsRead(model, snapshot);
  const { titles } = passedRoles(asTheyAre, model);
  const principals = new TrustPrincipals(asTheyAre);
  const keys = accounts.map(({ key }) => key);
  const prod = accounts.filter(({ environment }) => environment === "prod");
  const deviations = await findDeviations(byRoster, asTheyAre, model, evaluator);
  return {
    secretReaders: await secretReaders(
      { asTheyAre, byRoster, passedRoles: titles },
      prod,
      ({ key }) => evidence.section(key, "secrets") ?? [],
      snapshot.startedAt,
      evaluator,
    ),
    // Rights over people's users are a way into every account.
    otherAccess: otherAccessOf(deviations).filter(({ account }) => account === "" || keys.includes(account)),
    otherRoles: asTheyAre.roles
      .filter(
        ({ account, role }) =>
          role.kind === "other" && keys.includes(account.key) && !titles.has(roleTitle(account, role)),
      )
      .map(({ account, role }) => ({
        account: account.key,
        name: role.name,
        admits: principals.of(role).map(formatTrustPrincipal),
      })),
    proposals:
      cadence === "quarterly" ? await proposeLeastPrivilege(asTheyAre, keys, evidence, evaluator) : [],
    notRead,
  };
}
