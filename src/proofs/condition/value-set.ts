import { PatternSet } from "../language/pattern-set";
import { findWord } from "../language/word";
import { addressNumber, addressText, isAddressNumber } from "./address";

/** The value of a condition key in one request, as text. */
export type KeyValue = string;

/** Numbers between bounds, both among them. Dates are milliseconds, addresses their numbers. */
export interface NumberRange {
  readonly from: number | bigint;
  readonly to: number | bigint;
}

/** A set of values of a condition key. Numbers are whole, and dates are whole seconds. */
export type ValueSet =
  | { readonly kind: "text"; readonly patterns: PatternSet }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "number" | "date" | "address"; readonly ranges: readonly NumberRange[] };

/** What kinds of values there are sets of. */
export type ValueKind = ValueSet["kind"];

/** Some values: those inside of a set, or those outside. */
export interface ValueConstraint {
  readonly set: ValueSet;
  readonly isInside: boolean;
}

const SOMETHING = PatternSet.ofGlobs(["?*"], "wide");

/** A moment for requests about whose time nothing is said. */
const SOME_DATE = "2026-11-23T12:00:00Z";

/** A value for keys about which nothing is said. */
export const ANY_VALUE = {
  text: "x",
  truth: "false",
  number: "0",
  date: SOME_DATE,
  address: "192.0.2.1",
} as const satisfies Record<ValueKind, KeyValue>;

const inRanges = (ranges: readonly NumberRange[], value: number | bigint): boolean =>
  ranges.some(({ from, to }) => from <= value && value <= to);

/** A value that is none of the set's kind is not in it. */
function isIn(set: ValueSet, value: KeyValue): boolean {
  switch (set.kind) {
    case "text":
      return set.patterns.has(value);
    case "truth":
      return value.toLowerCase() === String(set.value);
    case "number":
      return value !== "" && inRanges(set.ranges, Number(value));
    case "date":
      return inRanges(set.ranges, Date.parse(value));
    case "address": {
      const number = addressNumber(value);
      return number !== undefined && inRanges(set.ranges, number);
    }
  }
}

/** Whether a constraint admits a value. */
export const admitsValue = ({ set, isInside }: ValueConstraint, value: KeyValue): boolean =>
  isIn(set, value) === isInside;

const SECOND = 1_000;

function dateText(moment: number): readonly KeyValue[] {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? [] : [`${date.toISOString().slice(0, 19)}Z`];
}

/** The ends of ranges and what lies just beside them: a value of every part into which they cut all values. */
function candidatesOf(
  kind: Exclude<ValueKind, "text">,
  constraints: readonly ValueConstraint[],
): readonly KeyValue[] {
  const ends = constraints.flatMap(({ set }) =>
    "ranges" in set ? set.ranges.flatMap(({ from, to }) => [from, to]) : [],
  );
  const around = (step: number): readonly number[] =>
    ends.map(Number).flatMap((end) => (Number.isFinite(end) ? [end, end - step, end + step] : []));
  switch (kind) {
    case "truth":
      return ["false", "true"];
    case "number":
      return [
        ANY_VALUE.number,
        ...around(1)
          .filter((number) => number >= 0)
          .map(String),
      ];
    case "date":
      return [ANY_VALUE.date, ...around(SECOND).flatMap(dateText)];
    case "address": {
      const numbers = ends.map(BigInt).flatMap((end) => [end, end - 1n, end + 1n]);
      return [ANY_VALUE.address, ...numbers.filter(isAddressNumber).map(addressText)];
    }
  }
}

/**
 * A value that all constraints admit, or undefined where there is none. Undefined too where they compare with several
 * kinds of values, which the caller refuses before.
 */
export function valueWithin(constraints: readonly ValueConstraint[]): KeyValue | undefined {
  const kind = constraints[0]?.set.kind ?? "text";
  if (kind !== "text") {
    return candidatesOf(kind, constraints).find((value) =>
      constraints.every((one) => admitsValue(one, value)),
    );
  }
  const sets = (isInside: boolean): readonly PatternSet[] =>
    constraints.flatMap((one) =>
      one.isInside === isInside && one.set.kind === "text" ? [one.set.patterns] : [],
    );
  return findWord([SOMETHING, ...sets(true)], sets(false));
}
