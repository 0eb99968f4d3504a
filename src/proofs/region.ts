import type { Condition, Statement } from "../documents/statement";
import { knownValue, type Caller } from "./caller";
import { isMet, requirementOf, type Requirement } from "./condition/requirement";
import { PatternSet } from "./language/pattern-set";
import { NotModelled } from "./not-modelled";

/** Where a region comes from, for messages. */
export interface Source {
  /** Name of the policy or trust. */
  readonly document: string;
  /** Its Sid in quotes, or `number 2`. */
  readonly statement: string;
  readonly effect: string;
}

/** Patterns of a statement, and whether it speaks of what fits them or of all else. */
export interface Patterns {
  readonly isInside: boolean;
  readonly written: readonly string[];
}

/** Some requests of one caller: those that a statement speaks of. */
export interface Region {
  readonly source: Source;
  readonly actions: Patterns;
  /** Undefined where it is every resource. */
  readonly resources:
    | {
        readonly isInside: boolean;
        /** What its patterns may match, and what they match for certain. */
        readonly wide: PatternSet;
        readonly certain: PatternSet;
      }
    | undefined;
  readonly requirements: readonly Requirement[];
}

const VARIABLE = /\$\{([^}]*)\}/g;
/** `${*}`, `${?}` and `${$}` stand for the characters themselves. */
const ESCAPE = /^[*?$]$/;

/**
 * A text of a statement with the caller's values for its policy variables; undefined where one of them has no value, so
 * that the text matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function withValues(text: string, caller: Caller): string | undefined {
  let isKnown = true;
  const resolved = text.replace(VARIABLE, (variable, name: string) => {
    if (ESCAPE.test(name) || name.includes(",")) throw new NotModelled(`${variable} is not modelled`);
    const known = knownValue(caller, name.toLowerCase());
    if (known === undefined) throw new NotModelled(`${variable} is not known of ${caller.words}`);
    if (known.value === undefined) isKnown = false;
    return known.value ?? "";
  });
  return isKnown ? resolved : undefined;
}

function resolve(texts: readonly string[], caller: Caller): readonly string[] {
  if (!texts.some((text) => text.includes("${"))) return texts;
  return texts.flatMap((text) => withValues(text, caller) ?? []);
}

function resourcesOf({ resources, notResources }: Statement, caller: Caller): Region["resources"] {
  const isInside = notResources.length === 0;
  const written = isInside ? resources : notResources;
  // A trust has no resources: it speaks of its role.
  if (isInside && (written.length === 0 || written.includes("*"))) return undefined;
  const patterns = resolve(written, caller);
  return {
    isInside,
    wide: PatternSet.ofGlobs(patterns, "wide"),
    certain: PatternSet.ofGlobs(patterns, "by field"),
  };
}

const TEXT_OPERATOR = /^(String|Arn)/;

function requirement(condition: Condition, caller: Caller): Requirement {
  const values = TEXT_OPERATOR.test(condition.operator)
    ? resolve(condition.values, caller)
    : condition.values;
  return requirementOf(condition, values);
}

/** What is left of requirements where the caller's keys are known; undefined where they cannot be met. */
function leftOpen(conditions: readonly Condition[], caller: Caller): readonly Requirement[] | undefined {
  const open: Requirement[] = [];
  for (const condition of conditions) {
    const asked = requirement(condition, caller);
    const known = knownValue(caller, asked.key);
    if (known === undefined) open.push(asked);
    else if (!isMet(asked, known.value)) return undefined;
  }
  return open;
}

/**
 * The requests of a caller that a statement speaks of, whomever it names; undefined where it speaks of none.
 * @throws NotModelled where the statement is not understood
 */
export function regionOf(document: string, statement: Statement, caller: Caller): Region | undefined {
  try {
    const requirements = leftOpen(statement.conditions, caller);
    if (requirements === undefined) return undefined;
    const isInside = statement.notActions.length === 0;
    return {
      source: { document, statement: statement.label, effect: statement.effect },
      actions: { isInside, written: isInside ? statement.actions : statement.notActions },
      resources: resourcesOf(statement, caller),
      requirements,
    };
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    throw new NotModelled(`Statement ${statement.label} of ${document}: ${error.message}.`);
  }
}
