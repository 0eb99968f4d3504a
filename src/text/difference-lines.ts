import { printable } from "./printable";

/** JSON on one line, with spaces where it may wrap, and object keys in one order. */
function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
  if (value === undefined) return "nothing";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}: ${jsonText(part)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** A value whole, as a part of one line. */
const whole = (value: unknown): string => printable(typeof value === "string" ? value : jsonText(value));

type Properties = Readonly<Record<string, unknown>>;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !isList(value);

/** The object that a text is as JSON, such as a policy; anything else as it is. */
function read(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isProperties(parsed) || isList(parsed) ? parsed : value;
  } catch {
    return value;
  }
}

/** IAM takes one statement without its list. */
const asList = (value: unknown): readonly unknown[] =>
  isList(value) ? value : value === undefined ? [] : [value];

/** The first list's items that the second lacks, counting repetitions. */
function missing(from: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const left = other.map(jsonText);
  return from.filter((item) => {
    const index = left.indexOf(jsonText(item));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

const listLines = (was: readonly unknown[], is: readonly unknown[]): readonly string[] => {
  const lines = [
    ...missing(is, was).map((item) => `+ ${whole(item)}`),
    ...missing(was, is).map((item) => `- ${whole(item)}`),
  ];
  return lines.length === 0 ? ["the same in another order"] : lines;
};

/** Both values whole, quoted where they would otherwise look equal: the text `1` and the number. */
function bothWhole(was: unknown, is: unknown): readonly [string, string] {
  const [before, after] = [whole(was), whole(is)];
  return before === after ? [printable(jsonText(was)), printable(jsonText(is))] : [before, after];
}

/** Both values of each key that differs; of the statements of a policy, those that came and went. */
function propertyLines(was: Properties, is: Properties): readonly string[] {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (key) => jsonText(was[key]) !== jsonText(is[key]),
  );
  return keys.flatMap((key) => {
    if (key === "Statement") return listLines(asList(was[key]), asList(is[key]));
    const [before, after] = bothWhole(was[key], is[key]);
    return [
      ...(key in was ? [`- ${printable(key)}: ${before}`] : []),
      ...(key in is ? [`+ ${printable(key)}: ${after}`] : []),
    ];
  });
}

/** Texts up to this length are shown whole, of longer ones what stands around their difference. */
const LONGEST_TEXT = 100;
const AROUND = 20;

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length += 1;
  return length;
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length += 1;
  return length;
}

/** Two long texts without their common beginning and end; all that lies between stays, so that they never look equal. */
function aroundDifference(was: string, is: string): readonly [string, string] {
  if (Math.max(was.length, is.length) <= LONGEST_TEXT) return [was, is];
  const start = commonStart(was, is);
  const end = commonEnd(was.slice(start), is.slice(start));
  const [from, after] = [Math.max(0, start - AROUND), Math.max(0, end - AROUND)];
  const part = (text: string): string =>
    `${from > 0 ? "…" : ""}${text.slice(from, text.length - after)}${after > 0 ? "…" : ""}`;
  return [part(was), part(is)];
}

/**
 * What differs between two values, line by line: `-` before what was, `+` before what is. Of lists and policies (as objects or
 * as JSON text) the items and statements that came and went, each whole; of other objects the keys that differ; of long
 * texts the part that differs.
 */
export function differenceLines(wasWritten: unknown, isWritten: unknown): readonly string[] {
  const [was, is] = [read(wasWritten), read(isWritten)];
  if (isList(was) && isList(is)) return listLines(was, is);
  if (isProperties(was) && isProperties(is)) {
    const lines = propertyLines(was, is);
    return lines.length === 0 ? ["the same, written in another way"] : lines;
  }
  if (typeof was === "string" && typeof is === "string") {
    const [before, after] = aroundDifference(was, is);
    return [`- ${printable(before)}`, `+ ${printable(after)}`];
  }
  const [before, after] = bothWhole(was, is);
  return [`- ${before}`, `+ ${after}`];
}
