import type { Statement } from "./statement";

const SPECIAL = /[.+^${}()|[\]\\]/g;

const compiled = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const source = pattern.replace(SPECIAL, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "is");
  compiled.set(pattern, expression);
  return expression;
}

/** Whether a text fits one of IAM's patterns, in which `*` stands for any characters and `?` for one; case aside. */
export function matchesPattern(pattern: string, text: string): boolean {
  return expressionOf(pattern).test(text);
}

/** Whether a statement speaks of an action. */
export function coversAction({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !notActions.some((pattern) => matchesPattern(pattern, action));
  return actions.some((pattern) => matchesPattern(pattern, action));
}

/** Whether a statement speaks of a resource. */
export function coversResource({ resources, notResources }: Statement, arn: string): boolean {
  if (notResources.length > 0) return !notResources.some((pattern) => matchesPattern(pattern, arn));
  return resources.some((pattern) => matchesPattern(pattern, arn));
}
