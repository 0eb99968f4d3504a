import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { ENVIRONMENTS } from "../../src/model/organization";
import { run } from "../../sandbox/process/run";
import { REQUIRED_CHECK } from "../../src/doctor/github-settings";
import { findPythonTool, type PythonTool } from "./python-tool";

const CHECKOUT = join(__dirname, "..", "..");
const FOLDER = join(CHECKOUT, ".github", "workflows");

/** https://github.com/rhysd/actionlint; Go's checksum database vouches for the version. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
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
  readonly secrets?: "inherit" | Readonly<Record<string, string>>;
  readonly strategy?: { readonly "fail-fast"?: boolean; readonly matrix: Readonly<Record<string, string>> };
  readonly env?: Readonly<Record<string, string>>;
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

const matrixOf = (file: string, job: string): string | undefined =>
  workflow(file).jobs[job]?.strategy?.matrix["stack"];

/** Checkouts with the history: a difference needs the commit that it is against, and a version its tag. */
const DEPTHS: Readonly<Record<string, number | string>> = {
  "daily-account.yml drift": 0,
  "deploy-account.yml deploy": "${{ inputs.tag == '' && 1 || 0 }}",
  "promote.yml check": 0,
  "pull-request.yml access": 0,
  "pull-request.yml prove": 0,
  "pull-request.yml approvals": 0,
  "access-reviews.yml open": 0,
};

/** Jobs with rights of their own, which the tests below state whole. */
const OWN_RIGHTS: readonly string[] = [
  "review.yml approvals-again",
  "access-reviews.yml issue",
  "temporary-access.yml propose",
];

