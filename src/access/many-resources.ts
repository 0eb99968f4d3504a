import { coversAction } from "../documents/patterns";
import { arnsOverlap } from "./arn-overlap";
import { withValues } from "./caller";
import { outsideOfExceptions } from "./iam/policy";
import { ANY_RESOURCE, isOfType } from "./resource";
import { all, any, type Requirement } from "./requirement";
import { simulate, type Deciding, type Decision, type Part, type Question } from "./simulator";

type Allowed = Extract<Decision, { kind: "allowed" }>;

/** Patterns inside the question's, for which the answer may be another one than around them. */
interface Exceptions {
  /** What Deny statements close, or Allow statements leave out. */
  readonly closed: readonly string[];
  /** What Deny statements leave out. */
  readonly open: readonly string[];
}

function exceptionsTo({ policies, boundary, action, resource, resourceTypes, caller }: Question): Exceptions {
  const statements = [...policies, ...(boundary ? [boundary] : [])]
    .flatMap((policy) => policy.statements)
    .filter((statement) => coversAction(statement, action.id));
  const within = (patterns: readonly string[]): readonly string[] => {
    const known = patterns
      .map((pattern) => withValues(pattern, caller.context))
      .filter((pattern) => pattern !== ANY_RESOURCE && pattern !== resource && arnsOverlap(pattern, resource))
      // A pattern of a kind of resource that the action does not take says nothing about it.
      .filter((pattern) => resourceTypes.some((type) => isOfType(pattern, type)));
    return [...new Set(known)];
  };
  return {
    closed: within(
      statements.flatMap(({ effect, resources, notResources }) =>
        effect === "Deny" ? resources : notResources,
      ),
    ),
    open: within(statements.flatMap(({ effect, notResources }) => (effect === "Deny" ? notResources : []))),
  };
}

const distinct = (deciding: readonly Deciding[]): readonly Deciding[] => [
  ...new Map(deciding.map((one) => [JSON.stringify(one), one])).values(),
];

const allowed = (parts: readonly Part[]): readonly (Part & { readonly decision: Allowed })[] =>
  parts.flatMap(({ resource, decision }) => (decision.kind === "allowed" ? [{ resource, decision }] : []));

/** That the resource is among a part's, and what the part requires; `whole` is the pattern that goes without saying. */
const requiredBy = (
  { resource, decision }: Part & { readonly decision: Allowed },
  whole: string,
): Requirement | undefined =>
  all([resource === whole ? undefined : { kind: "resource", patterns: [resource] }, decision.requires]);

/**
 * What an exception asks for: to be outside of it or, where it is known to be open too, to meet its own requirements.
 */
function restriction({ resource, parts }: Exception): Requirement | undefined {
  const inside = allowed(parts).map((part) => requiredBy(part, resource));
  const elsewhere: Requirement = { kind: "not resource", patterns: [resource] };
  return inside.length === 0 ? elsewhere : any([elsewhere, any(inside)]);
}

interface Exception {
  readonly resource: string;
  readonly parts: readonly Part[];
}

const answered = async (question: Question, resource: string): Promise<Exception> => ({
  resource,
  parts: await simulate({ ...question, resource }),
});

/** Requirements that stand among those of the whole already are not repeated. */
const differs = (requirement: Requirement | undefined, around: Requirement | undefined): boolean =>
  requirement !== undefined && JSON.stringify(requirement) !== JSON.stringify(around);

/** The question about whatever is outside of what Deny statements leave out. */
const outside = (question: Question): Question => ({
  ...question,
  policies: question.policies.map(outsideOfExceptions),
  ...(question.boundary && { boundary: outsideOfExceptions(question.boundary) }),
});

/**
 * The answer to a question about many resources at once: allowed for those that match the patterns in the requirements,
 * and denied for all others. What Deny statements say of some of them is a requirement too.
 */
export async function decideMany(question: Question): Promise<Decision> {
  const base = await simulate(outside(question));
  const unknown = base.find(({ decision }) => decision.kind === "unknown");
  if (unknown !== undefined) return unknown.decision;
  const exceptions = exceptionsTo(question);
  const answers = (patterns: readonly string[]): Promise<readonly Exception[]> =>
    Promise.all(patterns.map((resource) => answered(question, resource)));
  const closed = await answers(exceptions.closed);
  const leftOut = (await answers(exceptions.open)).flatMap(({ parts }) => parts);
  const undecided = leftOut.find(({ decision }) => decision.kind === "unknown");
  if (undecided !== undefined) return undecided.decision;
  const left = allowed(leftOut);
  const open = allowed(base);
  const found = [...open, ...left];
  if (found.length === 0) return base[0]?.decision ?? { kind: "denied", by: [], missing: ["identity"] };
  const around = any(open.map((part) => requiredBy(part, question.resource)));
  const restrictions = closed
    .filter(({ resource }) => open.some((part) => arnsOverlap(part.resource, resource)))
    .map(restriction)
    .filter((requirement) => differs(requirement, around));
  const requires = any([
    ...(open.length > 0 ? [all([around, ...restrictions])] : []),
    ...left.map((part) => requiredBy(part, question.resource)),
  ]);
  return {
    kind: "allowed",
    ...(requires && { requires }),
    because: distinct(found.flatMap(({ decision }) => decision.because)),
  };
}
