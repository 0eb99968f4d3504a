import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { run } from "../../sandbox/process/run";

const CHECKOUT = path.join(__dirname, "..", "..");
const { scripts } = JSON.parse(readFileSync(path.join(CHECKOUT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe("a checkout without `npm ci`", () => {
  let clone: string;

  before(() => {
    clone = mkdtempSync(path.join(tmpdir(), "muster-clone-"));
    cpSync(path.join(CHECKOUT, "start"), path.join(clone, "start"), { recursive: true });
    cpSync(path.join(CHECKOUT, "package.json"), path.join(clone, "package.json"));
    for (const folder of ["src", "sandbox", "bench", "test"]) {
      symlinkSync(path.join(CHECKOUT, folder), path.join(clone, folder), "dir");
    }
  });

  after(() => rmSync(clone, { recursive: true, force: true }));

  // What calls other scripts first is explained by the first of them.
  const callingTools = Object.entries(scripts).filter(([, script]) => !script.startsWith("npm run "));

  for (const [name, script] of callingTools) {
    it(`npm run ${name} says what is missing, and \`npm ci\``, async () => {
      const { code, stdout, stderr } = await run("sh", ["-c", script], { cwd: clone, timeout: 30_000 });
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.match(stderr, /^[^\n]+ (is|are) not installed\. Run `npm ci`\.\n$/);
    });
  }
});

describe("a checkout after `npm ci --omit=dev`", () => {
  it("names the option that brings the tools", async () => {
    const clone = mkdtempSync(path.join(tmpdir(), "muster-clone-"));
    try {
      cpSync(path.join(CHECKOUT, "start"), path.join(clone, "start"), { recursive: true });
      mkdirSync(path.join(clone, "node_modules", ".bin"), { recursive: true });
      writeFileSync(path.join(clone, "node_modules", ".bin", "tsc"), "");
      const { code, stderr } = await run(process.execPath, ["start/installed.js", "tsc", "mocha", "knip"], {
        cwd: clone,
        timeout: 30_000,
      });
      assert.deepEqual(
        { code, stderr },
        { code: 2, stderr: "mocha and knip are not installed. Run `npm ci --include=dev`.\n" },
      );
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });

  it("knows the tools of packages above it, as in a checkout that `promote` deploys from", async () => {
    const above = mkdtempSync(path.join(tmpdir(), "muster-clone-"));
    try {
      cpSync(path.join(CHECKOUT, "start"), path.join(above, "checkout", "start"), { recursive: true });
      mkdirSync(path.join(above, "node_modules", ".bin"), { recursive: true });
      writeFileSync(path.join(above, "node_modules", ".bin", "tsc"), "");
      const { code, stderr } = await run(process.execPath, ["start/installed.js", "tsc"], {
        cwd: path.join(above, "checkout"),
        timeout: 30_000,
      });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    } finally {
      rmSync(above, { recursive: true, force: true });
    }
  });
});
