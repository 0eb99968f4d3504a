import type { Statement } from "../documents/statement";
import type { Policy } from "./allowed-requests";

const texts = new WeakMap<Policy, string>();

/** Whom a condition on the caller's ARN names is decided before: it holds for a caller, or it does not. */
const withoutCallers = ({ conditions, ...statement }: Statement): object => ({
  ...statement,
  conditions: conditions.filter(({ key }) => key.toLowerCase() !== "aws:principalarn"),
});

/**
 * Whether a document has a name in it, in anything but a condition on the caller's ARN. Whom it does not mention, it can
 * only treat like everybody else for whom the same statements hold.
 */
export function mentions(policy: Policy, name: string): boolean {
  const text = texts.get(policy) ?? JSON.stringify(policy.statements.map(withoutCallers));
  texts.set(policy, text);
  return text.includes(name);
}
