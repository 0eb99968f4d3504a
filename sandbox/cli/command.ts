import { errorWidth } from "../../src/cli/terminal";
import { isRefusedByMachine } from "../../src/files/machine-refusal";
import { UnwritableFile } from "../../src/files/replace-file";
import { wrapAroundCommands } from "../../src/text/wrap-text";
import { SandboxProblem } from "../problem";

/** A shell's exit status for a command that Ctrl-C has ended. */
const interruptedStatus = 130;

/** Two interrupts within this time are one: npm passes on the one that the terminal has sent already. */
const sameKeystroke = 500;

/**
 * Runs a command of the sandbox: sets the exit status, and prints what the user can put right without a stack trace.
 * The first Ctrl-C fires the signal, and the command ends in its own way; a second one ends it at once.
 */
export async function runSandboxCommand(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const interruption = new AbortController();
  let last = 0;
  process.on("SIGINT", () => {
    const now = Date.now();
    if (now - last < sameKeystroke) return;
    last = now;
    if (interruption.signal.aborted) process.exit(interruptedStatus);
    process.stderr.write("\nStopping. (Ctrl-C again: at once.)\n");
    interruption.abort();
  });
  process.on("SIGTERM", () => interruption.abort());

  try {
    process.exitCode = await command(interruption.signal);
  } catch (error) {
    // Steps that went on beside the one that failed end with this process.
    if (interruption.signal.aborted) {
      process.stderr.write("Stopped. The same command continues where it was.\n");
      process.exit(interruptedStatus);
    }
    if (!isUsers(error)) throw error;
    process.stderr.write(`${wrapAroundCommands(messageOf(error), errorWidth())}\n`);
    process.exit(1);
  }
}

/** Node.js names a file that it cannot open, but no file where the disk is full. */
const messageOf = (error: Error): string =>
  isRefusedByMachine(error) && !("path" in error)
    ? `A file of the sandbox, of node_modules/.cache or of the temporary folder cannot be written: ${error.message}.`
    : error.message;

/**
 * The model's UserError is recognized by its name: a project in another folder brings a class of its own.
 */
function isUsers(error: unknown): error is Error {
  if (isRefusedByMachine(error)) return true;
  if (error instanceof SandboxProblem || error instanceof UnwritableFile) return true;
  return error instanceof Error && error.name === "UserError";
}
