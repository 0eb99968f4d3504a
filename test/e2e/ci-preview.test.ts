import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { schemaFaults } from "../sarif/sarif-schema";
import { changing } from "./support/aws-calls";
import { oneWorkload } from "./support/one-workload";
import { assertSucceeded } from "./support/outcome";
import { withProgram } from "./support/program-change";
import { removeFolder, temporaryFolder } from "./support/temporary-folder";
import { Workspace } from "./support/workspace";

const COMPANY = oneWorkload("dev", "Ops");

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
}

/** Pulumi's status for changes that nobody expected. */
const CHANGES = 7;

const HEAD = ["| | resource | properties |", "|---|---|---|"];
const NOTHING =
  "### dev\n\nNothing changes: the program, the state and the account agree about every resource of this stack. " +
  "What no stack has was not compared; `npm run drift` does.\n";

const summaryOfLines = (...lines: readonly string[]): string => ["### dev", "", ...lines, ""].join("\n");

/** The findings of a SARIF file: rule, file and line. */
function resultsIn(sarif: string): readonly string[] {
  const log = JSON.parse(sarif) as { runs: readonly { results: readonly SarifResult[] }[] };
  assert.deepEqual(schemaFaults(log), []);
  return log.runs.flatMap(({ results }) =>
    results.map(({ ruleId, locations: [location] }) => {
      const { artifactLocation, region } = location?.physicalLocation ?? {};
      return `${ruleId} ${artifactLocation?.uri ?? ""}:${String(region?.startLine)}`;
    }),
  );
}

