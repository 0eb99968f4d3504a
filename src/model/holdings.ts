import { isOver, isUndated, mergeValidities, type Instant, type Validity } from "./dates";
import { deployedGrants } from "./deployed-grants";
import type { Grant } from "./grants";
import { groupBy } from "./group-by";
import type { UserName } from "./names";
import type { HeldRole } from "./roles";

/** All that one person is granted of one role in one account: the union of the grants, in time order. */
export interface Holding {
  readonly person: UserName;
  readonly account: string;
  readonly role: HeldRole;
  /** One validity without ends, or dated ones that neither overlap nor touch. */
  readonly validities: readonly Validity[];
  /** Those of them that documents of the model's moment hold; shifts on call that lie further ahead are left to later ones. */
  readonly deployed: readonly Validity[];
}

const byPerson = (one: Holding, other: Holding): number => (one.person < other.person ? -1 : 1);
const key = (account: string, role: HeldRole): string => `${account} ${role}`;

const validitiesOf = (grants: readonly Grant[]): readonly Validity[] =>
  mergeValidities(grants.map(({ validity }) => validity));

/** The holdings that grants add up to at a moment, expired ones included, by person's name. */
export function joinGrants(grants: readonly Grant[], now: Instant): readonly Holding[] {
  const deployed = new Set(deployedGrants(grants, now));
  const same = groupBy(grants, ({ account, role, person }) => `${key(account, role)} ${person}`);
  return [...same.values()]
    .flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { person, account, role } = first;
      const all = [first, ...others];
      const inDocuments = all.filter((grant) => deployed.has(grant));
      return [{ person, account, role, validities: validitiesOf(all), deployed: validitiesOf(inDocuments) }];
    })
    .sort(byPerson);
}

/** Finds holdings by account and role in constant time. */
export class HoldingIndex {
  private readonly byRole: ReadonlyMap<string, readonly Holding[]>;

  constructor(readonly all: readonly Holding[]) {
    this.byRole = groupBy(all, ({ account, role }) => key(account, role));
  }

  /** The holdings of a role in an account, expired ones included, by person's name. */
  of(account: string, role: HeldRole): readonly Holding[] {
    return this.byRole.get(key(account, role)) ?? [];
  }
}

/** Whether the holding has no end and no beginning. */
export function isPermanent({ validities }: Holding): boolean {
  return validities.some(isUndated);
}

/** The validities of a holding that have not passed; they may still lie ahead. */
export function remainingValidities({ validities }: Holding, now: Instant): readonly Validity[] {
  return validities.filter((validity) => !isOver(validity, now));
}

/** The remaining validities that documents of the model's moment hold. */
export function remainingDeployed({ deployed }: Holding, now: Instant): readonly Validity[] {
  return deployed.filter((validity) => !isOver(validity, now));
}
