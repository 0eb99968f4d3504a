import type { AccountBlueprint } from "../documents/blueprint";
import type { HeldPeriod } from "../history/timeline";
import type { Category } from "../model/categories";
import { isOver, isUndated, type Instant, type Validity } from "../model/dates";
import { groupBy } from "../model/group-by";
import { remainingValidities } from "../model/holdings";
import type { Model } from "../model/model";
import { hasLeft, managerWords, type Person } from "../model/person";
import type { IamPrincipal } from "./review-finding";

/** The person, partner or machine that a row is about. */
export type HolderKind = "person" | "partner" | "service" | "pipeline";

/** Full IAM in the identity account without a role. */
export const POWER_ROLE = "PowerG";
/** The role in the row of a user who holds no other: they may manage themselves. */
export const USER_ROLE = "User";

/** One holder's access to one role of one account, to be confirmed, changed or removed. */
export interface AccessRow {
  readonly kind: HolderKind;
  /** A person's name, a partner's, a service's or the pipeline's. */
  readonly who: string;
  /** The account's key. */
  readonly account: string;
  readonly role: string;
  /** What the row is about in IAM, where nobody of the roster holds it; absent of people. */
  readonly principal?: IamPrincipal;
  readonly category?: Category;
  /** A person's manager, or a contractor's sponsor. */
  readonly manager?: string;
  /** The sections of the roster whose entries grant it: `access`, `temporary`, … */
  readonly sources: readonly string[];
  /** When the access holds, where it has dates; past periods are left out. */
  readonly periods: readonly Validity[];
  readonly reasons: readonly string[];
  /** Since when the holder has had it without a break, from the roster's history; absent where the history does not tell. */
  readonly since?: Instant;
  /** The commits that wrote its entries in that time and those to come, the oldest first; empty where the history does not tell. */
  readonly commits: readonly string[];
  readonly approvedBy: readonly string[];
}

/** What identifies a row. */
export type RowKey = Pick<AccessRow, "kind" | "who" | "account" | "role">;

export const rowKey = ({ kind, who, account, role }: RowKey): string =>
  JSON.stringify([kind, who, account, role]);

/** `sarah.devops, prod/Ops`. */
export const rowTitle = ({ who, account, role }: Omit<RowKey, "kind">): string =>
  `${who}, ${account}/${role}`;

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

type Held = Pick<HeldPeriod, "who" | "account" | "role">;

const heldKey = ({ who, account, role }: Held): string => JSON.stringify([who, account, role]);

/** Finds who held what, from the roster's history. */
class Past {
  private readonly byKey: ReadonlyMap<string, readonly HeldPeriod[]>;

  constructor(
    periods: readonly HeldPeriod[],
    private readonly now: Instant,
  ) {
    this.byKey = groupBy(periods, heldKey);
  }

  /** Finds the unbroken time up to now, for access that has not begun the next time, and the commits of that time and of all to come. */
  of(held: Held): Pick<AccessRow, "since" | "commits"> {
    const periods = [...(this.byKey.get(heldKey(held)) ?? [])].sort((one, other) =>
      one.from < other.from ? 1 : -1,
    );
    const begun = periods.filter(({ from }) => from <= this.now);
    const later = periods.filter(({ from }) => from > this.now);
    const unbroken: HeldPeriod[] = [];
    for (const period of begun) {
      const reach = unbroken.at(-1)?.from ?? this.now;
      if (period.until === undefined || period.until >= reach) unbroken.push(period);
    }
    const first = unbroken.at(-1) ?? later.at(-1);
    // People who prolonged an entry granted it as much as its first writer.
    const written = [...later, ...unbroken].reverse().flatMap(({ grantedBy }) => grantedBy?.id ?? []);
    return { ...(first && { since: first.from }), commits: distinct(written) };
  }
}

const personWords = ({ category, manager, contract }: Person): Pick<AccessRow, "category" | "manager"> => ({
  category,
  ...(contract !== undefined && { manager: contract.sponsor }),
  ...(contract === undefined && manager !== undefined && { manager: managerWords(manager) }),
});

function personRows(model: Model, past: Past): readonly AccessRow[] {
  const { now, people, holdings, power, organization } = model;
  const entriesOf = groupBy(
    model.grants.filter(({ validity }) => !isOver(validity, now)),
    ({ person, account, role }) => heldKey({ who: person, account, role }),
  );
  const holdingsOf = groupBy(holdings.all, ({ person }) => person);
  return people.flatMap((person): readonly AccessRow[] => {
    const { name, contract } = person;
    const common = { kind: "person", who: name, ...personWords(person) } as const;
    const forContract = contract?.approvedBy ?? [];
    const own = (holdingsOf.get(name) ?? []).flatMap((holding): readonly AccessRow[] => {
      const periods = remainingValidities(holding, now);
      if (periods.length === 0) return [];
      const held = { who: name, account: holding.account, role: holding.role };
      const entries = entriesOf.get(heldKey(held)) ?? [];
      return [
        {
          ...common,
          ...held,
          sources: distinct(entries.map(({ source }) => source)),
          periods: periods.filter((validity) => !isUndated(validity)),
          reasons: distinct(entries.flatMap(({ reason }) => reason ?? [])),
          approvedBy: distinct([...forContract, ...entries.flatMap(({ approvedBy }) => approvedBy ?? [])]),
          ...past.of(held),
        },
      ];
    });
    const account = organization.identity.key;
    const inIdentity = { ...common, account, periods: [], reasons: [], commits: [], approvedBy: forContract };
    const ofPower = {
      ...inIdentity,
      role: POWER_ROLE,
      sources: ["power"],
      ...past.of({ who: name, account, role: POWER_ROLE }),
    };
    const all = [...own, ...(power.includes(name) && !hasLeft(person, now) ? [ofPower] : [])];
    return all.length > 0 ? all : [{ ...inIdentity, role: USER_ROLE, sources: ["people"] }];
  });
}

const machineRow = (
  kind: HolderKind,
  who: string,
  account: string,
  role: string,
  principal: IamPrincipal,
  source: string,
): AccessRow => ({
  kind,
  who,
  account,
  role,
  principal,
  sources: [source],
  periods: [],
  reasons: [],
  commits: [],
  approvedBy: [],
});

function machineRows(blueprints: readonly AccountBlueprint[], past: Past): readonly AccessRow[] {
  return blueprints.flatMap(({ account: { key }, partnerRoles, workloadRoles, pipeline }) => [
    ...partnerRoles.map(({ partner, role, name }) => ({
      ...machineRow("partner", partner, key, role, { kind: "role", name }, "partners"),
      ...past.of({ who: partner, account: key, role }),
    })),
    ...workloadRoles.map(({ service, name }) =>
      machineRow("service", service, key, name, { kind: "role", name }, "workloads"),
    ),
    ...(pipeline?.roles ?? []).map(({ role, name }) =>
      machineRow("pipeline", "pipeline", key, role, { kind: "role", name }, "organization"),
    ),
    ...(pipeline?.users ?? []).map(({ name }) =>
      machineRow("pipeline", "pipeline", key, `user ${name}`, { kind: "user", name }, "organization"),
    ),
  ]);
}

/** One row for each person, account and role of the model, then those of partners, services and the pipeline. */
export function accessRows(
  model: Model,
  blueprints: readonly AccountBlueprint[],
  periods: readonly HeldPeriod[],
): readonly AccessRow[] {
  const past = new Past(periods, model.now);
  return [...personRows(model, past), ...machineRows(blueprints, past)];
}
