import assert from "node:assert/strict";

import fc from "fast-check";

import {
  readFilters,
  formatFilters,
  writeFilters,
  MAP_MARKS,
  NO_FILTERS,
  MAP_SORTS,
  MAP_VIEWS,
  type MapFilters,
  type MapMark,
  type MapSort,
} from "../../../src/access/page/filters";

const filters: fc.Arbitrary<MapFilters> = fc.record(
  {
    view: fc.constantFrom(...MAP_VIEWS),
    text: fc.string(),
    category: fc.string(),
    account: fc.string(),
    roles: fc.array(fc.string({ minLength: 1 })),
    action: fc.string(),
    mark: fc.constantFrom("" as const, ...(Object.keys(MAP_MARKS) as MapMark[])),
    sort: fc.constantFrom(...(Object.keys(MAP_SORTS) as MapSort[])),
    open: fc.string(),
  },
  { noNullPrototype: true },
);

describe("the filters in an address", () => {
  it("come back as they were", () => {
    fc.assert(fc.property(filters, (some) => assert.deepEqual(readFilters(writeFilters(some)), some)));
  });

  it("take no room where nothing is set", () => {
    assert.equal(writeFilters(NO_FILTERS), "#");
    assert.deepEqual(readFilters(""), NO_FILTERS);
  });

  it("are readable", () => {
    assert.equal(
      writeFilters({
        ...NO_FILTERS,
        view: "roles",
        text: "sarah",
        roles: ["Ops", "Admin"],
        action: "s3:GetObject",
      }),
      "#view=roles&q=sarah&role=Ops&role=Admin&action=s3%3AGetObject",
    );
  });

  it("ignore what they do not know", () => {
    assert.deepEqual(readFilters("#view=nowhere&mark=none&sort=up&other=1"), NO_FILTERS);
  });

  it("are words on paper", () => {
    assert.equal(formatFilters(NO_FILTERS), "");
    assert.equal(
      formatFilters({
        ...NO_FILTERS,
        text: "sa",
        category: "devops",
        account: "prod",
        roles: ["Ops", "Read"],
        action: "s3:*",
        mark: "soon",
      }),
      '"sa", category devops, account prod, role Ops or Read, may s3:*, end within 14 days',
    );
  });
});
