import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { isAdopters } from "./support/adopters-files";

const ROOT = join(__dirname, "..");
const FOLDERS = [".github", "bench", "docs", "policypack", "sandbox", "src", "start", "test"] as const;

const files = [
  ...readdirSync(ROOT),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, String(name))),
  ),
].filter(
  (name) =>
    /\.(?:md|tsx?|js|py|yml)$/.test(name) &&
    !/node_modules|(?:^|\/)dist\//.test(name) &&
    name !== "test/plain-english.test.ts" &&
    !isAdopters(name),
);

/** `file:line`, for each line of some files that fits. */
const linesWith = (pattern: RegExp, among: readonly string[]): readonly string[] =>
  among.flatMap((file) =>
    readFileSync(join(ROOT, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${String(index + 1)}`] : [])),
  );

describe("plain English: a sentence names its subject first", () => {
  it("opens with neither Whom nor Whoever, in code, messages and docs", () => {
    assert.deepEqual(linesWith(/\b(?:Whom|Whoever)\b/, files), []);
  });

  it("opens no comment with 'What … that', in code", () => {
    const code = files.filter((file) => /^(?:policypack|sandbox|src)\/.*\.tsx?$/.test(file));
    assert.deepEqual(linesWith(/(?:\/\*\*|^\s*\*|\/\/) What [\w' ]+ that /, code), []);
  });
});
