import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const documents = [
  ...[
    "",
    ".github",
    "docs",
    "docs/decisions",
    "docs/requirements",
    "docs/runbooks",
    "policypack",
    "sandbox/provider",
  ].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name)),
  ),
];

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, first = ""]) => first);

describe("what the documentation says exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

  for (const file of documents) {
    it(`${file}: scripts, links and paths`, () => {
      const text = read(file);
      const missing = [
        ...matches(text, /npm run (?:-\S+ )*(\w[\w:-]*)/g).filter((script) => scripts[script] === undefined),
        ...matches(text, /\]\((?!https?:)([^)#]+)[^)]*\)/g).filter(
          (link) => !existsSync(join(ROOT, dirname(file), link)),
        ),
        ...matches(text, /`((?:src|policypack|sandbox|test|docs|\.github)\/[\w./-]*)`/g).filter(
          (path) => !existsSync(join(ROOT, path)),
        ),
      ];
      assert.deepEqual(missing, []);
    });
  }
});

describe("the README's commands to try", () => {
  const [, section = ""] = /\n## Try it[^\n]*\n([\s\S]*?)\n## /.exec(read("README.md")) ?? [];
  const commands = matches(section, /```sh\n([^`]+)\n```/g).flatMap((block) => block.split("\n"));

  it("are the ones that test/e2e/readme.test.ts runs, and the one that runs it", () => {
    assert.deepEqual(commands, [
      "npm ci && npm run sandbox",
      "npm run sandbox:shell -- pulumi preview -s dev",
      "npm ci && npm test",
    ]);
  });
});
