import type { Command } from "commander";
import { inspect } from "node:util";

import { UserError } from "../model/problems";
import { printableLines } from "../text/printable";

/** Exit statuses of commands that answer something. */
export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

/** A mistake of the user's ends a command with its message alone; a bug keeps its stack trace. */
export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = EXIT.failure;
    // Thrown on, a bug would end the process with Node.js's own status, which is that of findings.
    const message = error instanceof UserError ? error.message : inspect(error);
    process.stderr.write(`${printableLines(message)}\n`);
  }
}

/** Wrong options end a command as any failure does; asking for help is none. */
export const exitOnMisuse = ({ exitCode }: { readonly exitCode: number }): never =>
  process.exit(exitCode === 0 ? EXIT.clean : EXIT.failure);
