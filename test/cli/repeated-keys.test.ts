import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../../sandbox/process/run";

const CHECKOUT = join(__dirname, "..", "..");

/** Every command with the least that it needs to be told. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  access: [],
  "aws-config": ["sarah.devops", "--dry-run"],
  "bootstrap-files": ["--out", "bootstrap"],
  "ci-account": ["dev"],
  "console-links": ["sarah.devops"],
  doctor: [],
  drift: ["dev"],
  offboard: ["sarah.devops"],
  onboard: ["sarah.devops"],
  prove: [],
};
/** Runs `pulumi preview`, whose program reads the files; reads none of them; and what is no command of its own. */
const OTHERS = ["ci-preview", "config-file", "run", "update-readers"];

const REFUSAL = `1 problem to solve first.

src/roster.ts
  1. people["maria.cto"]
     This key is written twice, on lines 11 and 53: JavaScript would keep the second, with all that it grants, and drop the first without a word.
     To do: Keep one of them, with what both of them were meant to say.
`;

describe("a person who is written twice", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-repeated-"));
    for (const entry of ["start", "src", "package.json", "tsconfig.json"]) {
      cpSync(join(CHECKOUT, entry), join(folder, entry), { recursive: true });
    }
    symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"), "dir");
    const roster = join(folder, "src", "roster.ts");
    const second = `  "maria.cto": { email: "maria@example.com", category: "security", access: { prod: "Security" } },`;
    const lines = readFileSync(roster, "utf8").split("\n");
    const end = lines.indexOf("  },", lines.indexOf("  people: {"));
    lines.splice(end, 0, ...Array.from({ length: 53 - end - 1 }, () => ""), `  ${second}`);
    writeFileSync(roster, lines.join("\n"));
  });

  after(() => rmSync(folder, { recursive: true }));

  for (const [name, args] of Object.entries(COMMANDS)) {
    it(`is refused by ${name}`, async () => {
      const { code, stdout, stderr } = await run(
        process.execPath,
        ["start/command.js", `src/cli/${name}.ts`, ...args],
        { cwd: folder, env: { PATH: process.env["PATH"], HOME: folder }, timeout: 60_000 },
      );
      assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: REFUSAL });
    });
  }

  it("is refused by every command that there is", () => {
    const files = readdirSync(join(CHECKOUT, "src", "cli"))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.slice(0, -".ts".length));
    assert.deepEqual(files.sort(), [...Object.keys(COMMANDS), ...OTHERS].sort());
  });
});
