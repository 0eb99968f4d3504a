import { Command } from "commander";

import { cloudWatchLogsClient, rdsClient } from "../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource, type CredentialSource } from "../aws/aws-credentials";
import { auditLines, auditLogGroup } from "../aws/database-log";
import { databaseSettings, databaseToken } from "../aws/databases";
import { withRolesThatMay } from "../aws/refusal";
import { auditedGrants, auditRecord, logReadUntil, databaseUserOf } from "../databases/audit-record";
import { checkDatabase, type DatabaseCheck } from "../databases/database-checks";
import { databasePeople } from "../databases/database-people";
import { databaseNamed, databasesIn, type PlacedDatabase } from "../databases/named-database";
import { userOfSession } from "../databases/session-user";
import { statementsFor } from "../databases/statements";
import { readCommit } from "../definitions/commit-definitions";
import { readDefinitions } from "../definitions/definitions";
import type { Account } from "../model/account";
import { buildModel, type Model } from "../model/model";
import { countNoun, UserError } from "../model/problems";
import { printableLines } from "../text/printable";
import { PROJECT_FOLDER } from "./project-folder";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { printProse } from "./terminal";

interface Placing {
  readonly account?: string;
}
interface Credentials {
  readonly profile?: string;
}

function readModel(): Model {
  const { organization, roster, workloads } = readDefinitions();
  return buildModel(organization, roster, new Date(), workloads);
}

/** The model of a commit's files, at this moment. */
async function modelOf(ref: string): Promise<Model> {
  const { organization, roster, workloads } = (await readCommit(PROJECT_FOLDER, ref)).definitions;
  return buildModel(organization, roster, new Date(), workloads);
}

/** Credentials that were seen to belong to the account. */
async function sourceOf(
  { organization }: Model,
  account: Account,
  { profile }: Credentials,
): Promise<CredentialSource> {
  const source = credentialSource(account, profile, process.env);
  await assertCredentialsForAccount(account, source, organization.region);
  return source;
}

const titleOf = ({ account, database }: PlacedDatabase): string => `${database.name} in ${account.key}`;

function sql(name: string, { account }: Placing): void {
  const model = readModel();
  const placed = databaseNamed(model.organization, name, account);
  process.stdout.write(statementsFor(placed, databasePeople(model, placed)));
}

function checkText(placed: PlacedDatabase, checks: readonly DatabaseCheck[]): string {
  const lines = checks.map(({ isRight, says, remedy }) =>
    [`  ${isRight ? "✔" : "✖"} ${says}`, ...(remedy === undefined ? [] : [`    To do: ${remedy}`])].join(
      "\n",
    ),
  );
  return [titleOf(placed), ...lines].join("\n");
}

async function check(name: string | undefined, options: Placing & Credentials): Promise<void> {
  const model = readModel();
  const { organization } = model;
  const placed =
    name === undefined
      ? databasesIn(organization, options.account)
      : [databaseNamed(organization, name, options.account)];
  if (placed.length === 0)
    throw new UserError(`${String(options.account)} names no database in src/organization.ts.`);
  let wrong = 0;
  for (const one of placed) {
    const source = await sourceOf(model, one.account, options);
    const client = await rdsClient({ region: organization.region, ...source });
    const settings = await withRolesThatMay(one.account, ["Admin", "Ops", "Dba", "Read"], () =>
      databaseSettings(client, one.database),
    );
    const checks = checkDatabase(one.database, settings);
    wrong += checks.filter(({ isRight }) => !isRight).length;
    printProse(`${checkText(one, checks)}\n`);
  }
  const looked = countNoun(placed.length, "database");
  printProse(
    wrong === 0 ? `\nNothing to do in ${looked}.\n` : `\n${countNoun(wrong, "thing")} to do in ${looked}.\n`,
  );
  if (wrong > 0) process.exitCode = COMMAND_EXIT.findings;
}

function signInText(placed: PlacedDatabase, user: string, host: string, port: number): string {
  const { engine, database } = placed.database;
  const [variable, command] =
    engine === "postgres"
      ? [
          "PGPASSWORD",
          `psql "host=${host} port=${String(port)} dbname=${database} user=${user} sslmode=verify-full sslrootcert=global-bundle.pem"`,
        ]
      : [
          "MYSQL_PWD",
          `mysql --host=${host} --port=${String(port)} --user=${user} --ssl-mode=VERIFY_IDENTITY --ssl-ca=global-bundle.pem --enable-cleartext-plugin ${database}`,
        ];
  return `Signs in to ${titleOf(placed)} as ${user}, for 15 minutes. Put the token into ${variable}, then:\n  ${command}`;
}

