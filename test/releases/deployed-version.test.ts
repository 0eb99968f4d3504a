import assert from "node:assert/strict";

import type { CommandAnswer } from "../../src/doctor/run-command";
import { deployedVersion, isRelease, formatVersion } from "../../src/releases/deployed-version";
import { compareVersions } from "../../src/releases/version-tag";
import { lastDeployment } from "../../src/releases/deployment-history";
import { GitRepository } from "../../src/releases/repository";
import { GitFolder } from "./git-folder";

const ELSEWHERE = "0123456789012345678901234567890123456789";

const ended = (value: unknown, code = 0): CommandAnswer => ({
  kind: "ended",
  code,
  stdout: JSON.stringify(value),
  stderr: "",
});

/** One operation of a stack, as `pulumi stack history --json` prints it. */
const operation = (commit: string, changes: object = {}): object => ({
  kind: "update",
  result: "succeeded",
  environment: { "git.head": commit, "git.dirty": "false" },
  ...changes,
});

describe("what a stack's history says of its last deployment", () => {
  const deployment = { commit: ELSEWHERE, hasUncommittedChanges: false, hasFailed: false };
  const unknown = (reason: string, isRead = false) => ({ kind: "unknown", reason, isRead });
  for (const [what, answer, expected] of [
    ["an update", ended([operation(ELSEWHERE)]), { kind: "known", deployment }],
    [
      "a refresh after an update",
      ended([operation(ELSEWHERE, { kind: "refresh" }), operation(ELSEWHERE)]),
      { kind: "known", deployment },
    ],
    [
      "an update that failed",
      ended([operation(ELSEWHERE, { result: "failed" })]),
      { kind: "known", deployment: { ...deployment, hasFailed: true } },
    ],
    [
      "an update that is not over",
      ended([operation(ELSEWHERE, { result: "in-progress" })]),
      { kind: "known", deployment: { ...deployment, hasFailed: true } },
    ],
    [
      "a working tree with more than its commit",
      ended([operation(ELSEWHERE, { environment: { "git.head": ELSEWHERE, "git.dirty": "true" } })]),
      { kind: "known", deployment: { ...deployment, hasUncommittedChanges: true } },
    ],
    [
      "a working tree that nobody looked at",
      ended([operation(ELSEWHERE, { environment: { "git.head": ELSEWHERE } })]),
      { kind: "known", deployment: { ...deployment, hasUncommittedChanges: true } },
    ],
    [
      "a destruction",
      ended([operation(ELSEWHERE, { kind: "destroy" }), operation(ELSEWHERE)]),
      { kind: "none" },
    ],
    ["nothing", ended([]), { kind: "none" }],
    ["no list at all", ended(null), { kind: "none" }],
    [
      "an update outside git",
      ended([operation(ELSEWHERE, { environment: {} })]),
      unknown("the last deployment noted no commit", true),
    ],
    [
      "a commit that is none",
      ended([operation("--upload-pack=x")]),
      unknown("the last deployment noted no commit", true),
    ],
    [
      "refreshes alone, as far as it is read",
      ended(Array.from({ length: 50 }, () => operation(ELSEWHERE, { kind: "refresh" }))),
      unknown("none of the last 50 operations is a deployment"),
    ],
    ["an error", ended([], 3), unknown("the stack's history cannot be read")],
    ["silence", { kind: "no answer" }, unknown("the stack's history cannot be read")],
  ] as const) {
    it(`${what}: ${expected.kind}`, () => assert.deepEqual(lastDeployment(answer), expected));
  }
});

describe("the version of an account", () => {
  let folder: GitFolder;
  let first: string;
  let second: string;
  let third: string;
  let sideways: string;

  before(() => {
    folder = new GitFolder();
    first = folder.commit("first");
    second = folder.commit("second");
    folder.git("tag", "v1.9.0");
    folder.git("tag", "v1.10.0");
    folder.git("tag", "v1.10.0-rc.1");
    folder.git("tag", "zebra");
    folder.git("tag", "v2");
    third = folder.commit("third");
    folder.git("checkout", "--quiet", "-b", "side", first);
    sideways = folder.commit("sideways");
    folder.git("checkout", "--quiet", "main");
  });
  after(() => folder.remove());

  const of = (commit: string, changes: object = {}, directory = folder.path) =>
    deployedVersion("prod", new GitRepository(directory), (...args) => {
      assert.deepEqual(args, ["stack", "history", "--stack", "prod", "--json", "--page-size", "50"]);
      return Promise.resolve(ended([operation(commit, changes)]));
    });

  it("is the highest version among the tags of the commit", async () => {
    const version = await of(second);
    assert.equal(formatVersion(version), `v1.10.0 (${second.slice(0, 7)}), 1 commit behind this checkout`);
    assert.equal(isRelease(version), true);
  });

  it("is the release where what led to it is on the same commit, as semantic versions are ordered", () => {
    // https://semver.org/#spec-item-11
    const ascending = [
      "v1.0.0-alpha",
      "v1.0.0-alpha.1",
      "v1.0.0-alpha.beta",
      "v1.0.0-beta",
      "v1.0.0-beta.2",
      "v1.0.0-beta.11",
      "v1.0.0-rc.1",
      "v1.0.0",
      "v1.2.0",
      "v1.10.0",
      "v2.0.0-x-y.1",
    ];
    assert.deepEqual([...ascending].reverse().sort(compareVersions), ascending);
    for (const [index, tag] of ascending.entries()) {
      for (const later of ascending.slice(index + 1))
        assert.ok(compareVersions(tag, later) < 0, `${tag} ${later}`);
    }
  });

  it("is a commit, with the version before it, where no tag is a version", async () => {
    const version = await of(third);
    const short = third.slice(0, 7);
    assert.match(
      formatVersion(version),
      new RegExp(`^${short}, which is no version \\(v[\\d.]+-1-g${short}\\)$`),
    );
    assert.equal(isRelease(version), false);
  });

  it("is a commit alone before the first version, and says where it lies beside what is checked out", async () => {
    const short = (commit: string): string => commit.slice(0, 7);
    assert.equal(
      formatVersion(await of(first)),
      `${short(first)}, which is no version, 2 commits behind this checkout`,
    );
    assert.equal(
      formatVersion(await of(sideways)),
      `${short(sideways)}, which is no version, which is no part of this checkout`,
    );
  });

  it("is no release where more than the tag was deployed, or less", async () => {
    const dirty = await of(second, { environment: { "git.head": second, "git.dirty": "true" } });
    assert.match(
      formatVersion(dirty),
      /^v1\.10\.0 .*, with changes that nobody had committed, 1 commit behind/,
    );
    const failed = await of(second, { result: "failed" });
    assert.match(
      formatVersion(failed),
      /^v1\.10\.0 .*, whose deployment failed before its end, 1 commit behind/,
    );
    assert.deepEqual([isRelease(dirty), isRelease(failed)], [false, false]);
  });

  it("is elsewhere where this clone does not have the commit, or is none", async () => {
    assert.equal(formatVersion(await of(ELSEWHERE)), "0123456, which this clone does not have");
    assert.equal(
      formatVersion(await of(first, {}, "/")),
      `${first.slice(0, 7)}, of which a folder without git's history does not know more`,
    );
    const shallow = folder.shallowCopy();
    assert.equal(
      formatVersion(await of(first, {}, shallow)),
      `${first.slice(0, 7)}, which this shallow clone does not have`,
    );
  });

  it("is unknown where the history is", async () => {
    assert.equal(
      formatVersion(await of(first, { environment: {} })),
      "an unknown version: the last deployment noted no commit",
    );
  });
});
