import { APPROVERS, type TemporaryTerms } from "../model/categories";
import type { Instant } from "../model/dates";
import { groupBy } from "../model/group-by";
import type { UserName } from "../model/names";
import { isThere, type Person } from "../model/person";

/** How many people of each category are tried: a roster may have hundreds. */
const MOST_OF_A_CATEGORY = 4;

/** Sets of so many, in the order of the list. */
function setsOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return list.flatMap((first, index) =>
    setsOf(list.slice(index + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

/** Lists people who might approve for somebody from an instant on; those whose reviews can be recognized come first. */
function candidatesOf(people: readonly Person[], grantee: string, begins: Instant): readonly Person[] {
  const able = people.filter(
    (person) =>
      person.name !== grantee &&
      APPROVERS.some((category) => category === person.category) &&
      isThere(person, begins),
  );
  const byReview = [...able].sort(
    (one, other) => Number(other.github !== undefined) - Number(one.github !== undefined),
  );
  return [...groupBy(byReview, ({ category }) => category).values()].flatMap((alike) =>
    alike.slice(0, MOST_OF_A_CATEGORY),
  );
}

/**
 * Finds the first people whom the rules accept, as many as the terms ask for. Where the rules accept none of those tried, returns the first
 * who might approve, so that the rules report what else is wrong; undefined where there are too few.
 * @param accepts asks all rules about an entry with these approvers
 */
export function approversFor(
  people: readonly Person[],
  grantee: string,
  begins: Instant,
  { approvers, oneApproverOf }: TemporaryTerms,
  accepts: (approvers: readonly UserName[]) => boolean,
): readonly UserName[] | undefined {
  const candidates = candidatesOf(people, grantee, begins);
  const wanted = [...candidates].sort(
    (one, other) => Number(other.category === oneApproverOf) - Number(one.category === oneApproverOf),
  );
  const sets = setsOf(wanted, approvers).map((set) => set.map(({ name }) => name));
  return sets.find(accepts) ?? sets[0];
}
