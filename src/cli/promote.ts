import { Command, InvalidArgumentError } from "commander";
import { spawn } from "node:child_process";
import { join } from "node:path";

import { assertCredentialsForAccount, credentialSource, environmentWith } from "../aws/aws-credentials";
import { readDefinitions } from "../definitions/definitions";
import { COMMIT_ID } from "../definitions/git";
import { runCommand } from "../doctor/run-command";
import { accountsOfStacks } from "../drift/find-drift";
import type { Account, Organization } from "../model/account";
import { buildModel } from "../model/model";
import { UserError } from "../model/problems";
import { asLines } from "../pipeline/account-variables";
import { withCommitCheckout } from "../releases/commit-checkout";
import { deployedVersion, formatVersion } from "../releases/deployed-version";
import {
  assertNotOlder,
  assertTagUnmoved,
  deployedBranch,
  findRelease,
  type TaggedRelease,
} from "../releases/promotion";
import { GitRepository } from "../releases/repository";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { noteProse } from "./terminal";

interface Options {
  readonly check?: true;
  readonly preview?: true;
  readonly yes?: true;
  readonly evenIfOlder?: true;
  readonly commit?: string;
  readonly profile?: string;
}

/** For a look at the stack's history, in milliseconds. */
const LIMIT = 60_000;

const say = (text: string): void => noteProse(`${text}\n`);

/** Runs a command that people see and answer; answers its exit status. */
function show(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: "inherit" });
    child.on("close", (code) => resolve(code ?? COMMAND_EXIT.failure));
    child.on("error", (error) => reject(new UserError(`${file} could not be started: ${error.message}`)));
  });
}

async function deploy(
  account: Account,
  { tag, commit }: TaggedRelease,
  repository: GitRepository,
  env: NodeJS.ProcessEnv,
  { preview, yes }: Options,
): Promise<number> {
  return withCommitCheckout(repository, commit, async (project) => {
    // The pack of the tag judges its own program: today's knows another roster.
    const built = await show("npm", ["run", "--silent", "build:policypack"], project, env);
    if (built !== 0) throw new UserError(`The policy pack of ${tag} could not be compiled.`);
    const flags = ["--stack", account.key, "--refresh", "--policy-pack", "policypack"];
    const command =
      preview === true
        ? ["preview", ...flags]
        : ["up", ...flags, "--message", tag, ...(yes === true ? ["--yes", "--non-interactive"] : [])];
    return show("pulumi", command, project, env);
  });
}

function accountOf(organization: Organization, stack: string): Account {
  const [account] = accountsOfStacks(organization, [stack]);
  if (account === undefined) throw new Error(`${stack} is an account and was not found.`);
  return account;
}

async function promote(tag: string, stack: string, options: Options): Promise<number> {
  const { organization: written, roster, workloads } = readDefinitions();
  const { organization } = buildModel(written, roster, new Date(), workloads);
  const account = accountOf(organization, stack);
  const repository = new GitRepository(join(__dirname, "..", ".."));
  const release = await findRelease(repository, tag, deployedBranch(organization.pipeline));
  if (options.commit !== undefined) assertTagUnmoved(release, options.commit);
  if (options.check === true) {
    process.stdout.write(asLines({ ...release, account: account.key }));
    return COMMAND_EXIT.clean;
  }
  const source = credentialSource(account, options.profile, process.env);
  await assertCredentialsForAccount(account, source, organization.region);
  const env = environmentWith(source, process.env);
  const { directory } = repository;
  const version = await deployedVersion(account.key, repository, (...args) =>
    runCommand("pulumi", [...args, "--non-interactive"], { directory, env, limit: LIMIT }),
  );
  say(`${account.key} is at ${formatVersion(version)}.`);
  if (account.follows === "branch") {
    say(`${account.key} follows the branch: its next commit that is deployed replaces ${tag}.`);
  }
  if (options.evenIfOlder !== true) await assertNotOlder(repository, account, version, release);
  return deploy(account, release, repository, env, options);
}

function commitOf(text: string): string {
  if (COMMIT_ID.test(text)) return text;
  throw new InvalidArgumentError("It is a commit's whole id, 40 or 64 hexadecimal digits.");
}

void runMain(
  new Command("npm run promote --")
    .description(
      "Deploys a version to one account, from a clean checkout of its tag, with the policy pack of that version. Exits as pulumi " +
        "does, and 2 where the version may not be deployed: docs/runbooks/releases.md.",
    )
    .argument("<tag>", "a version, such as v1.4.0, that is on the deployed branch")
    .argument("<stack>", "an account of src/organization.ts")
    .option("--check", "only find the version and the account, and print them; needs no credentials")
    .option("--preview", "show what would change, and change nothing")
    .option("--yes", "deploy without asking, for pipelines")
    .option("--even-if-older", "take the account back to an older version, or to one that nobody can compare")
    .option("--commit <id>", "the commit that the tag has to name, as --check printed it", commitOf)
    .option(
      "--profile <pattern>",
      'AWS profile of the stack, such as "example-{stack}"; by default keys in the environment, or the profile named like the stack',
    )
    .addHelpText(
      "after",
      "\nExamples:\n  npm run promote -- v1.4.0 prod --preview\n  npm run promote -- v1.4.0 prod\n",
    )
    .exitOverride(exitOnMisuse)
    .action(async (tag: string, stack: string, options: Options) => {
      process.exitCode = await promote(tag, stack, options);
    }),
);