describe("npm run ci:preview", function () {
  this.timeout(240_000);
  let workspace: Workspace;
  let folder: string;

  before(async () => {
    folder = temporaryFolder();
    workspace = await Workspace.open(COMPANY, ["dev"]);
  });

  after(async () => {
    await workspace.remove();
    removeFolder(folder);
  });

  /** Runs the command, holds that it changed nothing, and reads what it wrote for a comment. */
  async function preview(stack: string) {
    const file = path.join(folder, "summary.md");
    const sarif = path.join(folder, "preview.sarif");
    for (const written of [file, sarif]) rmSync(written, { force: true });
    const state = workspace.state();
    const { calls, ...finished } = await workspace.script(
      "ci:preview",
      ...[stack, "--summary", file, "--sarif", sarif],
    );
    assert.deepEqual(changing(calls), []);
    assert.deepEqual(workspace.state(), state);
    return {
      ...finished,
      summary: existsSync(file) ? readFileSync(file, "utf8") : "no summary",
      results: resultsIn(readFileSync(sarif, "utf8")),
    };
  }

  /** Runs the command as the job that looks before a deployment does, and holds that it changed nothing. */
  async function expectNoChanges() {
    const state = workspace.state();
    const { calls, ...finished } = await workspace.script("ci:preview", "dev", "--expect-no-changes");
    assert.deepEqual(changing(calls), []);
    assert.deepEqual(workspace.state(), state);
    return finished;
  }

  it("fails where it expects that nothing differs and something does", async () => {
    const { code, stdout, stderr } = await expectNoChanges();
    assert.equal(code, CHANGES, stderr);
    assert.match(stdout + stderr, /no changes were expected for preview but changes were proposed/);
  });

  it("shows all that will be created, before anything is deployed", async () => {
    const { code, stdout, stderr, summary } = await preview("dev");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /muster@.* \(local: policypack\)/);
    assert.match(stdout, /\+ \d+ to create/);
    const [heading = "", , ...table] = summary.split("\n").slice(2, -1);
    assert.equal(heading, `${String(table.length - HEAD.length)} changes:`);
    assert.deepEqual(table.slice(0, HEAD.length), HEAD);
    const rows = table.slice(HEAD.length);
    for (const row of rows) assert.match(row, /^\| create \| `\S+ \S+` \| {2}\|$/);
    const roles = ["Admin", "Analyst", "Dashboard", "DbRead", "Dba", "Developer", "Monitor", "Ops", "Read"];
    assert.deepEqual(
      rows.filter((row) => row.includes("`iam.Role ")).sort(),
      [
        ...[...roles, "Security"].map((role) => `| create | \`iam.Role acme-${role}R-dev\` |  |`),
        "| create | `iam.Role acme-EventR` |  |",
        "| create | `iam.Role acme-TrailR` |  |",
      ].sort(),
    );
  });

  it("shows that nothing changes, when all is deployed", async () => {
    assertSucceeded(await workspace.deploy("dev"));
    const { code, stderr, summary, results } = await preview("dev");
    assert.equal(code, 0, stderr);
    assert.equal(summary, NOTHING);
    assert.deepEqual(results, []);
  });

  it("succeeds where it expects that nothing differs and nothing does", async () => {
    const { code, stderr } = await expectNoChanges();
    assert.equal(code, 0, stderr);
  });

  it("needs no passphrase: it looks at a copy of the state, without the token and the passphrase of the original", async () => {
    const byVariable = '"$PULUMI_BACKEND_URL $PULUMI_CONFIG_PASSPHRASE ${PULUMI_ACCESS_TOKEN-none}"';
    // What pulumi is run with, by a `pulumi` before the sandbox's on the path.
    const bin = path.join(folder, "bin");
    mkdirSync(bin);
    const stand = [
      "#!/bin/sh",
      `printf '%s %s\\n' "$1" ${byVariable} >> "${folder}/runs.txt"`,
      `PATH=$(printf %s "$PATH" | sed "s#${bin}:##")`,
      'exec pulumi "$@"',
    ];
    writeFileSync(path.join(bin, "pulumi"), [...stand, ""].join("\n"), { mode: 0o755 });
    const state = workspace.state();
    const file = path.join(folder, "summary.md");
    const { code, stderr, calls } = await workspace.shell(
      `PATH="${bin}:$PATH" PULUMI_CONFIG_PASSPHRASE= PULUMI_ACCESS_TOKEN=pul-1 npm run --silent ci:preview -- dev --summary ${file}`,
    );
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(file, "utf8"), NOTHING);
    assert.deepEqual(changing(calls), []);
    assert.deepEqual(workspace.state(), state);
    const runs = readFileSync(path.join(folder, "runs.txt"), "utf8").trim().split("\n");
    const copy = `file://${tmpdir()}/muster-state-`;
    const words = runs.map((line) => line.split(" "));
    assert.deepEqual(
      words.map(([command, backend = "", ...rest]) => [
        command,
        backend.startsWith(copy),
        rest.map((word) => (word.length > 40 ? "random" : word)),
      ]),
      [
        ["stack", false, ["", "pul-1"]],
        ...["stack", "stack", "preview"].map((command) => [command, true, ["random", "none"]]),
      ],
    );
  });

  it("shows what an edit of the roster changes, and what somebody changed by hand", async () => {
    const { people, ...roster } = COMPANY.roster;
    const nina = { email: "nina@example.com", category: "developer", access: { dev: "Developer" } } as const;
    workspace.write({ ...roster, people: { ...people, "nina.developer": { ...nina } } });
    const byHand = { RoleName: "acme-MonitorR-dev", Description: "Mine." };
    await workspace.byHand("dev").updateRoleDescription(byHand);
    const { code, stderr, summary } = await preview("dev");
    workspace.write(COMPANY.roster);
    assert.equal(code, 0, stderr);
    assert.equal(
      summary,
      summaryOfLines(
        "2 changes:",
        "",
        ...HEAD,
        "| update | `iam.Policy acme-DeveloperR-dev-holders` | policy |",
        "| update | `iam.Role acme-DeveloperR-dev` | assumeRolePolicy |",
        "",
        "**1 resource changed by hand**, which the deployment undoes:",
        "",
        ...HEAD,
        "| update | `iam.Role acme-MonitorR-dev` | description |",
      ),
    );
    assertSucceeded(await workspace.deploy("dev", "--refresh"));
  });

  it("exits 1 where the policy pack refuses, and says which policy", async () => {
    const mallory = {
      file: "src/resources/role-resources.ts",
      text: "assumeRolePolicy: trust.text,",
      instead: 'assumeRolePolicy: trust.text.replaceAll("people/ada.devops", "people/mallory"),',
    };
    await withProgram(workspace, [mallory], async () => {
      const { code, stdout, summary, results } = await preview("dev");
      assert.equal(code, 1, stdout);
      // Ada is the one of the roster whom the message names; the line is that of her grant.
      const roster = readFileSync(path.join(workspace.root, "project", "src", "roster.ts"), "utf8").split(
        "\n",
      );
      const line = roster.findIndex((text) => text.includes('"dev": "Ops"')) + 1;
      assert.ok(results.includes(`aws-iam-role-trust-roster src/roster.ts:${line}`), results.join("\n"));
      assert.match(summary, /^### dev\n\n\*\*Refused\*\* \(exit status 1\)\. It ends so:\n\n```\n/);
      assert.match(summary, /\[mandatory\].* aws-iam-role-trust-roster /);
      assert.match(summary, /mallory/);
    });
  });

  it("exits 1 where resources have options that no policy sees, says which, and touches nothing", async () => {
    const options = {
      "acme-OpsR-dev": "{ retainOnDelete: true }",
      "acme-ReadR-dev": "{ replaceOnChanges: ['tags'] }",
      "acme-AdminR-dev": "{ hooks: { afterCreate: [async () => {}] } }",
      "acme-DbaR-dev": "{ hideDiffs: ['assumeRolePolicy'] }",
      "acme-MonitorR-dev": "{ replacementTrigger: 'x' }",
      "acme-DeveloperR-dev": "{ pluginDownloadURL: 'https://example.com' }",
      "acme-AnalystR-dev": "{ replaceWith: [[...this.resources.values()][0]] }",
      "acme-DashboardR-dev": "{ deletedWith: [...this.resources.values()][0] }",
      "acme-DbReadR-dev": "{ import: 'acme-DbReadR-dev' }",
    };
    const changed = Object.entries(options).map(
      ([name, option]) => `type === "aws:iam/role:Role" && name === "${name}" && ${option}`,
    );
    const changes = [
      {
        file: "src/stacks/create-resources.ts",
        text: "this.optionsOf(described)",
        instead: `Object.assign(this.optionsOf(described), ${changed.join(", ")})`,
      },
      {
        file: "src/stacks/create-account.ts",
        text: "{ aliases: [{ name: context.account.key }] }",
        instead:
          '{ aliases: [{ name: context.account.key }], envVarMappings: { OTHER: "AWS_ENDPOINT_URL" } }',
      },
    ];
    await withProgram(workspace, changes, async () => {
      const { code, stdout, stderr, summary, results } = await preview("dev");
      assert.equal(code, 1, stdout);
      const refused = [
        "iam.Role acme-AdminR-dev has the option hooks: code runs when it is made, changed or deleted",
        "iam.Role acme-AnalystR-dev has the option replaceWith: it is deleted and made anew with another resource",
        "iam.Role acme-DashboardR-dev has the option deletedWith: it stays in the account when that other resource goes too",
        "iam.Role acme-DbReadR-dev has the option import: it becomes whatever exists under that id",
        "iam.Role acme-DbaR-dev has the option hideDiffs: no preview shows what changes in it",
        "iam.Role acme-DeveloperR-dev has the option pluginDownloadURL: its provider is downloaded from there",
        "iam.Role acme-MonitorR-dev has the option replacementTrigger: it is deleted and made anew by a change of that value",
        "iam.Role acme-OpsR-dev has the option retainOnDelete: it stays in the account when the program no longer has it",
        "iam.Role acme-ReadR-dev has the option replaceOnChanges: it is deleted and made anew by a change",
        "pulumi:providers:aws account has the option envVarMappings: the provider takes its environment from other variables",
      ].map((one) => `${one}. src/resources does not describe it so; take it away.`);
      const [heading, ...lines] = stderr.trim().split("\n");
      assert.equal(heading, "Refused, though the policy pack is not told of it:");
      assert.deepEqual(
        lines.sort(),
        refused.map((one) => `- ${one}`),
      );
      assert.match(summary, /^### dev\n\n\*\*Refused\*\*, though the policy pack is not told of it:\n\n- `/);
      for (const one of refused) assert.ok(summary.includes(`- \`${one}\`\n`), one);
      assert.equal(results.filter((result) => result.startsWith("unseen-option ")).length, refused.length);
    });
    assert.equal((await preview("dev")).summary, NOTHING);
  });

  it("exits as pulumi does for a stack that there is not, and says how stacks are named", async () => {
    const { code, stdout, stderr, summary, results } = await preview("nowhere");
    assert.deepEqual(results, ["preview-failed src/organization.ts:1"]);
    assert.equal(code, 6, stdout);
    assert.match(stdout, /no stack named 'nowhere' found/);
    assert.equal(
      stderr,
      "A stack is named like its account in src/organization.ts; `pulumi stack init` makes one that is missing.\n",
    );
    assert.match(summary, /^### nowhere\n\n\*\*Refused\*\* \(exit status 6\)\./);
  });
});
