import assert from "node:assert/strict";

import fc from "fast-check";

import {
  toInstant,
  isOver,
  isUndated,
  addSeconds,
  parseDate,
  secondsBetween,
  mergeValidities,
  makeValidity,
  type Instant,
  type Validity,
} from "../../src/model/dates";

const instant = (text: string): Instant => {
  const parsed = parseDate(text, "from");
  assert.ok(parsed, text);
  return parsed;
};

/** A short time line of seconds, on which every validity below begins and ends, so that they often meet. */
const SECONDS = 12;
const START = Date.parse("2026-11-20T10:00:00Z");
const second = (index: number): Instant => toInstant(new Date(START + index * 1_000));

const ends = fc.option(fc.integer({ min: 0, max: SECONDS }), { nil: undefined });
/** Validities as the rules admit them: they end after they begin. */
const validities: fc.Arbitrary<Validity> = fc
  .tuple(ends, ends)
  .filter(([from, until]) => from === undefined || until === undefined || from < until)
  .map(([from, until]) =>
    makeValidity(
      from === undefined ? undefined : second(from),
      until === undefined ? undefined : second(until),
    ),
  );

/** The naive reading: whether a moment is within, second by second, one beyond each end of the line included. */
const holds = ({ from, until }: Validity, moment: Instant): boolean =>
  (from === undefined || from <= moment) && (until === undefined || moment < until);
const timeline = Array.from({ length: SECONDS + 3 }, (_, index) => second(index - 1));
const covered = (all: readonly Validity[]): readonly boolean[] =>
  timeline.map((moment) => all.some((one) => holds(one, moment)));

describe("parseDate", () => {
  it("takes a day's start for `from` and its end for `until`, and instants as they are", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ["2026-11-20", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"],
      ["2026-12-31", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"],
      ["2028-02-28", "2028-02-28T00:00:00Z", "2028-02-29T00:00:00Z"],
      ["2028-02-29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"],
      ["2026-02-28", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"],
      ["9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59Z"],
      ["0000-01-01", "0000-01-01T00:00:00Z", "0000-01-02T00:00:00Z"],
      ["2026-11-20T14:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T14:00:00Z"],
      ["2026-11-20T14:00:00.999Z", "2026-11-20T14:00:00Z", "2026-11-20T14:00:00Z"],
      ["2026-11-20T14:00:00+05:30", "2026-11-20T08:30:00Z", "2026-11-20T08:30:00Z"],
      ["2026-11-20T00:30:00+01:00", "2026-11-19T23:30:00Z", "2026-11-19T23:30:00Z"],
      ["9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
      ["0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"],
    ];
    assert.deepEqual(
      cases.map(([text]) => [text, parseDate(text, "from"), parseDate(text, "until")]),
      cases,
    );
  });

  it("reads back what toInstant writes", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (moment) => {
          const text = toInstant(moment);
          assert.equal(parseDate(text, "from"), text);
          assert.equal(parseDate(text, "until"), text);
          assert.equal(Date.parse(text), Math.floor(moment.getTime() / 1_000) * 1_000);
        },
      ),
    );
  });

  it("makes every day 24 hours long", () => {
    const days = fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-30"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (moment) => {
        const day = moment.toISOString().slice(0, 10);
        const [from, until] = [parseDate(day, "from"), parseDate(day, "until")];
        assert.ok(from !== undefined && until !== undefined);
        assert.equal(secondsBetween(from, until), 86_400);
        assert.equal(addSeconds(from, 86_400), until);
      }),
    );
  });

  it("answers texts of every kind with an instant that sorts as text, or with nothing", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom("from" as const, "until" as const), (text, end) => {
        const parsed = parseDate(text, end);
        if (parsed !== undefined) assert.match(parsed, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("sorts instants as text in the order of time", () => {
    const moments = fc.date({
      min: new Date("0000-01-01"),
      max: new Date("9999-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, moments, (one, other) => {
        const [first, second] = [toInstant(one), toInstant(other)];
        assert.equal(first < second, Date.parse(first) < Date.parse(second));
      }),
    );
  });
});

describe("isOver", () => {
  const day: Validity = { from: instant("2026-11-20"), until: instant("2026-11-21") };
  it("is true from the end on", () => {
    assert.deepEqual(
      [second(0), instant("2026-11-20T23:59:59Z"), instant("2026-11-21"), instant("2027-01-01")].map((now) =>
        isOver(day, now),
      ),
      [false, false, true, true],
    );
  });
  it("is never true without an end", () => {
    assert.equal(isOver({ from: instant("2026-11-20") }, instant("9999-12-31")), false);
  });
});

describe("union", () => {
  it("covers what any of them covers", () => {
    fc.assert(
      fc.property(fc.array(validities, { maxLength: 6 }), (all) => {
        assert.deepEqual(covered(mergeValidities(all)), covered(all));
      }),
      { numRuns: 1_000 },
    );
  });

  it("is in order, and its pieces neither overlap nor touch", () => {
    fc.assert(
      fc.property(fc.array(validities, { maxLength: 6 }), (all) => {
        const pieces = mergeValidities(all);
        for (const [index, { from }] of pieces.slice(1).entries()) {
          const last = pieces[index]?.until;
          assert.ok(last !== undefined && from !== undefined && last < from);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("does not mind order or repetition, and is its own union", () => {
    fc.assert(
      fc.property(fc.array(validities, { maxLength: 6 }), (all) => {
        assert.deepEqual(mergeValidities([...all, ...all].reverse()), mergeValidities(all));
        assert.deepEqual(mergeValidities(mergeValidities(all)), mergeValidities(all));
      }),
    );
  });

  it("of overlapping grants ends with the latest end", () => {
    const [ten, eleven, twelve, one] = ["10", "11", "12", "13"].map((hour) =>
      instant(`2026-11-20T${hour}:00:00Z`),
    );
    assert.ok(ten && eleven && twelve && one);
    assert.deepEqual(
      [
        mergeValidities([]),
        mergeValidities([
          { from: ten, until: twelve },
          { from: eleven, until: one },
        ]),
        mergeValidities([
          { from: ten, until: one },
          { from: eleven, until: twelve },
        ]),
        mergeValidities([
          { from: ten, until: eleven },
          { from: eleven, until: twelve },
        ]),
        mergeValidities([
          { from: twelve, until: one },
          { from: ten, until: eleven },
        ]),
        mergeValidities([{ from: eleven }, { until: ten }]),
        mergeValidities([{ from: ten, until: one }, {}]),
      ],
      [
        [],
        [{ from: ten, until: one }],
        [{ from: ten, until: one }],
        [{ from: ten, until: twelve }],
        [
          { from: ten, until: eleven },
          { from: twelve, until: one },
        ],
        [{ until: ten }, { from: eleven }],
        [{}],
      ],
    );
  });
});

describe("isUndated", () => {
  it("is true without both ends", () => {
    const now = second(0);
    assert.deepEqual([{}, { from: now }, { until: now }, { from: now, until: now }].map(isUndated), [
      true,
      false,
      false,
      false,
    ]);
  });
});
