import { AccessMap } from "../../../src/access/page/access-map";
import type { HeldData, PageData, RowData } from "../../../src/access/page/map-data";
import { NO_FILTERS, type MapFilters } from "../../../src/access/page/filters";
import { selectRoles, selectRows, type ShownHeld } from "../../../src/access/page/selection";
import { encodeSurface } from "../../../src/access/page/surface-code";

export const MAP_OPENED_AT = Date.parse("2026-11-20T12:00:00Z");

const person = (
  name: string,
  category: string,
  held: readonly HeldData[],
  more: Partial<RowData> = {},
): RowData => ({
  kind: "person",
  name,
  category,
  email: `${name}@example.com`,
  own: { role: 6 },
  held,
  ...more,
});

/** Three actions, six roles in three accounts, and one of everybody. */
export const DATA: PageData = {
  organization: "infra",
  made: "2026-11-20T12:00:00Z",
  live: [],
  bounds: "Others may refuse.",
  accounts: [
    { key: "users", id: "111111111111", environment: "identity" },
    { key: "dev", id: "222222222222", environment: "dev" },
    { key: "prod", id: "444444444444", environment: "prod" },
  ],
  roles: [
    {
      account: 1,
      label: "Developer",
      name: "infra-DeveloperR-dev",
      kind: "people",
      power: "works",
      surface: 1,
    },
    { account: 2, label: "Ops", name: "infra-OpsR-prod", kind: "people", power: "operates", surface: 0 },
    {
      account: 2,
      label: "BreakGlass",
      name: "infra-BreakGlassR-prod",
      kind: "people",
      power: "full",
      surface: 0,
    },
    {
      account: 2,
      label: "Dashboard",
      name: "infra-DashboardR-prod",
      kind: "people",
      power: "looks",
      surface: 2,
    },
    {
      account: 2,
      label: "task-web",
      name: "infra-task-web-prod",
      kind: "service",
      power: "machine",
      surface: 1,
    },
    { account: 0, label: "Power", name: "", kind: "own", power: "full", surface: 3 },
    { account: 0, label: "Own user", name: "", kind: "own", power: "looks", surface: 2 },
  ],
  rows: [
    person(
      "kim.contractor",
      "contractor",
      [{ role: 0, periods: [{ from: "2026-11-01T00:00:00Z", until: "2026-12-01T00:00:00Z" }] }],
      { project: "phoenix", sponsor: "sarah.devops" },
    ),
    person(
      "sarah.devops",
      "devops",
      [
        { role: 0 },
        { role: 1, verdict: "allowed if", conditions: "aws:SourceIp is in 192.0.2.0/24" },
        { role: 2, grants: [{ source: "breakGlass" }] },
      ],
      { own: { role: 5 } },
    ),
    person("maria.cto", "executive", [
      { role: 3, verdict: "not decidable here", conditions: "The trust is strange." },
    ]),
    person("leaver", "qa", []),
    { kind: "service", name: "ecs-tasks.amazonaws.com", category: "service", held: [{ role: 4 }] },
  ],
  surfaces: [
    encodeSurface(["everywhere", "everywhere", "everywhere"]),
    encodeSurface(["everywhere", "limited", undefined]),
    encodeSurface([undefined, undefined, undefined]),
    encodeSurface([undefined, undefined, "limited"]),
  ],
  catalogue: {
    services: [
      ["s3", "GetObject PutObject"],
      ["iam", "CreateUser"],
    ],
    levels: "RWP",
  },
};

export const MAP = new AccessMap(DATA);

const heldWords = ({ role, reach }: ShownHeld): string => (reach ? `${role.title} ${reach}` : role.title);

/** Who is shown with which roles, by name. */
export const shown = (filters: Partial<MapFilters>): Record<string, readonly string[]> =>
  Object.fromEntries(
    selectRows(MAP, { ...NO_FILTERS, ...filters }, MAP_OPENED_AT).map(({ row, held }) => [
      row.name,
      held.map(heldWords),
    ]),
  );

/** Which roles are shown with whom. */
export function shownRoles(filters: Partial<MapFilters>): Record<string, readonly string[]> {
  const all = { ...NO_FILTERS, ...filters };
  return Object.fromEntries(
    selectRoles(MAP, all, selectRows(MAP, all, MAP_OPENED_AT)).map(({ role, holders }) => [
      role.title,
      holders.map(({ row }) => row.name),
    ]),
  );
}
