import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../docs/decisions");
const read = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

const files = readdirSync(FOLDER).filter((file) => /^\d{4}-/.test(file));

/** `# 7. Title`, an empty line, `2026-11-23 · accepted` or `2026-11-23 · replaced by 9`. */
const HEAD = /^# (\d+)\. (.+)\n\n(\d{4}-\d{2}-\d{2}) · (accepted|replaced by \d+)\n\n/;

function rowOf(file: string): string {
  const [, number = "", title = "", date = "", status = ""] = HEAD.exec(read(file)) ?? [];
  return `| ${number} | [${title}](${file}) | ${date} | ${status} |`;
}

/** Rows without the spaces that align them. */
const rowsOf = (markdown: string): readonly string[] =>
  markdown
    .split("\n")
    .filter((line) => /^\| \d/.test(line))
    .map((line) => line.replace(/ +\|/g, " |"));

describe("decisions", () => {
  it("begin with their number, date and status", () => {
    assert.deepEqual(
      files.filter((file) => {
        const [, number = ""] = HEAD.exec(read(file)) ?? [];
        return !file.startsWith(`${number.padStart(4, "0")}-`);
      }),
      [],
    );
  });

  it("have a number each", () => {
    const numbers = files.map((file) => file.slice(0, 4));
    assert.equal(new Set(numbers).size, numbers.length);
  });

  it("are in the index, each in one row", () => {
    assert.deepEqual(rowsOf(read("README.md")), files.map(rowOf));
  });
});
