import assert from "node:assert/strict";

import fc from "fast-check";

import {
  filtersOf,
  filterWords,
  hashOf,
  MARKS,
  NO_FILTERS,
  SORTS,
  VIEWS,
  type Filters,
  type Mark,
  type Sort,
} from "../../../src/access/page/filters";

const filters: fc.Arbitrary<Filters> = fc.record(
  {
    view: fc.constantFrom(...VIEWS),
    text: fc.string(),
    category: fc.string(),
    account: fc.string(),
    roles: fc.array(fc.string({ minLength: 1 })),
    action: fc.string(),
    mark: fc.constantFrom("" as const, ...(Object.keys(MARKS) as Mark[])),
    sort: fc.constantFrom(...(Object.keys(SORTS) as Sort[])),
    open: fc.string(),
  },
  { noNullPrototype: true },
);

describe("the filters in an address", () => {
  it("come back as they were", () => {
    fc.assert(fc.property(filters, (some) => assert.deepEqual(filtersOf(hashOf(some)), some)));
  });

  it("take no room where nothing is set", () => {
    assert.equal(hashOf(NO_FILTERS), "#");
    assert.deepEqual(filtersOf(""), NO_FILTERS);
  });

  it("are readable", () => {
    assert.equal(
      hashOf({
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
    assert.deepEqual(filtersOf("#view=nowhere&mark=none&sort=up&other=1"), NO_FILTERS);
  });

  it("are words on paper", () => {
    assert.equal(filterWords(NO_FILTERS), "");
    assert.equal(
      filterWords({
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
