import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { makeFolder } from "../../src/files/make-folder";

const MODULE = path.join(__dirname, "..", "..", "src", "files", "make-folder.ts");
const START = path.join(__dirname, "..", "..", "start", "register.js");

describe("makeFolder", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "muster-folder-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("makes the folder and those above it, with the mode", () => {
    makeFolder(path.join(root, "a", "b"), 0o700);
    for (const folder of ["a", "a/b"])
      assert.equal(statSync(path.join(root, folder)).mode & 0o777, 0o700, folder);
  });

  it("leaves a folder that is there as it is", () => {
    makeFolder(path.join(root, "a"), 0o700);
    makeFolder(path.join(root, "a"), 0o755);
    assert.equal(statSync(path.join(root, "a")).mode & 0o777, 0o700);
  });

  it("says that a file is in the way", () => {
    writeFileSync(path.join(root, "a"), "");
    assert.throws(() => makeFolder(path.join(root, "a")), { code: "EEXIST" });
  });

  it("says that the file system is read-only", function () {
    const program = `try { require(${JSON.stringify(MODULE)}).makeFolder("a/b"); } catch (error) { console.log(error.code); }`;
    const inReadOnlyFolder = `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && exec "$2" --require "$3" --eval "$4"`;
    const namespace = ["--user", "--map-root-user", "--mount"];
    try {
      execFileSync("unshare", [...namespace, "mount", "--bind", root, root], { stdio: "ignore" });
    } catch {
      console.warn("Not tested: mounting a read-only folder takes Linux and its user namespaces.");
      this.skip();
    }
    const printed = execFileSync(
      "unshare",
      [...namespace, "sh", "-ec", inReadOnlyFolder, "sh", root, process.execPath, START, program],
      { encoding: "utf8" },
    );
    assert.equal(printed, "EROFS\n");
  });
});
