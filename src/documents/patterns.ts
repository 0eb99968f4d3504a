import type { Statement } from "./statement";

const SPECIAL = /[.+^${}()|[\]\\]/g;

const sourceOf = (pattern: string): string =>
  pattern.replace(SPECIAL, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");

const compiled = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(`^${sourceOf(pattern)}$`, "is");
  compiled.set(pattern, expression);
  return expression;
}

/** Whether a text fits one of IAM's patterns, in which `*` stands for any characters and `?` for one; case aside. */
export function matchesPattern(pattern: string, text: string): boolean {
  return expressionOf(pattern).test(text);
}

const compiledLists = new WeakMap<readonly string[], RegExp>();

/** One expression for a list: AWS's own policies have a thousand patterns of actions, and each action is asked about. */
function matchesSomePattern(patterns: readonly string[], text: string): boolean {
  const expression =
    compiledLists.get(patterns) ?? new RegExp(`^(?:${patterns.map(sourceOf).join("|")})$`, "is");
  compiledLists.set(patterns, expression);
  return expression.test(text);
}

/** Whether a statement speaks of an action. */
export function coversAction({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !matchesSomePattern(notActions, action);
  return matchesSomePattern(actions, action);
}

/** Whether a statement speaks of a resource. */
export function coversResource({ resources, notResources }: Statement, arn: string): boolean {
  if (notResources.length > 0) return !notResources.some((pattern) => matchesPattern(pattern, arn));
  return resources.some((pattern) => matchesPattern(pattern, arn));
}
