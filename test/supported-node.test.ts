import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { satisfies } from "semver";

const ROOT = join(__dirname, "..");
const read = (...path: readonly string[]): string => readFileSync(join(ROOT, ...path), "utf8");

const { engines } = JSON.parse(read("package.json")) as { readonly engines: { readonly node: string } };

/** The releases of Node.js that package.json names. */
const RELEASES = engines.node.split(" || ").map((release) => release.replace(/^\^(\d+)\..*$/, "$1"));

/** The first version of each of them: `20.19.0`. */
const LEAST = engines.node.split(" || ").map((release) => release.replace("^", ""));

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
}

const { packages } = JSON.parse(read("package-lock.json")) as LockFile;

/** doctor reads package.json itself: `test/doctor/tools.test.ts`. */
describe("the releases of Node.js that are supported", () => {
  it("are 20, 22, 24 and 26", () => {
    assert.deepEqual(RELEASES, ["20", "22", "24", "26"]);
  });

  it("are those of the lock file", () => {
    assert.deepEqual(packages[""]?.engines, engines);
  });

  // `npm ci` warns of one that does not: EBADENGINE.
  it("are taken, from the first version on, by every package of the lock file", () => {
    const refused = LEAST.flatMap((version) =>
      Object.entries(packages)
        .filter(([, { engines: asked }]) => asked?.node !== undefined && !satisfies(version, asked.node))
        .map(([name, { engines: asked }]) => `${name} on ${version}: ${asked?.node}`),
    );
    assert.deepEqual(refused, []);
  });

  for (const file of ["README.md", "CONTRIBUTING.md"]) {
    it(`are those of ${file}`, () => {
      const shown = LEAST.map((version) =>
        version.endsWith(".0.0") ? version.replace(".0.0", "") : `${version.replace(/\.0$/, "")} or newer`,
      );
      assert.ok(read(file).includes(`Node.js ${shown.slice(0, -1).join(", ")} or ${shown.at(-1) ?? ""}`));
    });
  }

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
