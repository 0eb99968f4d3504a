import type { StatementCondition, Statement } from "../documents/statement";
import { knownValue, type ProvenCaller } from "./proven-caller";
import { isMet, keyRequirement, type KeyRequirement } from "./condition/key-requirement";
import { PatternSet } from "./language/pattern-set";
import { NotModelled } from "./not-modelled";

/** Where a region comes from, for messages. */
export interface StatementSource {
  /** Name of the policy or trust. */
  readonly document: string;
  /** Its Sid in quotes, or `number 2`. */
  readonly statement: string;
  readonly effect: string;
}

/** Patterns of a statement, and whether it speaks of what fits them or of all else. */
export interface StatementPatterns {
  readonly isInside: boolean;
  readonly written: readonly string[];
}

/** Some requests of one caller: those that a statement speaks of. */
export interface RequestRegion {
  readonly source: StatementSource;
  /** What the statement says but for its actions, the same text for the same words. */
  readonly beside: () => string;
  readonly actions: StatementPatterns;
  /** Undefined where it is every resource. */
  readonly resources:
    | {
        readonly isInside: boolean;
        /** What its patterns may match, and what they match for certain. */
        readonly wide: PatternSet;
        readonly certain: PatternSet;
      }
    | undefined;
  readonly requirements: readonly KeyRequirement[];
}

/** Whether a region is every request of its caller. */
export const isEveryRequest = ({ actions, resources, requirements }: RequestRegion): boolean =>
  actions.isInside && actions.written.includes("*") && resources === undefined && requirements.length === 0;

const besides = new WeakMap<Statement, string>();

/** Resources and conditions as they are written; made where it is asked for, and once. */
function besideActions(statement: Statement): string {
  const { resources, notResources, conditions } = statement;
  const text = besides.get(statement) ?? JSON.stringify([resources, notResources, conditions]);
  besides.set(statement, text);
  return text;
}

const VARIABLE = /\$\{([^}]*)\}/g;
/** `${*}`, `${?}` and `${$}` stand for the characters themselves. */
const ESCAPE = /^[*?$]$/;

/**
 * A text of a statement with the caller's values for its policy variables; undefined where one of them has no value, so
 * that the text matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function withValues(text: string, caller: ProvenCaller): string | undefined {
  const values = new Map(
    [...text.matchAll(VARIABLE)].map(([variable, name = ""]) => {
      if (ESCAPE.test(name) || name.includes(",")) throw new NotModelled(`${variable} is not modelled`);
      const known = knownValue(caller, name.toLowerCase());
      if (known === undefined) throw new NotModelled(`${variable} is not known of ${caller.words}`);
      return [variable, known.value] as const;
    }),
  );
  if ([...values.values()].includes(undefined)) return undefined;
  return text.replace(VARIABLE, (variable) => values.get(variable) ?? "");
}

const hasVariables = (texts: readonly string[]): boolean => texts.some((text) => text.includes("${"));

function resolve(texts: readonly string[], caller: ProvenCaller): readonly string[] {
  if (!hasVariables(texts)) return texts;
  return texts.flatMap((text) => withValues(text, caller) ?? []);
}

/** What was made of statements and conditions without policy variables, which is the same for every caller. */
const madeOfResources = new WeakMap<readonly string[], { wide: PatternSet; certain: PatternSet }>();
const madeOfCondition = new WeakMap<StatementCondition, KeyRequirement>();

function patternSets(
  written: readonly string[],
  caller: ProvenCaller,
): { wide: PatternSet; certain: PatternSet } {
  const known = madeOfResources.get(written);
  if (known !== undefined) return known;
  const patterns = resolve(written, caller);
  const sets = {
    wide: PatternSet.ofGlobs(patterns, "wide"),
    certain: PatternSet.ofGlobs(patterns, "by field"),
  };
  if (!hasVariables(written)) madeOfResources.set(written, sets);
  return sets;
}

function resourcesOf(
  { resources, notResources }: Statement,
  caller: ProvenCaller,
): RequestRegion["resources"] {
  const isInside = notResources.length === 0;
  const written = isInside ? resources : notResources;
  // A trust has no resources: it speaks of its role.
  if (isInside && (written.length === 0 || written.includes("*"))) return undefined;
  return { isInside, ...patternSets(written, caller) };
}

const TEXT_OPERATOR = /^(ForA(ll|ny)Values?:)?(String|Arn)/;

function requirement(condition: StatementCondition, caller: ProvenCaller): KeyRequirement {
  const known = madeOfCondition.get(condition);
  if (known !== undefined) return known;
  const isText = TEXT_OPERATOR.test(condition.operator);
  const made = keyRequirement(condition, isText ? resolve(condition.values, caller) : condition.values);
  if (!isText || !hasVariables(condition.values)) madeOfCondition.set(condition, made);
  return made;
}

/** What is left of requirements where the caller's keys are known; undefined where they cannot be met. */
function leftOpen(
  conditions: readonly StatementCondition[],
  caller: ProvenCaller,
): readonly KeyRequirement[] | undefined {
  const open: StatementCondition[] = [];
  // What is known decides first: of thousands of callers, most are out at once.
  for (const condition of conditions) {
    const known = knownValue(caller, condition.key.toLowerCase());
    if (known === undefined) open.push(condition);
    else if (!isMet(requirement(condition, caller), known.value)) return undefined;
  }
  return open.map((condition) => requirement(condition, caller));
}

/**
 * The requests of a caller that a statement speaks of, whomever it names; undefined where it speaks of none.
 * @throws NotModelled where the statement is not understood
 */
export function requestRegion(
  document: string,
  statement: Statement,
  caller: ProvenCaller,
): RequestRegion | undefined {
  try {
    const requirements = leftOpen(statement.conditions, caller);
    if (requirements === undefined) return undefined;
    const isInside = statement.notActions.length === 0;
    return {
      source: { document, statement: statement.label, effect: statement.effect },
      beside: () => besideActions(statement),
      actions: { isInside, written: isInside ? statement.actions : statement.notActions },
      resources: resourcesOf(statement, caller),
      requirements,
    };
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    throw new NotModelled(`Statement ${statement.label} of ${document}: ${error.message}.`);
  }
}
