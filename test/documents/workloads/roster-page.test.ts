import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { WORKLOAD_RESOURCE_KINDS } from "../../../src/model/workload";

const PAGE = path.join(__dirname, "..", "..", "..", "docs", "roster.md");

describe("docs/roster.md", () => {
  it("has a row for everything that a service can be given, and for nothing else", () => {
    const [, services = ""] = readFileSync(PAGE, "utf8").split("\n## Services\n");
    const [section = ""] = services.split("\n## ");
    const rows = [...section.matchAll(/^\| `(\w+)` /gm)].map(([, key = ""]) => key);
    assert.deepEqual(rows.toSorted(), [...WORKLOAD_RESOURCE_KINDS, "publicTables"].toSorted());
  });
});
