import { admittedPrincipals } from "../../access/admitted-principals";
import { findDeviations, hasDeviations, type Deviations } from "../../access/deviations";
import { Directory } from "../../access/directory";
import { Evaluator } from "../../access/evaluator";
import { FRESH_MFA } from "../../access/circumstances";
import { roleTitle } from "../../access/iam/iam-account";
import type { IamAccounts } from "../../access/iam/iam-accounts";
import { accountsByRoster } from "../../access/load";
import { AccessMatrix } from "../../access/matrix";
import { deviationsTable, type ComparedAccounts } from "../../access/report/deviations-table";
import {
  principalRecord,
  userRecord,
  type PrincipalRecord,
  type UserRecord,
} from "../../access/report/access-record";
import { matrixTable, personTable, principalsList, roleTable } from "../../access/report/matrix-table";
import { RoleChains } from "../../access/role-chains";
import { countNoun, formatProblems, UserError } from "../../model/problems";
import { printableJson } from "../../text/printable";
import { writePage } from "./page-command";
import { COMMAND_EXIT } from "../run-main";
import { readSubject, type QuestionSubject, type SubjectOptions } from "./subject";
import { printProse, terminalWidth } from "../terminal";

export interface MatrixOptions extends SubjectOptions {
  readonly role?: string;
  readonly account?: string;
  readonly html?: string;
}

/** Everybody who gets in: users, and whom else the roles' trusts admit. */
interface Holders {
  readonly users: readonly UserRecord[];
  readonly principals: readonly PrincipalRecord[];
}

interface Selection extends Holders {
  readonly text: string;
}

/** Only what is held in one account, or of one role. */
function narrowed(
  { users, principals }: Holders,
  keep: (role: Pick<PrincipalRecord, "account" | "role">) => boolean,
): Holders {
  return {
    users: users
      .map((user) => ({ ...user, roles: user.roles.filter(keep) }))
      .filter(({ roles }) => roles.length > 0),
    principals: principals.filter(keep),
  };
}

const bothTables = ({ users, principals }: Holders, keys: readonly string[]): string =>
  [matrixTable(users, keys, terminalWidth()), principalsList(principals)]
    .filter((text) => text !== "")
    .join("\n");

function selectOne(person: string, { users, principals }: Holders, accounts: IamAccounts): Selection {
  const admitted = principals.filter(({ who }) => who === person);
  if (admitted.length > 0) return { users: [], principals: admitted, text: principalsList(admitted) };
  const { user } = accounts.user(person);
  const own = users.filter(({ name }) => name === user.name);
  return {
    users: own,
    principals: [],
    text: own.map((user) => personTable(user, terminalWidth())).join("\n"),
  };
}

function select(
  all: Holders,
  accounts: IamAccounts,
  person: string | undefined,
  options: MatrixOptions,
): Selection {
  const keys = accounts.all.map(({ key }) => key);
  if (person !== undefined) return selectOne(person, all, accounts);
  if (options.role !== undefined) {
    const { account, role } = accounts.role(options.role);
    const holders = narrowed(all, (held) => held.account === account.key && held.role === role.label);
    return {
      ...holders,
      text: roleTable(roleTitle(account, role), holders.users, holders.principals, terminalWidth()),
    };
  }
  if (options.account !== undefined) {
    const { key } = accounts.account(options.account);
    const inside = narrowed(all, (held) => held.account === key);
    return { ...inside, text: bothTables(inside, [key]) };
  }
  return { ...all, text: bothTables(all, keys) };
}

/** Where the accounts that were read differ from the roster; undefined where none was read. */
async function deviations(
  { model, accounts, live }: QuestionSubject,
  evaluator: Evaluator,
): Promise<Deviations | undefined> {
  if (live.length === 0) return undefined;
  return findDeviations(accountsByRoster(model), accounts, model, evaluator);
}

const comparedOf = ({ model, live }: QuestionSubject): ComparedAccounts => ({
  live,
  byRoster: model.organization.accounts.map(({ key }) => key).filter((key) => !live.includes(key)),
});

function refuseContradictions(
  person: string | undefined,
  { html, role, account, json }: MatrixOptions,
): void {
  if ([person, role, account].filter((one) => one !== undefined).length > 1) {
    throw new UserError("Ask for a person, for --role or for --account, one at a time.");
  }
  if (html !== undefined && (person ?? role ?? account ?? json) !== undefined) {
    throw new UserError(
      "The page of --html holds everything and is for people: leave out what else was asked for.",
    );
  }
}

const warningsText = ({ warnings }: QuestionSubject): readonly string[] =>
  warnings.length === 0
    ? []
    : [`${formatProblems(`${countNoun(warnings.length, "warning")} of the edited files:`, warnings)}\n`];

async function answer(person: string | undefined, options: MatrixOptions): Promise<number> {
  refuseContradictions(person, options);
  const subject = await readSubject(options);
  const { model, accounts } = subject;
  const directory = new Directory(model);
  // A page counts days, so it wants the dates as they are.
  const isDecided = options.at !== undefined && options.html === undefined;
  const circumstances = { ...(isDecided && { at: model.now }), mfa: FRESH_MFA, context: {} };
  const evaluator = new Evaluator();
  const rows = await new AccessMatrix(accounts, evaluator).rows(circumstances);
  const admitted = await admittedPrincipals(accounts, new RoleChains(accounts, evaluator, circumstances));
  const users = rows.map((row) => userRecord(row, directory));
  const differing = await deviations(subject, evaluator);
  const status = differing && hasDeviations(differing) ? COMMAND_EXIT.findings : COMMAND_EXIT.clean;
  if (options.html !== undefined) {
    await writePage(options.html, subject, { users, admitted, ...(differing && { differing }) }, options);
    return status;
  }
  const { text, ...holders } = select(
    { users, principals: admitted.map(principalRecord) },
    accounts,
    person,
    options,
  );
  const compared = comparedOf(subject);
  if (options.json === true)
    process.stdout.write(
      `${printableJson({ ...holders, ...(differing && { compared, deviations: differing }) })}\n`,
    );
  else
    printProse(
      [
        text,
        ...(differing ? [deviationsTable(differing, compared, terminalWidth())] : []),
        ...(person === undefined && options.role === undefined ? warningsText(subject) : []),
      ].join("\n"),
    );
  return status;
}

/** Prints who can become what. */
export async function printMatrix(person: string | undefined, options: MatrixOptions): Promise<void> {
  process.exitCode = await answer(person, options);
}
