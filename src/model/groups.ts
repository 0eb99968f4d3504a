import type { Account } from "./account";
import { groupBy } from "./group-by";
import { remainingValidities } from "./holdings";
import type { Model } from "./model";
import type { UserName } from "./names";
import { hasLeft } from "./person";

/**
 * From how many accounts on a person's groups are the ones for all accounts. With PowerG and ManageOwnUserG beside
 * them, nobody is in more than the ten groups that IAM allows a user.
 */
const MOST_SEPARATE_GROUPS = { assumeRole: 6, breakGlass: 2 } as const;

/** The members of the groups that let people assume the roles of one kind. */
export interface AssumeRoleMembers {
  /** By account key; every account has an entry. */
  readonly byAccount: ReadonlyMap<string, readonly UserName[]>;
  /** Those who hold roles in too many accounts for one group each. */
  readonly everywhere: readonly UserName[];
}

function membersOf(model: Model, kind: keyof typeof MOST_SEPARATE_GROUPS): AssumeRoleMembers {
  const open = model.holdings.all.filter(
    (holding) =>
      (holding.role === "BreakGlass") === (kind === "breakGlass") &&
      remainingValidities(holding, model.now).length > 0,
  );
  const accounts = [...groupBy(open, ({ person }) => person)].map(
    ([person, holdings]) => [person, new Set(holdings.map(({ account }) => account))] as const,
  );
  const isEverywhere = (count: number): boolean => count > MOST_SEPARATE_GROUPS[kind];
  const membersIn = ({ key }: Account): readonly UserName[] =>
    accounts.flatMap(([person, keys]) => (keys.has(key) && !isEverywhere(keys.size) ? [person] : [])).sort();
  return {
    byAccount: new Map(model.organization.accounts.map((account) => [account.key, membersIn(account)])),
    everywhere: accounts.flatMap(([person, keys]) => (isEverywhere(keys.size) ? [person] : [])).sort(),
  };
}

/** Lists who may assume people's roles, by account: everybody with a grant there that has not passed. */
export function assumeRoleMembers(model: Model): AssumeRoleMembers {
  return membersOf(model, "assumeRole");
}

/** Lists who may assume BreakGlass, by account. */
export function breakGlassMembers(model: Model): AssumeRoleMembers {
  return membersOf(model, "breakGlass");
}

/** Lists who may manage their own user: everybody whose last day has not passed. */
export function manageOwnUserMembers({ people, now }: Model): readonly UserName[] {
  return people.filter((person) => !hasLeft(person, now)).map(({ name }) => name);
}
