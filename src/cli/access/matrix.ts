import { Directory } from "../../access/directory";
import { Evaluator } from "../../access/evaluator";
import { FRESH_MFA } from "../../access/circumstances";
import { roleTitle } from "../../access/iam/account";
import type { IamAccounts } from "../../access/iam/accounts";
import { Matrix } from "../../access/matrix";
import { userRecord, type UserRecord } from "../../access/report/access-record";
import { matrixTable, personTable, roleTable } from "../../access/report/matrix-table";
import { UserError } from "../../model/problems";
import { writePage } from "./page";
import { subjectOf, type SubjectOptions } from "./subject";

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

/** Prints who can become what. */
export async function matrix(person: string | undefined, options: MatrixOptions): Promise<void> {
  if ([person, options.role, options.account].filter((one) => one !== undefined).length > 1) {
    throw new UserError("Ask for a person, for --role or for --account, one at a time.");
  }
  if (
    options.html !== undefined &&
    (person ?? options.role ?? options.account ?? options.json) !== undefined
  ) {
    throw new UserError(
      "The page of --html holds everything and is for people: leave out what else was asked for.",
    );
  }
  const subject = await subjectOf(options);
  const { model, accounts } = subject;
  const directory = new Directory(model);
  // A page counts days, so it wants the dates as they are.
  const isDecided = options.at !== undefined && options.html === undefined;
  const circumstances = { ...(isDecided && { at: model.now }), mfa: FRESH_MFA, context: {} };
  const rows = await new Matrix(accounts, new Evaluator()).rows(circumstances);
  const users = rows.map((row) => userRecord(row, directory));
  if (options.html !== undefined) return writePage(options.html, subject, users, options);
  const selection = select(users, accounts, person, options);
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ users: selection.users }, null, 2)}\n` : selection.text,
  );
}
