import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";
import { definition } from "./support/definition";
import { removeFolder, temporaryFolder } from "./support/temporary-folder";

const CHECKOUT = path.join(__dirname, "..", "..");
const PROGRAM = ["start", "src", "package.json", "tsconfig.json"];

/** A repository of an adopter's: the program, committed. */
class Repository {
  readonly root = temporaryFolder();

  constructor(private readonly project = ".") {
    const folder = path.join(this.root, project);
    for (const entry of PROGRAM)
      cpSync(path.join(CHECKOUT, entry), path.join(folder, entry), { recursive: true });
    symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(folder, "node_modules"), "dir");
    writeFileSync(path.join(folder, ".gitignore"), "node_modules\n");
    this.write(
      "src/organization.ts",
      definition("organization", "defineOrganization", [sampleOrganization()]),
    );
    this.write("src/workloads.ts", definition("workloads", "defineWorkloads", [{}]));
    this.invariants([]);
    this.roster(() => undefined);
    this.git("init", "--quiet");
    this.commit("the program");
  }

  private write(file: string, text: string): void {
    writeFileSync(path.join(this.root, this.project, file), text);
  }

  /** Writes the sample roster with a change. */
  roster(change: (roster: WrittenRoster) => void): void {
    const roster = sampleRoster();
    change(roster);
    this.write("src/roster.ts", definition("roster", "defineRoster", ["organization", roster]));
  }

  invariants(written: readonly object[]): void {
    this.write("src/invariants.ts", `export const invariants = ${JSON.stringify(written)};\n`);
  }

  git(...args: readonly string[]): string {
    const author = [
      "-c",
      "user.name=test",
      "-c",
      "user.email=test@example.com",
      "-c",
      "commit.gpgsign=false",
    ];
    return execFileSync("git", [...author, ...args], { cwd: this.root, encoding: "utf8" });
  }

  commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", message);
  }

  edit(file: string, from: string, to: string): void {
    const text = readFileSync(path.join(this.root, this.project, file), "utf8");
    assert.ok(text.includes(from), `${file} has no ${from}`);
    this.write(file, text.replace(from, to));
  }

  append(file: string, text: string): void {
    this.write(file, `${readFileSync(path.join(this.root, this.project, file), "utf8")}${text}`);
  }

  /** Commits what is written, and has what was before checked out again. */
  request(message: string): string {
    this.commit(message);
    const commit = this.git("rev-parse", "HEAD").trim();
    this.git("checkout", "--quiet", "HEAD~1");
    return commit;
  }

  diff(...args: readonly string[]) {
    return this.run("access", "diff", ...args);
  }

  run(script: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script, "--", ...args], {
      cwd: path.join(this.root, this.project),
      encoding: "utf8",
      timeout: 120_000,
    });
    return { status, stdout, stderr };
  }
}

const withoutStaging = ({ people }: WrittenRoster): void => {
  delete people["john.developer"]!.access["staging"];
};

describe("npm run prove -- --commit", function () {
  this.timeout(180_000);
  let repository: Repository;

  before(() => {
    repository = new Repository();
  });

  after(() => removeFolder(repository.root));

  it("proves what the commit's documents say, and names the code that made them", () => {
    repository.append("src/documents/blueprint.ts", "\n");
    repository.roster(withoutStaging);
    repository.commit("other code");
    const commit = repository.git("rev-parse", "HEAD").trim();
    repository.git("checkout", "--quiet", "HEAD~1");
    const { status, stdout, stderr } = repository.run("prove", "readers-change-nothing", "--commit", commit);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^✔ readers-change-nothing /m);
    assert.match(
      stdout,
      /these files of it differ from those of HEAD[^]*not proven\.\n {2}src\/documents\/blueprint\.ts\n$/,
    );
    repository.git("checkout", "--quiet", commit);
  });

  describe("with invariants of one's own", () => {
    const STAYS = {
      id: "backups-stay",
      of: "prod/Ops",
      never: { actions: "rds:DeleteDBSnapshot" },
      because: "Backups stay.",
    };

    before(() => {
      repository.invariants([STAYS]);
      repository.commit("invariants");
    });

    it("refuses a commit with a faulty one as the commit's own command would, and compares it all the same", () => {
      repository.invariants([STAYS, { ...STAYS, id: "misspelt", of: "prod/Opps" }]);
      const commit = repository.request("a faulty invariant");
      const { status, stdout, stderr } = repository.run("prove", "backups-stay", "--commit", commit);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
      assert.match(
        stderr,
        /^1 problem to solve first\.\n\nsrc\/invariants\.ts\n {2}1\. \[1\]\.of = "prod\/Opps"\n {5}There is no such role/,
      );
      assert.equal(repository.diff("HEAD", commit).status, 0);
    });

    it("refuses a commit whose file of them cannot be read, with the place", () => {
      repository.append("src/invariants.ts", "export const = 1;\n");
      const commit = repository.request("no TypeScript");
      const { status, stdout, stderr } = repository.run("prove", "backups-stay", "--commit", commit);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
      assert.match(
        stderr,
        /^The program of [^\n]* cannot be read by this one:\n[^\n]*\nsrc\/invariants\.ts\(2,14\): error TS1134: /,
      );
    });

    it("proves those that the commit leaves out as HEAD has them", () => {
      repository.invariants([{ ...STAYS, id: "other-backups-stay" }]);
      const commit = repository.request("another invariant");
      const ids = ["backups-stay", "other-backups-stay"];
      const { status, stdout, stderr } = repository.run("prove", ...ids, "--commit", commit);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^✔ backups-stay [^]*^✔ other-backups-stay /m);
      assert.match(
        stdout,
        /^Of HEAD, and proven as HEAD has them, though the commit changes or leaves them out: backups-stay\.$/m,
      );
      assert.match(stdout, /these files of it differ[^]*\n {2}src\/invariants\.ts\n$/);
    });
  });

  it("refuses a commit that makes no documents of an account: of them everything would hold", () => {
    repository.edit(
      "src/documents/blueprint.ts",
      "export function blueprintsOf(",
      "export const blueprintsOf = (model: Model) => allOf(model).filter(({ account }) => account.key !== 'prod');\nfunction allOf(",
    );
    repository.commit("prod left out");
    const commit = repository.git("rev-parse", "HEAD").trim();
    repository.git("checkout", "--quiet", "HEAD~1");
    const { status, stdout, stderr } = repository.run("prove", "readers-change-nothing", "--commit", commit);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    assert.match(
      stderr,
      /Its program makes documents of dev \(222222222222\), staging \(333333333333\), users \(111111111111\); its organization has dev [^]*prod \(444444444444\)/,
    );
  });
});

