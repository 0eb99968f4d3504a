import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { copyStackSettings } from "../stack-settings";
import { directoryOf, parseCommandLine } from "./stack-of";

// The sandbox's `pulumi` runs this first, and hands the file that it prints to the engine as the stack's settings.
const [project = "", settings = "", engine = "", ...args] = process.argv.slice(2);
const commandLine = parseCommandLine(args);
const directory = directoryOf(commandLine, process.cwd());
if (commandLine.readsSettings && projectOf(directory) === project) {
  const stack = commandLine.stack ?? selectedStack();
  if (stack !== undefined) process.stdout.write(copyStackSettings(project, stack, settings));
}

function projectOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : projectOf(parent);
}

function selectedStack(): string | undefined {
  try {
    const show = ["stack", "--show-name", "--non-interactive", "-C", directory];
    return execFileSync(engine, show, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined; // The engine is about to say itself that no stack is selected.
  }
}
