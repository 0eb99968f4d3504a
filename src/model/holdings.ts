import { isOver, isUndated, union, type Instant, type Validity } from "./dates";
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
}

const byPerson = (one: Holding, other: Holding): number => (one.person < other.person ? -1 : 1);
const key = (account: string, role: HeldRole): string => `${account} ${role}`;

/** The holdings that grants add up to, expired ones included, by person's name. */
export function holdingsOf(grants: readonly Grant[]): readonly Holding[] {
  const same = groupBy(grants, ({ account, role, person }) => `${key(account, role)} ${person}`);
  return [...same.values()]
    .flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { person, account, role } = first;
      const validities = union([first, ...others].map(({ validity }) => validity));
      return [{ person, account, role, validities }];
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
export function remaining({ validities }: Holding, now: Instant): readonly Validity[] {
  return validities.filter((validity) => !isOver(validity, now));
}
