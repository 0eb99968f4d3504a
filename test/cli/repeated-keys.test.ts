import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Finished } from "../../sandbox/process/run";
import { runInTurn } from "../support/commands-in-turn";

const CHECKOUT = join(__dirname, "..", "..");

/** Every command with the least that it needs to be told. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  access: [],
  "aws-config": ["sarah.devops", "--dry-run"],
  "bootstrap-files": ["--out", "bootstrap"],
  "ci-account": ["dev"],
  "console-links": ["sarah.devops"],
  database: ["check"],
  doctor: [],
  drift: ["dev"],
  notices: [],
  offboard: ["sarah.devops"],
  onboard: ["sarah.devops"],
  promote: ["v1.0.0", "dev"],
  prove: [],
  alarm: ["list"],
  "break-glass": ["rehearse", "prod"],
  credentials: ["--snapshot", "none"],
  review: ["--cadence", "weekly", "--snapshot", "none"],
  snapshot: ["--live", "{stack}", "--out", "none"],
};
/** These run `pulumi preview`, whose program reads the files; read commits; read none of them; or are no command of their own. */
const OTHERS = [
  ...["ci-preview", "approvals", "expired", "request"],
  ...[
    "config-file",
    "interruption",
    "project-folder",
    "run-main",
    "sarif-file",
    "terminal",
    "update-readers",
  ],
];

const refusal = ([first, second]: readonly number[]): string => `1 problem to solve first.

src/roster.ts
  1. people["maria.cto"]
     This key is written twice, on lines ${first} and ${second}: JavaScript would keep the second, with all that it grants, and drop the first without a word.
     To do: Keep one of them, with what both of them were meant to say.
`;

describe("a person who is written twice", () => {
  let folder: string;
  let written: readonly number[];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-repeated-"));
    for (const entry of ["start", "src", "policypack", "package.json", "tsconfig.json"]) {
      cpSync(join(CHECKOUT, entry), join(folder, entry), { recursive: true });
    }
    symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"), "dir");
    const roster = join(folder, "src", "roster.ts");
    const again = `  "maria.cto": { email: "maria@example.com", category: "security", access: { prod: "Security" } },`;
    const lines = readFileSync(roster, "utf8").split("\n");
    const end = lines.indexOf("  },", lines.indexOf("  people: {"));
    lines.splice(end, 0, `  ${again}`);
    written = [lines.findIndex((line) => line.includes('"maria.cto": {')) + 1, end + 1];
    writeFileSync(roster, lines.join("\n"));
  });

  after(() => rmSync(folder, { recursive: true }));

  describe("is refused by", () => {
    let answers: readonly Finished[];

    before(async () => {
      const lines = Object.entries(COMMANDS).map(([name, args]) => [`src/cli/${name}.ts`, ...args]);
      answers = await runInTurn(folder, lines, { PATH: process.env["PATH"], HOME: folder });
    });

    for (const [index, name] of Object.keys(COMMANDS).entries())
      it(name, () => {
        assert.deepEqual(answers[index], { code: 2, stdout: "", stderr: refusal(written) });
      });
  });

  it("is refused by every command that there is", () => {
    const files = readdirSync(join(CHECKOUT, "src", "cli"))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.slice(0, -".ts".length));
    assert.deepEqual(files.sort(), [...Object.keys(COMMANDS), ...OTHERS].sort());
  });
});
