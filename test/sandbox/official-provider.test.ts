import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { resourceTypes } from "../../sandbox/provider/resource-types";

/** The rows of the table in sandbox/provider/README.md, by type: source, what replaces, differences. */
function tableOfReadme(): ReadonlyMap<string, { readonly source: string; readonly replacedBy: string }> {
  const text = readFileSync(path.join(__dirname, "../../sandbox/provider/README.md"), "utf8");
  const rows = text.matchAll(/^\| `(aws:[^`]+)`\s*\| ([^|]*)\| ([^|]*)\|/gm);
  return new Map(
    [...rows].map(([, type = "", source = "", replacedBy = ""]) => [
      type,
      { source: source.trim(), replacedBy: replacedBy.trim() },
    ]),
  );
}

describe("the table of the provider beside the official one", () => {
  const table = tableOfReadme();

  it("has every type once, and no other", () => {
    assert.deepEqual([...table.keys()], Object.keys(resourceTypes).toSorted());
  });

  for (const [type, definition] of Object.entries(resourceTypes)) {
    it(`says what replaces ${type}`, () => {
      const replacing = Object.entries(definition.properties)
        .filter(([, property]) => property?.replaces === true || definition.update === undefined)
        .map(([name]) => name);
      assert.equal(table.get(type)?.replacedBy, replacing.toSorted().join(", "));
    });

    it(`names the source of ${type}, or says that it was not read`, () => {
      assert.match(table.get(type)?.source ?? "", /^(?:`[\w/]+\.go`|not read)/);
    });
  }
});
