import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { copyStackSettings } from "../../sandbox/stack-settings";
import { assertSucceeded } from "./support/outcome";
import { Workspace, type Sources } from "./support/workspace";

const CHECKOUT = path.join(__dirname, "..", "..");

const COMPANY = {
  organization: {
    prefix: "acme",
    region: "eu-central-1",
    accounts: {
      users: { id: "555555555555", kind: "identity" },
      dev: { id: "666666666666", kind: "workload", environment: "dev" },
      prod: { id: "777777777777", kind: "workload", environment: "prod", follows: "tags" },
    },
  },
  roster: {
    people: {
      "ada.devops": { email: "ada@example.com", category: "devops", access: { dev: "Ops", prod: "Read" } },
      "sam.security": { email: "sam@example.com", category: "security", access: { dev: "Security" } },
    },
    power: ["ada.devops", "sam.security"],
  },
} as const satisfies Sources;

const NINA = {
  email: "nina@example.com",
  category: "devops",
  access: { dev: "Read", prod: "Read" },
} as const;

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly found: string;
}

describe("releases", function () {
  this.timeout(400_000);
  let workspace: Workspace;
  let project: string;

  const git = (...args: readonly string[]): string => {
    const author = ["user.name=test", "user.email=test@example.com", "commit.gpgsign=false"];
    return execFileSync("git", [...author.flatMap((setting) => ["-c", setting]), ...args], {
      cwd: project,
      encoding: "utf8",
    }).trim();
  };
  const short = (name: string): string => git("rev-parse", `${name}^{commit}`).slice(0, 7);

  /** Commits the project as it stands. */
  const commit = (message: string, tag?: string): void => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    if (tag !== undefined) git("tag", tag);
  };
  const versions = async (): Promise<readonly string[]> => {
    const { stdout } = await workspace.script("doctor", "--json");
    const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
    return findings
      .filter(({ name }) => name === "version of dev" || name === "version of prod")
      .map(({ name, status, found }) => `${status} ${name}: ${found}`);
  };
  const drift = async () => {
    const { code, stdout, stderr } = await workspace.script("drift", "dev", "prod");
    return { code, lines: stdout.split("\n").filter((line) => /^(dev|prod|At) /.test(line)), stderr };
  };

  before(async () => {
    workspace = await Workspace.open(COMPANY, ["dev", "prod"]);
    project = path.join(workspace.root, "project");
    copyFileSync(path.join(CHECKOUT, "package-lock.json"), path.join(project, "package-lock.json"));
    writeFileSync(path.join(project, ".gitignore"), "node_modules\ndist/\n");
    // A checkout has the settings that are committed, with the secrets of the stack's own.
    for (const stack of ["dev", "prod"]) {
      const settings = path.join(workspace.root, "committed");
      mkdirSync(settings, { recursive: true });
      copyFileSync(copyStackSettings(project, stack, settings), path.join(project, `Pulumi.${stack}.yaml`));
    }
    git("init", "--quiet", "--initial-branch", "main");
    commit("the program", "v1.0.0");
  });

  after(() => workspace.remove());

  it("shows what a version would change, and changes nothing", async () => {
    const state = workspace.state();
    const { code, stdout, stderr } = await workspace.script("promote", "v1.0.0", "prod", "--preview");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stderr, /^prod is at no version: nothing is deployed\.$/m);
    assert.match(stdout, /\+ \d+ to create/);
    assert.deepEqual(workspace.state(), state);
  });

  it("deploys a version to one account, with its policy pack, from a checkout that is gone afterwards", async () => {
    const { code, stdout, stderr } = await workspace.script("promote", "v1.0.0", "prod", "--yes");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /muster@.* \(local: policypack\)/);
    assert.equal(git("worktree", "list").split("\n").length, 1);
    assert.equal(git("status", "--porcelain"), "");
    assert.equal((await versions())[1], `ok version of prod: v1.0.0 (${short("v1.0.0")})`);
  });

  it("keeps prod behind dev: each is compared with the program that it has to have", async () => {
    workspace.write({ ...COMPANY.roster, people: { ...COMPANY.roster.people, "nina.devops": NINA } });
    commit("Nina comes", "v1.1.0");
    assertSucceeded(await workspace.deploy("dev"));
    const [newer, older] = [short("v1.1.0"), short("v1.0.0")];
    assert.deepEqual(await versions(), [
      `ok version of dev: v1.1.0 (${newer})`,
      `ok version of prod: v1.0.0 (${older}), 1 commit behind this checkout`,
    ]);
    const { code, lines, stderr } = await drift();
    assert.equal(code, 0, stderr);
    assert.deepEqual(lines, [
      "dev (666666666666): nothing differs.",
      `At v1.1.0 (${newer}); compared with the program of this checkout.`,
      "prod (777777777777): nothing differs.",
      `At v1.0.0 (${older}), 1 commit behind this checkout; compared with the program of v1.0.0.`,
    ]);
  });

  it("sees what somebody changed by hand in an account that is behind", async () => {
    await workspace
      .byHand("prod")
      .updateRoleDescription({ RoleName: "acme-ReadR-prod", Description: "Mine." });
    const { code, lines } = await drift();
    assert.equal(code, 1);
    assert.equal(lines[2], "prod (777777777777):");
    const { code: again, stdout, stderr } = await workspace.script("promote", "v1.0.0", "prod", "--yes");
    assert.equal(again, 0, stdout + stderr);
    assert.equal((await drift()).code, 0);
  });

  it("brings prod to the newer version, and does not take it back without being told so", async () => {
    const { code, stdout, stderr } = await workspace.script("promote", "v1.1.0", "prod", "--yes");
    assert.equal(code, 0, stdout + stderr);
    assert.equal((await versions())[1], `ok version of prod: v1.1.0 (${short("v1.1.0")})`);
    const state = workspace.state();
    const back = await workspace.script("promote", "v1.0.0", "prod", "--yes");
    assert.equal(back.code, 2);
    assert.match(back.stderr, /^prod is at v1\.1\.0 .*, which is not part of v1\.0\.0 /m);
    assert.deepEqual(workspace.state(), state);
    const meant = await workspace.script("promote", "v1.0.0", "prod", "--yes", "--even-if-older");
    assert.equal(meant.code, 0, meant.stderr);
    assert.match((await versions())[1] ?? "", /^ok version of prod: v1\.0\.0 /);
  });

  it("refuses a tag that is not on the branch, before anything is asked", async () => {
    git("checkout", "--quiet", "-b", "side");
    commit("aside", "v3.0.0");
    git("checkout", "--quiet", "main");
    const { code, stderr, calls } = await workspace.script("promote", "v3.0.0", "prod", "--yes");
    assert.equal(code, 2);
    assert.match(stderr, /v3\.0\.0 .* is not on main/);
    assert.deepEqual(calls, []);
  });

  it("says where an account was deployed from no version, or with changes that nobody had committed", async () => {
    commit("nothing else");
    assertSucceeded(await workspace.deploy("prod"));
    workspace.writeFile("note.txt", "not committed");
    assertSucceeded(await workspace.deploy("dev"));
    const head = short("HEAD");
    assert.deepEqual(await versions(), [
      `ok version of dev: ${head}, which is no version (v1.1.0-1-g${head}), with changes that nobody had committed`,
      `missing version of prod: ${head}, which is no version (v1.1.0-1-g${head})`,
    ]);
    const { lines } = await drift();
    assert.equal(
      lines.at(-1),
      `At ${head}, which is no version (v1.1.0-1-g${head}); compared with the program of ${head}.`,
    );
  });

  it("says where nobody noted what was deployed", async () => {
    const { code, stdout, stderr } = await workspace.shell(
      "mv .git ../kept && pulumi up --yes --stack prod --non-interactive; status=$?; mv ../kept .git; exit $status",
    );
    assert.equal(code, 0, stdout + stderr);
    assert.equal(
      (await versions())[1],
      "missing version of prod: an unknown version: the last deployment noted no commit",
    );
    const { lines } = await drift();
    assert.equal(
      lines.at(-1),
      "At an unknown version: the last deployment noted no commit; compared with the program of this checkout, for want of the one that was deployed.",
    );
    const refused = await workspace.script("promote", "v1.1.0", "prod", "--yes");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /nobody can tell whether v1\.1\.0 is older/);
  });
});
