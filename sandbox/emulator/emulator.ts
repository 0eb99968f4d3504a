import getPort from "get-port";
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { replaceFile } from "../../src/files/replace-file";
import { SandboxProblem } from "../problem";
import { identify, isRunning, type ProcessIdentity } from "../process/identity";
import { kill } from "../process/run";

/** An emulator that a sandbox has started, as the sandbox writes it down. */
export interface Emulator extends ProcessIdentity {
  readonly port: number;
}

/** Where an emulator is written down, and where its output goes. */
export interface EmulatorFiles {
  readonly record: string;
  readonly log: string;
}

/**
 * Where the emulator finds the quotas that AWS has raised, by account: `{"333333333333": {"ACLSizePerRole": 4096}}`.
 * IAM's defaults hold where there is none.
 */
export function quotasFile(files: Pick<EmulatorFiles, "record">): string {
  return path.join(path.dirname(files.record), "quotas.json");
}

const server = path.join(__dirname, "server.py");

const startsWithin = 60_000;
const answersWithin = 60_000;
const oneAnswerWithin = 10_000;
const endsWithin = 5_000;

export function endpointOf(emulator: Emulator): string {
  return `http://127.0.0.1:${emulator.port}`;
}

/**
 * The emulator of a sandbox; `undefined` where it does not run any more. One that is busy is waited for: to take it for
 * dead would mean to lose its accounts.
 * @throws SandboxProblem where it runs and does not answer.
 */
export async function runningEmulator(files: EmulatorFiles): Promise<Emulator | undefined> {
  const emulator = recorded(files.record);
  if (emulator === undefined || !isRunning(emulator)) return undefined;
  const patience = Date.now() + answersWithin;
  while (isRunning(emulator)) {
    if (await answers(emulator)) return emulator;
    if (Date.now() > patience) {
      throw new SandboxProblem(
        `The AWS emulator (process ${emulator.pid}) runs but does not answer. Start over: npm run sandbox:down && npm run sandbox`,
      );
    }
    await sleep(100);
  }
  return undefined;
}

/**
 * Starts an emulator on a free loopback port. It outlives this process. Its accounts are in its memory: they are empty
 * at the start, and gone with it.
 */
export async function startEmulator(python: string, files: EmulatorFiles): Promise<Emulator> {
  for (const lastAttempt of [false, true]) {
    const emulator = await start(python, files);
    if (emulator !== undefined) return emulator;
    // Another program may have taken the port between finding it and using it; a second one is most unlikely to.
    if (lastAttempt) break;
  }
  throw new SandboxProblem(`The AWS emulator does not start. Its last words:\n${tail(files.log)}`);
}

/** Ends the emulator of a sandbox. A process that merely has its old process id is left alone. */
export async function stopEmulator(files: EmulatorFiles): Promise<"stopped" | "not running"> {
  const emulator = recorded(files.record);
  if (emulator === undefined || !isRunning(emulator)) {
    rmSync(files.record, { force: true });
    return "not running";
  }
  kill(emulator.pid, "SIGTERM");
  const patience = Date.now() + endsWithin;
  while (isRunning(emulator)) {
    if (Date.now() > patience) kill(emulator.pid, "SIGKILL");
    await sleep(50);
  }
  rmSync(files.record, { force: true });
  return "stopped";
}

async function start(python: string, files: EmulatorFiles): Promise<Emulator | undefined> {
  const port = await getPort({ host: "127.0.0.1" });
  replaceFile(files.record, "");
  const log = openSync(files.log, "a");
  const child = spawn(python, [server, "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", log, log],
    detached: true,
    env: {
      ...process.env,
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      PYTHONUNBUFFERED: "1",
      MUSTER_SANDBOX_RECORD: files.record,
      MUSTER_SANDBOX_QUOTAS: quotasFile(files),
    },
  });
  closeSync(log);
  child.unref();
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) return undefined;
  const emulator = { ...identity, port };
  try {
    replaceFile(files.record, JSON.stringify(emulator));
  } catch (error) {
    // Nobody would find it again.
    kill(identity.pid, "SIGKILL");
    throw error;
  }

  const patience = Date.now() + startsWithin;
  while (child.exitCode === null && child.signalCode === null && Date.now() < patience) {
    if (await answers(emulator)) return emulator;
    await sleep(100);
  }
  kill(identity.pid, "SIGKILL");
  rmSync(files.record, { force: true });
  return undefined;
}

async function answers(emulator: Emulator): Promise<boolean> {
  try {
    const { ok } = await fetch(`${endpointOf(emulator)}/moto-api/`, {
      signal: AbortSignal.timeout(oneAnswerWithin),
    });
    return ok;
  } catch {
    return false;
  }
}

function recorded(file: string): Emulator | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Emulator;
  } catch {
    return undefined;
  }
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n").slice(-10).join("\n");
}
