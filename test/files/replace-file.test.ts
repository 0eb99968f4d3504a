import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { removeDrafts, replaceFile, UnwritableFile } from "../../src/files/replace-file";

const MODULE = path.join(__dirname, "..", "..", "src", "files", "replace-file.ts");
const START = path.join(__dirname, "..", "..", "start", "register.js");

describe("replaceFile", () => {
  let root: string;
  const at = (...names: readonly string[]): string => path.join(root, ...names);
  const modeOf = (file: string): number => statSync(file).mode & 0o777;

  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "muster-replace-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("writes a new file with the mode, in folders with theirs", () => {
    replaceFile(at("a", "b", "file"), "text", { mode: 0o600, folderMode: 0o700 });
    assert.equal(readFileSync(at("a", "b", "file"), "utf8"), "text");
    assert.deepEqual([at("a"), at("a", "b"), at("a", "b", "file")].map(modeOf), [0o700, 0o700, 0o600]);
  });

  it("keeps the mode of a file that is there, and leaves nothing beside it", () => {
    writeFileSync(at("file"), "old");
    chmodSync(at("file"), 0o640);
    replaceFile(at("file"), "new", { mode: 0o600 });
    assert.equal(readFileSync(at("file"), "utf8"), "new");
    assert.equal(modeOf(at("file")), 0o640);
    assert.deepEqual(readdirSync(root), ["file"]);
  });

  it("writes to a pipe", () => {
    const program = `require(${JSON.stringify(MODULE)}).replaceFile("/dev/stdout", "text")`;
    // Node.js would give the child a socket, which nobody opens by a name.
    const piped = ["-ec", `"$1" --require "$2" --eval "$3" | cat`, "sh", process.execPath, START, program];
    const printed = execFileSync("sh", piped, { encoding: "utf8" });
    assert.equal(printed, "text");
  });

  for (const [what, file, message] of [
    ["a folder that is missing", ["no", "file"], /no\/file cannot be written: ENOENT/],
    ["a folder in its place", ["folder"], /folder cannot be written: EISDIR/],
    ["a file in the place of its folder", ["old", "file"], /old\/file cannot be written: ENOTDIR/],
  ] as const) {
    it(`names the file and the cause: ${what}`, () => {
      writeFileSync(at("old"), "");
      mkdirSync(at("folder"));
      const isSaid = (error: unknown): boolean =>
        error instanceof UnwritableFile && message.test(error.message);
      assert.throws(() => replaceFile(at(...file), "text"), isSaid);
      assert.deepEqual(readdirSync(root).sort(), ["folder", "old"]);
    });
  }

  it("leaves a full disk as it was", function () {
    const program = `
      const { replaceFile } = require(${JSON.stringify(MODULE)});
      for (const file of ["old", "new"])
        try { replaceFile(file, "x".repeat(1_000_000)); } catch (error) { console.log(error.message); }
      console.log(require("node:fs").readdirSync(".").join(), require("node:fs").readFileSync("old", "utf8"));`;
    const onSmallDisk = `mount -t tmpfs -o size=64k tmpfs "$1" && cd "$1" && printf whole > old && exec "$2" --require "$3" --eval "$4"`;
    const namespace = ["--user", "--map-root-user", "--mount"];
    try {
      execFileSync("unshare", [...namespace, "mount", "-t", "tmpfs", "tmpfs", root], { stdio: "ignore" });
    } catch {
      console.warn("Not tested: mounting a small disk takes Linux and its user namespaces.");
      this.skip();
    }
    const printed = execFileSync(
      "unshare",
      [...namespace, "sh", "-ec", onSmallDisk, "sh", root, process.execPath, START, program],
      { encoding: "utf8" },
    );
    assert.equal(
      printed,
      "old cannot be written, and is as it was: ENOSPC: no space left on device, write.\n" +
        "new cannot be written: ENOSPC: no space left on device, write.\n" +
        "old whole\n",
    );
  });

  it("leaves drafts where it was interrupted, which can be removed", () => {
    mkdirSync(at("a"));
    for (const file of [at("a", "file"), at("a", "file.1.draft"), at("file.2.draft")])
      writeFileSync(file, "");
    removeDrafts(root);
    assert.deepEqual(readdirSync(root, { recursive: true }), ["a", "a/file"]);
  });
});
