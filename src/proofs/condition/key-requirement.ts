import type { StatementCondition } from "../../documents/statement";
import { PatternSet } from "../language/pattern-set";
import { NotModelled } from "../not-modelled";
import { addressRange } from "./address";
import {
  admitsValue,
  type ValueConstraint,
  type NumberRange,
  type KeyValue,
  type ValueSet,
} from "./value-set";

/** What a request must carry: a key that is absent, or present with one of some values. */
export interface KeyRequirement {
  /** In lower case, as keys are compared. */
  readonly key: string;
  /** As written. */
  readonly writtenKey: string;
  /** Whether all values of a key with several have to meet it, or any of them; absent where the operator does not say. */
  readonly metBy?: "all values" | "any value";
  /** Whether it is met where the key is absent. */
  readonly whenAbsent: boolean;
  /** Which values meet it; undefined where none does. */
  readonly whenPresent: ValueConstraint | "any" | "none";
}

/** Whether a key's value meets the requirement; undefined is an absent key. */
export function isMet({ whenAbsent, whenPresent }: KeyRequirement, value: KeyValue | undefined): boolean {
  if (value === undefined) return whenAbsent;
  if (whenPresent === "any" || whenPresent === "none") return whenPresent === "any";
  return admitsValue(whenPresent, value);
}

/** Met by exactly the requests that do not meet the requirement. */
export function negateRequirement({
  whenAbsent,
  whenPresent,
  metBy,
  ...key
}: KeyRequirement): KeyRequirement {
  return {
    ...key,
    ...(metBy && { metBy: metBy === "any value" ? "all values" : "any value" }),
    whenAbsent: !whenAbsent,
    whenPresent: oppositeOf(whenPresent),
  };
}

function oppositeOf(whenPresent: KeyRequirement["whenPresent"]): KeyRequirement["whenPresent"] {
  if (whenPresent === "any") return "none";
  if (whenPresent === "none") return "any";
  return { ...whenPresent, isInside: !whenPresent.isInside };
}

const SECOND = 1_000;

type Compare = "Equals" | "LessThan" | "LessThanEquals" | "GreaterThan" | "GreaterThanEquals";

/** `step` is the distance between two values that can be told apart. */
function rangeOf(compare: Compare, value: number, step: number): NumberRange {
  switch (compare) {
    case "Equals":
      return { from: value, to: value };
    case "LessThan":
      return { from: -Infinity, to: value - step };
    case "LessThanEquals":
      return { from: -Infinity, to: value };
    case "GreaterThan":
      return { from: value + step, to: Infinity };
    case "GreaterThanEquals":
      return { from: value, to: Infinity };
  }
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const COMPARISONS: Readonly<Record<string, Compare>> = {
  Equals: "Equals",
  NotEquals: "Equals",
  LessThan: "LessThan",
  LessThanEquals: "LessThanEquals",
  GreaterThan: "GreaterThan",
  GreaterThanEquals: "GreaterThanEquals",
};

function rangesOf(
  condition: StatementCondition,
  values: readonly KeyValue[],
  compare: Compare,
  { parse, step }: { readonly parse: (value: KeyValue) => number; readonly step: number },
): readonly NumberRange[] {
  return values.map((value) => {
    const number = parse(value);
    if (Number.isNaN(number)) throw new NotModelled(`${condition.operator} compares with "${value}"`);
    return rangeOf(compare, number, step);
  });
}

/** Seconds since 1970 are dates too. */
const moment = (value: KeyValue): number => (NUMBER.test(value) ? Number(value) * SECOND : Date.parse(value));

/** The operators that are understood, without what says how often they must hold or that the key may be missing. */
export const UNDERSTOOD_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "ArnEquals",
  "ArnLike",
  "ArnNotEquals",
  "ArnNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "IpAddress",
  "NotIpAddress",
  "Null",
] as const;

