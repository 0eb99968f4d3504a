import assert from "node:assert/strict";

import fc from "fast-check";

import { toInstant, type Validity } from "../../src/model/dates";
import type { Grant } from "../../src/model/grants";
import { buildModel, type Model } from "../../src/model/model";
import {
  NOW,
  rostersOf,
  sampleOrganization,
  validPairs,
  type RosterChoices,
  type WrittenRoster,
} from "../support/rosters";
import { outputOf } from "./cases";

const oneOrMore = (roles: string | readonly string[]): readonly string[] =>
  typeof roles === "string" ? [roles] : roles;

/** Every grant that a roster's text makes, as one reads it. */
function grantsIn({
  people,
  breakGlass = {},
  temporary = [],
  onCall = {},
}: WrittenRoster): readonly string[] {
  const line = (source: string, person: string, account: string, role: string): string =>
    [source, person, account, role].join(" ");
  return [
    ...Object.entries(people).flatMap(([name, { access }]) =>
      Object.entries(access).flatMap(([account, roles]) =>
        oneOrMore(roles).map((role) => line("access", name, account, role)),
      ),
    ),
    ...temporary.map(({ person, account, role }) => line("temporary", person, account, role)),
    ...Object.entries(onCall).flatMap(([account, { role, shifts }]) =>
      shifts.map(({ person }) => line("onCall", person, account, role)),
    ),
    ...Object.entries(breakGlass).flatMap(([account, { primary, backup }]) =>
      [primary, ...(backup === undefined ? [] : [backup])].map((person) =>
        line("breakGlass", person, account, "BreakGlass"),
      ),
    ),
  ].sort();
}

const holds = ({ from, until }: Validity, moment: string): boolean =>
  (from === undefined || from <= moment) && (until === undefined || moment < until);

const sameHolding = (
  one: Omit<Grant, "source" | "validity">,
  other: Omit<Grant, "source" | "validity">,
): boolean => one.person === other.person && one.account === other.account && one.role === other.role;

/** Every moment at which something begins or ends, the second before it, and one far from all. */
function moments({ grants }: Model): readonly string[] {
  const ends = grants
    .flatMap(({ validity: { from, until } }) => [from, until])
    .filter((end) => end !== undefined);
  const before = ends.map((end) => toInstant(new Date(Date.parse(end) - 1_000)));
  return [...new Set([...ends, ...before, "2026-11-20T12:00:00Z"])];
}

describe("every valid roster", () => {
  it("is accepted", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        assert.equal(outputOf(organization, roster), "accepted");
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it("makes the grants that one reads in it, for the people in it", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        const { grants, people } = buildModel(organization, roster, NOW);
        assert.deepEqual(
          grants.map(({ source, person, account, role }) => [source, person, account, role].join(" ")).sort(),
          grantsIn(roster),
        );
        assert.deepEqual(
          people.map(({ name }) => name),
          Object.keys(roster.people).sort(),
        );
      }),
    );
  }).timeout(60_000);

  it("has holdings that are the union of its grants, one for each person, account and role", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        const model = buildModel(organization, roster, NOW);
        for (const holding of model.holdings.all) {
          const grants = model.grants.filter((grant) => sameHolding(grant, holding));
          for (const moment of moments(model)) {
            const isHeld = holding.validities.some((validity) => holds(validity, moment));
            assert.equal(
              isHeld,
              grants.some(({ validity }) => holds(validity, moment)),
              moment,
            );
          }
          assert.equal(model.holdings.all.filter((other) => sameHolding(other, holding)).length, 1);
          assert.ok(model.holdings.of(holding.account, holding.role).includes(holding));
        }
        for (const grant of model.grants) {
          assert.ok(
            model.holdings.of(grant.account, grant.role).some((holding) => sameHolding(grant, holding)),
          );
        }
      }),
    );
  }).timeout(60_000);

  it("means the same, whatever the order of its people", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        const reversed = { ...roster, people: Object.fromEntries(Object.entries(roster.people).reverse()) };
        const [one, other] = [roster, reversed].map((text) => buildModel(organization, text, NOW));
        assert.deepEqual(other?.people, one?.people);
        assert.deepEqual(other?.power, one?.power);
        assert.deepEqual(other?.holdings.all, one?.holdings.all);
      }),
    );
  }).timeout(60_000);
});

