import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const CHECKOUT = join(__dirname, "..", "..");
const FOLDER = join(CHECKOUT, ".github", "workflows");

/** https://github.com/rhysd/actionlint; Go's checksum database vouches for the version. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".yml"));
const textOf = (file: string): string => readFileSync(join(FOLDER, file), "utf8");
const workflow = (file: string): Workflow => parse(textOf(file)) as Workflow;

const jobsOf = (file: string): readonly (readonly [string, Job])[] => Object.entries(workflow(file).jobs);
const usesOf = (file: string): readonly string[] =>
  jobsOf(file).flatMap(([, { uses, steps = [] }]) =>
    [uses, ...steps.map((step) => step.uses)].filter((used) => used !== undefined),
  );

/** Every command that a workflow and the ones that it calls give to a shell. */
const commandsOf = (file: string): readonly string[] =>
  jobsOf(file).flatMap(([, { steps = [] }]) => steps.flatMap(({ run }) => run ?? []));

const inOrder = (file: string): readonly unknown[] => jobsOf(file).map(([, job]) => job.with?.["stack"]);

describe("the workflows", () => {
  it("are six", () => {
    assert.deepEqual(FILES.sort(), [
      "daily-account.yml",
      "daily.yml",
      "deploy-account.yml",
      "deploy.yml",
      "preview-account.yml",
      "pull-request.yml",
    ]);
  });

  for (const file of FILES) {
    describe(file, () => {
      it("uses actions by the whole hash of a commit, and says its version", () => {
        for (const line of textOf(file)
          .split("\n")
          .filter((text) => /^\s*(- )?uses:/.test(text))) {
          assert.match(
            line,
            /uses: (\.\/\.github\/workflows\/[\w-]+\.yml|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
          );
        }
      });

      it("has no permission but what each job asks for", () => {
        assert.deepEqual(workflow(file).permissions, {});
        const allowed = ["contents: read", "id-token: write", "pull-requests: write"];
        for (const [name, { permissions }] of jobsOf(file)) {
          assert.ok(permissions, `${name} says nothing about permissions`);
          for (const [scope, level] of Object.entries(permissions))
            assert.ok(allowed.includes(`${scope}: ${level}`));
        }
      });

      it("gives nobody both an identity and the right to write", () => {
        for (const [, { permissions = {} }] of jobsOf(file)) {
          assert.ok(!("id-token" in permissions && "pull-requests" in permissions));
        }
      });

      it("has no long-lived keys of AWS", () => {
        assert.doesNotMatch(
          textOf(file),
          /aws-access-key-id|aws-secret-access-key|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/i,
        );
      });

      it("gives no text of somebody else's to a shell", () => {
        for (const command of commandsOf(file)) assert.doesNotMatch(command, /\$\{\{/);
      });

      it("leaves no token behind, and ends", () => {
        for (const [name, { uses, steps = [], ...job }] of jobsOf(file)) {
          if (uses === undefined) assert.ok((job["timeout-minutes"] ?? 0) > 0, `${name} has no timeout`);
          for (const step of steps.filter((one) => one.uses?.startsWith("actions/checkout@"))) {
            const { "fetch-depth": depth, ...others } = step.with ?? {};
            assert.deepEqual(others, { "persist-credentials": false });
            // A difference needs the commit that it is against.
            assert.equal(depth, name === "access" ? 0 : undefined);
          }
        }
      });

      it("uses one version of each action", () => {
        for (const used of usesOf(file).filter((action) => action.includes("@"))) {
          const [action = ""] = used.split("@");
          const everywhere = FILES.flatMap(usesOf).filter((other) => other.startsWith(`${action}@`));
          assert.deepEqual([...new Set(everywhere)], [used]);
        }
      });
    });
  }

  it("preview every account for a pull request of our own, and never run a fork's code with a token", () => {
    const { jobs, on } = workflow("pull-request.yml");
    assert.equal(on, "pull_request");
    for (const [name, { permissions = {}, if: condition = "" }] of Object.entries(jobs)) {
      if (Object.values(permissions).every((level) => level === "read")) continue;
      assert.match(
        condition,
        /github\.event\.pull_request\.head\.repo\.full_name == github\.repository/,
        name,
      );
    }
    assert.deepEqual(
      inOrder("pull-request.yml").filter((stack) => stack !== undefined),
      ["users", "dev", "staging", "prod"],
    );
  });

  it("run nothing of a pull request's where they may write a comment", () => {
    const { comment } = workflow("pull-request.yml").jobs;
    assert.deepEqual(comment?.permissions, { "pull-requests": "write" });
    assert.deepEqual(
      comment.steps?.flatMap(({ uses }) => uses ?? []),
      [],
    );
  });

  it("deploy accounts one after another, main alone", () => {
    const { jobs, on } = workflow("deploy.yml");
    assert.deepEqual(on, { push: { branches: ["main"] } });
    assert.deepEqual(
      Object.entries(jobs).map(([name, job]) => [name, job.with?.["stack"], job.needs]),
      [
        ["users", "users", undefined],
        ["dev", "dev", "users"],
        ["staging", "staging", "dev"],
        ["prod", "prod", "staging"],
      ],
    );
  });

  it("deploy in the environment named like the account, one deployment at a time, previewed and refreshed", () => {
    const { deploy } = workflow("deploy-account.yml").jobs;
    assert.equal(deploy?.environment, "${{ inputs.stack }}");
    assert.deepEqual(deploy.concurrency, {
      group: "deploy-${{ inputs.stack }}",
      "cancel-in-progress": false,
    });
    const up = commandsOf("deploy-account.yml").filter((command) => command.includes("pulumi up"));
    assert.deepEqual(up, [
      'pulumi up --stack "$STACK" --refresh --policy-pack policypack --yes --non-interactive',
    ]);
  });

  it("assume Deploy where they deploy, and Preview everywhere else", () => {
    const rolesIn = (file: string): readonly unknown[] =>
      jobsOf(file).flatMap(([, { steps = [] }]) =>
        steps.flatMap((step) => step.with?.["role-to-assume"] ?? []),
      );
    assert.deepEqual(rolesIn("deploy-account.yml"), ["${{ steps.account.outputs.deploy_role }}"]);
    for (const file of ["preview-account.yml", "daily-account.yml"]) {
      assert.deepEqual(rolesIn(file), ["${{ steps.account.outputs.preview_role }}"]);
    }
  });

  it("look at every account every day, and deploy what has expired the same way as everything else", () => {
    const { jobs, on } = workflow("daily.yml");
    assert.ok(typeof on === "object" && "schedule" in on);
    assert.deepEqual(Object.keys(jobs), ["users", "dev", "staging", "prod"]);
    const { deploy } = workflow("daily-account.yml").jobs;
    assert.equal(deploy?.uses, "./.github/workflows/deploy-account.yml");
    assert.equal(deploy.if, "needs.drift.outputs.deployable == 'true'");
  });

  it("pass actionlint", function () {
    this.timeout(180_000);
    if (spawnSync("go", ["version"]).error !== undefined) {
      process.stdout.write(
        "\n  !!! SKIPPED: actionlint needs Go, which is not installed. The workflows were not linted. !!!\n\n",
      );
      this.skip();
    }
    const fetched = spawnSync("go", ["run", ACTIONLINT, "-version"], { encoding: "utf8" });
    if (fetched.status !== 0) {
      process.stdout.write(
        `\n  !!! SKIPPED: actionlint could not be fetched. The workflows were not linted. !!!\n${fetched.stderr}\n`,
      );
      this.skip();
    }
    const files = FILES.map((file) => join(FOLDER, file));
    const { status, stdout } = spawnSync("go", ["run", ACTIONLINT, ...files], {
      encoding: "utf8",
      cwd: CHECKOUT,
    });
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });

  it("are seen by actionlint when they are wrong", function () {
    this.timeout(180_000);
    if (spawnSync("go", ["run", ACTIONLINT, "-version"]).status !== 0) this.skip();
    const wrong =
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n";
    assert.throws(() => execFileSync("go", ["run", ACTIONLINT, "-"], { input: wrong, stdio: "pipe" }));
  });
});
