import { isReadOfAws, arnTemplates } from "../proofs/reference/further-shapes";
import type { AwsAction } from "./actions/aws-action";
import { arnCovers, arnsOverlap, arnFields, globCovers } from "./arn-overlap";
import { ANY_RESOURCE } from "./resource-types";

/**
 * Resources that match all of some patterns. No single pattern expresses two that cross each other, such as `a*` and `*b`.
 * Without patterns, the request is about no resource, and only `*` matches it.
 */
export type ResourceSet = readonly string[];

/** A request without a resource, for an action that needs none. */
const NO_RESOURCE: ResourceSet = [];

/** Whether a pattern stands for all of the resources. */
export const coversSet = (pattern: string, set: ResourceSet): boolean =>
  pattern === ANY_RESOURCE || set.some((one) => arnCovers(pattern, one));

/** Whether a pattern stands for some of the resources, judged by each of their patterns alone. */
export const meetsSet = (pattern: string, set: ResourceSet): boolean =>
  pattern === ANY_RESOURCE || (set.length > 0 && set.every((one) => arnsOverlap(pattern, one)));

/** Finds the ARN for what two patterns have in common; undefined where no single one exists, as for `a*` and `*b`. */
function common(one: string, other: string): string | undefined {
  const others = arnFields(other);
  const fields = arnFields(one).map((field, index) => {
    const opposite = others[index] ?? "";
    // A name of one character at least is written as `*` in documents.
    if (globCovers(field.replaceAll("?*", "*"), opposite)) return opposite;
    return globCovers(opposite, field) ? field : undefined;
  });
  return fields.includes(undefined) ? undefined : fields.join(":");
}

/** Those of the resources that match a pattern too, without patterns that others make needless. */
export function narrowSet(set: ResourceSet, pattern: string): ResourceSet {
  if (coversSet(pattern, set)) return set;
  const narrower = set.map((one) => common(one, pattern)).find((one) => one !== undefined) ?? pattern;
  return [...set.filter((one) => !arnCovers(one, narrower) && common(one, narrower) === undefined), narrower];
}

/** Whether all of some resources are among others. */
export const containsSet = (set: ResourceSet, other: ResourceSet): boolean =>
  other.length > 0 && other.every((pattern) => coversSet(pattern, set));

const ACCOUNT = 4;

/** `arn:aws:iam::111111111111:role/?*`: a name has one character at least, or creating a user would be about a role. */
function patternOf(template: string, accountId: string): string {
  const fields = template.split(/:(?![^{]*\})/);
  return fields
    .map((field, index) => {
      if (index === ACCOUNT && field.startsWith("${")) return accountId;
      return field.replaceAll("${Partition}", "aws").replaceAll(/\$\{[^}]*\}/g, "?*");
    })
    .join(":");
}

/** What an action takes, as far as that matters here. */
export type TakenResources = Pick<AwsAction, "isResourceOptional" | "level"> & {
  readonly resourceTypes: readonly { readonly arn: string }[];
};

/**
 * Lists the resources of an account that an action takes, kind by kind, from the service authorization reference; only those
 * that match a pattern.
 */
export function resourceSetsOf(
  action: TakenResources,
  accountId: string,
  resource: string,
): readonly ResourceSet[] {
  const patterns = action.resourceTypes
    .flatMap(({ arn }) => arnTemplates(arn))
    .flatMap((template) => [
      patternOf(template, accountId),
      ...(isReadOfAws(template, action) ? [patternOf(template, "aws")] : []),
    ]);
  const all = [...new Set(patterns)];
  const kinds = all
    // An index has the ARN of a table with a long name: patterns for tables match it too.
    .filter((pattern) => !all.some((other) => other !== pattern && arnCovers(other, pattern)))
    .filter((pattern) => meetsSet(resource, [pattern]))
    .map((pattern) => narrowSet([pattern], resource));
  return action.isResourceOptional && resource === ANY_RESOURCE ? [...kinds, NO_RESOURCE] : kinds;
}
