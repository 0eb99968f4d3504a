import { spawn } from "node:child_process";
import { realpath } from "node:fs/promises";
import path from "node:path";
import { json } from "node:stream/consumers";
import { Readable } from "node:stream";

/** Where this program and its packages are. */
const OWN = path.join(__dirname, "..", "..");

const LONGEST_MS = 300_000;

/** https://nodejs.org/api/permissions.html: no writing, no other processes, no addons, and reading only what is named. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";

export interface RestrictedProgram {
  /** A TypeScript file of this program, which writes its answer as JSON to the file descriptor 3. */
  readonly script: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** What it may read besides this program; a folder ends in a slash. */
  readonly readable: readonly string[];
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** For a signal that opens the debugger where nobody hears it: https://nodejs.org/api/process.html#signal-events */
const hearNothing = (): void => undefined;

/**
 * Starts code of others where it can do little: without the environment, which may hold credentials, without signals, and with Node.js's
 * permission model. It may still use the network, as Node.js below 25 does not close that.
 * @returns its answer, unread
 * @throws Error where it ends without one
 */
export async function runRestricted(program: RestrictedProgram): Promise<unknown> {
  const { script, args, directory, input } = program;
  if (!process.listeners("SIGUSR1").includes(hearNothing)) process.on("SIGUSR1", hearNothing);
  const installed = path.join(OWN, "node_modules");
  const packages = await realpath(installed);
  const settings = path.join(OWN, "tsconfig.json");
  // With the folders above the script: Node.js looks in each of them for a package.json.
  const readable = [
    ...program.readable,
    `${packages}/`,
    `${path.join(OWN, "src")}/`,
    `${path.join(OWN, "start")}/`,
    settings,
    path.join(OWN, "package.json"),
    // The same folder twice, whether with a slash or without, ends Node.js 20.
    ...(packages === installed ? [] : [installed]),
  ];
  const child = spawn(
    process.execPath,
    [
      "--no-warnings",
      PERMISSION,
      ...readable.map((place) => `--allow-fs-read=${place}`),
      ...["without-signals.js", "register-compiled.js"].flatMap((file) => [
        "--require",
        path.join(OWN, "start", file),
      ]),
      script,
      ...args,
    ],
    {
      cwd: directory,
      env: { TS_NODE_PROJECT: settings },
      stdio: ["pipe", "ignore", "pipe", "pipe"],
      timeout: LONGEST_MS,
    },
  );
  const [questions, , errors, answer] = child.stdio;
  // It may end before it has read everything; then it answers nothing, or says why.
  questions?.on("error", () => undefined).end(input);
  let said = "";
  errors?.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(0, 2_000)));
  const ended = new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  if (!(answer instanceof Readable)) throw new Error("The process has no pipe for its answer.");
  const [value] = await Promise.all([json(answer).catch(() => undefined), ended]);
  if (value === undefined) throw new Error(said === "" ? "It ended without an answer." : said);
  return value;
}
