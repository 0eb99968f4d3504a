import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { toInstant } from "../../src/model/dates";
import { GIT_ENVIRONMENT } from "../support/git-history";
import { sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";
import { definition } from "./support/definition";
import { removeFolder, temporaryFolder } from "./support/temporary-folder";

const CHECKOUT = path.join(__dirname, "..", "..");
const PROGRAM = ["src", "start", "package.json", "tsconfig.json"];

const HANDLES: Readonly<Record<string, string>> = {
  "alex.dba": "alex-db",
  "sarah.devops": "sarah-ops",
  "chris.security": "chris-sec",
};

/** Stands in for GitHub's command: writes its arguments down and answers what a file beside it says. */
const GH = `#!/usr/bin/env node
const fs = require("node:fs"), path = require("node:path");
const args = process.argv.slice(2);
fs.appendFileSync(path.join(__dirname, "calls.jsonl"), JSON.stringify(args) + "\\n");
const { exit = 0, stdout = "", wait = 0 } = JSON.parse(fs.readFileSync(path.join(__dirname, "answers.json"), "utf8"))[args.slice(0, 2).join(" ")] ?? {};
setTimeout(() => { process.stdout.write(stdout); process.exit(exit); }, wait);
`;

interface GhAnswer {
  readonly exit?: number;
  readonly stdout?: string;
  /** Milliseconds. */
  readonly wait?: number;
}

const SIGNED_IN: Readonly<Record<string, GhAnswer>> = {
  "pr create": { stdout: "https://github.example/example/accounts/pull/7\n" },
};
const SIGNED_OUT = { "auth status": { exit: 1 } };

/** A repository of an adopter's with a remote, and a stand-in for gh. */
class Adopter {
  readonly root = temporaryFolder();
  readonly clone = path.join(this.root, "clone");
  readonly remote = path.join(this.root, "remote.git");
  private readonly bin = path.join(this.root, "bin");

  constructor(rosterFile?: string) {
    mkdirSync(this.clone);
    mkdirSync(this.bin);
    writeFileSync(path.join(this.bin, "gh"), GH);
    chmodSync(path.join(this.bin, "gh"), 0o755);
    this.gh(SIGNED_IN);
    for (const entry of PROGRAM) {
      cpSync(path.join(CHECKOUT, entry), path.join(this.clone, entry), { recursive: true });
    }
    symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(this.clone, "node_modules"), "dir");
    this.write(".gitignore", "node_modules\n");
    this.write(
      "src/organization.ts",
      definition("organization", "defineOrganization", [sampleOrganization()]),
    );
    this.write("src/workloads.ts", definition("workloads", "defineWorkloads", [{}]));
    this.write(
      "src/roster.ts",
      rosterFile ?? definition("roster", "defineRoster", ["organization", this.roster()]),
    );
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", this.remote]);
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("config", "user.email", "JOHN@example.com");
    this.git("config", "user.name", "John");
    this.git("remote", "add", "origin", this.remote);
    this.commit("the program");
    this.git("push", "--quiet", "origin", "main");
    this.git("fetch", "--quiet", "origin");
  }

  roster(): WrittenRoster {
    const roster = sampleRoster();
    roster.temporary = [];
    for (const [name, github] of Object.entries(HANDLES))
      Object.assign(roster.people[name] ?? {}, { github });
    return roster;
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.clone, file), text);
  }

  read(file: string): string {
    return readFileSync(path.join(this.clone, file), "utf8");
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.clone, env: this.env, encoding: "utf8" }).trim();
  }

  commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", message);
  }

  gh(answers: Readonly<Record<string, GhAnswer>>): void {
    writeFileSync(path.join(this.bin, "answers.json"), JSON.stringify(answers));
  }

  calls(): readonly (readonly string[])[] {
    const file = path.join(this.bin, "calls.jsonl");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    writeFileSync(file, "");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as string[]);
  }

  get env(): NodeJS.ProcessEnv {
    return {
      // The author is who the repository says.
      ...Object.fromEntries(
        Object.entries(GIT_ENVIRONMENT).filter(([name]) => !/^GIT_(AUTHOR|COMMITTER)/.test(name)),
      ),
      HOME: this.root,
      PATH: `${this.bin}${path.delimiter}${process.env["PATH"] ?? ""}`,
    };
  }

  npm(...args: readonly string[]) {
    const [script = "", ...rest] = args;
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script, "--", ...rest], {
      cwd: this.clone,
      env: this.env,
      encoding: "utf8",
      timeout: 120_000,
    });
    return { status, stdout, stderr };
  }

  /** All that a command could leave: branches here and there, the working tree and its index. */
  state(): string {
    return [
      this.git("for-each-ref", "--format=%(refname) %(objectname)"),
      execFileSync("git", ["--git-dir", this.remote, "for-each-ref", "--format=%(refname) %(objectname)"], {
        encoding: "utf8",
      }),
      this.git("status", "--porcelain", "--branch"),
      this.git("diff", "HEAD"),
      this.git("diff", "--cached"),
    ].join("\n---\n");
  }
}

