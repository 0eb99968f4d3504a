import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { SandboxProblem } from "../problem";
import type { Sandbox } from "../sandbox";
import { interruptible, type Work } from "../work";
import { changesIn, type Changes } from "./changes";
import { failureCause } from "./failure-cause";
import { narration } from "./narration";
import { clearStaleLock } from "./stale-lock";
import { warningsIn } from "./warnings";

export interface DeployOptions {
  /** Compare with what the account really has first, instead of trusting the state. */
  readonly refresh: boolean;
  /** The folder of a policy pack to check the deployment with. */
  readonly policyPack: string | undefined;
}

export interface Deployment {
  readonly changes: Changes;
  readonly warnings: readonly string[];
}

/**
 * Runs `pulumi up` for a stack. All that it prints goes to `logs/<stack>.log`.
 * @throws SandboxProblem with the engine's diagnostics where it fails.
 */
export async function deploy(
  sandbox: Sandbox,
  stack: string,
  options: DeployOptions,
  work: Work,
): Promise<Deployment> {
  const log = path.join(sandbox.paths.logs, `${stack}.log`);
  const events = path.join(sandbox.paths.logs, `${stack}.events.json`);
  for (const file of [log, events]) rmSync(file, { force: true });
  await clearStaleLock(sandbox, stack);
  const narrate = narration();

  const { code, stdout, stderr } = await sandbox.pulumi(
    [
      ...["up", "--yes", "--non-interactive", "--color", "never", "--stack", stack, "--event-log", events],
      ...(options.refresh ? ["--refresh"] : []),
      ...(options.policyPack === undefined ? [] : ["--policy-pack", options.policyPack]),
    ],
    {
      ...interruptible(work),
      log,
      // Without it the engine has no --event-log; the Automation API sets it for the same reason.
      env: { ...sandbox.env, PULUMI_DEBUG_COMMANDS: "true" },
      onLine: (line) => {
        const news = narrate(line);
        if (news !== undefined) work.report(news);
      },
    },
  );
  if (code !== 0) {
    throw new SandboxProblem(
      [
        `pulumi up of ${stack} failed (exit status ${code}). The whole log: ${log}`,
        "",
        failureCause(stdout, stderr),
      ].join("\n"),
    );
  }
  const eventLog = existsSync(events) ? readFileSync(events, "utf8") : "";
  return { changes: changesIn(eventLog), warnings: warningsIn(eventLog) };
}
