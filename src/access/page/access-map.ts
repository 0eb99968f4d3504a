import { ActionIndex } from "./action-index";
import {
  POWER_LEVELS,
  type AccountData,
  type HeldData,
  type PageData,
  type RoleData,
  type RowData,
} from "./map-data";
import { decodeSurface, type SurfaceList } from "./surface-code";

/** A role with its account, as a person names it. */
export interface MapRole extends Omit<RoleData, "account" | "surface"> {
  readonly account: AccountData;
  /** `prod/Ops`. */
  readonly title: string;
  /** What the filter of roles calls it: its label for people's roles, its kind for others. */
  readonly family: string;
  readonly surface: SurfaceList;
}

export interface MapAccess extends Omit<HeldData, "role"> {
  readonly role: MapRole;
}

export interface MapRow extends Omit<RowData, "held" | "own"> {
  readonly held: readonly MapAccess[];
  readonly own: MapAccess | undefined;
  /** `person:sarah.devops`; no other row has it. */
  readonly id: string;
  /** What the search looks at, in small letters. */
  readonly searched: string;
}

const FAMILIES = {
  partner: "Partners",
  service: "Services",
  pipeline: "Pipelines",
  other: "Others",
} as const;

const familyOf = ({ kind, label }: RoleData): string =>
  kind === "people" || kind === "own" ? label : FAMILIES[kind];

const POWER_ORDER = Object.keys(POWER_LEVELS);

/** The data of the page, put together. */
export class AccessMap {
  readonly actions: ActionIndex;
  readonly roles: readonly MapRole[];
  readonly rows: readonly MapRow[];
  /** One role of each family that somebody holds, the most powerful first. */
  readonly families: readonly MapRole[];
  readonly categories: readonly string[];
  private readonly rowsById: ReadonlyMap<string, MapRow>;
  private readonly rolesByTitle: ReadonlyMap<string, MapRole>;

  constructor(readonly data: PageData) {
    this.actions = new ActionIndex(data.catalogue);
    const surfaces = data.surfaces.map(decodeSurface);
    this.roles = data.roles.flatMap((role) => {
      const account = data.accounts[role.account];
      if (account === undefined) return [];
      const surface = surfaces[role.surface] ?? [];
      return [{ ...role, account, title: `${account.key}/${role.label}`, family: familyOf(role), surface }];
    });
    this.rows = data.rows.map((row) => this.rowOf(row));
    this.rowsById = new Map(this.rows.map((row) => [row.id, row]));
    this.rolesByTitle = new Map(this.roles.map((role) => [role.title, role]));
    const held = new Set(
      this.rows.flatMap(({ own, held }) => [...(own ? [own] : []), ...held].map(({ role }) => role.family)),
    );
    const families = new Map(this.roles.map((role) => [role.family, role] as const).reverse());
    this.families = [...families.values()]
      .reverse()
      .filter(({ family }) => held.has(family))
      .sort((one, other) => POWER_ORDER.indexOf(one.power) - POWER_ORDER.indexOf(other.power));
    this.categories = [...new Set(this.rows.map(({ category }) => category))];
  }

  row(id: string): MapRow | undefined {
    return this.rowsById.get(id);
  }

  role(title: string): MapRole | undefined {
    return this.rolesByTitle.get(title);
  }

  private heldOf(held: HeldData): readonly MapAccess[] {
    const role = this.roles[held.role];
    return role === undefined ? [] : [{ ...held, role }];
  }

  private rowOf(row: RowData): MapRow {
    const { name, email, project, sponsor, manager, kind, home } = row;
    const held = row.held.flatMap((one) => this.heldOf(one));
    const [own] = row.own === undefined ? [] : this.heldOf(row.own);
    const labels = kind === "person" ? [] : held.map(({ role }) => role.label);
    return {
      ...row,
      held,
      own,
      id: `${kind}:${home === undefined ? "" : `${home}/`}${name}`,
      searched: [name, email, project, sponsor, manager, ...labels].join("\n").toLowerCase(),
    };
  }
}
