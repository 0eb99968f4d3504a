import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

// @ts-expect-error -- mocha has no types of how it finds files.
import lookup from "mocha/lib/cli/lookup-files.js";

const CHECKOUT = join(__dirname, "..");

/** The scripts that `npm test` runs tests by. */
const SCRIPTS = ["test:unit", "test:e2e:sample", "test:e2e:others"] as const;

const { lookupFiles } = lookup as { readonly lookupFiles: (pattern: string) => readonly string[] };
const { scripts } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

const filesOf = (script: string): readonly string[] =>
  [...(scripts[script] ?? "").matchAll(/"([^"]+)"/g)].flatMap(([, pattern = ""]) =>
    lookupFiles(join(CHECKOUT, pattern)).map((file) => relative(CHECKOUT, file)),
  );

describe("npm test", () => {
  it("runs every test once", () => {
    const all = readdirSync(join(CHECKOUT, "test"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join("test", file));
    assert.deepEqual(SCRIPTS.flatMap(filesOf).sort(), all.sort());
  });
});
