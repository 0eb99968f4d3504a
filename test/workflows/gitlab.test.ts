import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";

import { run } from "../../sandbox/process/run";
import { accountLists, asLines } from "../../src/pipeline/account-variables";
import { contextIn } from "../documents/fixture";
import { findPythonTool } from "./python-tool";

const FOLDER = path.join(__dirname, "..", "..", "docs", "examples", "gitlab");

describe("GitLab's job files", function () {
  this.timeout(300_000);
  let folder: string;
  let jobs: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "muster-gitlab-"));
    const lists = path.join(folder, "accounts.env");
    const { organization } = contextIn("prod");
    const accounts = organization.accounts.filter(({ environment }) => environment !== "staging");
    const data = { ...contextIn("prod").account, key: "data" };
    const tagged = { ...data, key: "ledger", follows: "tags" } as const;
    writeFileSync(lists, asLines(accountLists({ ...organization, accounts: [...accounts, data, tagged] })));
    const { code, stdout, stderr } = await run("sh", [path.join(FOLDER, "account-jobs.sh"), lists]);
    assert.equal(code, 0, stderr);
    jobs = path.join(folder, "account-jobs.yml");
    writeFileSync(jobs, stdout);
  });

  after(() => rmSync(folder, { recursive: true }));

  it("have a job to preview and one to deploy for each stage with accounts, and none to deploy what follows tags", () => {
    const stage = (name: string, stacks: readonly string[]): object => {
      const parallel = { matrix: [{ STACK: stacks }] };
      return {
        [`preview-${name}`]: { extends: ".preview", parallel },
        [`deploy-${name}`]: { extends: ".deploy", stage: name, parallel },
      };
    };
    assert.deepEqual(parse(readFileSync(jobs, "utf8")), {
      include: { local: "docs/examples/gitlab/account.yml" },
      ...stage("identity", ["users"]),
      ...stage("dev", ["dev"]),
      ...stage("prod", ["prod", "data"]),
      "preview-promoted": { extends: ".preview", parallel: { matrix: [{ STACK: ["ledger"] }] } },
    });
  });

  it("ask for tokens that are meant for AWS, and deploy one account at a time, in an environment named like it", () => {
    const account = parse(readFileSync(path.join(FOLDER, "account.yml"), "utf8")) as Record<string, unknown>;
    const { id_tokens: tokens } = account[".account"] as { id_tokens: unknown };
    assert.deepEqual(tokens, { AWS_TOKEN: { aud: "sts.amazonaws.com" } });
    const deploy = account[".deploy"] as { environment: string; resource_group: string; script: string[] };
    assert.equal(deploy.environment, "$STACK");
    assert.equal(deploy.resource_group, "deploy-$STACK");
    assert.equal(
      deploy.script.at(-1),
      'pulumi up --stack "$STACK" --refresh --policy-pack policypack --yes --non-interactive',
    );
  });

  it("write nothing into the checkout before they deploy, with stand-ins for npm, curl and pulumi", async () => {
    const account = parse(readFileSync(path.join(FOLDER, "account.yml"), "utf8")) as Record<string, unknown>;
    const steps = (job: string, part: string): readonly string[] =>
      (account[job] as Record<string, readonly string[]>)[part] ?? [];
    const checkout = mkdtempSync(path.join(tmpdir(), "muster-checkout-"));
    const script = [
      "set -eu",
      "git init -q . && git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m first",
      'npm() { case "$*" in *ci:account*) echo region=eu-west-1; echo deploy_role=arn;; esac; }',
      "curl() { :; }",
      'pulumi() { git status --porcelain --untracked-files=all; test -s "$AWS_WEB_IDENTITY_TOKEN_FILE"; }',
      ...steps(".account", "before_script"),
      ...steps(".deploy", "script"),
    ].join("\n");
    const environment = { ...process.env, AWS_TOKEN: "token", STACK: "dev", CI_PIPELINE_ID: "1" };
    const { code, stdout, stderr } = await run("sh", ["-c", script], { cwd: checkout, env: environment });
    rmSync(checkout, { recursive: true });
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "");
  });

  it("fit GitLab's schema", async function () {
    const checker = await findPythonTool("check-jsonschema");
    if (checker === undefined) return this.skip();
    const check = (...files: readonly string[]) =>
      checker("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", ...files);
    // The schema takes whatever stands in a job whose name begins with a dot, as those that others extend do.
    const account = parse(readFileSync(path.join(FOLDER, "account.yml"), "utf8")) as Record<string, unknown>;
    const shown = path.join(folder, "shown.yml");
    const asJobs = (changes: object = {}): void => {
      const jobsOfAccount = Object.entries({ ...account, ...changes }).map(([name, job]) => [
        name.replace(/^\./, ""),
        job,
      ]);
      writeFileSync(shown, stringify(Object.fromEntries(jobsOfAccount)));
    };
    asJobs();
    const { code, stdout } = await check(
      path.join(FOLDER, ".gitlab-ci.yml"),
      path.join(FOLDER, "account.yml"),
      shown,
      jobs,
    );
    assert.equal(code, 0, stdout);
    asJobs({ ".preview": { environment: { name: "preview/$STACK", action: "look" } } });
    assert.notEqual((await check(shown)).code, 0);
    const wrong = path.join(folder, "wrong.yml");
    writeFileSync(wrong, "test: { script: 3 }\n");
    assert.notEqual((await check(wrong)).code, 0);
    return undefined;
  });
});
