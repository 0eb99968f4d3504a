import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import { ESLint } from "eslint";
import { getFileInfo } from "prettier";

import { ADOPTERS_FILES, ADOPTERS_FOLDERS, isAdopters } from "./support/adopters-files";

const ROOT = path.join(__dirname, "..");

interface Settings {
  readonly ignorePaths: readonly string[];
  readonly ignores: readonly string[];
  readonly entry: readonly string[];
}

interface ImportRule {
  readonly from: { readonly path?: string; readonly pathNot?: readonly string[] };
}

/** A tool's settings, without their comments. */
const settingsIn = (file: string): Settings =>
  JSON.parse(
    readFileSync(path.join(ROOT, file), "utf8")
      .replace(/^\s*\/\/.*$/gm, "")
      .replace(/,(?=\s*[}\]])/g, ""),
  ) as Settings;

const lacking = (wanted: readonly string[], listed: readonly string[]): readonly string[] =>
  wanted.filter((file) => !listed.includes(file));

/** Files as adopters have them: each that is edited, settings of an account, a record and a review. */
const EXAMPLES = [
  ...ADOPTERS_FILES,
  "Pulumi.identity.yaml",
  "docs/incidents/2026-11-30-prod.md",
  "reviews/2026-Q4/review.md",
];

describe("the files that adopters edit are judged by the compiler alone", () => {
  it("are each of them known to the tests of names, words and links", () => {
    assert.deepEqual(
      EXAMPLES.filter((file) => !isAdopters(file)),
      [],
    );
  });

  it("are formatted by nobody: Prettier", async () => {
    const options = { ignorePath: path.join(ROOT, ".prettierignore") };
    const infos = await Promise.all(
      EXAMPLES.map(async (file) => ({ file, ...(await getFileInfo(path.join(ROOT, file), options)) })),
    );
    assert.deepEqual(
      infos.filter(({ ignored }) => !ignored).map(({ file }) => file),
      [],
    );
  });

  it("have no rule: ESLint", async () => {
    const eslint = new ESLint({ cwd: ROOT });
    const ignored = await Promise.all(ADOPTERS_FILES.map((file) => eslint.isPathIgnored(file)));
    assert.deepEqual(
      ADOPTERS_FILES.filter((_, index) => ignored[index] !== true),
      [],
    );
  });

  it("may import what they like: dependency-cruiser", () => {
    // Its settings read src by a path of the working directory.
    const print = "console.log(JSON.stringify(require('./.dependency-cruiser.cjs').forbidden))";
    const text = execFileSync(process.execPath, ["-e", print], { cwd: ROOT, encoding: "utf8" });
    const rules = (JSON.parse(text) as readonly ImportRule[]).flatMap(({ from }) =>
      from.path === undefined ? [] : [{ path: from.path, pathNot: from.pathNot ?? [] }],
    );
    const isUnderRule = (file: string): boolean =>
      rules.some(
        ({ path: room, pathNot }) =>
          new RegExp(room).test(file) && !pathNot.some((other) => new RegExp(other).test(file)),
      );
    assert.deepEqual(["src/model/roster.ts", "policypack/index.ts", ...ADOPTERS_FILES].filter(isUnderRule), [
      "src/model/roster.ts",
      "policypack/index.ts",
    ]);
  });

  it("may export what nothing takes: knip", () => {
    assert.deepEqual(
      settingsIn("knip.json").entry.filter((entry) => /organization|exemptions/.test(entry)),
      ["src/{organization,roster,workloads,invariants}.ts", "policypack/{main,exemptions}.ts"],
    );
  });

  it("may have any name: cspell", () => {
    const { ignorePaths } = settingsIn("cspell.json");
    assert.deepEqual(lacking([...ADOPTERS_FILES, ...ADOPTERS_FOLDERS], ignorePaths), []);
  });

  it("may have any form: markdownlint", () => {
    const { ignores } = settingsIn(".markdownlint-cli2.jsonc");
    assert.deepEqual(lacking(ADOPTERS_FOLDERS, ignores), []);
  });
});
