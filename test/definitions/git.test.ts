import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { commitId, runGit } from "../../src/definitions/git";
import { GitFolder } from "../releases/git-folder";

describe("git that does not answer", () => {
  let folder: GitFolder;
  let plain: string;

  beforeEach(() => {
    folder = new GitFolder();
    plain = mkdtempSync(path.join(tmpdir(), "muster-no-git-"));
  });
  afterEach(() => {
    folder.remove();
    rmSync(plain, { recursive: true });
  });

  it("is told by a folder that is no repository", () =>
    assert.rejects(commitId(plain, "HEAD"), {
      name: "UserError",
      message:
        "This folder is no git repository, and git's history is what is asked for: run this in a clone, not in an unpacked archive.",
    }));

  it("is told by a repository without a commit", () =>
    assert.rejects(commitId(folder.path, "HEAD"), { message: "This repository has no commit yet." }));

  it("is told by a commit that nobody has", async () => {
    folder.commit("first");
    folder.commit("second");
    await assert.rejects(commitId(folder.path, "v1"), { message: 'git knows no commit "v1" here.' });
    await assert.rejects(commitId(folder.shallowCopy(), "HEAD~1"), {
      message:
        'git knows no commit "HEAD~1" here. This clone is shallow and may lack it: `git fetch --unshallow`.',
    });
  });

  it("is told by a machine without git", () =>
    assert.rejects(runGit(plain, ["status"], { env: { PATH: plain } }), {
      message:
        "git is not on the path, and its history is what is asked for. Install it: https://git-scm.com/install/",
    }));

  it("speaks for itself otherwise", () =>
    assert.rejects(runGit(folder.path, ["switch", "nowhere"]), {
      message: "git switch ended with 128: fatal: invalid reference: nowhere",
    }));
});