describe("npm run access -- diff", function () {
  this.timeout(180_000);
  let repository: Repository;

  before(() => {
    repository = new Repository();
  });

  after(() => removeFolder(repository.root));

  it("says that an unchanged program changes nothing", () => {
    const { status, stdout, stderr } = repository.diff();
    assert.deepEqual(
      { status, stdout },
      {
        status: 0,
        stdout:
          "## Access, against HEAD\n\nNo difference was found: people are as they were, and so are every document of roles, groups and users and how long roles' sessions may last.\n",
      },
      stderr,
    );
  });

  it("compares the working tree with a commit, by the commit's own documents, and touches neither", () => {
    repository.roster(withoutStaging);
    repository.edit(
      "src/documents/permissions/analyst.ts",
      "lambda:InvokeFunction",
      "lambda:InvokeFunctionUrl",
    );
    const status = repository.git("status", "--porcelain");
    const { stdout, stderr, status: code } = repository.diff("HEAD", "--fail-on", "prod-admin,new-partner");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\| `john\.developer` \| staging\/Developer \| always \| — \|/);
    assert.match(stdout, /staging\/Analyst \(people\): \+1, −1/);
    assert.match(stdout, /- gains write \(1\): `lambda:InvokeFunctionUrl`/);
    assert.equal(repository.git("status", "--porcelain"), status);
    repository.commit("less for john");
    assert.match(repository.diff("HEAD~1").stdout, /`john\.developer`/);
    assert.match(repository.diff().stdout, /No difference was found: people are as they were/);
  });

  it("exits 1 where a gate finds something", () => {
    repository.roster((roster) => {
      withoutStaging(roster);
      roster.breakGlass = { prod: { primary: "sarah.devops", backup: "chris.security" } };
    });
    const { status, stdout, stderr } = repository.diff("HEAD", "--fail-on", "prod-admin");
    assert.equal(status, 1, stderr);
    assert.match(
      stdout,
      /### Stopped by the gates\n\n- `prod-admin`\n {2}- chris\.security gets into prod\/BreakGlass: always\n/,
    );
    const { stopped } = JSON.parse(repository.diff("HEAD", "--json", "--fail-on", "prod-admin").stdout) as {
      readonly stopped: unknown;
    };
    assert.deepEqual(stopped, [
      { gate: "prod-admin", findings: ["chris.security gets into prod/BreakGlass: always"] },
    ]);
  });

  it("stops roles that ask people for less, and longer sessions, whichever option names the gate", () => {
    repository.edit("src/documents/role-trust.ts", 'Bool: { "aws:MultiFactorAuthPresent": "true" },', "");
    repository.edit(
      "src/model/roles.ts",
      'BreakGlass: { admits: "break-glass", sessionSeconds: HOUR',
      'BreakGlass: { admits: "break-glass", sessionSeconds: 12 * HOUR',
    );
    const { status, stdout, stderr } = repository.diff(
      "HEAD",
      "--fail-on",
      "prod-admin",
      "--fail-on",
      "power",
    );
    repository.git("checkout", "--quiet", "src/documents/role-trust.ts", "src/model/roles.ts");
    assert.equal(status, 1, stderr);
    assert.match(
      stdout,
      /gets into prod\/BreakGlass: always, if aws:MultiFactorAuthAge is less than 3600 and sts:RoleSessionName/,
    );
    assert.match(stdout, /- prod\/BreakGlass has sessions of 12 hours, not of 1 hour\n/);
  });

  it("exits 2 for a commit that there is not, a gate that there is not, and a roster that is wrong there", () => {
    const unknown = repository.diff("nowhere");
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /git knows no commit "nowhere" here\./);
    const gate = repository.diff("HEAD", "--fail-on", "prod-admn");
    assert.equal(gate.status, 2);
    assert.match(gate.stderr, /There is no gate "prod-admn"\. Known: .*Did you mean "prod-admin"\?/);
    repository.roster(({ people }) => {
      people["kim.contractor"]!.sponsor = "nobody.at-all";
    });
    repository.commit("a mistake");
    repository.roster(() => undefined);
    const wrong = repository.diff();
    assert.equal(wrong.status, 2);
    assert.match(
      wrong.stderr,
      /^The program of HEAD \([0-9a-f]{12}\) cannot be read by this one:\n1 problem to solve first\./m,
    );
    assert.doesNotMatch(wrong.stderr, /^\s+at /m);
  });

  it("compares two commits by the code of neither, and lets theirs do nothing but answer", () => {
    repository.roster(() => undefined);
    repository.commit("as before");
    const attempts = `
      const attempt = (what: string, action: () => unknown): string => {
        try {
          action();
          return what + ": done";
        } catch {
          return what + ": refused";
        }
      };
      console.log("## Access, against nothing: all is well");
      throw new Error(
        [
          attempt("write", () => require("node:fs").writeFileSync(${JSON.stringify(path.join(repository.root, "written"))}, "")),
          attempt("read", () => require("node:fs").readFileSync("/etc/hostname")),
          attempt("read by a link", () => require("node:fs").readFileSync(__dirname + "/../out/hostname")),
          attempt("start", () => require("node:child_process").execFileSync("id")),
          attempt("signal", () => process.kill(process.ppid, 0)),
          "environment: " + Object.keys(process.env).sort().join(),
        ].join("; "),
      );
    `;
    repository.append("src/roster.ts", attempts);
    symlinkSync("/etc", path.join(repository.root, "out"));
    repository.commit("hostile");
    // What is checked out is the tool that compares, as the base branch is in the pull request's job.
    repository.git("revert", "--no-edit", "HEAD");
    const { status, stdout, stderr } = repository.diff("HEAD~2", "HEAD~1");
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    assert.match(
      stderr,
      /^write: refused; read: refused; read by a link: refused; start: refused; signal: refused; environment: (PATH,)?TS_NODE_PROJECT$/m,
    );
  });

  it("says which code changes between the commits", () => {
    repository.edit("src/documents/permissions/analyst.ts", "lambda:InvokeFunction", "lambda:GetFunction");
    repository.append("start/program.js", "\n");
    repository.append("src/roster.ts", "\n");
    repository.commit("other documents");
    const { status, stdout, stderr } = repository.diff("HEAD~1", "HEAD");
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /### Files to read: what they do is not compared\n\n.*\n`src\/documents\/permissions\/analyst\.ts`, `start\/program\.js`\n/,
    );
    repository.git("revert", "--no-edit", "HEAD");
  });

  it("says that an edited file computes, for it may come to something else where it is deployed", () => {
    repository.append("src/roster.ts", "export const now = Date.now();\n");
    repository.commit("a clock");
    const { status, stdout, stderr } = repository.diff("HEAD~1", "HEAD");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /### Files to read: what they do is not compared\n\n.*\n`src\/roster\.ts`\n/);
    repository.git("revert", "--no-edit", "HEAD");
  });

  it("refuses a later commit that says a key twice, and says it of an earlier one", () => {
    repository.edit(
      "src/roster.ts",
      '"john.developer": {',
      '"john.developer": { ...{} } as never, "john.developer": {',
    );
    repository.commit("twice");
    repository.git("revert", "--no-edit", "HEAD");
    const later = repository.diff("HEAD~2", "HEAD~1");
    assert.equal(later.status, 2, later.stdout);
    assert.match(later.stderr, /src\/roster\.ts\n {2}1\. people\["john\.developer"\]/);
    const earlier = repository.diff("HEAD~1", "HEAD");
    assert.equal(earlier.status, 0, earlier.stderr);
    assert.match(earlier.stderr, /^HEAD~1 says keys twice; it is taken with the second of each/m);
  });

  it("works where the program is a folder of a larger repository", () => {
    const larger = new Repository("infrastructure/access");
    larger.roster(withoutStaging);
    const { status, stdout, stderr } = larger.diff();
    removeFolder(larger.root);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\| `john\.developer` \| staging\/Developer \| always \| — \|/);
  });
});
