import type { Conditions } from "../documents/policy-document";
import type { Statement } from "../documents/statement";
import type { ProvenCaller } from "./proven-caller";
import type { ActionReference } from "./reference/action-reference";
import { requestRegion, type RequestRegion } from "./request-region";

type OneOrMore = string | readonly string[];

/** How AWS groups actions by what they do. */
export type ActionLevel = "List" | "Read" | "Tagging" | "Write" | "Permissions management";

/** Some requests, in the words of policies. */
export interface RequestSet {
  /** `s3:GetObject`, `rds:Delete*`. */
  readonly actions: OneOrMore;
  /** Actions among them that are left out. */
  readonly except?: OneOrMore;
  /** Of the actions, only those of these levels. */
  readonly levels?: readonly ActionLevel[];
  /** Says nothing of actions that AWS does not have today, but that patterns would let through. */
  readonly isKnownOnly?: true;
  /** ARNs with wildcards; every resource where it is left out. */
  readonly resources?: OneOrMore;
  /** Resources that are left out. */
  readonly exceptResources?: OneOrMore;
  /** What the requests carry. */
  readonly when?: Conditions;
}

const list = (value: OneOrMore | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** The statement that would allow exactly these requests, apart from what is left out. */
function statementOf({ actions, resources = "*", when = {} }: RequestSet, label: string): Statement {
  return {
    label,
    effect: "Allow",
    principals: [],
    notPrincipals: [],
    actions: list(actions),
    notActions: [],
    resources: list(resources),
    notResources: [],
    conditions: Object.entries(when).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values) })),
    ),
  };
}

/** Requests of a caller as regions: a request is among them where it is in `inside` and in none of `outside`. */
export interface RequestRegions {
  /** Undefined where the caller makes no such request. */
  readonly inside: RequestRegion | undefined;
  readonly outside: readonly RequestRegion[];
  /** For actions that AWS does not have today, requests in these are left out too: by name, since their levels are unknown. */
  readonly outsideOfFuture: readonly RequestRegion[];
  /** Whether nothing is said of actions that AWS does not have today. */
  readonly isKnownOnly: boolean;
}

/** How the names of actions begin that change nothing, for those whose level is not known yet. */
const READING = [
  "BatchDescribe",
  "BatchGet",
  "Describe",
  "Generate",
  "Get",
  "List",
  "Lookup",
  "Query",
  "Search",
  "Simulate",
  "View",
];

const NAMED_LIKE_READS: readonly string[] = READING.map((verb) => `*:${verb}*`);

const knownOthers = new WeakMap<ActionReference, Map<string, readonly string[]>>();

/** The actions that are of none of the levels; the same list for the same question. */
function ofOtherLevels(
  actions: readonly string[],
  levels: readonly ActionLevel[],
  reference: ActionReference,
): readonly string[] {
  const known = knownOthers.get(reference) ?? new Map<string, readonly string[]>();
  knownOthers.set(reference, known);
  const key = JSON.stringify([actions, levels]);
  const others = known.get(key) ?? findOthers(actions, levels, reference);
  known.set(key, others);
  return others;
}

function findOthers(
  actions: readonly string[],
  levels: readonly ActionLevel[],
  reference: ActionReference,
): readonly string[] {
  return actions
    .flatMap((pattern) => reference.idsOf(pattern))
    .filter((id) => {
      const level = reference.find(id)?.level.split(",")[0];
      return !levels.some((one) => one === level);
    });
}

/** A set as statements: what it is about, and what is left out. */
interface SetStatements {
  readonly inside: Statement;
  readonly outside: readonly Statement[];
  readonly outsideOfFuture: readonly Statement[];
}

function writeStatements(set: RequestSet, reference: ActionReference): SetStatements {
  const { levels, except, exceptResources } = set;
  return {
    inside: statementOf(set, "requests"),
    outsideOfFuture:
      levels === undefined || levels.includes("Read")
        ? []
        : [statementOf({ actions: NAMED_LIKE_READS }, "levels")],
    outside: [
      ...(levels === undefined
        ? []
        : [statementOf({ actions: ofOtherLevels(list(set.actions), levels, reference) }, "levels")]),
      ...(except === undefined ? [] : [statementOf({ actions: except }, "except")]),
      ...(exceptResources === undefined
        ? []
        : [statementOf({ actions: "*", resources: exceptResources }, "exceptResources")]),
    ],
  };
}

const written = new WeakMap<ActionReference, WeakMap<RequestSet, SetStatements>>();

/** The same statements for the same set: what is made of their patterns is kept by statement. */
function statementsOf(set: RequestSet, reference: ActionReference): SetStatements {
  const known = written.get(reference) ?? new WeakMap<RequestSet, SetStatements>();
  written.set(reference, known);
  const statements = known.get(set) ?? writeStatements(set, reference);
  known.set(set, statements);
  return statements;
}

/** @throws NotModelled where a condition is not understood */
export function requestRegions(
  set: RequestSet,
  caller: ProvenCaller,
  reference: ActionReference,
  name = "the invariant",
): RequestRegions {
  const region = (statement: Statement): readonly RequestRegion[] => {
    const found = requestRegion(name, statement, caller);
    if (found?.resources === undefined) return found === undefined ? [] : [found];
    // Its words are ours: no wildcard of them reaches beyond its field.
    return [{ ...found, resources: { ...found.resources, wide: found.resources.certain } }];
  };
  const statements = statementsOf(set, reference);
  const { levels } = set;
  return {
    inside: region(statements.inside)[0],
    isKnownOnly:
      set.isKnownOnly === true ||
      (levels !== undefined && !levels.includes("Write") && !levels.includes("Read")),
    outsideOfFuture: statements.outsideOfFuture.flatMap(region),
    outside: statements.outside.flatMap(region),
  };
}
