import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isInstalledAsLocked } from "../../src/releases/installed-packages";

const ONE = {
  version: "1.0.0",
  resolved: "https://registry.example.com/one-1.0.0.tgz",
  integrity: "sha512-one",
};
const TWO = {
  version: "2.0.0",
  resolved: "https://registry.example.com/two-2.0.0.tgz",
  integrity: "sha512-two",
};
const FOLDERS = ["node_modules/@scope/one", "node_modules/two", "node_modules/two/node_modules/one"];
const LOCKED = {
  "": { name: "project" },
  "node_modules/@scope/one": ONE,
  "node_modules/two": TWO,
  "node_modules/two/node_modules/one": ONE,
  // For another system.
  "node_modules/fsevents": { version: "2.3.3", optional: true },
};
const INSTALLED = Object.fromEntries(FOLDERS.map((folder) => [folder, folder.endsWith("two") ? TWO : ONE]));

interface Case {
  readonly says: string;
  readonly installed?: object;
  readonly folders?: readonly string[];
  readonly matches: boolean;
}

const CASES: readonly Case[] = [
  { says: "as the lockfile says, but for a package of another system", matches: true },
  {
    says: "another version of a package",
    installed: { ...INSTALLED, "node_modules/two": { ...TWO, version: "2.0.1" } },
    matches: false,
  },
  {
    says: "the version from elsewhere",
    installed: { ...INSTALLED, "node_modules/two": { ...TWO, resolved: "https://example.com/two.tgz" } },
    matches: false,
  },
  {
    says: "another content of the version",
    installed: { ...INSTALLED, "node_modules/two": { ...TWO, integrity: "sha512-other" } },
    matches: false,
  },
  {
    says: "a link in the place of a package",
    installed: { ...INSTALLED, "node_modules/two": { ...TWO, link: true } },
    matches: false,
  },
  {
    says: "a package that the lockfile does not have",
    installed: { ...INSTALLED, "node_modules/three": ONE },
    folders: [...FOLDERS, "node_modules/three"],
    matches: false,
  },
  { says: "a folder that npm did not make", folders: [...FOLDERS, "node_modules/three"], matches: false },
  {
    says: "a folder within a package that npm did not make",
    folders: [...FOLDERS, "node_modules/@scope/one/node_modules/three"],
    matches: false,
  },
];

describe("packages that are installed", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "muster-packages-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (file: string, packages: object): void =>
    writeFileSync(join(root, file), JSON.stringify({ name: "project", lockfileVersion: 3, packages }));

  for (const { says, installed = INSTALLED, folders = FOLDERS, matches } of CASES) {
    it(`${matches ? "are" : "are not"} those of the lockfile: ${says}`, () => {
      for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
      write("package-lock.json", LOCKED);
      write("node_modules/.package-lock.json", installed);
      assert.equal(isInstalledAsLocked(root), matches);
    });
  }

  it("are not known where npm has left no record of them", () => {
    for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
    write("package-lock.json", LOCKED);
    assert.equal(isInstalledAsLocked(root), false);
  });
});
