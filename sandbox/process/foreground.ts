import { spawn } from "node:child_process";
import { SandboxProblem } from "../problem";
import { kill, signalNumber } from "./run";

/**
 * Runs a command as if it had been typed instead of this process: same terminal, same signals, same exit status.
 *
 * On a terminal the command is in the foreground with this process, so Ctrl-C reaches it without our doing, once.
 * Without one it gets a process group of its own and the signals that this process gets.
 */
export async function runInForeground(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY;
  const child = spawn(file, args, { stdio: "inherit", env, detached: !onTerminal });
  const { pid } = child;
  const passOn = (signal: NodeJS.Signals) => pid !== undefined && kill(pid, signal);
  const leaveToTerminal = () => undefined;
  process.on("SIGINT", onTerminal ? leaveToTerminal : passOn);
  process.on("SIGQUIT", onTerminal ? leaveToTerminal : passOn);
  process.on("SIGTERM", passOn);
  process.on("SIGHUP", passOn);
  return new Promise((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new SandboxProblem(`There is no command ${file}.`) : error),
    );
    child.on("close", (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
}
