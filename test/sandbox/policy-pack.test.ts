import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  compilePolicyPack,
  lacksCompiledPolicyPack,
  policyPackOf,
} from "../../sandbox/deployment/policy-pack";
import { unwatched } from "../../sandbox/work";

describe("the sandbox's policy pack", () => {
  let project: string;

  before(() => {
    project = mkdtempSync(path.join(tmpdir(), "muster-pack-"));
  });

  after(() => rmSync(project, { recursive: true }));

  const scripts = (build: string): void =>
    writeFileSync(
      path.join(project, "package.json"),
      JSON.stringify({ scripts: { "build:policypack": build } }),
    );

  const compile = (): Promise<void> => compilePolicyPack(project, unwatched);

  it("is none where the project has none", () => {
    assert.deepEqual([policyPackOf(project), lacksCompiledPolicyPack(project)], [undefined, false]);
  });

  it("is lacking where nobody has compiled it, as after `npm ci --ignore-scripts`", () => {
    mkdirSync(path.join(project, "policypack"));
    writeFileSync(path.join(project, "policypack", "PulumiPolicy.yaml"), "main: dist/main.js\n");
    assert.deepEqual([policyPackOf(project), lacksCompiledPolicyPack(project)], [undefined, true]);
  });

  it("stays lacking, in the compiler's words, where it does not compile", async () => {
    scripts("echo 'src/rule.ts(1,1): error TS1109' >&2; exit 2");
    await assert.rejects(compile(), {
      message: "The policy pack does not compile:\nsrc/rule.ts(1,1): error TS1109",
    });
    assert.ok(lacksCompiledPolicyPack(project));
  });

  it("is there once it is compiled by the project's own script", async () => {
    scripts("mkdir policypack/dist && echo > policypack/dist/main.js");
    await compile();
    assert.deepEqual(
      [policyPackOf(project), lacksCompiledPolicyPack(project)],
      [path.join(project, "policypack"), false],
    );
  });
});
