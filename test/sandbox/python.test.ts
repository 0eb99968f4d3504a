import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPython } from "../../sandbox/emulator/python";
import { rememberEnvironment } from "./environment";

describe("the emulator's Python", () => {
  let folder: string;
  let restoreEnvironment: () => void;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "muster-python-"));
    restoreEnvironment = rememberEnvironment();
    process.env["PATH"] = folder;
  });
  afterEach(() => {
    restoreEnvironment();
    rmSync(folder, { recursive: true });
  });

  const install = (interpreters: Readonly<Record<string, string>>): void => {
    for (const [name, version] of Object.entries(interpreters)) {
      const file = path.join(folder, name);
      writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
      chmodSync(file, 0o755);
    }
  };

  const found: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ python3: "3.11" }, "python3"],
    [{ python3: "3.14" }, "python3"],
    [{ python: "3.12" }, "python"],
    [{ python3: "3.9", "python3.12": "3.12" }, "python3.12"],
    [{ python: "2.7", python3: "3.10", "python3.11": "3.11", "python3.13": "3.13" }, "python3.13"],
  ];
  for (const [interpreters, file] of found) {
    it(`is ${file} where there are ${JSON.stringify(interpreters)}`, async () => {
      install(interpreters);
      assert.deepEqual(await findPython(), { file, version: interpreters[file] });
    });
  }

  const refused: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{}, "there is none on PATH"],
    [{ python3: "3.9", python: "2.7" }, "on PATH python3 is 3.9, python is 2.7"],
  ];
  for (const [interpreters, reason] of refused) {
    it(`is asked for where there are ${JSON.stringify(interpreters)}`, async () => {
      install(interpreters);
      await assert.rejects(findPython(), {
        name: "SandboxProblem",
        message: `The sandbox needs Python 3.11 or newer for its AWS emulator, and ${reason}. Install it: https://www.python.org/downloads/`,
      });
    });
  }
});
