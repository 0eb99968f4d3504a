import { coversAction, coversResource } from "../documents/patterns";
import type { StatementCondition, StatementPrincipal, Statement } from "../documents/statement";
import { groupBy } from "../model/group-by";
import { contextValue, withValues, type RequestContext } from "./caller";
import type { IamPolicy } from "./iam/iam-policy";
import type { AccessQuestion } from "./simulator";

/** Values of a condition, ready to be compared with many callers. */
interface Comparison {
  readonly literals: ReadonlySet<string>;
  /** What follows the asterisk of `*:sarah.devops`, by its length: there is one for each person whose grant ends. */
  readonly endings: ReadonlyMap<number, ReadonlySet<string>>;
  readonly patterns: readonly string[];
}

const comparisons = new WeakMap<StatementCondition, Comparison>();

const isLiteral = (value: string): boolean => !/[*?]|\$\{/.test(value);

/** In an ARN an asterisk stops at colons. */
const isEnding = (value: string, { operator }: StatementCondition): boolean =>
  !operator.includes("Arn") && value.startsWith("*") && isLiteral(value.slice(1));

function comparisonOf(condition: StatementCondition): Comparison {
  const known = comparisons.get(condition);
  if (known !== undefined) return known;
  const others = condition.values.filter((value) => !isLiteral(value));
  const endings = others.filter((value) => isEnding(value, condition)).map((value) => value.slice(1));
  const comparison = {
    literals: new Set(condition.values.filter(isLiteral)),
    endings: new Map(
      [...groupBy(endings, ({ length }) => length)].map(([length, same]) => [length, new Set(same)]),
    ),
    patterns: others.filter((value) => !isEnding(value, condition)),
  };
  comparisons.set(condition, comparison);
  return comparison;
}

const expressions = new Map<string, RegExp>();

/** `*` stands for any characters and `?` for one; in the parts of an ARN for none of its colons. */
function expressionOf(pattern: string, any: "." | "[^:]"): RegExp {
  const key = any + pattern;
  const known = expressions.get(key);
  if (known !== undefined) return known;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", `${any}*`)
    .replaceAll("?", any);
  const expression = new RegExp(`^${source}$`, "s");
  expressions.set(key, expression);
  return expression;
}

function matches(condition: StatementCondition, value: string, known: RequestContext): boolean {
  const { literals, endings, patterns } = comparisonOf(condition);
  if (literals.has(value)) return true;
  for (const [length, texts] of endings) {
    if (value.length >= length && texts.has(value.slice(value.length - length))) return true;
  }
  const any = condition.operator.includes("Arn") ? "[^:]" : ".";
  return patterns.some((pattern) => expressionOf(withValues(pattern, known), any).test(value));
}

/** Case-sensitive comparisons of texts: their outcome depends on whether the value is among theirs. */
const TEXT_OPERATOR = /^(String(Not)?(Equals|Like)|Arn(Not)?(Equals|Like))(IfExists)?$/;

type Shape = readonly unknown[];

/**
 * Finds the outcome of a condition for a caller. Callers with the same outcome are the same to the condition: a comparison with a
 * list of names has two outcomes, however long the list is.
 */
function conditionShape(condition: StatementCondition, known: RequestContext): Shape {
  const { operator, key, values } = condition;
  const value = contextValue(known, key);
  if (typeof value === "string" && TEXT_OPERATOR.test(operator)) {
    return [operator, key, matches(condition, value, known)];
  }
  return [operator, key, values, operator === "Null" ? value !== undefined : value];
}

function principalShape({ type, value }: StatementPrincipal, { caller }: AccessQuestion): string {
  if (value === "*") return "everybody";
  if (value === caller.arn) return "the caller";
  if (value === caller.accountId || value === `arn:aws:iam::${caller.accountId}:root`)
    return "the caller's account";
  // Of others it matters at most that they are others; a role stands for its sessions.
  return value === caller.context["aws:PrincipalArn"] ? "the caller's role" : `${type} ${value}`;
}

const hasWildcard = (resource: string): boolean => /[*?]/.test(resource);

/** Whether the statement can decide; a statement with a condition on somebody else can. */
function concerns(
  statement: Statement,
  { action, resource }: AccessQuestion,
  known: RequestContext,
): boolean {
  if (!coversAction(statement, action.id)) return false;
  const patterns = [...statement.resources, ...statement.notResources];
  // A trust names no resource. The evaluator finds what a wildcard in the question overlaps with.
  if (patterns.length === 0 || hasWildcard(resource)) return true;
  if (!patterns.some((pattern) => pattern.includes("${"))) return coversResource(statement, resource);
  return coversResource(
    {
      ...statement,
      resources: statement.resources.map((pattern) => withValues(pattern, known)),
      notResources: statement.notResources.map((pattern) => withValues(pattern, known)),
    },
    resource,
  );
}

/**
 * The resources of a statement, of which a question about many resources asks what they have in common with it. In one
 * about a single resource they all fit it.
 */
function resourceShape(
  { resources, notResources }: Statement,
  { resource }: AccessQuestion,
  known: RequestContext,
): Shape {
  if (!hasWildcard(resource)) return [];
  return [resources, notResources].map((patterns) => patterns.map((pattern) => withValues(pattern, known)));
}

function policyShape(
  { name, statements }: IamPolicy,
  question: AccessQuestion,
  known: RequestContext,
): Shape {
  const concerned = statements.filter((statement) => concerns(statement, question, known));
  if (concerned.length === 0) return [];
  return [
    name,
    ...concerned.map((statement) => [
      statement.label,
      statement.effect,
      [...statement.principals, ...statement.notPrincipals].map((principal) =>
        principalShape(principal, question),
      ),
      resourceShape(statement, question, known),
      statement.conditions.map((condition) => conditionShape(condition, known)),
    ]),
  ];
}

/**
 * Writes down what an answer depends on. Questions of the same shape have the same answer, so only one of a role's two
 * hundred holders is asked. Names of holders are no part of it where no statement tells them apart: two developers who
 * ask `ec2:StartInstances` of one instance in the same role have one shape, a third whose session a Deny names has another.
 */
export function questionShape(question: AccessQuestion): string {
  const { caller, policies, boundary, resourcePolicy, action, resource, resourceAccount, at } = question;
  const known = { ...question.caller.context, ...question.context };
  return JSON.stringify([
    action.id,
    resource,
    resourceAccount,
    at,
    caller.accountId,
    caller.absent,
    policies.map((policy) => policyShape(policy, question, known)).filter((shape) => shape.length > 0),
    boundary ? policyShape(boundary, question, known) : "no boundary",
    resourcePolicy ? policyShape(resourcePolicy, question, known) : "no resource policy",
  ]);
}
