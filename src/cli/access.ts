// First, for the imports below fail without them.
import "./access/packages";

import { Command } from "commander";

import { canCommand } from "./access/can-command";
import { diffCommand } from "./access/diff-command";
import { historyCommand } from "./access/history-command";
import { printMatrix, type MatrixOptions } from "./access/matrix-command";
import { withSubjectOptions } from "./access/subject";
import { whoCanCommand } from "./access/who-can-command";
import { formatChoices } from "../model/choices";
import { UserError } from "../model/problems";
import { exitOnMisuse, runMain } from "./run-main";

const HELP = `
Exit status: 0; 1 where accounts read with --live or --snapshot let in others than the roster does; 2 failure.

Answers come from the documents that the stacks deploy, evaluated offline: a person's policies, the role's trust, the role's
policies. Service and resource control policies are AWS's and may still refuse.

Examples:
  npm run access
  npm run access -- sarah.devops
  npm run access -- --role prod/Ops
  npm run access -- --account prod --json
  npm run access -- --html access.html
  npm run access -- --live "example-{stack}"
  npm run access -- --snapshot snapshot`;

/** @throws UserError */
function refuseCommand(name: string, names: readonly string[]): never {
  throw new UserError(
    `There is no command ${JSON.stringify(name)}. Commands are: ${formatChoices(name, names, "commands")}`,
  );
}

const program = withSubjectOptions(
  new Command("npm run access --")
    .description("Who can become what: people by accounts, one person, one role, one account.")
    .argument("[person]", "one person")
    .option("--role <account/role>", "everybody who gets into one role: prod/Ops")
    .option("--account <account>", "one account")
    .option("--html <file>", "all of it as one page to look at, which needs no network"),
)
  .addHelpText("after", HELP)
  // So that `who-can … --account prod` is the question's option and not the matrix's.
  .enablePositionalOptions()
  .exitOverride(exitOnMisuse)
  // More words than a person's name are a command that there is not.
  .allowExcessArguments()
  .action(async (person: string | undefined, options: MatrixOptions, { args, commands }: Command) => {
    const names = commands.map((command) => command.name());
    if (args.length > 1) refuseCommand(args[0] ?? "", names);
    await printMatrix(person, options);
  });
for (const command of [canCommand(), whoCanCommand(), diffCommand(), historyCommand()]) {
  program.addCommand(command.exitOverride(exitOnMisuse));
}
void runMain(program);
