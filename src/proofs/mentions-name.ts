import type { Statement } from "../documents/statement";
import type { ParsedPolicy } from "./allowed-requests";

const texts = new WeakMap<ParsedPolicy, Text>();

/** Leaves out conditions on the caller's ARN, which are decided before: they hold for a caller, or they do not. */
const withoutCallers = ({ conditions, ...statement }: Statement): object => ({
  ...statement,
  conditions: conditions.filter(({ key }) => key.toLowerCase() !== "aws:principalarn"),
});

/** What stands between the wildcards of a field: `sar*` may stand for whoever begins so. */
interface Fragments {
  readonly first: string;
  readonly others: readonly string[];
  readonly last: string;
}

/** A document's text in lower case, and the fields of it that have both wildcards and other characters. */
interface Text {
  readonly whole: string;
  readonly patterns: readonly Fragments[];
}

function textOf({ statements }: ParsedPolicy): Text {
  const whole = JSON.stringify(statements.map(withoutCallers)).toLowerCase();
  const fields = new Set(whole.split(/[:/"]/).filter((field) => /[*?]/.test(field) && /\w/.test(field)));
  const patterns = [...fields].map((field): Fragments => {
    const [first = "", ...others] = field.split(/[*?]+/);
    return { first, others: others.slice(0, -1), last: others.at(-1) ?? "" };
  });
  return { whole, patterns };
}

/** Whether a pattern may stand for the name, or for a text that ends or begins with it: wildcards pass over fields. */
const mayStandFor = ({ first, others, last }: Fragments, name: string): boolean =>
  (first !== "" && name.startsWith(first)) ||
  (last !== "" && name.endsWith(last)) ||
  others.some((fragment) => fragment !== "" && name.includes(fragment));

/**
 * Whether a document has a name in it, or a pattern of a part of it, in anything but a condition on the caller's ARN. It
 * treats everybody alike whom it does not mention and for whom the same statements hold.
 */
export function mentionsName(policy: ParsedPolicy, name: string): boolean {
  const text = texts.get(policy) ?? textOf(policy);
  texts.set(policy, text);
  const inText = name.toLowerCase();
  return text.whole.includes(inText) || text.patterns.some((pattern) => mayStandFor(pattern, inText));
}