const ANOTHER = { email: "name@example.com", category: "developer" as const, access: {} };
const workloadOf = ({ organization: { accounts } }: RosterChoices): string =>
  Object.keys(accounts).find((key) => accounts[key]?.kind === "workload") ?? "";
const firstNameOf = ({ roster: { people } }: RosterChoices): string => Object.keys(people)[0] ?? "";
const withPeople = ({ roster }: RosterChoices, people: Record<string, unknown>) => ({
  ...roster,
  people: { ...roster.people, ...people },
});

/** A mistake that any valid pair can make: the broken roster, and the first lines of what is said about it. */
interface Mistake {
  readonly name: string;
  readonly make: (written: RosterChoices) => unknown;
  readonly place: string | ((written: RosterChoices) => string);
  readonly rule: string;
}

const MISTAKES: readonly Mistake[] = [
  {
    name: "an unknown key",
    make: ({ roster }) => ({ ...roster, leavers: [] }),
    place: "leavers = []",
    rule: "Unknown key of the roster.",
  },
  {
    name: "a name that is none",
    make: (written) => withPeople(written, { "no name": ANOTHER }),
    place: 'people["no name"] = "no name"',
    rule: "A name is 2 to 64 letters, digits or any of _ + = , . @ -",
  },
  {
    name: "an unknown category",
    make: (written) => withPeople(written, { "one-more": { ...ANOTHER, category: "boss" } }),
    place: 'people["one-more"].category = "boss"',
    rule: "There is no such category.",
  },
  {
    name: "an unknown account",
    make: (written) => withPeople(written, { "one-more": { ...ANOTHER, access: { "": "Read" } } }),
    place: 'people["one-more"].access[""] = ""',
    rule: "There is no such account in `src/organization.ts`.",
  },
  {
    name: "BreakGlass by access",
    make: (written) =>
      withPeople(written, { "one-more": { ...ANOTHER, access: { [workloadOf(written)]: ["BreakGlass"] } } }),
    place: (written) => `people["one-more"].access${step(workloadOf(written))}[0] = "BreakGlass"`,
    rule: "Only `breakGlass` names who may assume BreakGlass.",
  },
  {
    name: "a date that does not exist",
    make: (written) => withPeople(written, { "one-more": { ...ANOTHER, until: "2026-02-30" } }),
    place: 'people["one-more"].until = "2026-02-30"',
    rule: "This is not a date that exists.",
  },
  {
    name: "from after until",
    make: (written) =>
      withPeople(written, { "one-more": { ...ANOTHER, from: "2026-11-02", until: "2026-11-01" } }),
    place: 'people["one-more"].until = "2026-11-01"',
    rule: "`until` is not after `from`.",
  },
  {
    name: "the departed name of somebody who is there",
    make: (written) => ({ ...written.roster, departed: [firstNameOf(written)] }),
    place: (written) => `people${step(firstNameOf(written))} = ${JSON.stringify(firstNameOf(written))}`,
    rule: "This name is on `departed`: whatever still admits the one who left would admit this person.",
  },
  {
    name: "a holder of power who is not there",
    make: ({ roster }) => ({ ...roster, power: ["nobody at all"] }),
    place: 'power[0] = "nobody at all"',
    rule: "Nobody in `people` has this name.",
  },
  {
    name: "a break-glass holder of the wrong category",
    make: (written) => ({
      ...withPeople(written, { "one-more": ANOTHER }),
      breakGlass: { [workloadOf(written)]: { primary: "one-more" } },
    }),
    place: (written) => `breakGlass${step(workloadOf(written))}.primary = "one-more"`,
    rule: "This person is of category developer and may not hold BreakGlass.",
  },
];

