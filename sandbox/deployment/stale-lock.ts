import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { identify } from "../process/identity";
import type { Sandbox } from "../sandbox";

/**
 * Gives up the lock that a killed `pulumi` has left on a stack. A lock whose process still runs stays, and the engine
 * will say whose it is.
 */
export async function clearStaleLock(sandbox: Sandbox, stack: string): Promise<void> {
  const locks = path.join(sandbox.paths.state, ".pulumi", "locks");
  if (!existsSync(locks)) return;
  const files = readdirSync(locks, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && path.basename(path.dirname(file)) === stack)
    .map((file) => path.join(locks, file));
  const owners = files.map(
    (file) => (JSON.parse(readFileSync(file, "utf8")) as { readonly pid: number }).pid,
  );
  if (owners.length === 0 || owners.some((pid) => identify(pid) !== undefined)) return;
  await sandbox.pulumi(["cancel", "--yes", "--non-interactive", "--stack", stack]);
}