/** The operator without what says how often it must hold or that the key may be missing. */
interface Operator {
  readonly name: string;
  readonly ifExists: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const SET_OPERATORS = [
  { prefix: "ForAllValues:", metBy: "all values" },
  { prefix: "ForAnyValue:", metBy: "any value" },
] as const;

const setOperatorOf = ({ operator }: StatementCondition): (typeof SET_OPERATORS)[number] | undefined =>
  SET_OPERATORS.find(({ prefix }) => operator.startsWith(prefix));

function operatorOf(condition: StatementCondition): Operator {
  const { operator: written } = condition;
  const operator = written.slice(setOperatorOf(condition)?.prefix.length ?? 0);
  if (operator.includes(":")) throw new NotModelled(`${written} is not modelled`);
  return operator.endsWith("IfExists")
    ? { name: operator.slice(0, -"IfExists".length), ifExists: true }
    : { name: operator, ifExists: false };
}

/** The values that an operator compares with, as a set. */
function setOf(condition: StatementCondition, name: string, values: readonly KeyValue[]): ValueSet {
  const compare = COMPARISONS[name.replace(/^(Numeric|Date)/, "")];
  if (name.startsWith("Numeric") && compare !== undefined) {
    const parse = (value: KeyValue): number => (NUMBER.test(value) ? Number(value) : NaN);
    return { kind: "number", ranges: rangesOf(condition, values, compare, { parse, step: 1 }) };
  }
  if (name.startsWith("Date") && compare !== undefined) {
    return { kind: "date", ranges: rangesOf(condition, values, compare, { parse: moment, step: SECOND }) };
  }
  switch (name) {
    case "StringEquals":
    case "StringNotEquals":
      return { kind: "text", patterns: PatternSet.ofTexts(values) };
    case "StringEqualsIgnoreCase":
    case "StringNotEqualsIgnoreCase":
      return { kind: "text", patterns: PatternSet.ofTextsInAnyCase(values) };
    case "StringLike":
    case "StringNotLike":
      return { kind: "text", patterns: PatternSet.ofGlobs(values, "wide") };
    case "ArnEquals":
    case "ArnLike":
    case "ArnNotEquals":
    case "ArnNotLike":
      return { kind: "text", patterns: PatternSet.ofGlobs(values, "by field") };
    case "IpAddress":
    case "NotIpAddress":
      return {
        kind: "address",
        ranges: values.map((value) => {
          const range = addressRange(value);
          if (range === undefined) throw new NotModelled(`${condition.operator} compares with "${value}"`);
          return range;
        }),
      };
    default:
      throw new NotModelled(`${condition.operator} is not modelled`);
  }
}

const isNegated = (name: string): boolean => name.includes("Not");

function truth(condition: StatementCondition, values: readonly KeyValue[]): boolean | undefined {
  const written = new Set(values.map((value) => value.toLowerCase()));
  if ([...written].some((value) => value !== "true" && value !== "false")) {
    throw new NotModelled(`${condition.operator} compares with "${values.join('", "')}"`);
  }
  return written.size === 1 ? written.has("true") : undefined;
}

/**
 * What a condition asks of a request. `values` are its values with those of the caller for their policy variables.
 *
 * Operators that compare do not hold where the key is absent, except with IfExists and where they are negated.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @throws NotModelled for operators and values that are not understood
 */
export function keyRequirement(condition: StatementCondition, values: readonly KeyValue[]): KeyRequirement {
  const { name, ifExists } = operatorOf(condition);
  const metBy = setOperatorOf(condition)?.metBy;
  // AWS says of ForAnyValue that it does not hold without the key, and of IfExists that it does; not what both mean.
  if (metBy === "any value" && ifExists) throw new NotModelled(`${condition.operator} is not modelled`);
  const key = { key: condition.key.toLowerCase(), writtenKey: condition.key };
  const ofSeveral = metBy === undefined ? {} : { metBy };
  // No value at all is all of them, and none that could be any.
  const holdsOfNoValue = metBy === undefined ? undefined : metBy === "all values";
  if (name === "Null") {
    if (metBy !== undefined) throw new NotModelled(`${condition.operator} is not modelled`);
    const isAbsent = truth(condition, values);
    return {
      ...key,
      whenAbsent: isAbsent !== false,
      whenPresent: isAbsent === true ? "none" : "any",
    };
  }
  if (name === "Bool") {
    const value = truth(condition, values);
    const whenPresent =
      value === undefined ? "any" : ({ set: { kind: "truth", value }, isInside: true } as const);
    return { ...key, ...ofSeveral, whenAbsent: holdsOfNoValue ?? ifExists, whenPresent };
  }
  return {
    ...key,
    ...ofSeveral,
    whenAbsent: holdsOfNoValue ?? (ifExists || isNegated(name)),
    whenPresent: { set: setOf(condition, name, values), isInside: !isNegated(name) },
  };
}
