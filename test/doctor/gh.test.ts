import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { examineAll } from "../../src/doctor/examine-all";
import { sampleOrganization, sampleRoster } from "../support/rosters";

const CHECKOUT = join(__dirname, "..", "..");

/** A program called `gh` that answers paths of GitHub's API from files, and nothing else; it is not GitHub's. */
const STAND_IN = `#!/bin/sh
[ "$1" = api ] && [ $# = 2 ] || { echo "this stand-in knows gh api <path>" >&2; exit 64; }
answer="\${0%/*}/answers/$(printf %s "$2" | tr / _)"
[ -f "$answer" ] || { echo "gh: Not Found (HTTP 404)" >&2; exit 1; }
cat "$answer"
`;

const ENVIRONMENT = {
  protection_rules: [
    { type: "required_reviewers", prevent_self_review: true, reviewers: [{ type: "Team" }] },
    { type: "branch_policy" },
  ],
  deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  can_admins_bypass: false,
};

const ANSWERS: Readonly<Record<string, unknown>> = {
  "rules/branches/main": [
    {
      type: "pull_request",
      ruleset_id: 7,
      parameters: {
        require_code_owner_review: true,
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: true,
      },
    },
    {
      type: "required_status_checks",
      ruleset_id: 7,
      parameters: { required_status_checks: [{ context: "checks", integration_id: 15_368 }] },
    },
    { type: "non_fast_forward", ruleset_id: 7 },
  ],
  "rulesets/7": { bypass_actors: [] },
  "codeowners/errors?ref=main": { errors: [{ line: 5, kind: "Unknown owner" }] },
  "environments/prod": ENVIRONMENT,
  "environments/prod/deployment-branch-policies": { branch_policies: [{ name: "main" }] },
  "environments/dev": { protection_rules: [], deployment_branch_policy: null },
};

describe("what doctor asks GitHub, by a program called gh", function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-gh-"));
    const file = join(folder, "gh");
    writeFileSync(file, STAND_IN);
    chmodSync(file, 0o755);
    mkdirSync(join(folder, "answers"));
    for (const [path, answer] of Object.entries(ANSWERS)) {
      const name = `repos/example/accounts/${path}`.replaceAll("/", "_");
      writeFileSync(join(folder, "answers", name), JSON.stringify(answer));
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  async function github(path: string): Promise<readonly string[]> {
    const findings = await examineAll({
      directory: CHECKOUT,
      organization: {
        ...sampleOrganization(),
        pipeline: { kind: "github", repository: "example/accounts" },
      },
      roster: sampleRoster(),
      workloads: {},
      warnings: [],
      now: new Date(),
      env: { PATH: path },
      nodeVersion: process.versions.node,
      ownerFacts: false,
      limit: 5_000,
    });
    return findings
      .filter(({ name }) => name.startsWith("GitHub "))
      .map(({ name, status, found }) => `${status} ${name}: ${found}`);
  }

  it("is the branch, CODEOWNERS and the environment of each account, one line each, with a stand-in that answers", async () => {
    assert.deepEqual(await github(`${folder}:/usr/bin:/bin`), [
      "ok GitHub branch main: reviews by code owners, again after each push, checks, no forced pushes",
      "missing GitHub CODEOWNERS: GitHub takes no notice of line 5 (Unknown owner)",
      "missing GitHub environment users: does not exist, and its first job would make it without any protection",
      "missing GitHub environment dev: every branch may deploy",
      "missing GitHub environment staging: does not exist, and its first job would make it without any protection",
      "ok GitHub environment prod: main alone, with approval",
    ]);
  });

  it("is unknown where no gh is on the path", async () => {
    const lines = await github(join(folder, "answers"));
    assert.equal(lines.length, 6);
    for (const line of lines) assert.match(line, /^unknown GitHub .*: gh is not installed$/);
  });
});