const step = (key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

describe("one mistake in a valid roster is one problem", () => {
  for (const { name, make, place, rule } of MISTAKES) {
    it(name, () => {
      const pairs = validPairs.filter(
        (written) => workloadOf(written) !== "" && !("one-more" in written.roster.people),
      );
      fc.assert(
        fc.property(pairs, (written) => {
          const lines = outputOf(written.organization, make(written)).split("\n").slice(0, 5);
          const where = typeof place === "string" ? place : place(written);
          assert.deepEqual(lines, [
            "1 problem to solve first.",
            "",
            "src/roster.ts",
            `  1. ${where}`,
            `     ${rule}`,
          ]);
        }),
        { numRuns: 30 },
      );
    }).timeout(60_000);
  }

  it("a name that differs from another in case only", () => {
    fc.assert(
      fc.property(validPairs, (written) => {
        const name = firstNameOf(written);
        const swapped = name
          .split("")
          .map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
        const other = swapped.join("");
        fc.pre(other !== name);
        const lines = outputOf(written.organization, withPeople(written, { [other]: ANOTHER })).split("\n");
        assert.deepEqual(lines, [
          "1 problem to solve first.",
          "",
          "src/roster.ts",
          `  1. people${step(other)} = ${JSON.stringify(other)}`,
          "     Somebody has this name already; IAM compares users' names without case.",
          "     To do: Choose another name.",
        ]);
      }),
    );
  }).timeout(60_000);
});

/** Whatever a program can hand over, with keys that objects inherit. */
const anything = fc.anything({
  key: fc.oneof(
    fc.string(),
    fc.constantFrom("__proto__", "constructor", "toString", "people", "accounts", "access"),
  ),
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

type Path = readonly (string | number)[];

/** The paths of everything in a value, the whole included. */
function pathsOf(value: unknown): readonly Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path])),
  ];
}

/** A copy of the value with something else at the path. */
function replaced(value: unknown, [key, ...deeper]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      String(index) === key ? replaced(item, deeper, replacement) : item,
    );
  }
  assert.ok(typeof value === "object" && value !== null);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]): [string, unknown] => [
      name,
      name === key ? replaced(inner, deeper, replacement) : inner,
    ]),
  );
}

describe("whatever is written, the answer is a model or a list of problems", () => {
  // outputOf throws on whatever is no UserError.
  it("for any two values", () => {
    fc.assert(
      fc.property(anything, anything, (organization, roster) => {
        assert.notEqual(outputOf(organization, roster), "accepted");
      }),
      { numRuns: 1_000 },
    );
  });

  it("for any two values that JSON can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (organization, roster) => {
        assert.notEqual(outputOf(organization, roster), "accepted");
      }),
      { numRuns: 1_000 },
    );
  });

  it("for a valid roster with any value in any place", () => {
    const replacements = fc.oneof(anything, fc.constantFrom("__proto__", "constructor", "", null, [], {}));
    const broken = fc
      .tuple(validPairs, fc.constantFrom("organization" as const, "roster" as const))
      .chain(([written, file]) =>
        fc.record({
          written: fc.constant(written),
          file: fc.constant(file),
          path: fc.constantFrom(...pathsOf(written[file])),
          replacement: replacements,
        }),
      );
    fc.assert(
      fc.property(broken, ({ written, file, path, replacement }) => {
        const text: Record<"organization" | "roster", unknown> = { ...written };
        text[file] = replaced(written[file], path, replacement);
        const output = outputOf(text.organization, text.roster);
        assert.match(output, /^(accepted$|[\d,]+ problems? to solve first\.\n\nsrc\/)/);
      }),
      { numRuns: 500 },
    );
  }).timeout(120_000);

  it("for a valid roster without any one of its parts", () => {
    fc.assert(
      fc.property(rostersOf(sampleOrganization()), (roster) => {
        for (const path of pathsOf(roster)) {
          const output = outputOf(sampleOrganization(), replaced(roster, path, undefined));
          assert.match(output, /^(accepted$|[\d,]+ problems? to solve first\.\n\nsrc\/roster)/);
        }
      }),
      { numRuns: 10 },
    );
  }).timeout(120_000);

  it("for texts of a hundred thousand characters, soon", () => {
    const long = "a".repeat(100_000);
    const people = {
      [long]: { ...ANOTHER, email: `a@${".".repeat(100_000)} `, from: "2".repeat(100_000) },
      [`${long}b`]: { ...ANOTHER, category: long, access: { [long]: long }, renamedFrom: long },
    };
    const output = outputOf(sampleOrganization(), { people, power: [`${long}c`], departed: [long] });
    assert.equal(output.split("\n")[0], "10 problems to solve first.");
  });
});
