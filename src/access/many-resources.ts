import { coversAction } from "../documents/patterns";
import { withValues } from "./caller";
import { hasValues, withStatements, type IamPolicy } from "./iam/iam-policy";
import { ANY_RESOURCE } from "./resource-types";
import {
  coversSet,
  containsSet,
  resourceSetsOf,
  meetsSet,
  narrowSet,
  type ResourceSet,
} from "./resource-set";
import { requireAll, requireAny, splitRequirement, type Requirement } from "./requirement";
import {
  knownContext,
  simulateQuestion,
  type DecidingStatement,
  type AccessDecision,
  type AccessQuestion,
} from "./simulator";

type Allowed = Extract<AccessDecision, { kind: "allowed" }>;
type Denied = Extract<AccessDecision, { kind: "denied" }>;

/** The answer about some resources. */
interface Part {
  readonly set: ResourceSet;
  readonly decision: AccessDecision;
}
type AllowedPart = Part & { readonly decision: Allowed };

/** A statement about an action, with the caller's values in its patterns. */
interface Speaking {
  readonly effect: string;
  readonly resources: readonly string[];
  /** Undefined where the statement has none. */
  readonly notResources: readonly string[] | undefined;
}

function speaking(policies: readonly IamPolicy[], { action, caller }: AccessQuestion): readonly Speaking[] {
  const known = (patterns: readonly string[]): readonly string[] =>
    patterns
      .filter((pattern) => hasValues(pattern, caller.absent))
      .map((pattern) => withValues(pattern, caller.context));
  return policies
    .flatMap(({ statements }) => statements)
    .filter((statement) => coversAction(statement, action.id))
    .map(({ effect, resources, notResources }) => ({
      effect,
      resources: known(resources),
      notResources: notResources.length === 0 ? undefined : known(notResources),
    }));
}

/** Reads a policy for resources taken together: each statement matches all of them, or does not count. */
function about(policy: IamPolicy, set: ResourceSet, question: AccessQuestion): IamPolicy {
  return withStatements(policy, (statement, json) => {
    const [said] = speaking([{ ...policy, statements: [statement] }], question);
    if (said === undefined) return undefined;
    const isSaid =
      said.notResources === undefined
        ? said.resources.some((pattern) => coversSet(pattern, set))
        : !said.notResources.some((pattern) => coversSet(pattern, set));
    if (!isSaid) return undefined;
    return {
      ...Object.fromEntries(Object.entries(json).filter(([element]) => element !== "NotResource")),
      Resource: ANY_RESOURCE,
    };
  });
}

async function answered(question: AccessQuestion, set: ResourceSet): Promise<Part> {
  const { policies, boundary } = question;
  const settled: AccessQuestion = {
    ...question,
    policies: policies.map((policy) => about(policy, set, question)),
    ...(boundary && { boundary: about(boundary, set, question) }),
  };
  // The evaluator reads a question mark as a letter; which resources a statement matches is decided before.
  const resource = (set.at(-1) ?? ANY_RESOURCE).replaceAll("?", "*");
  const [first] = await simulateQuestion({ ...settled, resource });
  if (first?.decision.kind !== "unknown") {
    return { set, decision: first?.decision ?? { kind: "denied", by: [], missing: [] } };
  }
  // The evaluator does not recognize a type with several ARNs by one of them, but does for all resources at once.
  const { "aws:RequestedRegion": region } = knownContext({ ...question, resource });
  const [other] = await simulateQuestion({
    ...settled,
    resource: ANY_RESOURCE,
    context: { ...(region !== undefined && { "aws:RequestedRegion": region }), ...question.context },
  });
  return { set, decision: other?.decision ?? { kind: "denied", by: [], missing: [] } };
}

/** The patterns that a list of statements allows; what an Allow leaves out is an exception to everything. */
const allowedPatterns = (statements: readonly Speaking[]): readonly string[] => [
  ...new Set(
    statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ resources, notResources }) => (notResources === undefined ? resources : [ANY_RESOURCE])),
  ),
];

/** Finds the resources that policies allow, pattern by pattern. */
const narrowed = (
  question: AccessQuestion,
  set: ResourceSet,
  policies: readonly IamPolicy[],
): readonly ResourceSet[] =>
  allowedPatterns(speaking(policies, question))
    .filter((pattern) => coversSet(pattern, set) || meetsSet(pattern, set))
    .map((pattern) => narrowSet(set, pattern));

/** A kind of resources cut into those that some statement allows, each with what the boundary allows of it. */
function candidates(question: AccessQuestion, kind: ResourceSet): readonly ResourceSet[] {
  const { policies, boundary } = question;
  const attached = narrowed(question, kind, policies);
  return distinctSets(
    boundary === undefined ? attached : attached.flatMap((set) => narrowed(question, set, [boundary])),
  );
}

/** Resources of a kind whose answer may differ from that of the resources around them. */
interface Exceptions {
  /** What Deny statements close, or Allow statements leave out, within the kind. */
  readonly closed: readonly ResourceSet[];
  /** Patterns that Deny statements leave out. */
  readonly open: readonly string[];
}

