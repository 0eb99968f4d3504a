import { deviationsOf, hasDeviations, type Deviations } from "../../access/deviations";
import { Directory } from "../../access/directory";
import { Evaluator } from "../../access/evaluator";
import { FRESH_MFA } from "../../access/circumstances";
import { roleTitle } from "../../access/iam/account";
import type { IamAccounts } from "../../access/iam/accounts";
import { accountsByRoster } from "../../access/load";
import { Matrix } from "../../access/matrix";
import { deviationsTable } from "../../access/report/deviations-table";
import { userRecord, type UserRecord } from "../../access/report/access-record";
import { matrixTable, personTable, roleTable } from "../../access/report/matrix-table";
import { UserError } from "../../model/problems";
import { writePage } from "./page";
import { EXIT } from "../run";
import { subjectOf, type Subject, type SubjectOptions } from "./subject";

export interface MatrixOptions extends SubjectOptions {
  readonly role?: string;
  readonly account?: string;
  readonly html?: string;
}

interface Selection {
  readonly users: readonly UserRecord[];
  readonly text: string;
}

/** Only what is held in one account, or of one role. */
function narrowed(
  users: readonly UserRecord[],
  keep: (role: UserRecord["roles"][number]) => boolean,
): readonly UserRecord[] {
  return users
    .map((user) => ({ ...user, roles: user.roles.filter(keep) }))
    .filter(({ roles }) => roles.length > 0);
}

function select(
  users: readonly UserRecord[],
  accounts: IamAccounts,
  person: string | undefined,
  options: MatrixOptions,
): Selection {
  const keys = accounts.all.map(({ key }) => key);
  if (person !== undefined) {
    const { user } = accounts.user(person);
    const own = users.filter(({ name }) => name === user.name);
    return { users: own, text: own.map(personTable).join("\n") };
  }
  if (options.role !== undefined) {
    const { account, role } = accounts.role(options.role);
    const holders = narrowed(users, (held) => held.account === account.key && held.role === role.label);
    return { users: holders, text: roleTable(roleTitle(account, role), holders) };
  }
  if (options.account !== undefined) {
    const { key } = accounts.account(options.account);
    const inside = narrowed(users, (held) => held.account === key);
    return { users: inside, text: matrixTable(inside, [key]) };
  }
  return { users, text: matrixTable(users, keys) };
}

/** Where the accounts that were read differ from the roster; undefined where none was read. */
async function deviations({ model, accounts, live }: Subject): Promise<Deviations | undefined> {
  return live.length === 0 ? undefined : deviationsOf(accountsByRoster(model), accounts);
}

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

async function answer(person: string | undefined, options: MatrixOptions): Promise<number> {
  refuseContradictions(person, options);
  const subject = await subjectOf(options);
  const { model, accounts } = subject;
  const directory = new Directory(model);
  // A page counts days, so it wants the dates as they are.
  const isDecided = options.at !== undefined && options.html === undefined;
  const circumstances = { ...(isDecided && { at: model.now }), mfa: FRESH_MFA, context: {} };
  const rows = await new Matrix(accounts, new Evaluator()).rows(circumstances);
  const users = rows.map((row) => userRecord(row, directory));
  if (options.html !== undefined) {
    await writePage(options.html, subject, users, options);
    return EXIT.clean;
  }
  const selection = select(users, accounts, person, options);
  const differing = await deviations(subject);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ users: selection.users, ...(differing && { deviations: differing }) }, null, 2)}\n`
      : [selection.text, ...(differing ? [deviationsTable(differing)] : [])].join("\n"),
  );
  return differing && hasDeviations(differing) ? EXIT.findings : EXIT.clean;
}

/** Prints who can become what. */
export async function matrix(person: string | undefined, options: MatrixOptions): Promise<void> {
  process.exitCode = await answer(person, options);
}
