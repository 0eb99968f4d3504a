import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { isAdopters } from "./support/adopters-files";

const ROOT = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const FOLDERS = [".github", "docs", "policypack", "sandbox"] as const;

const documents = [
  ...readdirSync(ROOT),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, String(name))),
  ),
].filter((name) => name.endsWith(".md") && !name.includes("node_modules") && !isAdopters(name));

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const hasAnchor = (file: string, anchor: string): boolean =>
  matches(read(file), /^#+ (.+)$/gm).some((heading) => anchorOf(heading) === anchor);

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, first = ""]) => first);

describe("what the documentation says exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

  for (const file of documents) {
    it(`${file}: scripts, links, headings linked to, and paths`, () => {
      const text = read(file);
      const missing = [
        ...matches(text, /npm run (?:-\S+ )*(\w[\w:-]*)/g).filter((script) => scripts[script] === undefined),
        ...matches(text, /\]\((?!https?:)([^)#]+)[^)]*\)/g).filter(
          (link) => !existsSync(join(ROOT, dirname(file), link)),
        ),
        ...[...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
          .filter(([, link = "", anchor = ""]) => {
            const target = link === "" ? file : join(dirname(file), link);
            return existsSync(join(ROOT, target)) && !hasAnchor(target, anchor);
          })
          .map(([link]) => link),
        ...matches(text, /`((?:src|policypack|sandbox|test|docs|\.github)\/[\w./-]*)`/g).filter(
          (path) => !existsSync(join(ROOT, path)),
        ),
      ];
      assert.deepEqual(missing, []);
    });
  }
});

describe("the README", () => {
  it("is read in one go: 150 lines at most", () => {
    assert.ok(read("README.md").trimEnd().split("\n").length <= 150);
  });
});

describe("the commands of src/cli", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const commands = Object.entries(scripts).flatMap(([name, line]) =>
    matches(line, /src\/cli\/([\w-]+)\.ts/g).map((file) => ({ name, file })),
  );

  it("are a script of package.json each", () => {
    const programs = readdirSync(join(ROOT, "src/cli"))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => name.slice(0, -".ts".length))
      .filter((name) => read(`src/cli/${name}.ts`).includes("void runMain("));
    assert.deepEqual(
      programs.filter((program) => !commands.some(({ file }) => file === program)),
      [],
    );
  });

  it("are in README.md or a page of docs, which says when one needs them", () => {
    const pages = documents.filter((file) => !/^docs\/(?:decisions|requirements)\//.test(file)).map(read);
    const named = new Set(pages.flatMap((page) => matches(page, /npm run (?:-\S+ )*(\w[\w:-]*)/g)));
    assert.deepEqual(
      commands.map(({ name }) => name).filter((name) => !named.has(name)),
      [],
    );
  });
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