const isCut = (pattern: string, set: ResourceSet): boolean =>
  !coversSet(pattern, set) && meetsSet(pattern, set);

const meetsEach = (patterns: readonly string[], set: ResourceSet): boolean =>
  patterns.every((pattern) => meetsSet(pattern, set));

const distinctSets = (sets: readonly ResourceSet[]): readonly ResourceSet[] => [
  ...new Map(sets.map((set) => [JSON.stringify(set), set])).values(),
];

/** Adds the overlaps of patterns: one Allow may allow what another leaves out, and a third may leave it out too. */
function intersections(kind: ResourceSet, patterns: readonly string[]): readonly ResourceSet[] {
  return patterns.reduce<readonly ResourceSet[]>(
    (sets, pattern) =>
      distinctSets([
        ...sets,
        narrowSet(kind, pattern),
        ...sets.filter((set) => isCut(pattern, set)).map((set) => narrowSet(set, pattern)),
      ]),
    [],
  );
}

function exceptionsTo({ policies, boundary, ...question }: AccessQuestion, kind: ResourceSet): Exceptions {
  const statements = speaking([...policies, ...(boundary ? [boundary] : [])], { ...question, policies });
  const leftOutBy = (effect: string): readonly string[] => [
    ...new Set(
      statements
        .filter((statement) => statement.effect === effect)
        .flatMap(({ notResources }) => notResources ?? [])
        .filter((pattern) => isCut(pattern, kind)),
    ),
  ];
  const denied = statements
    .filter(({ effect }) => effect === "Deny")
    .flatMap(({ resources }) => resources)
    .filter((pattern) => isCut(pattern, kind));
  return {
    closed: distinctSets([
      ...denied.map((pattern) => narrowSet(kind, pattern)),
      ...intersections(kind, leftOutBy("Allow")),
    ]),
    open: leftOutBy("Deny"),
  };
}

const isAllowed = (part: Part): part is AllowedPart => part.decision.kind === "allowed";

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Drops parts that another part covers with the same answer; of two equal parts, keeps the first. */
const widest = (all: readonly AllowedPart[]): readonly AllowedPart[] =>
  all.filter(
    (part, index) =>
      !all.some(
        (other, place) =>
          place !== index &&
          containsSet(part.set, other.set) &&
          (place < index || !containsSet(other.set, part.set)) &&
          isSame(other.decision.requires, part.decision.requires),
      ),
  );

/** A name of one character at least, as documents write it: there is none without. */
const shown = (pattern: string): string => pattern.replaceAll(/(?<=[:/])\?\*/g, "*");

/** Requires that the resource is in a part, and what the part requires, less what `around` implies. */
const requiredBy = ({ set, decision }: AllowedPart, around: ResourceSet): Requirement | undefined =>
  requireAll([
    ...set
      .filter((pattern) => !around.includes(pattern))
      .map((pattern): Requirement => ({ kind: "resource", patterns: [shown(pattern)] })),
    decision.requires,
  ]);

/** Requires that the resource is outside an exception or, where the exception is open too, meets its requirements. */
function restriction(
  exception: ResourceSet,
  inside: readonly AllowedPart[],
  kind: ResourceSet,
): Requirement | undefined {
  const elsewhere = requireAny(
    exception
      .filter((pattern) => !kind.includes(pattern))
      .map((pattern): Requirement => ({ kind: "not resource", patterns: [shown(pattern)] })),
  );
  if (inside.length === 0) return elsewhere;
  return requireAny([elsewhere, requireAny(inside.map((part) => requiredBy(part, [...kind, ...exception])))]);
}

const distinct = (deciding: readonly DecidingStatement[]): readonly DecidingStatement[] => [
  ...new Map(deciding.map((one) => [JSON.stringify(one), one])).values(),
];

/** Why nothing of a kind is allowed. */
async function refusal(
  question: AccessQuestion,
  answers: readonly Part[],
  kind: ResourceSet,
): Promise<Denied> {
  const denials = [...answers, await answered(question, kind)].flatMap(({ decision }) =>
    decision.kind === "denied" ? [decision] : [],
  );
  const by = distinct(denials.flatMap((denial) => denial.by));
  if (by.length > 0) return { kind: "denied", by, missing: [] };
  const { boundary, ...unbounded } = question;
  const allows = async (asked: AccessQuestion): Promise<boolean> => {
    const pieces = await Promise.all(candidates(asked, kind).map((set) => answered(asked, set)));
    return pieces.some(isAllowed);
  };
  const isAttached = await allows(unbounded);
  const isBound =
    boundary !== undefined && (isAttached || !(await allows({ ...unbounded, policies: [boundary] })));
  return {
    kind: "denied",
    by: [],
    missing: [...(isAttached ? [] : ["identity" as const]), ...(isBound ? ["boundary" as const] : [])],
  };
}

interface KindAnswer {
  readonly kind: ResourceSet;
  readonly decision: AccessDecision;
  /** Whether the requirements name patterns inside the kind, which imply the kind itself. */
  readonly isNarrowed: boolean;
}