describe("the workflows", () => {
  it("are fourteen", () => {
    assert.deepEqual(FILES.sort(), [
      "access-reviews.yml",
      "accounts.yml",
      "credentials-account.yml",
      "credentials.yml",
      "daily-account.yml",
      "daily.yml",
      "deploy-account.yml",
      "deploy-differing.yml",
      "deploy.yml",
      "preview-account.yml",
      "promote.yml",
      "pull-request.yml",
      "review.yml",
      "temporary-access.yml",
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
        const allowed = ["contents: read", "id-token: write", "pull-requests: read", "pull-requests: write"];
        for (const [name, { permissions }] of jobsOf(file)) {
          assert.ok(permissions, `${name} says nothing about permissions`);
          if (name === "code-scanning" || OWN_RIGHTS.includes(`${file} ${name}`)) continue;
          for (const [scope, level] of Object.entries(permissions))
            assert.ok(allowed.includes(`${scope}: ${level}`));
        }
      });

      it("gives nobody both an identity and the right to write", () => {
        for (const [, { permissions = {} }] of jobsOf(file)) {
          const writes = Object.entries(permissions).some(
            ([scope, level]) => level === "write" && scope !== "id-token",
          );
          assert.ok(!("id-token" in permissions && writes));
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
            assert.equal(depth, DEPTHS[`${file} ${name}`]);
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
    // `edited` is also that a request is moved to another base, whose code judges it.
    assert.deepEqual(on, { pull_request: { types: ["opened", "synchronize", "reopened", "edited"] } });
    for (const [name, { permissions = {}, if: condition = "" }] of Object.entries(jobs)) {
      if (Object.values(permissions).every((level) => level === "read")) continue;
      assert.match(
        condition,
        /github\.event\.pull_request\.head\.repo\.full_name == github\.repository/,
        name,
      );
    }
    assert.equal(matrixOf("pull-request.yml", "preview"), "${{ fromJSON(needs.accounts.outputs.accounts) }}");
  });

  it("name no account: every list of them comes from src/organization.ts", () => {
    for (const file of FILES) {
      for (const [name, { with: inputs }] of jobsOf(file)) {
        const stack = inputs?.["stack"] as string | undefined;
        assert.ok(
          [
            undefined,
            "${{ matrix.stack }}",
            "${{ inputs.stack }}",
            "${{ needs.check.outputs.account }}",
          ].includes(stack),
          `${file}: ${name} has the stack ${String(stack)}`,
        );
      }
    }
    assert.deepEqual(
      commandsOf("accounts.yml").filter((command) => command.includes("ci:account")),
      ['npm run --silent ci:account >> "$GITHUB_OUTPUT"'],
    );
  });

  it("give a pull request's code a token that reads, and neither the one that writes nor the passphrase", () => {
    const text = textOf("pull-request.yml") + textOf("preview-account.yml") + textOf("accounts.yml");
    assert.deepEqual([...new Set([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))].sort(), [
      "PULUMI_PREVIEW_ACCESS_TOKEN",
    ]);
    for (const [name, { secrets }] of jobsOf("pull-request.yml")) assert.notEqual(secrets, "inherit", name);
    const { deploy } = workflow("deploy-account.yml").jobs;
    assert.equal(deploy?.env?.["PULUMI_ACCESS_TOKEN"], "${{ secrets.PULUMI_ACCESS_TOKEN }}");
  });

  it("give the passphrase to jobs of an environment alone", () => {
    const having = FILES.flatMap((file) =>
      jobsOf(file).filter(([, job]) => JSON.stringify(job).includes("secrets.PULUMI_CONFIG_PASSPHRASE")),
    );
    assert.ok(having.length > 0);
    for (const [name, job] of having) assert.notEqual(job.environment, undefined, name);
  });

  it("fail the one check that a branch requires where any other job did not succeed", async () => {
    const { jobs } = workflow("pull-request.yml");
    const checks = jobs[REQUIRED_CHECK];
    assert.deepEqual(
      checks?.needs,
      Object.keys(jobs).filter((name) => ![REQUIRED_CHECK, "comment", "code-scanning"].includes(name)),
    );
    assert.equal(checks.if, "${{ always() }}");
    assert.deepEqual(checks.env, { RESULTS: "${{ join(needs.*.result, ' ') }}" });
    const [script = ""] = checks.steps?.flatMap(({ run: command }) => command ?? []) ?? [];
    for (const [results, status] of [
      ["success success success success success", 0],
      ["success skipped success success", 1],
      ["success success failure success", 1],
      ["success success success cancelled", 1],
    ] as const) {
      const { code } = await run("bash", ["-e", "-c", script], { env: { ...process.env, RESULTS: results } });
      assert.equal(code, status, results);
    }
  });

  for (const [job, what] of [
    ["access", "compare access"],
    ["prove", "prove invariants"],
    ["approvals", "judge approvals"],
  ] as const) {
    it(`${what} by the code, the packages and the Node.js of the base branch`, () => {
      const [checkout, base, node, install, ...others] = workflow("pull-request.yml").jobs[job]?.steps ?? [];
      assert.match(checkout?.uses ?? "", /^actions\/checkout@/);
      assert.deepEqual(base, { run: 'git checkout --quiet --detach "$BASE"' });
      assert.match(node?.uses ?? "", /^actions\/setup-node@/);
      assert.deepEqual(node?.with, { "node-version-file": ".node-version", "package-manager-cache": false });
      assert.deepEqual(install, { run: "npm ci" });
      const text = others.map(({ run }) => run ?? "").join("\n");
      assert.match(text, /\bnpm run --silent (access|prove|approvals) /);
      assert.doesNotMatch(text, /\bgit\b|\bnpm (?!run )/);
    });
  }

  it("give the token that reads reviews to the judge alone, once packages are installed", () => {
    const { approvals } = workflow("pull-request.yml").jobs;
    assert.deepEqual(approvals?.permissions, { contents: "read", "pull-requests": "read" });
    const withToken = (approvals.steps ?? []).filter(({ env }) => env !== undefined);
    assert.deepEqual(withToken, [approvals.steps?.at(-1)]);
    assert.equal(
      withToken[0]?.run,
      'npm run --silent approvals -- "$BASE" "$GITHUB_SHA" --github "$PULL_REQUEST"',
    );
  });

  it("judge approvals again where somebody reviews, with the right to start jobs and nothing to run", () => {
    const { jobs, on } = workflow("review.yml");
    assert.deepEqual(on, { pull_request_review: { types: ["submitted", "dismissed"] } });
    const { "approvals-again": again } = jobs;
    assert.deepEqual(Object.keys(jobs), ["approvals-again"]);
    assert.deepEqual(again?.permissions, { actions: "write" });
    assert.match(again.if ?? "", /head\.repo\.full_name == github\.repository$/);
    assert.deepEqual(
      again.steps?.flatMap(({ uses }) => uses ?? []),
      [],
    );
  });

  describe("start the job approvals again", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "muster-review-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    for (const [what, answers, status, called] of [
      [
        "once its run is over",
        { run: "17", states: ["in_progress", "completed"], job: "4" },
        0,
        "POST a/jobs/4/rerun",
      ],
      ["not where the commit has no run, loudly", { run: "", states: [], job: "" }, 1, undefined],
      [
        "not where the run has no such job, loudly",
        { run: "17", states: ["completed"], job: "" },
        1,
        undefined,
      ],
    ] as const) {
      it(what, async () => {
        const calls = join(folder, "calls");
        writeFileSync(calls, "");
        writeFileSync(join(folder, "states"), answers.states.map((state) => `${state}\n`).join(""));
        writeFileSync(
          join(folder, "gh"),
          `#!/usr/bin/env bash
echo "$*" >> ${calls}
case "$*" in
  *workflow_runs*) echo '${answers.run}' ;;
  *.status) head -n 1 ${folder}/states; sed -i 1d ${folder}/states ;;
  *approvals*) echo '${answers.job}' ;;
esac
`,
          { mode: 0o755 },
        );
        writeFileSync(join(folder, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
        const [script = ""] = commandsOf("review.yml");
        const { code, stdout } = await run("bash", ["-e", "-c", script], {
          env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, ACTIONS: "a", HEAD: "h" },
        });
        assert.equal(code, status, stdout);
        const posts = readFileSync(calls, "utf8")
          .split("\n")
          .filter((line) => line.includes("POST"));
        assert.deepEqual(posts, called === undefined ? [] : [`api --silent --method ${called}`]);
        if (status !== 0) assert.match(stdout, /^::error::/m);
      });
    }
  });

  it("propose every day to remove what expired: what may write installs and runs nothing", () => {
    const { jobs, on } = workflow("temporary-access.yml");
    assert.ok(typeof on === "object" && "schedule" in on);
    assert.deepEqual(Object.keys(jobs), ["look", "propose"]);
    assert.deepEqual(jobs["look"]?.permissions, { contents: "read" });
    assert.deepEqual(jobs["propose"]?.permissions, { contents: "write", "pull-requests": "write" });
    assert.deepEqual(
      jobs["propose"].steps?.flatMap(({ uses }) => uses?.split("@")[0] ?? []),
      ["actions/checkout", "actions/download-artifact"],
    );
    for (const { run: command = "" } of jobs["propose"].steps ?? [])
      assert.doesNotMatch(command, /\b(npm|npx|node)\b/);
  });

  it("open reviews by the calendar as issues: what may write installs and runs nothing", () => {
    const { jobs, on } = workflow("access-reviews.yml");
    assert.ok(typeof on === "object" && "schedule" in on);
    const times = (on["schedule"] as readonly { cron: string }[]).map(({ cron }) => cron);
    const { CADENCE = "" } = jobs["open"]?.env ?? {};
    assert.deepEqual([times.length, times.filter((time) => CADENCE.includes(`'${time}'`)).length], [3, 2]);
    assert.deepEqual(Object.keys(jobs), ["accounts", "open", "issue"]);
    assert.deepEqual(jobs["open"]?.permissions, { contents: "read", "id-token": "write" });
    assert.deepEqual(jobs["issue"]?.permissions, { contents: "write", issues: "write" });
    assert.deepEqual(
      jobs["issue"].steps?.flatMap(({ uses }) => uses?.split("@")[0] ?? []),
      ["actions/checkout", "actions/download-artifact"],
    );
    for (const { run: command = "" } of jobs["issue"].steps ?? [])
      assert.doesNotMatch(command, /\b(npm|npx|node)\b/);
  });

  for (const [what, review, body] of [
    [
      "whole where it fits",
      "# Access review\n\n```\nseen\n```\n",
      /^The files are on the branch `review-2026-Q4`[^]*\nseen\n```\n$/,
    ],
    [
      "cut between lines where it does not",
      `# Access review\n\n\`\`\`\`diff\n${"+ é\n".repeat(30_000)}\`\`\`\`\n`,
      /\n\+ é\n````\n\nMore does not fit here: review\.md on the branch has it\.\n$/,
    ],
  ] as const) {
    it(`put a review on a branch and into an issue, ${what}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "muster-review-"));
      const clone = join(folder, "clone");
      const command = workflow("access-reviews.yml").jobs["issue"]?.steps?.at(-1)?.run ?? "";
      const bash = (script: string) =>
        spawnSync("bash", ["-eo", "pipefail", "-c", script], {
          cwd: existsSync(clone) ? clone : folder,
          env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` },
          encoding: "utf8",
        });
      mkdirSync(join(folder, "bin"));
      writeFileSync(join(folder, "bin", "gh"), `#!/bin/sh\necho "$*" >> ${join(folder, "calls")}\n`, {
        mode: 0o755,
      });
      const made = bash(
        "git init --quiet --bare hub && git clone --quiet hub clone && cd clone && git -c user.name=a -c user.email=a@example.com commit --quiet --allow-empty -m first",
      );
      assert.equal(made.status, 0, made.stderr);
      const none = bash(command);
      assert.deepEqual([none.status, none.stdout], [1, "::error::No review was opened.\n"]);
      mkdirSync(join(clone, "reviews", "2026-Q4"), { recursive: true });
      writeFileSync(join(clone, "reviews", "2026-Q4", "review.json"), "{}");
      writeFileSync(join(clone, "reviews", "2026-Q4", "review.md"), review);
      const opened = bash(command);
      assert.equal(opened.status, 0, opened.stderr);
      const sent = readFileSync(join(clone, "body.md"), "utf8");
      const branch = bash("git -C ../hub ls-tree -r --name-only review-2026-Q4").stdout;
      const calls = readFileSync(join(folder, "calls"), "utf8");
      rmSync(folder, { recursive: true });
      assert.match(sent, body);
      assert.ok(Buffer.byteLength(sent) <= 65_536);
      assert.equal(branch, "reviews/2026-Q4/review.json\nreviews/2026-Q4/review.md\n");
      assert.match(calls, /^issue create --title Access review 2026-Q4 --body-file body\.md$/m);
    });
  }

  it("list credentials as Review, and deactivate keys as Deploy in the account's environment alone", () => {
    const { list, deactivate, findings } = workflow("credentials-account.yml").jobs;
    assert.equal(list?.environment, undefined);
    assert.deepEqual(
      [deactivate?.environment, deactivate?.if, deactivate?.needs],
      ["${{ inputs.stack }}", "needs.list.outputs.plan != ''", "list"],
    );
    const commandsIn = ({ steps = [] }: NonNullable<typeof list>): string =>
      steps.flatMap(({ run: command }) => command ?? []).join("\n");
    assert.ok(list && deactivate && findings);
    assert.match(
      commandsIn(list),
      /^bash \.github\/scripts\/aws-profiles\.sh review_role "[\w$-]+" "\$STACK"$/m,
    );
    assert.doesNotMatch(commandsIn(list), /deploy_role|--enforce/);
    assert.match(
      commandsIn(deactivate),
      /^bash \.github\/scripts\/aws-profiles\.sh deploy_role "[\w$-]+" "\$STACK"$/m,
    );
    assert.match(commandsIn(deactivate), /--enforce --keys --plan "\$PLAN" --record record\.json/);
    assert.deepEqual(findings.permissions, {});
  });

  it("say of credentials what there is to do, and whether anything is found", async () => {
    const [, script = ""] = commandsOf("credentials-account.yml").filter((command) =>
      /npm run --silent (snapshot|credentials)/.test(command),
    );
    const folder = mkdtempSync(join(tmpdir(), "muster-credentials-"));
    mkdirSync(join(folder, "bin"));
    for (const [listed, steps, code, output] of [
      [0, [], 0, "plan=\nfindings=false\n"],
      [1, [], 0, "plan=\nfindings=true\n"],
      [1, [1], 0, "plan=0123456789abcdef\nfindings=true\n"],
      [2, [], 2, ""],
    ] as const) {
      const plan = JSON.stringify({ plan: { steps, hash: "0123456789abcdef" } });
      const npm = `#!/bin/sh\ncase "$*" in *--json*) echo '${plan}'; exit ${String(Math.min(steps.length, 1))};; *) exit ${String(listed)};; esac\n`;
      writeFileSync(join(folder, "bin", "npm"), npm, { mode: 0o755 });
      writeFileSync(join(folder, "output"), "");
      const ran = await run("bash", ["-eo", "pipefail", "-c", script], {
        cwd: folder,
        env: {
          ...process.env,
          PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
          RUNNER_TEMP: folder,
          GITHUB_OUTPUT: join(folder, "output"),
          GITHUB_STEP_SUMMARY: join(folder, "summary"),
        },
      });
      assert.deepEqual([ran.code, readFileSync(join(folder, "output"), "utf8")], [code, output]);
    }
    rmSync(folder, { recursive: true });
  });

  it("run nothing of a pull request's where they may write a comment", () => {
    const { comment } = workflow("pull-request.yml").jobs;
    assert.deepEqual(comment?.permissions, { "pull-requests": "write" });
    assert.deepEqual(
      comment.steps?.flatMap(({ uses }) => uses?.split("@")[0] ?? []),
      ["actions/download-artifact"],
    );
  });

  it("comment what fits on GitHub where most accounts are refused, and name the others", () => {
    const folder = mkdtempSync(join(tmpdir(), "muster-comment-"));
    const stacks = ["users", "dev", "staging", "prod", "data", "ledger"];
    const gh = '#!/bin/sh\ncase "$*" in *--paginate*) ;; *) cp comment.md sent.md ;; esac\n';
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "gh"), gh, { mode: 0o755 });
    for (const stack of stacks) {
      mkdirSync(join(folder, "previews", `preview-${stack}`), { recursive: true });
      const lines = `a line of what the pack refused, with a word: é\n`.repeat(stack === "dev" ? 2 : 240);
      const summary = `### ${stack}\n\n**Refused** (exit status 1). It ends so:\n\n\`\`\`\n${lines}\`\`\`\n`;
      writeFileSync(join(folder, "previews", `preview-${stack}`, "summary.md"), summary);
    }
    const command = workflow("pull-request.yml").jobs["comment"]?.steps?.at(-1)?.run ?? "";
    const env = {
      ...process.env,
      PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
      MARK: "<!-- mark -->",
      ACCESS: "x".repeat(20_000),
      ACCOUNTS: JSON.stringify([...stacks, "gone"]),
      REPOSITORY: "example/accounts",
      NUMBER: "1",
    };
    const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", command], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    const sent = readFileSync(join(folder, "sent.md"), "utf8");
    rmSync(folder, { recursive: true });
    assert.ok(Buffer.byteLength(sent) <= 65_536, String(sent.length));
    assert.deepEqual(
      [...sent.matchAll(/^### (.*)$/gm)].map(([, name]) => name),
      stacks,
    );
    assert.equal((sent.match(/^```$/gm) ?? []).length % 2, 0);
    assert.match(sent, /It does not fit here, see its job\./);
    assert.match(sent, /No preview of gone, see its job\./);
  });

  for (const [file, needs, artifacts] of [
    ["pull-request.yml", "preview", "preview-*"],
    ["daily.yml", "look", "drift-*"],
  ] as const) {
    it(`show findings of ${file} in code scanning where that is switched on, from a job that runs nothing else`, () => {
      const { "code-scanning": job } = workflow(file).jobs;
      assert.ok(job);
      assert.equal(job.needs, needs);
      assert.match(job.if ?? "", /&& vars\.MUSTER_CODE_SCANNING == 'true'/);
      assert.deepEqual(job.permissions, { actions: "read", contents: "read", "security-events": "write" });
      assert.deepEqual(
        job.steps?.map(({ uses, with: inputs, ...others }) => [uses?.split("@")[0], inputs, others]),
        [
          ["actions/download-artifact", { pattern: artifacts, path: "findings" }, {}],
          ["github/codeql-action/upload-sarif", { sarif_file: "findings" }, {}],
        ],
      );
    });
  }

  it("deploy main alone, people first, then environments by what is at stake", () => {
    const { jobs, on } = workflow("deploy.yml");
    assert.deepEqual(on, { push: { branches: ["main"] } });
    const { accounts, ...stages } = jobs;
    assert.equal(accounts?.uses, "./.github/workflows/accounts.yml");
    assert.deepEqual(Object.keys(stages), ENVIRONMENTS);
    Object.entries(stages).forEach(([stage, { needs, if: condition, uses }], place, all) => {
      const before = all[place - 1]?.[0];
      assert.equal(uses, "./.github/workflows/deploy-differing.yml");
      assert.equal(matrixOf("deploy.yml", stage), `\${{ fromJSON(needs.accounts.outputs.${stage}) }}`);
      assert.deepEqual(needs, before === undefined ? "accounts" : ["accounts", before]);
      assert.equal(
        condition,
        before === undefined
          ? `\${{ needs.accounts.outputs.${stage} != '[]' }}`
          : `\${{ !cancelled() && !failure() && needs.accounts.outputs.${stage} != '[]' }}`,
      );
    });
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

  it("deploy where it is not certain that nothing differs: a preview that fails keeps no deployment away", async () => {
    const { look, deploy } = workflow("deploy-differing.yml").jobs;
    assert.equal(look?.environment, undefined);
    assert.equal(deploy?.uses, "./.github/workflows/deploy-account.yml");
    assert.equal(deploy.if, "needs.look.outputs.differs == 'true'");
    const script = commandsOf("deploy-differing.yml").find((command) => command.includes("differs")) ?? "";
    // It works on a copy of the state: this job has no passphrase, without which pulumi alone would fail at every merge.
    assert.match(script, /^if npm run --silent ci:preview -- "\$STACK" --expect-no-changes; then$/m);
    const folder = mkdtempSync(join(tmpdir(), "muster-differs-"));
    for (const [status, said] of [
      [0, "differs=false\n"],
      [1, "differs=true\n"],
      [255, "differs=true\n"],
    ] as const) {
      writeFileSync(join(folder, "npm"), `#!/bin/sh\nexit ${String(status)}\n`, { mode: 0o755 });
      const output = join(folder, `output-${String(status)}`);
      const { code } = await run("bash", ["-e", "-c", script], {
        env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, STACK: "dev", GITHUB_OUTPUT: output },
      });
      assert.equal(code, 0);
      assert.equal(readFileSync(output, "utf8"), said);
    }
    rmSync(folder, { recursive: true });
  });

  it("assume Deploy where they deploy, and Preview everywhere else", () => {
    const rolesIn = (file: string): readonly unknown[] =>
      jobsOf(file).flatMap(([, { steps = [] }]) =>
        steps.flatMap((step) => step.with?.["role-to-assume"] ?? []),
      );
    assert.deepEqual(rolesIn("deploy-account.yml"), ["${{ steps.account.outputs.deploy_role }}"]);
    for (const file of ["preview-account.yml", "daily-account.yml", "deploy-differing.yml"]) {
      assert.deepEqual(rolesIn(file), ["${{ steps.account.outputs.preview_role }}"]);
    }
  });

  it("look at every account every day, and deploy what has expired the same way as everything else", () => {
    const { jobs, on } = workflow("daily.yml");
    assert.ok(typeof on === "object" && "schedule" in on);
    assert.equal(jobs["look"]?.uses, "./.github/workflows/daily-account.yml");
    assert.equal(matrixOf("daily.yml", "look"), "${{ fromJSON(needs.accounts.outputs.accounts) }}");
    assert.equal(jobs["look"].strategy?.["fail-fast"], false);
    const { deploy } = workflow("daily-account.yml").jobs;
    assert.equal(deploy?.uses, "./.github/workflows/deploy-account.yml");
    assert.equal(deploy.if, "needs.drift.outputs.deployable == 'true'");
    assert.deepEqual(deploy.with, {
      stack: "${{ inputs.stack }}",
      tag: "${{ needs.drift.outputs.tag }}",
    });
  });

  describe("tell from the report on an account", () => {
    const script = commandsOf("daily-account.yml").find((command) => command.includes("jq")) ?? "";
    const filter = /jq -r '([^']*)'/.exec(script)?.[1] ?? "";
    const ACCOUNT = {
      follows: "branch",
      byHand: [],
      notDeployed: [],
      unmanaged: [],
      program: { version: { kind: "unknown" } },
    };
    const TAGS = { ...ACCOUNT, follows: "tags", program: { version: { kind: "tag", tag: "v1.4.0" } } };
    const COMMIT = { ...TAGS, program: { version: { kind: "commit" } } };
    for (const [what, account, expected] of [
      ["nothing", ACCOUNT, ["false", "", "false", "false"]],
      ["an edit", { ...ACCOUNT, notDeployed: [{}] }, ["true", "", "false", "false"]],
      ["a change by hand", { ...ACCOUNT, byHand: [{}] }, ["true", "", "true", "false"]],
      ["something in no stack", { ...ACCOUNT, unmanaged: [{}] }, ["false", "", "true", "false"]],
      ["a version", TAGS, ["false", "v1.4.0", "false", "false"]],
      [
        "a version whose grants have ended",
        { ...TAGS, notDeployed: [{}] },
        ["true", "v1.4.0", "false", "false"],
      ],
      [
        "no version where there has to be one",
        { ...COMMIT, notDeployed: [{}] },
        ["false", "", "false", "true"],
      ],
      [
        "no deployment yet",
        { ...TAGS, notDeployed: [{}], program: { version: { kind: "none" } } },
        ["false", "", "false", "false"],
      ],
    ] as const) {
      it(what, function () {
        const { error, status, stdout, stderr } = spawnSync("jq", ["-r", filter], {
          encoding: "utf8",
          input: JSON.stringify({ accounts: [account] }),
        });
        if (error !== undefined) {
          process.stdout.write(
            "\n  !!! SKIPPED: jq is not installed. What the daily job reads was not tried. !!!\n\n",
          );
          this.skip();
        }
        assert.equal(status, 0, stderr);
        const names = ["deployable", "tag", "by_hand", "unreleased"];
        assert.deepEqual(
          stdout.trim().split("\n"),
          names.map((name, index) => `${name}=${expected[index] ?? ""}`),
        );
      });
    }
  });

  it("promote one version to one account: checked without an identity, deployed like everything else", () => {
    const { jobs, on } = workflow("promote.yml");
    assert.ok(typeof on === "object");
    assert.deepEqual(Object.keys(on), ["workflow_dispatch"]);
    const { check, deploy } = jobs;
    assert.deepEqual(check?.permissions, { contents: "read" });
    assert.ok(
      commandsOf("promote.yml").includes(
        'npm run --silent promote -- --check -- "$TAG" "$ACCOUNT" >> "$GITHUB_OUTPUT"',
      ),
    );
    assert.equal(deploy?.needs, "check");
    assert.equal(deploy.uses, "./.github/workflows/deploy-account.yml");
    assert.deepEqual(deploy.with, {
      stack: "${{ needs.check.outputs.account }}",
      tag: "${{ needs.check.outputs.tag }}",
      commit: "${{ needs.check.outputs.commit }}",
      even_if_older: "${{ inputs.even_if_older }}",
    });
    assert.deepEqual(
      commandsOf("deploy-account.yml").filter((command) => command.includes("promote")),
      ['npm run promote -- "$TAG" "$STACK" --commit "$COMMIT" --yes ${EVEN_IF_OLDER:+--even-if-older}'],
    );
  });

  it("let a review that only comments end no other review's wait", () => {
    const { concurrency } = parse(textOf("review.yml")) as { concurrency: { group: string } };
    assert.match(concurrency.group, /review\.state == 'commented' && format\('-\{0\}', github\.run_id\)/);
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

  describe("audited by zizmor", function () {
    this.timeout(300_000);
    let zizmor: PythonTool;

    before(async function () {
      const found = await findPythonTool("zizmor");
      if (found === undefined) return this.skip();
      zizmor = found;
    });

    it("have no finding", async () => {
      const { code, stdout } = await zizmor("--offline", "--no-progress", join(CHECKOUT, ".github"));
      assert.equal(code, 0, stdout);
    });

    it("have findings where they are wrong", async () => {
      const folder = mkdtempSync(join(tmpdir(), "muster-zizmor-"));
      const file = join(folder, "wrong.yml");
      writeFileSync(
        file,
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.pull_request.title }}\n",
      );
      const { code, stdout } = await zizmor("--offline", "--no-progress", file);
      rmSync(folder, { recursive: true });
      assert.notEqual(code, 0);
      assert.match(stdout, /template-injection/);
    });
  });
});
