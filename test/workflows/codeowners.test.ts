import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const CHECKOUT = join(__dirname, "..", "..");
const RULES = readFileSync(join(CHECKOUT, ".github", "CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(" "));

/** The owner of a file by the forms that CODEOWNERS here has: everything, a folder, a file. The last line that fits decides. */
const ownerOf = (file: string): string | undefined =>
  RULES.findLast(
    ([pattern = ""]) =>
      pattern === "*" || (pattern.endsWith("/") ? `/${file}`.startsWith(pattern) : `/${file}` === pattern),
  )?.[1];

const FILES = execFileSync("git", ["ls-files"], { cwd: CHECKOUT, encoding: "utf8" }).trim().split("\n");

/** What no deployment runs or reads. */
const OF_PLATFORM =
  /^(?:bench|docs(?!\/examples)|sandbox|test)\/|^(?:CHANGELOG\.md|LICENSE|README\.md|eslint\.config\.mjs)$/;

describe("CODEOWNERS", () => {
  it("has no other form of pattern than this test reads", () => {
    for (const [pattern = "", ...owners] of RULES) {
      assert.match(pattern, /^(?:\*|\/[\w./-]+)$/);
      assert.equal(owners.length, 1);
    }
  });

  it("asks security for every file but those that no deployment runs or reads", () => {
    for (const file of FILES)
      assert.equal(ownerOf(file), OF_PLATFORM.test(file) ? "@example/platform" : "@example/security", file);
  });

  for (const file of [".npmrc", "src/new.ts", "docs/examples/gitlab/account.yml", "Pulumi.new.yaml"]) {
    it(`asks security for ${file}, which need not be there yet`, () => {
      assert.equal(ownerOf(file), "@example/security");
    });
  }

  it("asks security for every file that src, start and policypack import by a relative path", () => {
    const imports = FILES.filter((file) => /^(?:src|start|policypack)\/.*\.[jt]s$/.test(file)).flatMap(
      (file) =>
        [...readFileSync(join(CHECKOUT, file), "utf8").matchAll(/from "(\.[^"]*)"/g)].map(([, to = ""]) =>
          join(file, "..", to),
        ),
    );
    assert.ok(imports.length > 0);
    for (const file of imports) assert.equal(ownerOf(file), "@example/security", file);
  });
});
