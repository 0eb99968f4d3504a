import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { SandboxProblem } from "../problem";
import { copyStackSettings } from "../stack-settings";
import { parseCommandLine } from "./command-line";

// The sandbox's `pulumi` runs this first, and hands the file that it prints to the engine as the stack's settings.
const [project = "", settings = "", engine = "", ...args] = process.argv.slice(2);
try {
  process.stdout.write(settingsFile() ?? "");
} catch (error) {
  if (!(error instanceof SandboxProblem)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
}

function settingsFile(): string | undefined {
  const commandLine = parseCommandLine(args);
  const directory = path.resolve(commandLine.directory ?? ".");
  if (!commandLine.readsSettings || projectOf(directory) !== project) return undefined;
  const stack = commandLine.stack ?? selectedStack(directory);
  return stack === undefined ? undefined : copyStackSettings(project, stack, settings);
}

function projectOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : projectOf(parent);
}

function selectedStack(directory: string): string | undefined {
  try {
    const show = ["stack", "--show-name", "--non-interactive", "-C", directory];
    return execFileSync(engine, show, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined; // The engine is about to say itself that no stack is selected.
  }
}
