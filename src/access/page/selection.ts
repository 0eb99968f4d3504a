import { farthestReach, type AskedActions } from "./action-index";
import type { AccessMap, MapAccess, MapRole, MapRow } from "./access-map";
import { POWER_LEVELS, type PageReach } from "./map-data";
import type { MapFilters, MapMark } from "./filters";
import type { SurfaceList } from "./surface-code";
import { endsSoon, findTiming, type AccessTiming } from "./timing";

/** A role of a row that the filters let through. */
export interface ShownHeld extends MapAccess {
  readonly timing: AccessTiming;
  /** How far the action reaches that the reader asked for. */
  readonly reach?: PageReach;
}

export interface ShownRow {
  readonly row: MapRow;
  readonly held: readonly ShownHeld[];
}

/** A role with those who get into it. */
export interface ShownRole {
  readonly role: MapRole;
  readonly holders: readonly { readonly row: MapRow; readonly held: ShownHeld }[];
}

/** Whether this is what a user may do without a role, and it includes changing what others may do. */
export const isPower = ({ role }: Pick<MapAccess, "role">): boolean =>
  role.kind === "own" && role.power === "full";

/** Whether a mark is on an access. */
export function isMarked(
  mark: MapMark,
  { role, grants, periods, conditions, verdict, through, unexpected }: MapAccess,
  timing: AccessTiming,
): boolean {
  switch (mark) {
    case "power":
      return isPower({ role });
    case "breakGlass":
      return grants?.some(({ source }) => source === "breakGlass") ?? false;
    case "dated":
      return periods !== undefined;
    case "soon":
      return endsSoon(timing);
    case "conditions":
      return conditions !== undefined && verdict === "allowed if";
    case "undecided":
      return verdict === "not decidable here";
    case "through":
      return through !== undefined;
    case "unexpected":
      return unexpected ?? false;
    case "passedOver":
      return role.passedOver !== undefined;
  }
}

/** Finds how far the reader's action reaches through roles; evaluates each kind of role once. */
class Reaches {
  private readonly known = new Map<SurfaceList, PageReach | undefined>();

  constructor(private readonly asked: AskedActions) {}

  of({ surface }: MapRole): PageReach | undefined {
    if (!this.known.has(surface)) this.known.set(surface, farthestReach(surface, this.asked));
    return this.known.get(surface);
  }

  /** A contractor is kept within their project on whatever role they hold, so nothing reaches everywhere for them. */
  for({ project }: MapRow, { role }: MapAccess): PageReach | undefined {
    const reach = this.of(role);
    return reach !== undefined && project !== undefined ? "limited" : reach;
  }
}

function reachesOf({ actions }: AccessMap, { action }: MapFilters): Reaches | undefined {
  const asked = actions.find(action);
  return asked && new Reaches(asked);
}

function shownHeld(
  row: MapRow,
  filters: MapFilters,
  reaches: Reaches | undefined,
  now: number,
): readonly ShownHeld[] {
  const own = row.own !== undefined && (reaches !== undefined || isPower(row.own)) ? [row.own] : [];
  return [...own, ...row.held].flatMap((held) => {
    const { role } = held;
    if (filters.account !== "" && role.account.key !== filters.account) return [];
    if (filters.roles.length > 0 && !filters.roles.includes(role.family)) return [];
    const timing = findTiming(held.periods, now);
    if (filters.mark !== "" && !isMarked(filters.mark, held, timing)) return [];
    if (reaches === undefined) return [{ ...held, timing }];
    const reach = reaches.for(row, held);
    return reach === undefined ? [] : [{ ...held, timing, reach }];
  });
}

const POWER_ORDER = Object.keys(POWER_LEVELS);

const endOf = ({ held }: ShownRow): number =>
  Math.min(...held.map(({ timing }) => (timing.kind === "open" ? timing.left : Infinity)));

/** Sort key with a decimal for each role, the most powerful first: 0.0019 comes before 0.019, and 0.9, for no role, is last. */
function powerOf({ held }: ShownRow): number {
  const powers = held.map(({ role }) => POWER_ORDER.indexOf(role.power)).sort();
  return Number(`0.${powers.join("")}9`);
}

/** Infinities have no difference. */
const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

function sorted(rows: readonly ShownRow[], sort: MapFilters["sort"]): readonly ShownRow[] {
  if (sort === "name") return rows;
  const value = sort === "ending" ? endOf : powerOf;
  return [...rows].sort((one, other) => compare(value(one), value(other)));
}

/** The rows that the filters let through, each with the roles that they do; `now` is in milliseconds. */
export function selectRows(map: AccessMap, filters: MapFilters, now: number): readonly ShownRow[] {
  const { text, category, account, roles, mark } = filters;
  const reaches = reachesOf(map, filters);
  const wanted = text.trim().toLowerCase();
  const needsRole = account !== "" || roles.length > 0 || mark !== "" || reaches !== undefined;
  const rows = map.rows.flatMap((row) => {
    if (category !== "" && row.category !== category) return [];
    if (wanted !== "" && !row.searched.includes(wanted)) return [];
    const held = shownHeld(row, filters, reaches, now);
    return needsRole && held.length === 0 ? [] : [{ row, held }];
  });
  return sorted(rows, filters.sort);
}

/** The same by role, in the roles' order. Roles that nobody holds are there as long as no filter asks for people. */
export function selectRoles(
  map: AccessMap,
  filters: MapFilters,
  rows: readonly ShownRow[],
): readonly ShownRole[] {
  const holders = new Map<string, { row: MapRow; held: ShownHeld }[]>();
  for (const { row, held: all } of rows) {
    for (const held of all) {
      const known = holders.get(held.role.title);
      if (known === undefined) holders.set(held.role.title, [{ row, held }]);
      else known.push({ row, held });
    }
  }
  const reaches = reachesOf(map, filters);
  const isAboutPeople = filters.text !== "" || filters.category !== "" || filters.mark !== "";
  const distinct = [...new Map(map.roles.map((role) => [role.title, role])).values()];
  return distinct.flatMap((role) => {
    const own = holders.get(role.title);
    if (own !== undefined) return [{ role, holders: own }];
    if (isAboutPeople || role.kind === "own") return [];
    if (filters.account !== "" && role.account.key !== filters.account) return [];
    if (filters.roles.length > 0 && !filters.roles.includes(role.family)) return [];
    if (reaches !== undefined && reaches.of(role) === undefined) return [];
    return [{ role, holders: [] }];
  });
}
