import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const CHECKOUT = path.join(__dirname, "..", "..");

/** What a process prints that loads the SDK of policies behind the pack's first module. */
function printed(code: string): string {
  const first =
    'require("./start/typescript").registerTypeScript(); require("./policypack/without-arborist.ts");';
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", `${first}\n${code}`], {
    cwd: CHECKOUT,
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return stdout.trim();
}

describe("npm's resolver of packages", function () {
  this.timeout(60_000);

  it("is not loaded with the SDK of policies", () => {
    const loaded = 'Object.keys(require.cache).filter((file) => file.includes("arborist")).length';
    // One stands for it.
    assert.equal(printed(`require("@pulumi/policy"); console.log(${loaded});`), "2");
  });

  it("is there where the SDK makes one", () => {
    const code = [
      'const ofSdk = require("module").createRequire(require.resolve("@pulumi/pulumi"));',
      'const { Arborist } = ofSdk("@npmcli/arborist");',
      'console.log(typeof new Arborist({ path: "." }).loadActual);',
    ];
    assert.equal(printed(code.join("\n")), "function");
  });
});
