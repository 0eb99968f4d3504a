import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { run, type Finished } from "../../sandbox/process/run";

const CHECKOUT = path.join(__dirname, "..", "..");
const BUILD = `"${process.execPath}" start/build-policypack.js`;

describe("`npm run build:policypack`", () => {
  let project: string;

  before(() => {
    project = mkdtempSync(path.join(tmpdir(), "muster-pack-"));
    cpSync(path.join(CHECKOUT, "start"), path.join(project, "start"), { recursive: true });
    symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(project, "node_modules"), "dir");
    for (const folder of ["policypack", "src"]) mkdirSync(path.join(project, folder));
    cpSync(path.join(CHECKOUT, "tsconfig.json"), path.join(project, "tsconfig.json"));
    cpSync(
      path.join(CHECKOUT, "policypack", "tsconfig.json"),
      path.join(project, "policypack", "tsconfig.json"),
    );
    write("policypack/main.ts", 'import { rule } from "../src/rule";\nexport const pack = [rule];\n');
  });

  after(() => rmSync(project, { recursive: true }));

  function write(file: string, text: string): void {
    writeFileSync(path.join(project, file), text);
  }

  const build = (before = ""): Promise<Finished> =>
    run("sh", ["-c", before + BUILD], { cwd: project, timeout: 60_000 });

  const files = (): readonly string[] =>
    readdirSync(path.join(project, "policypack", "dist"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.includes("."))
      .toSorted();

  const compiled = (file: string): string =>
    readFileSync(path.join(project, "policypack", "dist", file), "utf8");

  it("leaves no pack where the first one fails", async () => {
    write("src/rule.ts", "export const rule = ;\n");
    const { code, stderr } = await build();
    assert.equal(code, 2);
    assert.match(stderr, /^src\/rule\.ts\(1,21\): error TS1109: Expression expected\.\n$/);
    assert.deepEqual(files(), []);
  });

  it("takes the place of whatever an interrupted compiler has left", async () => {
    mkdirSync(path.join(project, "policypack", "dist", "policypack"), { recursive: true });
    for (const half of ["main.js", "gone.js"]) write(`policypack/dist/policypack/${half}`, "");
    write("src/rule.ts", 'export const rule = "first";\n');
    const { code, stdout, stderr } = await build();
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
    assert.deepEqual(files(), ["policypack/main.js", "src/rule.js"]);
    assert.match(compiled("src/rule.js"), /rule = "first"/);
  });

  for (const [what, before, rule, says] of [
    ["a fault of syntax", "", "export const rule = ;\n", /TS1109/],
    [
      "a file that cannot be written",
      "ulimit -f 1; ",
      `export const rule = "${"x".repeat(4_096)}";\n`,
      /^The policy pack cannot be written: EFBIG: file too large, write\.\n$/,
    ],
  ] as const) {
    it(`keeps the pack that there is after ${what}`, async () => {
      write("src/rule.ts", rule);
      const { code, stderr } = await build(before);
      assert.equal(code, 2);
      assert.match(stderr, says);
      assert.deepEqual(files(), ["policypack/main.js", "src/rule.js"]);
      assert.match(compiled("src/rule.js"), /rule = "first"/);
    });
  }
});
