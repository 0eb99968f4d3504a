import { groupBy } from "../model/group-by";
import { isPermanent, type Holding } from "../model/holdings";
import type { Model } from "../model/model";
import {
  BREAK_GLASS_TAG,
  BREAK_GLASS_TAG_VALUE,
  roleTagKey,
  roleTagValue,
  type UserName,
} from "../model/names";
import type { Person } from "../model/person";
import { PEOPLE_ROLES } from "../model/roles";
import { accountTags } from "./account-tags";

/** A person's IAM user, as deployed. */
export interface UserBlueprint {
  readonly name: UserName;
  readonly renamedFrom?: UserName;
  /** All of them: those that say who manages it too. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What a trust in its tag form reads. Everybody has these tags from the first day, whichever form a trust has, so that
 * a change of form needs no deployment of users before it.
 */
function roleTags({ organization }: Model, permanent: readonly Holding[]): Readonly<Record<string, string>> {
  const held = groupBy(permanent, ({ account }) => account);
  return Object.fromEntries(
    organization.accounts.flatMap((account) => {
      const roles = PEOPLE_ROLES.filter((role) =>
        held.get(account.key)?.some((holding) => holding.role === role),
      );
      return roles.length === 0 ? [] : [[roleTagKey(organization, account), roleTagValue(roles)] as const];
    }),
  );
}

function personTags({ category, contract }: Person): Readonly<Record<string, string>> {
  return { Category: category, ...(contract && { Project: contract.project }) };
}

const GUARD = { [BREAK_GLASS_TAG]: BREAK_GLASS_TAG_VALUE };

/** Everybody who holds BreakGlass in an account. */
export function allBreakGlassHolders({ holdings }: Model): ReadonlySet<UserName> {
  return new Set(holdings.all.filter(({ role }) => role === "BreakGlass").map(({ person }) => person));
}

/** The users of all people, by name. */
export function userBlueprints(model: Model): readonly UserBlueprint[] {
  const guarded = allBreakGlassHolders(model);
  const permanent = groupBy(model.holdings.all.filter(isPermanent), ({ person }) => person);
  const { organization } = model;
  const common = accountTags({ organization, account: organization.identity });
  return model.people.map((person) => ({
    name: person.name,
    ...(person.renamedFrom && { renamedFrom: person.renamedFrom }),
    tags: {
      ...common,
      ...personTags(person),
      ...(guarded.has(person.name) && GUARD),
      ...roleTags(model, permanent.get(person.name) ?? []),
    },
  }));
}
