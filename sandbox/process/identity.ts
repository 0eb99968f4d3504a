import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that can be recognized later: a process id alone may have been given to another process since. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the words of the operating system. */
  readonly started: string;
}

/**
 * The identity of a running process, or `undefined` where there is none.
 * @param platform as Node.js names it; macOS and the BSDs have no /proc
 */
export function identify(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): ProcessIdentity | undefined {
  const started = platform === "linux" ? startedOnLinux(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether this very process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return identify(pid)?.started === started;
}

/** `starttime`, in clock ticks after boot (proc(5)), of processes that are not zombies. The command may have spaces. */
function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : `${bootId()}-${fields[18]}`;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** `ps` writes the time in the language and time zone of whoever asks, and several shells may ask about one process. */
function startedByPs(pid: number): string | undefined {
  try {
    return (
      execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
        stdio: ["ignore", "pipe", "ignore"],
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}
