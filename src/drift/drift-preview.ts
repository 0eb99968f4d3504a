import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { UserError } from "../model/problems";
import { PreviewComparison } from "./comparison";
import { withStateCopy, type StackPlace } from "./state-copy";

/** How much of what a preview printed is worth repeating, in characters. */
const LONGEST_OUTPUT = 4_000;

/** How a preview is run; its environment has the credentials of the account. */
export interface PreviewOptions extends StackPlace {
  /** Flags beside --refresh. */
  readonly flags: readonly string[];
  /** Called with everything that pulumi prints, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** What a preview said and found. */
export interface DriftPreview {
  /** Exit status of `pulumi`; https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/ */
  readonly code: number | null;
  /** The last 4,000 characters of what it printed. */
  readonly output: string;
  readonly comparison: PreviewComparison;
}

type Finished = Pick<DriftPreview, "code" | "output">;

function pulumi(args: readonly string[], { directory, env, onOutput }: PreviewOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, {
      cwd: directory,
      // Pulumi hides --event-log without it; its own Automation API sets it for the same reason.
      env: { ...env, PULUMI_DEBUG_COMMANDS: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: string): void => {
      output = (output + chunk).slice(-LONGEST_OUTPUT);
      onOutput?.(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("close", (code) => resolve({ code, output: output.trim() }));
    child.on("error", (error) => reject(new UserError(`pulumi could not be started: ${error.message}`)));
  });
}

async function compare(eventLog: string): Promise<PreviewComparison> {
  const comparison = new PreviewComparison();
  if (!existsSync(eventLog)) return comparison;
  for await (const line of createInterface({ input: createReadStream(eventLog), crlfDelay: Infinity })) {
    if (line !== "") comparison.add(JSON.parse(line));
  }
  return comparison;
}

async function preview(options: PreviewOptions): Promise<DriftPreview> {
  const folder = mkdtempSync(join(tmpdir(), "muster-preview-"));
  try {
    const eventLog = join(folder, "events.jsonl");
    const finished = await pulumi(
      [
        ...["preview", "--stack", options.stack, "--refresh", "--event-log", eventLog],
        ...["--non-interactive", "--color", "never", "--suppress-progress", "--suppress-outputs"],
        ...options.flags,
      ],
      options,
    );
    return { ...finished, comparison: await compare(eventLog) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Compares a stack's program, its state and its account, and changes none of them. Without the passphrase of its secrets it looks at
 * a copy of the state.
 * @throws UserError where there is no `pulumi`
 */
export function previewWithRefresh(options: PreviewOptions): Promise<DriftPreview> {
  return withStateCopy(options, (copy) =>
    preview(
      copy === undefined ? options : { ...options, env: copy.env, flags: [...options.flags, ...copy.flags] },
    ),
  );
}