async function decideKind(question: AccessQuestion, kind: ResourceSet): Promise<KindAnswer> {
  const whole = (decision: AccessDecision): KindAnswer => ({ kind, decision, isNarrowed: false });
  const answers = (sets: readonly ResourceSet[]): Promise<readonly Part[]> =>
    Promise.all(distinctSets(sets).map((set) => answered(question, set)));
  const exceptions = exceptionsTo(question, kind);
  const sets = candidates(question, kind);
  const base = await answers(sets);
  const leftOut = await answers(
    exceptions.open.flatMap((pattern) =>
      sets.filter((set) => isCut(pattern, set)).map((set) => narrowSet(set, pattern)),
    ),
  );
  const undecided = [...base, ...leftOut].find(({ decision }) => decision.kind === "unknown");
  if (undecided !== undefined) return whole(undecided.decision);
  const open = [...base, ...leftOut].filter(isAllowed);
  const found = widest(open);
  if (found.length === 0) return whole(await refusal(question, base, kind));
  const around = requireAny(found.map((part) => requiredBy(part, kind)));
  const cuts = exceptions.closed
    .map((exception) => ({
      exception,
      cut: open.filter(({ set }) => meetsEach(exception, set) && !containsSet(set, exception)),
      // Another statement may open just what this one leaves out.
      opened: open.filter(({ set }) => containsSet(set, exception)),
    }))
    .filter(({ cut }) => cut.length > 0);
  const restrictions = await Promise.all(
    cuts.map(async ({ exception, cut, opened }) => {
      const inside = await answers(cut.map(({ set }) => exception.reduce(narrowSet, set)));
      return restriction(exception, [...inside.filter(isAllowed), ...opened], kind);
    }),
  );
  // Requirements of the whole are not repeated.
  const requires = requireAll([
    around,
    ...restrictions.filter((one) => one !== undefined && !isSame(one, around)),
  ]);
  const decision: AccessDecision = {
    kind: "allowed",
    ...(requires && { requires }),
    because: distinct(found.flatMap((part) => part.decision.because)),
  };
  const isNarrowed = found.every(
    ({ set }) => set.length > 0 && !set.some((pattern) => kind.includes(pattern)),
  );
  return { kind, decision, isNarrowed };
}

/** Whether a requirement limits some resources and asks nothing of those of another kind. */
const isRestriction = (one: Requirement): boolean =>
  one.kind === "not resource" || (one.kind === "any" && one.of.some(({ kind }) => kind === "not resource"));

type OpenKind = KindAnswer & { readonly decision: Allowed };

const isOpen = (answer: KindAnswer): answer is OpenKind => answer.decision.kind === "allowed";

function requiredOf(answers: readonly OpenKind[], isEveryKind: boolean): Requirement | undefined {
  const split = answers.map(({ decision: { requires } }) => {
    const required = requires === undefined ? [] : splitRequirement(requires);
    return {
      rest: requireAll(required.filter((one) => !isRestriction(one))),
      restrictions: required.filter(isRestriction),
    };
  });
  const [first, ...others] = split;
  if (isEveryKind && others.every(({ rest }) => isSame(rest, first?.rest))) {
    return requireAll([first?.rest, ...split.flatMap(({ restrictions }) => restrictions)]);
  }
  return requireAny(
    answers.map(({ kind, decision: { requires }, isNarrowed }) => {
      const patterns = kind.length === 0 ? [ANY_RESOURCE] : kind.map(shown);
      const ofKind = patterns.map((one): Requirement => ({ kind: "resource", patterns: [one] }));
      return isNarrowed ? requires : requireAll([...ofKind, requires]);
    }),
  );
}

/**
 * Answers a question about many resources at once: allowed for those that match the patterns in the requirements, and
 * denied for all others. Asked of the resources that the action takes, kind by kind: an Allow of roles says nothing of users.
 *
 * `s3:GetObject` on `*`, where a policy allows it on `arn:aws:s3:::logs/*`, is allowed with the requirement
 * `{ kind: "resource", patterns: ["arn:aws:s3:::logs/*"] }`: allowed if the resource is like that.
 */
export async function decideManyResources(question: AccessQuestion): Promise<AccessDecision> {
  const { action, resource, resourceAccount } = question;
  const kinds = resourceSetsOf(action, resourceAccount, resource);
  if (kinds.length === 0)
    return { kind: "unknown", reason: `AWS's reference has no ${resource} that ${action.id} takes.` };
  const decisions = await Promise.all(kinds.map((kind) => decideKind(question, kind)));
  const undecided = decisions.find(({ decision }) => decision.kind === "unknown");
  if (undecided !== undefined) return undecided.decision;
  const open = decisions.filter(isOpen);
  if (open.length === 0) {
    const denials = decisions.flatMap(({ decision }) => (decision.kind === "denied" ? [decision] : []));
    const by = distinct(denials.flatMap((denial) => denial.by));
    return { kind: "denied", by, missing: by.length > 0 ? [] : (denials[0]?.missing ?? ["identity"]) };
  }
  const requires = requiredOf(open, open.length === decisions.length);
  return {
    kind: "allowed",
    ...(requires && { requires }),
    because: distinct(open.flatMap(({ decision }) => decision.because)),
  };
}
