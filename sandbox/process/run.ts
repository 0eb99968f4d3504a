import { spawn, type SpawnOptions } from "node:child_process";
import { createWriteStream } from "node:fs";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void;
  /** A file that gets everything that the command prints. */
  readonly log?: string;
  /** Interrupts the command (SIGINT) when it fires, and waits for it to end in its own way. */
  readonly signal?: AbortSignal;
  /** Kills the command and everything that it started after so many milliseconds. */
  readonly timeout?: number;
}

export interface Finished {
  /** The exit status; 128 and the signal's number for a command that a signal has ended, as shells count it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end, in a process group of its own: a Ctrl-C in the terminal reaches this process alone, which
 * passes it on once. (Pulumi takes a second interrupt as "stop at once", and leaves a stack half recorded.)
 * @throws the operating system's error where the command cannot be started.
 */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const spawning: SpawnOptions = {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  };
  const child = spawn(file, args, spawning);
  const log = options.log === undefined ? undefined : createWriteStream(options.log, { flags: "a" });
  // The log helps to understand a failure; a full disk must not cause one.
  log?.on("error", () => undefined);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    const lines = splitter(options.onLine);
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      log?.write(text);
      lines(text);
    });
  }

  const interrupt = () => void child.kill("SIGINT");
  const killGroup = () => child.pid !== undefined && kill(-child.pid, "SIGKILL");
  options.signal?.addEventListener("abort", interrupt);
  const timer = options.timeout === undefined ? undefined : setTimeout(killGroup, options.timeout);
  process.on("exit", killGroup);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status, signal) => resolve(status ?? 128 + signalNumber(signal)));
    });
    return { code, ...output };
  } finally {
    clearTimeout(timer);
    process.off("exit", killGroup);
    options.signal?.removeEventListener("abort", interrupt);
    log?.end();
  }
}

/** Sends a signal, and does not mind a process that is gone already. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function splitter(onLine: ((line: string) => void) | undefined): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") onLine?.(line.trimEnd());
  };
}

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
};

/** The number that a shell adds to 128 for a command that this signal has ended. */
export function signalNumber(signal: NodeJS.Signals | null): number {
  return (signal && signalNumbers[signal]) ?? 1;
}
