import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const read = (...path: readonly string[]): string => readFileSync(join(ROOT, ...path), "utf8");

const { engines } = JSON.parse(read("package.json")) as { readonly engines: { readonly node: string } };

/** The releases of Node.js that package.json names. */
const RELEASES = engines.node.split(" || ").map((release) => release.replace(/^\^(\d+)\..*$/, "$1"));

/** doctor reads package.json itself: `test/doctor/tools.test.ts`. */
describe("the releases of Node.js that are supported", () => {
  it("are 20, 22, 24 and 26", () => {
    assert.deepEqual(RELEASES, ["20", "22", "24", "26"]);
  });

  it("are those of the lock file", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      readonly packages: Readonly<Record<string, { readonly engines?: unknown }>>;
    };
    assert.deepEqual(packages[""]?.engines, engines);
  });

  it("are those of the README", () => {
    const [first = "", ...others] = RELEASES;
    const [, least = ""] = /^\^(\d+\.\d+)\./.exec(engines.node) ?? [];
    assert.ok(least.startsWith(first));
    const listed = `${others.slice(0, -1).join(", ")} or ${others.at(-1) ?? ""}`;
    assert.ok(read("README.md").includes(`You need Node.js ${least} (or newer), ${listed}, npm,`));
  });

  it("have that of the workflows among them, which all name it by one file", () => {
    assert.ok(RELEASES.includes(read(".node-version").trim()));
    for (const file of readdirSync(join(ROOT, ".github", "workflows"))) {
      const text = read(".github", "workflows", file);
      assert.doesNotMatch(text, /node-version:/, file);
      const setups = text.match(/uses: actions\/setup-node@/g) ?? [];
      assert.equal(text.match(/node-version-file: \.node-version$/gm)?.length ?? 0, setups.length, file);
    }
  });
});
