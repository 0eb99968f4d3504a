import assert from "node:assert/strict";
import { check } from "../../sandbox/provider/check";
import { deletesFirst, differences } from "../../sandbox/provider/diff";
import { liveInputs } from "../../sandbox/provider/read";
import {
  type Properties,
  type Property,
  type ResourceType,
  type Value,
} from "../../sandbox/provider/resource-type";
import { isSameValue, unknown } from "../../sandbox/provider/values";

const one = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["a:B", "c:D"], Resource: ["*"] }],
});
const reordered = JSON.stringify({
  Statement: [{ Resource: "*", Action: ["c:D", "a:B"], Effect: "Allow" }],
  Version: "2012-10-17",
});
const wider = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

describe("values that mean the same to AWS", () => {
  const cases: [
    what: string,
    property: Property,
    one: Value | undefined,
    other: Value | undefined,
    same: boolean,
  ][] = [
    ["equal texts", {}, "a", "a", true],
    ["different texts", {}, "a", "b", false],
    ["nothing and the default", { default: "/" }, undefined, "/", true],
    ["nothing and another value", { default: "/" }, undefined, "/people/", false],
    ["nothing and nothing", {}, undefined, undefined, true],
    ["nothing in a list's item and an absent key", {}, [{ a: "b", c: undefined }], [{ a: "b" }], true],
    ["lists in another order", {}, ["a", "b"], ["b", "a"], false],
    ["sets in another order", { compare: "set" }, ["a", "b"], ["b", "a"], true],
    [
      "sets of rules in another order, with places in another order",
      { compare: "set" },
      [{ port: 1, places: ["a", "b"] }, { port: 2 }],
      [{ port: 2 }, { places: ["b", "a"], port: 1 }],
      true,
    ],
    ["sets of another size", { compare: "set" }, ["a", "b"], ["a"], false],
    ["a document in other words", { compare: "document" }, one, reordered, true],
    ["a wider document", { compare: "document" }, one, wider, false],
    ["a document that is not known yet", { compare: "document" }, one, unknown, false],
    ["records with an absent property", {}, { a: "b" }, { a: "b", c: undefined }, true],
    ["settings with a false flag", { compare: "settings" }, [{ a: { b: false } }], [{ a: {} }], true],
    ["settings with a true flag", { compare: "settings" }, [{ a: { b: true } }], [{ a: {} }], false],
  ];
  for (const [what, property, first, second, expected] of cases) {
    it(`${what}: ${expected ? "the same" : "different"}`, () => {
      assert.equal(isSameValue(property, first, second), expected);
      assert.equal(isSameValue(property, second, first), expected);
    });
  }
});

/** A resource type with one property of each kind. */
const thing: ResourceType = {
  properties: {
    name: { replaces: true },
    trust: { compare: "document" },
    boundary: {},
    path: { default: "/" },
    force: { default: false, local: true },
    policy: { computed: true },
  },
  autoname: "name",
  computed: {},
  create: () => Promise.reject(new Error("not used")),
  read: () => Promise.resolve(undefined),
  update: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

describe("what an update has to change", () => {
  const cases: [what: string, olds: Properties, news: Properties, expected: string[]][] = [
    ["nothing", { name: "a" }, { name: "a" }, []],
    ["a property that is changed", { name: "a", trust: one }, { name: "a", trust: wider }, ["update trust"]],
    ["a property that is added", { name: "a" }, { name: "a", boundary: "b" }, ["add boundary"]],
    [
      "what the program leaves unset but AWS has",
      { name: "a", boundary: "b" },
      { name: "a" },
      ["delete boundary"],
    ],
    ["a default that is spelt out", { name: "a" }, { name: "a", path: "/" }, []],
    ["what AWS decided and the program leaves to it", { name: "a", policy: "x" }, { name: "a" }, []],
    ["a name", { name: "a" }, { name: "b" }, ["replace name"]],
    ["a name that is not known yet", { name: "a" }, { name: unknown }, ["replace name"]],
  ];
  for (const [what, olds, news, expected] of cases) {
    it(`${what}: ${expected.join(", ") || "nothing to do"}`, () => {
      const found = differences(thing, olds, news);
      assert.deepEqual(
        found.map(({ property, kind, replaces }) => `${replaces ? "replace" : kind} ${property}`),
        expected,
      );
    });
  }

  it("replaces a resource that keeps its name by deleting it first", () => {
    assert.equal(deletesFirst(thing, { name: "a" }, { name: "a" }), true);
    assert.equal(deletesFirst(thing, { name: "a" }, { name: "b" }), false);
    assert.equal(deletesFirst({ ...thing, uniqueBy: [] }, { name: "a" }, { name: "b" }), true);
  });
});

describe("what a refresh records", () => {
  const cases: [what: string, live: Properties, before: Properties, expected: Properties][] = [
    ["the words of before, where they mean the same", { trust: reordered }, { trust: one }, { trust: one }],
    ["what differs", { trust: wider }, { trust: one }, { trust: wider }],
    ["what was added by hand", { boundary: "b" }, {}, { boundary: "b" }],
    ["what was removed by hand", {}, { boundary: "b" }, {}],
    [
      "the default, where another value was set back to it",
      { path: "/" },
      { path: "/people/" },
      { path: "/" },
    ],
    ["no default that nobody asked for", { path: "/" }, {}, {}],
    ["what only Pulumi knows", {}, { force: true }, { force: true }],
    ["nothing that AWS decided by itself", { policy: "x" }, {}, {}],
  ];
  for (const [what, live, before, expected] of cases) {
    it(what, () => {
      assert.deepEqual(liveInputs(thing, { id: "a", inputs: live, computed: {} }, before), expected);
    });
  }
});

describe("checking a resource's arguments", () => {
  const request = { type: thing, olds: {}, name: "logical", randomSeed: new Uint8Array([1]) };

  it("refuses a property that the provider would ignore", () => {
    const { failures } = check({ ...request, news: { name: "a", unheard: 2 } });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["unheard"],
    );
  });

  it("names what the program leaves unnamed, and keeps that name", () => {
    const { inputs } = check({ ...request, news: {} });
    assert.match(inputs["name"] as string, /^logical-[0-9a-f]{7}$/);
    const again = check({ ...request, olds: inputs, randomSeed: new Uint8Array([2]), news: {} });
    assert.deepEqual(again.inputs, inputs);
  });
});
