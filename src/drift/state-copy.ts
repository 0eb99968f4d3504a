import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runCommand, type CommandAnswer } from "../doctor/run-command";
import { UserError } from "../model/problems";

/** A stack, in the folder with Pulumi.yaml, and the environment in which pulumi reaches it. */
export interface StackPlace {
  readonly stack: string;
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The environment and the flags with which pulumi works on a copy. */
export interface StateCopy {
  readonly env: NodeJS.ProcessEnv;
  readonly flags: readonly string[];
}

/** How long pulumi may take to read or write a state, in milliseconds. */
const LIMIT = 300_000;

/** How a state marks its secrets: `Sig` and `SecretSig` in pulumi/pulumi, sdk/go/common/resource/sig/sig.go. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The lines by which a stack's settings say how its secrets are kept, and a setting that is one. */
const SECRETS_PROVIDER = /^(?:encryptionsalt|encryptedkey|secretsprovider):.*\n?/gm;
const SECRET_SETTING = /^\s+secure:/m;

/** The environment variables that reach a state and open its secrets. */
const OF_STATE = /^PULUMI_(?:ACCESS_TOKEN|BACKEND_URL|CONFIG_PASSPHRASE(?:_FILE)?)$/;

const holdsSecret = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (Reflect.get(value, SIGNATURE) === SECRET || Object.values(value).some(holdsSecret));

const succeeded = (answer: CommandAnswer): boolean => answer.kind === "ended" && answer.code === 0;

function pulumi(
  { directory, env }: Omit<StackPlace, "stack">,
  ...args: readonly string[]
): Promise<CommandAnswer> {
  return runCommand("pulumi", [...args, "--non-interactive"], { directory, env, limit: LIMIT });
}

/** Exports a state into a file; returns whether that succeeded and the state has no secrets. */
async function exportState(original: StackPlace, file: string): Promise<boolean> {
  const read = await pulumi(original, "stack", "export", "--stack", original.stack, "--file", file);
  return succeeded(read) && !holdsSecret(JSON.parse(readFileSync(file, "utf8")));
}

/**
 * Copies a stack's state into a folder, with a passphrase that nobody else has; undefined where the state cannot be read, or where it
 * or the stack's settings keep secrets.
 * @throws UserError where the copy cannot be written
 */
async function copyState(original: StackPlace, folder: string): Promise<StateCopy | undefined> {
  const { stack, directory, env } = original;
  const name = `Pulumi.${stack}.yaml`;
  const written = join(directory, name);
  const settings = existsSync(written) ? readFileSync(written, "utf8") : "";
  const state = join(folder, "state.json");
  if (SECRET_SETTING.test(settings) || !(await exportState(original, state))) return undefined;
  writeFileSync(join(folder, name), settings.replaceAll(SECRETS_PROVIDER, ""));
  copyFileSync(join(directory, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  mkdirSync(join(folder, "state"));
  const own = {
    ...Object.fromEntries(Object.entries(env).filter(([variable]) => !OF_STATE.test(variable))),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(32).toString("base64"),
  };
  for (const args of [
    ["init", stack, "--secrets-provider", "passphrase"],
    ["import", "--stack", stack, "--file", state],
  ]) {
    const answer = await pulumi({ directory: folder, env: own }, "stack", ...args);
    if (succeeded(answer)) continue;
    const reason = answer.kind === "ended" ? answer.stderr.trim() : `pulumi: ${answer.kind}`;
    throw new UserError(`The state of ${stack} could not be copied for a preview: ${reason}`);
  }
  return { env: own, flags: ["--config-file", join(folder, name)] };
}

/** Whether the environment has the passphrase of a stack that keeps its secrets by one. */
const hasPassphrase = ({ env }: StackPlace): boolean =>
  ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some((name) => (env[name] ?? "") !== "");

/**
 * Does something with a copy of a stack's state, which is gone afterwards, where nobody gave the passphrase of its secrets: reading a state
 * needs none, because its secrets stay encrypted, and a preview of it would. It gets no copy where the passphrase is given, and where
 * there are secrets, which a key may open.
 */
export async function withStateCopy<T>(
  original: StackPlace,
  use: (copy: StateCopy | undefined) => Promise<T>,
): Promise<T> {
  if (hasPassphrase(original)) return use(undefined);
  const folder = mkdtempSync(join(tmpdir(), "muster-state-"));
  try {
    return await use(await copyState(original, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
