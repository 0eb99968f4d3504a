import { existsSync } from "node:fs";
import path from "node:path";

import { cached } from "../../sandbox/cache";
import { findPython } from "../../sandbox/emulator/python";
import { run } from "../../sandbox/process/run";

/** https://docs.zizmor.sh, an audit of workflows' security; its wheel brings the whole program. */
const VERSION = "1.32.0";

const executableIn = (folder: string): string => path.join(folder, "bin", "zizmor");

async function install(folder: string): Promise<void> {
  const { file: python } = await findPython();
  for (const args of [
    ["-m", "venv", folder],
    [
      "-m",
      "pip",
      "--python",
      folder,
      "install",
      "--disable-pip-version-check",
      "--no-input",
      `zizmor==${VERSION}`,
    ],
  ]) {
    const { code, stderr } = await run(python, args, { timeout: 120_000 });
    if (code !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  }
}

/**
 * The program zizmor, installed into the user's cache once.
 * @throws Error where there is no Python or its package registry cannot be reached
 */
export async function findZizmor(): Promise<string> {
  const folder = await cached({
    name: path.join("zizmor", VERSION),
    isGood: (candidate) => Promise.resolve(existsSync(executableIn(candidate))),
    waiting: () => undefined,
    make: install,
  });
  return executableIn(folder);
}
