import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { withCommitCheckout } from "../../src/releases/commit-checkout";
import { comparedProgram, programLine } from "../../src/releases/compared-program";
import type { DeployedVersion } from "../../src/releases/deployed-version";
import { GitRepository } from "../../src/releases/repository";
import { ACCOUNTS } from "../documents/fixture";
import { GitFolder } from "./git-folder";

const COMMIT = "1234567890123456789012345678901234567890";
const deployed = { commit: COMMIT, hasUncommittedChanges: false, hasFailed: false };
const TAG: DeployedVersion = { kind: "tag", tag: "v1.4.0", ...deployed, behind: 3 };

describe("the program with which an account is compared", () => {
  const tagged = { ...ACCOUNTS.prod, follows: "tags" } as const;
  const here = "the program of this checkout";
  for (const [what, version, commit, line] of [
    [
      "a tag",
      TAG,
      COMMIT,
      "At v1.4.0 (1234567), 3 commits behind this checkout; compared with the program of v1.4.0.",
    ],
    [
      "more than a tag",
      { ...TAG, hasUncommittedChanges: true },
      COMMIT,
      "At v1.4.0 (1234567), with changes that nobody had committed, 3 commits behind this checkout; compared with the program " +
        "of v1.4.0, without what nobody had committed.",
    ],
    [
      "a commit",
      { kind: "commit", ...deployed, behind: 0 },
      COMMIT,
      "At 1234567, which is no version; compared with the program of 1234567.",
    ],
    [
      "a commit of another clone",
      { kind: "elsewhere", clone: "whole", ...deployed },
      undefined,
      `At 1234567, which this clone does not have; compared with ${here}, for want of the one that was deployed.`,
    ],
    [
      "nobody knows what",
      { kind: "unknown", reason: "nothing noted", isRead: true },
      undefined,
      `At an unknown version: nothing noted; compared with ${here}, for want of the one that was deployed.`,
    ],
    ["nothing", { kind: "none" }, undefined, `At no version: nothing is deployed; compared with ${here}.`],
  ] as const satisfies readonly (readonly [string, DeployedVersion, string | undefined, string])[]) {
    it(`is that of ${what}, where tags are followed`, () => {
      const program = comparedProgram(tagged, version);
      assert.equal(program.commit, commit);
      assert.equal(programLine(program), line);
    });
  }

  it("is the one that stands here, where the branch is followed", () => {
    const program = comparedProgram(ACCOUNTS.prod, TAG);
    assert.equal(program.commit, undefined);
    assert.equal(
      programLine(program),
      `At v1.4.0 (1234567), 3 commits behind this checkout; compared with ${here}.`,
    );
  });
});

describe("a checkout of a commit", () => {
  let folder: GitFolder;
  before(() => {
    folder = new GitFolder();
    mkdirSync(join(folder.path, "node_modules", "@scope", "one"), { recursive: true });
    writeFileSync(join(folder.path, "node_modules", "@scope", "one", "package.txt"), "a package");
    writeFileSync(join(folder.path, ".gitignore"), "node_modules/\n");
    writeFileSync(join(folder.path, "package.json"), '{ "name": "project" }');
    writeFileSync(
      join(folder.path, "package-lock.json"),
      '{ "name": "project", "lockfileVersion": 3, "packages": { "": {}, "node_modules/@scope/one": { "version": "1.0.0" } } }',
    );
    writeFileSync(
      join(folder.path, "node_modules", ".package-lock.json"),
      '{ "name": "project", "lockfileVersion": 3, "packages": { "node_modules/@scope/one": { "version": "1.0.0" } } }',
    );
  });
  after(() => folder.remove());

  it("has what was committed, and the packages where Node.js finds them, is clean, and goes away", async () => {
    const first = folder.commit("first");
    folder.commit("second");
    writeFileSync(join(folder.path, "file.txt"), "not committed");
    const repository = new GitRepository(folder.path);
    const used = await withCommitCheckout(repository, first, async (project) => {
      assert.equal(readFileSync(join(project, "file.txt"), "utf8"), "first");
      assert.ok(lstatSync(join(project, "..", "node_modules")).isSymbolicLink());
      assert.equal(
        readFileSync(join(project, "..", "node_modules", "@scope", "one", "package.txt"), "utf8"),
        "a package",
      );
      const checkout = new GitRepository(project);
      assert.equal(await checkout.ask("status", "--porcelain"), "");
      assert.equal(await checkout.ask("rev-parse", "HEAD"), first);
      return project;
    });
    assert.equal(existsSync(used), false);
    assert.equal((await repository.ask("worktree", "list"))?.split("\n").length, 1);
    assert.equal(readFileSync(join(folder.path, "file.txt"), "utf8"), "not committed");
  });

  it("does not find what is installed and in no lockfile", async () => {
    const stray = join(folder.path, "node_modules", "stray");
    mkdirSync(stray);
    const linked = await withCommitCheckout(new GitRepository(folder.path), "HEAD", (project) =>
      Promise.resolve(existsSync(join(project, "..", "node_modules"))),
    ).catch((error: unknown) => String(error));
    rmSync(stray, { recursive: true });
    // `npm ci` installs instead, or says why it cannot: this lockfile is none of npm's.
    assert.ok(
      linked === false || String(linked).includes("packages of HEAD could not be installed"),
      String(linked),
    );
  });

  it("goes away where its use fails", async () => {
    const repository = new GitRepository(folder.path);
    let used = "";
    const failing = withCommitCheckout(repository, "HEAD", (project) => {
      used = project;
      return Promise.reject(new Error("it failed"));
    });
    await assert.rejects(failing, /it failed/);
    assert.notEqual(used, "");
    assert.equal(existsSync(used), false);
  });

  it("is refused for what git does not know", () =>
    assert.rejects(
      withCommitCheckout(new GitRepository(folder.path), "nowhere", () => Promise.resolve()),
      /git cannot check out nowhere/,
    ));
});