const FROM = "2027-03-01T10:00:00Z";
const REQUEST = ["request", "prod/DbRead", "--for", "2h", "--reason", "INC-1042", "--from", FROM] as const;
const BRANCH = "access/john.developer-prod-DbRead-20270301T100000Z";

describe("npm run request", function () {
  this.timeout(240_000);
  let adopter: Adopter;

  before(() => {
    adopter = new Adopter();
  });

  after(() => removeFolder(adopter.root));

  it("opens a pull request with the entry alone, and leaves what is not committed where it is", () => {
    adopter.write("src/workloads.ts", `${adopter.read("src/workloads.ts")}// in the middle of something\n`);
    adopter.write("src/roster.ts", `${adopter.read("src/roster.ts")}// and here\n`);
    adopter.git("add", "src/workloads.ts");
    const [before, head] = [adopter.git("status", "--porcelain"), adopter.git("rev-parse", "HEAD")];
    const { status, stdout, stderr } = adopter.npm(...REQUEST);
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /^The roster is that of refs\/remotes\/origin\/main, commit [0-9a-f]{12} of \d{4}-\d\d-\d\d\. What src\/roster\.ts, src\/workloads\.ts say otherwise in this folder does not count\.\njohn\.developer asks for prod\/DbRead from 2027-03-01T10:00:00Z until 2027-03-01T12:00:00Z \(2 hours\): INC-1042\nApproval: alex\.dba\.\n/,
    );
    assert.match(stdout, /Pull request: https:\/\/github\.example\/example\/accounts\/pull\/7\n$/);
    assert.equal(adopter.git("status", "--porcelain"), before);
    assert.equal(adopter.git("rev-parse", "HEAD"), head);
    assert.equal(adopter.git("rev-parse", `${BRANCH}^`), head);
    assert.equal(
      adopter
        .git("diff", "--unified=0", "main", BRANCH)
        .split("\n")
        .slice(4)
        .join("\n")
        .replace(/^@@.*@@.*$/m, ""),
      `
-  "temporary": [],
+  "temporary": [
+    {
+      person: "john.developer",
+      account: "prod",
+      role: "DbRead",
+      from: "2027-03-01T10:00:00Z",
+      until: "2027-03-01T12:00:00Z",
+      reason: "INC-1042",
+      approvedBy: ["alex.dba"],
+    },
+  ],`,
    );
    const [, create = [], edit] = adopter.calls();
    assert.deepEqual(create.slice(0, -1), [
      ...["pr", "create", "--base", "main", "--head", BRANCH],
      ...["--title", "prod/DbRead for john.developer, 2 hours: INC-1042", "--body"],
    ]);
    const body = create.at(-1) ?? "";
    for (const said of [
      "`john.developer` (developer, `john@example.com`) asks for **prod/DbRead**, because of `INC-1042`.",
      "From 2027-03-01T10:00:00Z until 2027-03-01T12:00:00Z (2 hours), UTC.",
      "rds-db:connect",
      "- dev/Developer, without dates (access)",
      "- prod/DbRead not once in the last 90 days, by the roster's history.",
      "`alex.dba` (@alex-db).",
    ]) {
      assert.ok(body.includes(said), `${said}\nis not in\n${body}`);
    }
    assert.deepEqual(edit, [
      ...["pr", "edit", "https://github.example/example/accounts/pull/7", "--add-reviewer", "alex-db"],
    ]);
    assert.equal(
      execFileSync("git", ["--git-dir", adopter.remote, "rev-parse", `refs/heads/${BRANCH}`], {
        encoding: "utf8",
      }).trim(),
      adopter.git("rev-parse", BRANCH),
    );
    adopter.git("checkout", "--quiet", "--force", "main");
  });

  it("refuses a second one of the same time, and takes nothing of the first away", () => {
    const before = adopter.state();
    const { status, stderr } = adopter.npm(...REQUEST);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^There is a branch access\/john\.developer-prod-DbRead-20270301T100000Z already, and it is left as it is\./m,
    );
    assert.equal(adopter.state(), before);
  });

  it("leaves nothing where GitHub does not open it, nor the branch on the remote", () => {
    adopter.git("branch", "--quiet", "-D", BRANCH);
    adopter.git("push", "--quiet", "origin", "--delete", BRANCH);
    const before = adopter.state();
    adopter.gh({ "pr create": { exit: 1 } });
    const { status, stderr } = adopter.npm(...REQUEST);
    assert.equal(status, 2);
    assert.match(stderr, /^gh did not open the pull request:/m);
    assert.equal(adopter.state(), before);
  });

  it("leaves nothing where it is interrupted while GitHub answers", async () => {
    const before = adopter.state();
    adopter.gh({ "pr create": { wait: 20_000 } });
    adopter.calls();
    const child = spawn("node", ["start/command.js", "src/cli/request.ts", ...REQUEST.slice(1)], {
      cwd: adopter.clone,
      env: adopter.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    while (!adopter.calls().some(([, verb]) => verb === "create")) {
      assert.equal(child.exitCode, null);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    // As `timeout` and others do, and somebody who presses Ctrl-C twice.
    child.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    assert.equal(await ended, 130);
    assert.equal(said, "\nInterrupted: taking back what was done.\nNothing of it is left.\n");
    assert.equal(adopter.state(), before);
  });

  it("prints the commands where nobody is signed in, and pushes nothing", () => {
    adopter.gh(SIGNED_OUT);
    const remoteBefore = execFileSync("git", ["--git-dir", adopter.remote, "for-each-ref"], {
      encoding: "utf8",
    });
    const { status, stdout, stderr } = adopter.npm(...REQUEST);
    assert.equal(status, 0, stderr);
    assert.ok(
      stdout.includes(`git push --set-upstream origin ${BRANCH}
gh pr create --base main --head ${BRANCH} --title 'prod/DbRead for john.developer, 2 hours: INC-1042' --body-file request.md`),
      stdout,
    );
    assert.match(stdout, /### What it lets them do/);
    assert.equal(
      execFileSync("git", ["--git-dir", adopter.remote, "for-each-ref"], { encoding: "utf8" }),
      remoteBefore,
    );
    adopter.git("branch", "--quiet", "-D", BRANCH);
    adopter.gh(SIGNED_IN);
  });

  it("says what the rules say, and writes nothing", () => {
    const before = adopter.state();
    const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [["prod/DbRead", "--for", "16h", "--reason", "x"], /DbRead in prod is granted for at most 4 hours\./],
      [
        ["prod/Admin", "--for", "1h", "--reason", "x"],
        /Admin .*is not granted to people of category developer|not for developers/,
      ],
      [
        ["prod/Developer", "--for", "1h", "--reason", "x"],
        /"Developer" cannot be granted for a time\. Known: "DbRead"/,
      ],
      [
        ["prd/DbRead", "--for", "1h", "--reason", "x"],
        /no account "prd" to have a role in\. Known: .*Did you mean "prod"\?/,
      ],
      [["prod", "--for", "1h", "--reason", "x"], /"prod" is no role: write the account and the role/],
      [
        ["prod/DbRead", "--for", "soon", "--reason", "x"],
        /--for soon is no length of time\. Write hours and minutes/,
      ],
      [["prod/DbRead", "--for", "1h", "--reason", " "], /--reason says why/],
      [
        ["prod/DbRead", "--for", "1h", "--reason", "x", "--as", "jon.developer"],
        /nobody in the roster has this name.*Did you mean "john\.developer"\?/,
      ],
      [
        ["prod/DbRead", "--for", "1h", "--reason", "x", "--approver", "john.developer"],
        /Nobody approves for themselves\./,
      ],
      [
        ["prod/DbRead", "--for", "1h", "--reason", "x", "--base", "nowhere"],
        /git knows no commit "nowhere" here\./,
      ],
      [["prod/DbRead"], /required option '--for <time>' not specified/],
    ];
    for (const [args, message] of cases) {
      const { status, stderr } = adopter.npm("request", ...args);
      assert.equal(status, 2, `${args.join(" ")}: ${stderr}`);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
    assert.equal(adopter.state(), before);
  });

  it("refuses a roster whose list code makes something else of, and writes nothing", () => {
    const file = adopter.read("src/roster.ts");
    adopter.write("src/roster.ts", file.replace(/"temporary": \[\],/, `"temporary": ((list) => [])([]),`));
    adopter.commit("code makes the list");
    const before = adopter.state();
    const { status, stderr } = adopter.npm(...REQUEST, "--base", "HEAD");
    assert.equal(status, 2);
    assert.match(
      stderr,
      /`temporary` comes from `\(\(list\) => \[\]\)\(\[\]\)`, which only running the program tells\./,
    );
    assert.equal(adopter.state(), before);
    adopter.git("reset", "--quiet", "--hard", "HEAD~1");
  });
});

describe("temporary access from the request to its end", function () {
  this.timeout(240_000);
  let adopter: Adopter;
  let head = "";

  before(() => {
    adopter = new Adopter();
  });

  after(() => removeFolder(adopter.root));

  const reviewedBy = (...handles: readonly string[]): readonly string[] => {
    const file = path.join(adopter.root, "reviews.json");
    writeFileSync(
      file,
      JSON.stringify({
        head,
        author: { github: "john-dev" },
        reviews: handles.map((github) => ({ by: { github }, state: "approved", commit: head })),
      }),
    );
    return ["--reviews", file];
  };

  it("is asked for", () => {
    // Now, so that it counts while the test runs.
    const { status, stderr } = adopter.npm("request", "prod/DbRead", "--for", "2h", "--reason", "INC-7");
    assert.equal(status, 0, stderr);
    head = adopter.git("for-each-ref", "--format=%(objectname)", "refs/heads/access/");
    assert.match(head, /^[0-9a-f]{40}$/);
  });

  it("is not approved by a name that was typed", () => {
    const { status, stdout } = adopter.npm("approvals", "main", head, ...reviewedBy("sarah-ops"));
    assert.deepEqual(
      [status, stdout],
      [
        1,
        "temporary[0]:\n  ✖ alex.dba has not reviewed it\n\n" +
          "Not approved: a review of the last commit counts, not a name that was typed.\n",
      ],
    );
  });

  it("is approved by a review, of the commit or of its merge, and of no other", () => {
    for (const reviewed of [
      head,
      adopter.git("commit-tree", `${head}^{tree}`, "-p", "main", "-p", head, "-m", "merge"),
    ]) {
      const { status, stdout, stderr } = adopter.npm("approvals", "main", reviewed, ...reviewedBy("alex-db"));
      assert.deepEqual(
        [status, stdout],
        [
          0,
          "temporary[0]:\n  ✔ alex.dba approved it\n\nEvery entry has its approvals, by reviews of the last commit.\n",
        ],
        stderr,
      );
    }
    const other = adopter.git("commit-tree", `${head}^{tree}`, "-p", head, "-m", "one more");
    const { status, stderr } = adopter.npm("approvals", "main", other, ...reviewedBy("alex-db"));
    assert.equal(status, 2);
    assert.match(stderr, /is neither that commit nor its merge: run it for the last commit\./);
  });

  it("asks GitHub by gh, page by page", () => {
    adopter.gh({
      "api --paginate": { exit: 1 },
    });
    const { status, stderr } = adopter.npm("approvals", "main", head, "--github", "example/accounts#7");
    assert.equal(status, 2);
    assert.match(stderr, /^GitHub does not answer about repos\/example\/accounts\/pulls\/7:/);
    assert.deepEqual(adopter.calls().at(-1), [
      ...["api", "--paginate", "--slurp", "repos/example/accounts/pulls/7"],
    ]);
  });

  it("is in the record once it is merged, by its commit", () => {
    adopter.git("merge", "--quiet", "--no-ff", "--message", "Merge", head);
    const merge = adopter.git("rev-parse", "HEAD");
    const { status, stdout, stderr } = adopter.npm(
      "access",
      "history",
      "john.developer",
      "--role",
      "prod/DbRead",
      "--json",
    );
    assert.equal(status, 0, stderr);
    const { periods } = JSON.parse(stdout) as {
      readonly periods: readonly {
        readonly reason: string;
        readonly approvedBy: readonly string[];
        readonly grantedBy: { readonly id: string };
      }[];
    };
    assert.deepEqual(
      periods.map(({ reason, approvedBy, grantedBy }) => [reason, approvedBy, grantedBy.id]),
      [["INC-7", ["alex.dba"], merge]],
    );
  });

  it("is in the notices, and does not leave the roster while it counts", () => {
    assert.match(adopter.npm("notices").stdout, /^- john\.developer has prod\/DbRead until .* \(INC-7\)\.$/m);
    assert.deepEqual(
      adopter.npm("expired", "--branch", "expired-grants").stdout,
      "No temporary grant of HEAD may go.\n",
    );
    assert.equal(adopter.git("branch", "--list", "expired-grants"), "");
  });

  it("counts although somebody takes it out by hand: nobody asks anew for the same role at once", () => {
    const written = adopter.read("src/roster.ts");
    adopter.git("revert", "--no-edit", "--mainline", "1", "HEAD");
    adopter.git("push", "--quiet", "origin", "main");
    const begins = Date.now() + 60_000;
    const from = toInstant(new Date(begins));
    const again = adopter.npm(
      ...["request", "prod/DbRead", "--for", "4h", "--from", from, "--reason", "INC-8", "--dry-run"],
    );
    assert.equal(again.status, 2, again.stdout);
    // It was there for the moment between two commits: four hours more are too many.
    assert.match(
      again.stderr,
      /DbRead in prod is granted for at most 4 hours in all, until a break of 4 hours/,
    );
    const byHand = written.replace(
      /from: "[^"]*",\n(\s*)until: "[^"]*",\n(\s*)reason: "INC-7"/,
      `from: "${from}",\n$1until: "${toInstant(new Date(begins + 4 * 3_600_000))}",\n$2reason: "INC-8"`,
    );
    assert.notEqual(byHand, written);
    adopter.write("src/roster.ts", byHand);
    adopter.git("checkout", "--quiet", "-b", "by-hand");
    adopter.commit("again");
    head = adopter.git("rev-parse", "HEAD");
    const judged = adopter.npm("approvals", "main", head, ...reviewedBy("alex-db"));
    assert.equal(judged.status, 1, judged.stderr);
    assert.match(judged.stdout, /is granted for at most 4 hours in all/);
    adopter.git("checkout", "--quiet", "main");
    adopter.git("revert", "--no-edit", "HEAD");
    adopter.git("push", "--quiet", "origin", "main");
  });

  it("leaves the roster long after its end, by the workflow's own script", () => {
    const from =
      /"?from"?: "(.*)",/.exec(
        adopter.read("src/roster.ts").slice(adopter.read("src/roster.ts").indexOf("INC-7") - 200),
      )?.[1] ?? "";
    assert.notEqual(from, "");
    const old = adopter
      .read("src/roster.ts")
      .replace(
        /from: "[^"]*",\n(\s*)until: "[^"]*",\n(\s*)reason: "INC-7"/,
        'from: "2026-01-01T10:00:00Z",\n$1until: "2026-01-01T12:00:00Z",\n$2reason: "INC-7"',
      );
    adopter.write("src/roster.ts", old);
    adopter.commit("long ago");
    adopter.git("push", "--quiet", "origin", "main");
    assert.equal(adopter.npm("expired", "--branch", "expired-grants").status, 0);
    const patch = adopter.git("format-patch", "--stdout", "HEAD..expired-grants");
    adopter.git("branch", "--quiet", "-D", "expired-grants");
    const folder = path.join(adopter.root, "runner", "expired");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "expired.patch"), `${patch}\n`);
    const { jobs } = parse(
      readFileSync(path.join(CHECKOUT, ".github", "workflows", "temporary-access.yml"), "utf8"),
    ) as {
      readonly jobs: { readonly propose: { readonly steps: readonly { readonly run?: string }[] } };
    };
    const script = jobs.propose.steps.flatMap(({ run: command }) => command ?? []).join("\n");
    const propose = () => {
      adopter.calls();
      const outcome = spawnSync("bash", ["-e", "-c", script], {
        cwd: adopter.clone,
        encoding: "utf8",
        env: {
          ...adopter.env,
          RUNNER_TEMP: path.join(adopter.root, "runner"),
          BRANCH: "expired-grants",
          BASE: "main",
          BODY: "body",
        },
      });
      assert.equal(outcome.status, 0, outcome.stderr);
      const commit = execFileSync(
        "git",
        ["--git-dir", adopter.remote, "rev-parse", "refs/heads/expired-grants"],
        { encoding: "utf8" },
      );
      adopter.git("switch", "--quiet", "main");
      adopter.git("branch", "--quiet", "-D", "expired-grants");
      return {
        commit,
        calls: adopter.calls().map((call) => call.slice(0, 2).join(" ")),
        stdout: outcome.stdout,
      };
    };
    adopter.gh({ "pr list": { stdout: "0" } });
    const first = propose();
    assert.deepEqual(first.calls, ["auth setup-git", "pr list", "pr create"]);
    assert.match(
      execFileSync("git", ["--git-dir", adopter.remote, "show", "expired-grants:src/roster.ts"], {
        encoding: "utf8",
      }),
      /"temporary": \[\]/,
    );
    // The next morning: the same, and a request that is open.
    adopter.gh({ "pr list": { stdout: "1" } });
    const second = propose();
    assert.deepEqual([second.commit, second.calls], [first.commit, ["auth setup-git", "pr list"]]);
    assert.match(second.stdout, /It is proposed already\./);
  });
});
