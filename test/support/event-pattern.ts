/**
 * EventBridge's event patterns, as far as rules use them: texts, `prefix`, `suffix`, `equals-ignore-case`, `exists`,
 * `anything-but`, `numeric`, `wildcard` and `$or`. A field matches one of its list; every field has to, and of a list of objects one of them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesEventPattern(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error(`This is no pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === "$or") return listOf(wanted).some((one) => matchesEventPattern(one, event));
    const value = isObject(event) ? event[field] : undefined;
    if (Array.isArray(wanted)) return wanted.some((one) => fitsOne(one, value));
    return Array.isArray(value)
      ? value.some((one) => matchesEventPattern(wanted, one))
      : matchesEventPattern(wanted, value);
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`This is no list: ${JSON.stringify(value)}`);
  return value as readonly unknown[];
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

type TextTest = (value: string, operand: string) => boolean;

const TEXT_TESTS: Readonly<Record<string, TextTest>> = {
  prefix: (value, operand) => value.startsWith(operand),
  suffix: (value, operand) => value.endsWith(operand),
  wildcard: (value, operand) => new RegExp(`^${operand.split("*").map(escaped).join(".*")}$`).test(value),
  "equals-ignore-case": (value, operand) => value.toLowerCase() === operand.toLowerCase(),
};

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  ">=": (value, limit) => value >= limit,
  "<": (value, limit) => value < limit,
};

/** One or two comparisons in a row: `[">=", 4, "<", 7]`. */
function fitsNumbers(comparisons: readonly unknown[], value: unknown): boolean {
  const [operator, limit, ...others] = comparisons;
  const compare = COMPARISONS[String(operator)];
  if (compare === undefined || typeof limit !== "number")
    throw new Error(`There is no comparison ${JSON.stringify(comparisons)}.`);
  return (
    typeof value === "number" && compare(value, limit) && (others.length === 0 || fitsNumbers(others, value))
  );
}

function fitsOne(wanted: unknown, value: unknown): boolean {
  if (!isObject(wanted)) return value === wanted;
  const [[operator, operand] = ["", undefined]] = Object.entries(wanted);
  if (operator === "numeric") return fitsNumbers(listOf(operand), value);
  if (operator === "exists") return (value !== undefined) === operand;
  // Of a field that is not there EventBridge's `anything-but` is false.
  if (operator === "anything-but") return value !== undefined && value !== operand;
  if (isObject(operand) && typeof operand["equals-ignore-case"] === "string")
    return fitsOne(
      { [operator]: operand["equals-ignore-case"].toLowerCase() },
      typeof value === "string" ? value.toLowerCase() : value,
    );
  const test = TEXT_TESTS[operator];
  if (test === undefined || typeof operand !== "string") throw new Error(`There is no operator ${operator}.`);
  return typeof value === "string" && test(value, operand);
}
