import type { Command, HelpConfiguration } from "commander";
import { inspect } from "node:util";

import { unreachable } from "../aws/unreachable";
import { unreadableAnswer } from "../aws/unreadable-answer";
import { isRefusedByMachine } from "../files/machine-refusal";
import { UnwritableFile } from "../files/replace-file";
import { UserError } from "../model/problems";
import { printableLines } from "../text/printable";
import { wrapAroundCommands } from "../text/wrap-text";
import { errorWidth, terminalWidth } from "./terminal";

/** Exit statuses of commands that answer something. */
export const COMMAND_EXIT = { clean: 0, findings: 1, failure: 2 } as const;

/** Names of subcommands alone, and descriptions that wrap beside long options in 80 columns too. */
const HELP_CONFIGURATION: HelpConfiguration = {
  subcommandTerm: (command) => command.name(),
  minWidthToWrap: 20,
};

/** Two lines of a paragraph: neither is indented. */
const WITHIN_A_PARAGRAPH = /(?<=^\S[^\n]*)\n(?=\S)/gm;

function printHelp(text: string): void {
  const width = terminalWidth();
  process.stdout.write(
    width === undefined ? text : wrapAroundCommands(text.replaceAll(WITHIN_A_PARAGRAPH, " "), width),
  );
}

/** The message of what users can put right; undefined of a bug. */
const messageForUsers = (error: unknown): string | undefined =>
  error instanceof UserError || error instanceof UnwritableFile || isRefusedByMachine(error)
    ? error.message
    : (unreachable(error) ?? unreadableAnswer(error))?.message;

/** A mistake of the user's ends a command with its message alone; a bug keeps its stack trace. */
export async function runMain(program: Command): Promise<void> {
  for (const command of [program, ...program.commands])
    command.configureHelp(HELP_CONFIGURATION).configureOutput({ writeOut: printHelp });
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = COMMAND_EXIT.failure;
    // Thrown on, a bug would end the process with Node.js's own status, which is that of findings.
    const message = messageForUsers(error);
    process.stderr.write(
      `${message === undefined ? printableLines(inspect(error)) : wrapAroundCommands(printableLines(message), errorWidth())}\n`,
    );
  }
}

/** Wrong options end a command as any failure does; asking for help is none. */
export const exitOnMisuse = ({ exitCode }: { readonly exitCode: number }): never =>
  process.exit(exitCode === 0 ? COMMAND_EXIT.clean : COMMAND_EXIT.failure);
