import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { UserError } from "../model/problems";
import { Comparison } from "./comparison";

/** Exit statuses of `pulumi preview --expect-no-changes`. https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/ */
const NO_CHANGES = 0;
const CHANGES_FOUND = 7;

/** How much of what a failed preview printed is worth repeating, in characters. */
const LONGEST_OUTPUT = 4_000;

interface Finished {
  readonly code: number | null;
  readonly output: string;
}

function pulumi(args: readonly string[], directory: string, env: NodeJS.ProcessEnv): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-LONGEST_OUTPUT);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("close", (code) => resolve({ code, output }));
    child.on("error", (error) => reject(new UserError(`pulumi could not be started: ${error.message}`)));
  });
}

async function compare(eventLog: string): Promise<Comparison> {
  const comparison = new Comparison();
  if (!existsSync(eventLog)) return comparison;
  for await (const line of createInterface({ input: createReadStream(eventLog), crlfDelay: Infinity })) {
    if (line !== "") comparison.add(JSON.parse(line));
  }
  return comparison;
}

/**
 * Compares a stack's program, its state and its account, and changes none of them.
 * @param directory the folder with Pulumi.yaml
 * @param env the environment of `pulumi`, with the credentials of the account
 * @throws UserError with what pulumi printed, where the preview fails
 */
export async function previewWithRefresh(
  stack: string,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), "muster-drift-"));
  try {
    const eventLog = join(folder, "events.jsonl");
    const { code, output } = await pulumi(
      [
        ...["preview", "--stack", stack, "--refresh", "--expect-no-changes", "--event-log", eventLog],
        ...["--non-interactive", "--color", "never", "--suppress-progress", "--suppress-outputs"],
      ],
      directory,
      // Pulumi hides --event-log without it; its own Automation API sets it for the same reason.
      { ...env, PULUMI_DEBUG_COMMANDS: "true" },
    );
    if (code !== NO_CHANGES && code !== CHANGES_FOUND) {
      throw new UserError(`The preview of ${stack} failed (exit status ${String(code)}).\n${output.trim()}`);
    }
    return await compare(eventLog);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
