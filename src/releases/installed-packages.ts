import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

/** The names of npm's lockfile and of its record of what it installed, within a folder and its `node_modules`. */
export const LOCKFILE = "package-lock.json";
const INSTALLED = join("node_modules", ".package-lock.json");

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
const LOCK = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
    }),
  ),
});
type Packages = z.output<typeof LOCK>["packages"];

/** The packages of a lockfile, by their folders; undefined where there is none that npm writes. */
function packagesIn(file: string): Packages | undefined {
  if (!existsSync(file)) return undefined;
  const lock = LOCK.safeParse(JSON.parse(readFileSync(file, "utf8")));
  return lock.success ? lock.data.packages : undefined;
}

/** The folders of all packages within a folder, those of other packages too: `node_modules/a/node_modules/@scope/b`. */
function packageFolders(root: string, folder = ""): readonly string[] {
  const modules = join(folder, "node_modules");
  if (!existsSync(join(root, modules))) return [];
  const found = readdirSync(join(root, modules))
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(join(root, modules, name)).map((inner) => join(modules, name, inner))
        : [join(modules, name)],
    );
  return found.flatMap((one) => [one, ...packageFolders(root, one)]);
}

function isSame(installed: Packages[string], locked: Packages[string] | undefined): boolean {
  return (
    locked !== undefined &&
    installed.link !== true &&
    installed.version === locked.version &&
    installed.resolved === locked.resolved &&
    installed.integrity === locked.integrity
  );
}

/**
 * Whether what is installed in a folder is what its lockfile names, package by package, and nothing else: by npm's record of what it
 * installed, with the version, the source and the hash of each. What is inside a package's folder is not compared with its hash;
 * `npm ci` does that.
 */
export function isInstalledAsLocked(root: string): boolean {
  const locked = packagesIn(join(root, LOCKFILE));
  const installed = packagesIn(join(root, INSTALLED));
  if (locked === undefined || installed === undefined) return false;
  return (
    Object.entries(installed).every(([folder, one]) => isSame(one, locked[folder])) &&
    packageFolders(root).every((folder) => Object.hasOwn(installed, folder))
  );
}