async function token(name: string, options: Placing & Credentials): Promise<void> {
  const model = readModel();
  const { organization } = model;
  const placed = databaseNamed(organization, name, options.account);
  const { database, account } = placed;
  const source = await sourceOf(model, account, options);
  const caller = await assertCredentialsForAccount(account, source, organization.region);
  const user = userOfSession(caller, organization, placed);
  const client = await rdsClient({ region: organization.region, ...source });
  const { host, port, token: password } = await databaseToken(client, database, user);
  process.stderr.write(`${printableLines(signInText(placed, user, host, port))}\n`);
  process.stdout.write(`${password}\n`);
}

interface AuditOptions extends Credentials {
  readonly ref?: string;
}

async function audit(reason: string, options: AuditOptions): Promise<void> {
  const model = options.ref === undefined ? readModel() : await modelOf(options.ref);
  let missing = 0;
  for (const audited of auditedGrants(model, reason)) {
    const databases = [];
    for (const placed of audited.databases) {
      const source = await sourceOf(model, placed.account, options);
      const client = await cloudWatchLogsClient({ region: model.organization.region, ...source });
      const readUntil = logReadUntil(audited, model.now);
      const user = databaseUserOf(audited, placed);
      const found = await withRolesThatMay(placed.account, ["Dba", "Security"], () =>
        auditLines(client, placed.database, user, audited.from, readUntil),
      );
      const { lines, unread = 0 } = found ?? {};
      if (lines === undefined || unread > 0) missing += 1;
      databases.push({ placed, logGroup: auditLogGroup(placed.database), lines, unread, readUntil });
    }
    process.stdout.write(`${auditRecord(model, audited, databases)}\n`);
  }
  if (missing > 0) process.exitCode = COMMAND_EXIT.findings;
}

const program = new Command("npm run database --")
  .description(
    "Databases of the roster, from grant to audit line. src/organization.ts names them: `databases: { instances: { … } }` of an account.",
  )
  .exitOverride(exitOnMisuse);

const ACCOUNT = ["--account <key>", "the account, where several have a database of that name"] as const;
const PROFILE = [
  "--profile <pattern>",
  'AWS profile, such as "example-{stack}"; by default keys in the environment, or the profile named like the account',
] as const;

program
  .command("check")
  .description(
    "Reads from the account whether databases are as the runbook says: IAM authentication, audit, logs, encryption, public access. " +
      "Exit status: 0 nothing to do, 1 something, 2 could not look.",
  )
  .argument("[database]", "its name in src/organization.ts; every one by default")
  .option(...ACCOUNT)
  .option(...PROFILE)
  .exitOverride(exitOnMisuse)
  .action(check);

program
  .command("sql")
  .description(
    "Prints the statements that make, limit and drop the users of a database by the roster, and end connections of grants that are " +
      "over. Sends nothing anywhere.",
  )
  .argument("<database>", "its name in src/organization.ts")
  .option(...ACCOUNT)
  .exitOverride(exitOnMisuse)
  .action(sql);

program
  .command("token")
  .description(
    "Prints a token that signs in to a database for 15 minutes, as the user that the role of the credentials may be: DbRead, Dba or, in " +
      "dev, Developer.",
  )
  .argument("<database>", "its name in src/organization.ts")
  .option(...ACCOUNT)
  .option(PROFILE[0], 'AWS profile of the role, such as "prod-dbread"; by default keys in the environment')
  .exitOverride(exitOnMisuse)
  .action(token);

program
  .command("audit")
  .description(
    "Prints the record of the grants of a reason as Markdown: who, approved by whom, and the audit lines of its time from the " +
      "database's log. Exit status: 1 where a log is missing, or has lines of audit that cannot be read.",
  )
  .argument("<reason>", "as `temporary` in src/roster.ts has it")
  .option("--ref <commit>", "read the edited files of this commit, where the grant has left the roster since")
  .option(...PROFILE)
  .exitOverride(exitOnMisuse)
  .action(audit);

void runMain(program);
