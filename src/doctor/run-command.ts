import { spawn } from "node:child_process";

/** How a command ended. */
export type CommandAnswer =
  | { readonly kind: "ended"; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "not found" }
  /** It was stopped when its time was up. */
  | { readonly kind: "no answer" };

/** How a command is run. */
export interface CommandOptions {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  /** In milliseconds. */
  readonly limit: number;
}

/** Runs a command that asks nobody anything, and stops it when its time is up. */
export function runCommand(
  file: string,
  args: readonly string[],
  { directory, env, limit }: CommandOptions,
): Promise<CommandAnswer> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
    }
    const timer = setTimeout(() => {
      resolve({ kind: "no answer" });
      child.kill("SIGKILL");
    }, limit);
    child.on("error", () => {
      clearTimeout(timer);
      resolve({ kind: "not found" });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ kind: "ended", code, ...output });
    });
  });
}
