import { existsSync } from "node:fs";
import path from "node:path";

import { cached } from "../../sandbox/cache";
import { findPython } from "../../sandbox/emulator/python";
import { run, type Finished } from "../../sandbox/process/run";

/** Checkers that come from the Python registry, at fixed versions, and how each is run from its folder. */
const TOOLS = {
  /** https://docs.zizmor.sh: audits GitHub's workflows for what an attacker would use. */
  zizmor: { version: "1.32.0", command: ["bin/zizmor"] },
  /** https://check-jsonschema.readthedocs.io: brings GitLab's schema of job files. */
  // Its script names the folder in which it was installed, which is another by now.
  "check-jsonschema": { version: "0.39.0", command: ["bin/python", "-m", "check_jsonschema"] },
} as const;

/** Runs a checker with arguments. */
export type PythonTool = (...args: readonly string[]) => Promise<Finished>;

async function install(requirement: string, folder: string): Promise<void> {
  const { file: python } = await findPython();
  const pip = ["-m", "pip", "--python", folder, "install", "--disable-pip-version-check", "--no-input"];
  for (const args of [
    ["-m", "venv", folder],
    [...pip, requirement],
  ]) {
    const { code, stderr } = await run(python, args, { timeout: 120_000 });
    if (code !== 0) throw new Error(stderr.trim().split("\n").at(-1));
  }
}

/**
 * Installs a checker into the user's cache, once.
 * @returns how to run it, or undefined where it cannot be had, which is said loudly
 */
export async function findPythonTool(name: keyof typeof TOOLS): Promise<PythonTool | undefined> {
  const { version, command } = TOOLS[name];
  const [executable, ...first] = command;
  try {
    const folder = await cached({
      name: path.join(name, version),
      isGood: (candidate) => Promise.resolve(existsSync(path.join(candidate, executable))),
      waiting: () => undefined,
      make: (draft) => install(`${name}==${version}`, draft),
    });
    return (...args) => run(path.join(folder, executable), [...first, ...args]);
  } catch (error) {
    process.stdout.write(
      `\n  !!! SKIPPED: ${name} could not be installed, and what it checks was not checked. !!!\n  ${String(error)}\n\n`,
    );
    return undefined;
  }
}
