/**
 * CloudWatch Logs' JSON filter patterns, as far as alarms use them: `=`, `!=`, `<`, `>`, `<=`, `>=` with texts, wildcards,
 * regular expressions and numbers, `IS TRUE`, `IS FALSE`, `IS NULL`, `EXISTS`, `NOT EXISTS`, `&&`, `||` and parentheses.
 * A comparison of a field that is not there is false, `!=` too. Texts compare with case.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function matchesPattern(pattern: string, event: unknown): boolean {
  const body = /^\{(.*)\}$/s.exec(pattern.trim())?.[1];
  if (body === undefined) throw new Error(`This is no JSON pattern: ${pattern}`);
  const tokens = tokensOf(body);
  const holds = disjunction(tokens);
  if (tokens.length > 0) throw new Error(`The pattern goes on after its end: ${tokens.join(" ")}`);
  return holds(event);
}

/** How many of a pattern's comparisons are regular expressions: AWS takes two. */
export const expressionsIn = (pattern: string): number =>
  tokensOf(pattern).filter((token) => token.startsWith("%")).length;

type Condition = (event: unknown) => boolean;

const TOKEN = /\s*(?:(\(|\)|&&|\|\||!=|<=|>=|=|<|>)|("(?:[^"\\]|\\.)*"|%[^%]*%|[^\s()=<>!&|"%{}]+)|([{}]))/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw new Error(`Nobody can read the pattern from here: ${text.slice(at, at + 40)}`);
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  return tokens;
}

function disjunction(tokens: string[]): Condition {
  const parts = [conjunction(tokens)];
  while (tokens[0] === "||") {
    tokens.shift();
    parts.push(conjunction(tokens));
  }
  return (event) => parts.some((part) => part(event));
}

function conjunction(tokens: string[]): Condition {
  const parts = [term(tokens)];
  while (tokens[0] === "&&") {
    tokens.shift();
    parts.push(term(tokens));
  }
  return (event) => parts.every((part) => part(event));
}

function term(tokens: string[]): Condition {
  if (tokens[0] !== "(") return comparison(tokens);
  tokens.shift();
  const inner = disjunction(tokens);
  if (tokens.shift() !== ")") throw new Error("A parenthesis is not closed.");
  return inner;
}

function comparison(tokens: string[]): Condition {
  const selector = tokens.shift() ?? "";
  const operator = tokens.shift() ?? "nothing";
  const word = tokens.shift() ?? "";
  if (!selector.startsWith("$.")) throw new Error(`A comparison begins with a field, not with ${selector}.`);
  switch (operator) {
    case "NOT":
      if (word !== "EXISTS") throw new Error(`NOT goes with EXISTS alone, not with ${word}.`);
      return (event) => valueAt(event, selector) === undefined;
    case "IS":
      return (event) => isWord(word, valueAt(event, selector));
    case "=":
      return (event) => equalTo(word, valueAt(event, selector));
    case "!=":
      return (event) => {
        const value = valueAt(event, selector);
        return value !== undefined && value !== null && !equalTo(word, value);
      };
    case "<":
    case ">":
    case "<=":
    case ">=":
      return (event) => compares(operator, valueAt(event, selector), Number(word));
    default:
      throw new Error(`There is no operator ${operator}.`);
  }
}

function valueAt(event: unknown, selector: string): unknown {
  const steps = selector
    .slice(2)
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".");
  return steps.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    event,
  );
}

function isWord(word: string, value: unknown): boolean {
  if (word === "TRUE") return value === true;
  if (word === "FALSE") return value === false;
  if (word === "NULL") return value === null;
  throw new Error(`A field is TRUE, FALSE or NULL, not ${word}.`);
}

function equalTo(word: string, value: unknown): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value);
  if (word.startsWith("%")) return new RegExp(word.slice(1, -1)).test(text);
  const wanted = word.startsWith('"') ? word.slice(1, -1) : word;
  const parts = wanted.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

function compares(operator: "<" | ">" | "<=" | ">=", value: unknown, bound: number): boolean {
  if (typeof value !== "number") return false;
  switch (operator) {
    case "<":
      return value < bound;
    case ">":
      return value > bound;
    case "<=":
      return value <= bound;
    case ">=":
      return value >= bound;
  }
}
