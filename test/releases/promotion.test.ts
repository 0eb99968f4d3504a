import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import type { DeployedVersion } from "../../src/releases/deployed-version";
import { assertNotOlder, assertTagUnmoved, deployedBranch, findRelease } from "../../src/releases/promotion";
import { GitRepository } from "../../src/releases/repository";
import { isVersionTag } from "../../src/releases/version-tag";
import { ACCOUNTS } from "../documents/fixture";
import { GitFolder } from "./git-folder";

const refused =
  (message: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, message);
    return true;
  };

describe("a version", () => {
  for (const tag of ["v1.4.0", "v0.0.1", "v10.20.30", "v2.0.0-rc.1", "v1.0.0-alpha-2"]) {
    it(`may be called ${tag}`, () => assert.equal(isVersionTag(tag), true));
  }
  for (const tag of [
    "1.4.0",
    "v1",
    "v1.4",
    "main",
    "v1.4.0;x",
    "v1.4.0 ",
    "-v1.4.0",
    "v1.4.0-",
    "v1.4.0\n",
    "",
  ]) {
    it(`may not be called ${JSON.stringify(tag)}`, () => assert.equal(isVersionTag(tag), false));
  }
});

describe("a promotion", () => {
  let folder: GitFolder;
  let repository: GitRepository;
  let older: string;
  let newer: string;
  let aside: string;

  before(() => {
    folder = new GitFolder();
    repository = new GitRepository(folder.path);
    older = folder.commit("older");
    folder.git("tag", "v1.0.0");
    newer = folder.commit("newer");
    folder.git("tag", "--annotate", "--message", "newer", "v1.1.0");
    // A branch of the name of a version is none.
    folder.git("branch", "v3.0.0");
    folder.git("checkout", "--quiet", "-b", "side", older);
    aside = folder.commit("aside");
    folder.git("tag", "v2.0.0");
    folder.git("checkout", "--quiet", "main");
  });
  after(() => folder.remove());

  it("takes a tag of the branch, of either kind", async () => {
    assert.deepEqual(await findRelease(repository, "v1.0.0", "main"), { tag: "v1.0.0", commit: older });
    assert.deepEqual(await findRelease(repository, "v1.1.0", "main"), { tag: "v1.1.0", commit: newer });
  });

  for (const [tag, message] of [
    ["latest", /"latest" is no version\. A version is a tag such as v1\.4\.0/],
    ["--help", /"--help" is no version/],
    ["v9.9.9", /There is no tag v9\.9\.9 in this clone\..* git fetch --tags/],
    ["v3.0.0", /There is no tag v3\.0\.0 in this clone/],
    ["v2.0.0", /v2\.0\.0 \([0-9a-f]{7}\) is not on main, so nobody has reviewed it/],
  ] as const) {
    it(`refuses ${tag}`, () => assert.rejects(findRelease(repository, tag, "main"), refused(message)));
  }

  it("asks the remote's branch where there is one, whatever was committed here", async () => {
    const clone = new GitFolder();
    try {
      clone.git("remote", "add", "origin", folder.path);
      clone.git("fetch", "--quiet", "--tags", "origin");
      clone.git("reset", "--quiet", "--hard", "origin/main");
      clone.commit("mine");
      clone.git("tag", "v1.2.0");
      const own = new GitRepository(clone.path);
      assert.equal((await findRelease(own, "v1.1.0", "main")).commit, newer);
      await assert.rejects(findRelease(own, "v1.2.0", "main"), refused(/is not on main/));
    } finally {
      clone.remove();
    }
  });

  it("refuses where there is no such branch", () =>
    assert.rejects(
      findRelease(repository, "v1.0.0", "trunk"),
      refused(/no branch trunk in this clone: git fetch/),
    ));

  const tagged = (tag: string, commit: string): DeployedVersion => ({
    kind: "tag",
    tag,
    commit,
    hasUncommittedChanges: false,
    hasFailed: false,
  });
  const promote = async (version: DeployedVersion, tag: string): Promise<void> =>
    assertNotOlder(repository, ACCOUNTS.prod, version, await findRelease(repository, tag, "main"));

  it("goes forward, stays, and begins", async () => {
    await promote(tagged("v1.0.0", older), "v1.1.0");
    await promote(tagged("v1.1.0", newer), "v1.1.0");
    await promote({ kind: "none" }, "v1.0.0");
  });

  it("does not go back, or aside, or where nobody can tell", async () => {
    await assert.rejects(
      promote(tagged("v1.1.0", newer), "v1.0.0"),
      refused(
        /^prod is at v1\.1\.0 .*, which is not part of v1\.0\.0 \([0-9a-f]{7}\)\. An older roster lets in again .*--even-if-older$/,
      ),
    );
    await assert.rejects(promote(tagged("v2.0.0", aside), "v1.1.0"), refused(/is not part of v1\.1\.0/));
    const elsewhere = {
      kind: "elsewhere",
      clone: "whole",
      commit: aside,
      hasUncommittedChanges: false,
      hasFailed: false,
    } as const;
    await assert.rejects(promote(elsewhere, "v1.1.0"), refused(/nobody can tell whether v1\.1\.0 is older/));
    await assert.rejects(
      promote({ kind: "unknown", reason: "no", isRead: true }, "v1.1.0"),
      refused(/nobody can tell/),
    );
  });

  it("is the commit that was checked, although the tag may have moved since", async () => {
    const release = await findRelease(repository, "v1.1.0", "main");
    assert.doesNotThrow(() => assertTagUnmoved(release, newer));
    assert.throws(
      () => assertTagUnmoved(release, older),
      refused(
        /^v1\.1\.0 is [0-9a-f]{7} by now; [0-9a-f]{7} was checked\. A version does not move: make another one\.$/,
      ),
    );
  });

  it("takes the branch that the pipeline deploys, and main where there is none", () => {
    assert.equal(deployedBranch(undefined), "main");
    assert.equal(deployedBranch({ kind: "users", branch: "trunk" }), "trunk");
    assert.equal(
      deployedBranch({ kind: "github", repository: "example/accounts", branch: "trunk" }),
      "trunk",
    );
  });
});
