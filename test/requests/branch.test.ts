import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UserError } from "../../src/model/problems";
import { createBranch } from "../../src/requests/branch";

describe("a new branch", () => {
  let folder: string;
  let commit: string;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    }).trim();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-branch-"));
    git("init", "-q", "-b", "main");
    git("commit", "-q", "--allow-empty", "-m", "first");
    commit = git("rev-parse", "HEAD");
    git("branch", "taken");
    git("branch", "expired/earlier");
  });

  after(() => rmSync(folder, { recursive: true }));

  const refusal = async (name: string): Promise<string> => {
    try {
      await createBranch(folder, name, commit);
    } catch (error) {
      assert.ok(error instanceof UserError);
      return error.message;
    }
    return "made";
  };

  it("names the commit", async () => {
    assert.equal(await refusal("access/new"), "made");
    assert.equal(git("rev-parse", "access/new"), commit);
  });

  it("is not made over one of its name", async () =>
    assert.match(await refusal("taken"), /^There is a branch taken already, .*`git branch -D taken`$/));

  it("is not taken for one below its name, which git does not allow beside it", async () =>
    assert.match(await refusal("expired"), /^The branch expired cannot be made: .*expired\/earlier/));
});
