import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { UserError } from "../model/problems";
import { PreviewComparison } from "./comparison";
import { ProgramRequests } from "./program-requests";
import { withStateCopy, type StackPlace } from "./state-copy";

/** How many characters of a preview's output a report repeats. */
const LONGEST_OUTPUT = 4_000;

/** How a preview is run; its environment has the credentials of the account. */
export interface PreviewOptions extends StackPlace {
  /** Flags beside --refresh. */
  readonly flags: readonly string[];
  /** Whether to record the program's requests to the engine. */
  readonly recordsRequests?: true;
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

/** The preview, with the program's requests to the engine; empty unless they were recorded. */
export type RecordedPreview = DriftPreview & { readonly requests: ProgramRequests };

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

/** Hands on the lines of a file, one after another; none where there is no file. */
async function readLines(file: string, take: (line: string) => void): Promise<void> {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line !== "") take(line);
  }
}

async function readComparison(eventLog: string): Promise<PreviewComparison> {
  const comparison = new PreviewComparison();
  await readLines(eventLog, (line) => comparison.add(JSON.parse(line)));
  return comparison;
}

async function readRequests(callLog: string): Promise<ProgramRequests> {
  const requests = new ProgramRequests();
  await readLines(callLog, (line) => requests.add(line));
  return requests;
}

async function preview(options: PreviewOptions): Promise<RecordedPreview> {
  const folder = mkdtempSync(join(tmpdir(), "muster-preview-"));
  try {
    const eventLog = join(folder, "events.jsonl");
    const callLog = join(folder, "calls.jsonl");
    const { env, recordsRequests } = options;
    const finished = await pulumi(
      [
        ...["preview", "--stack", options.stack, "--refresh", "--event-log", eventLog],
        ...["--non-interactive", "--color", "never", "--suppress-progress", "--suppress-outputs"],
        ...options.flags,
      ],
      { ...options, env: { ...env, ...(recordsRequests && { PULUMI_DEBUG_GRPC: callLog }) } },
    );
    return {
      ...finished,
      comparison: await readComparison(eventLog),
      requests: await readRequests(callLog),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Compares a stack's program, its state and its account, and changes none of them. Without the passphrase of its secrets it looks at
 * a copy of the state.
 * @throws UserError where there is no `pulumi`
 */
export function previewWithRefresh(options: PreviewOptions): Promise<RecordedPreview> {
  return withStateCopy(options, (copy) =>
    preview(
      copy === undefined ? options : { ...options, env: copy.env, flags: [...options.flags, ...copy.flags] },
    ),
  );
}
