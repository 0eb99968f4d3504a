import type { Model } from "../../model/model";
import type { Role } from "../../model/roles";
import { groupBy } from "../../model/group-by";
import type { AccessLevel } from "../actions/aws-action";
import type { ActionCatalogue } from "../actions/catalogue";
import type { AdmittedPrincipal } from "../admitted-principals";
import type { Deviations } from "../deviations";
import { formatAdmitted } from "../diff/admissions";
import { findRoleSurface, type RoleSurface } from "../actions/surface";
import type { IamAccount, IamRole, IamUser, RoleKind } from "../iam/iam-account";
import { roleTitle } from "../iam/iam-account";
import type { IamAccounts } from "../iam/iam-accounts";
import type { IamPolicy } from "../iam/iam-policy";
import type {
  CatalogueData,
  GrantData,
  HeldData,
  LevelLetter,
  PageData,
  PowerLevel,
  RoleData,
  RowData,
  RowKind,
} from "../page/map-data";
import { encodeSurface } from "../page/surface-code";
import type { GrantReason, RoleRecord, UserRecord } from "./access-record";
import { UNSEEN_BOUNDS, CHAINED_SESSIONS, formatRolePath } from "./can-text";

/** Everybody who gets in, and where that differs from the roster. */
export interface PageAccess {
  readonly users: readonly UserRecord[];
  readonly admitted: readonly AdmittedPrincipal[];
  /** Only where accounts were read. */
  readonly differing?: Deviations;
}

/** What a page is about. */
export interface PageSubject extends PageAccess {
  readonly model: Model;
  readonly accounts: IamAccounts;
  /** Keys of the accounts that were read from AWS. */
  readonly live: readonly string[];
  readonly catalogue: ActionCatalogue;
  /** ISO instant of the page's making. */
  readonly made: string;
  /** ISO instant that stands in for the reader's clock. */
  readonly at?: string;
}

/** The power of each role of the catalogue, as a person would judge it. */
const POWER_OF_ROLE: Readonly<Record<Role, PowerLevel>> = {
  Admin: "full",
  BreakGlass: "full",
  Ops: "operates",
  Dba: "operates",
  DbRead: "works",
  Developer: "works",
  Analyst: "works",
  Read: "looks",
  Security: "looks",
  Monitor: "looks",
  Dashboard: "looks",
  DataShare: "machine",
  ExternalSystem: "machine",
};

const isCatalogueRole = (label: string): label is Role => label in POWER_OF_ROLE;

/** A principal that may attach any policy to any role may do everything, whatever its role is called. */
const GIVES_EVERYTHING = "iam:AttachRolePolicy";

function powerOf(kind: RoleKind, label: string, surface: RoleSurface): PowerLevel {
  if (surface.get(GIVES_EVERYTHING)?.reach === "everywhere") return "full";
  if (kind === "people" && isCatalogueRole(label)) return POWER_OF_ROLE[label];
  return kind === "other" || kind === "people" ? "unknown" : "machine";
}

const LETTER = {
  List: "L",
  Read: "R",
  Tagging: "T",
  Write: "W",
  "Permissions management": "P",
} as const satisfies Record<AccessLevel, LevelLetter>;

/** Actions by service, in the order in which surfaces tell of them. */
function catalogueData({ actions }: ActionCatalogue): CatalogueData {
  const byService = groupBy(actions, ({ id }) => id.slice(0, id.indexOf(":")));
  const all = [...byService.values()].flat();
  return {
    services: [...byService].map(([service, own]) => [
      service,
      own.map(({ id }) => id.slice(service.length + 1)).join(" "),
    ]),
    levels: all.map(({ level }) => LETTER[level]).join(""),
  };
}

/** The documents that decide how far actions reach, without the parts that differ from account to account. */
function likeness({ policies, boundary }: Pick<IamRole, "policies" | "boundary">): string {
  const of = ({ statements }: IamPolicy): unknown =>
    statements.map(({ effect, actions, notActions, resources, conditions }) => [
      effect,
      actions,
      notActions,
      resources.includes("*"),
      conditions.map(({ key }) => key.toLowerCase() === "aws:userid"),
    ]);
  return JSON.stringify([policies.map(of), boundary ? of(boundary) : "no boundary"]);
}

/** Surfaces of roles, each kind of them looked at once. */
class Surfaces {
  readonly codes: string[] = [];
  private readonly known = new Map<string, { readonly surface: RoleSurface; readonly position: number }>();
  private readonly order: readonly string[];

  constructor(private readonly catalogue: ActionCatalogue) {
    this.order = [...groupBy(catalogue.actions, ({ id }) => id.slice(0, id.indexOf(":"))).values()]
      .flat()
      .map(({ id }) => id);
  }

  of(role: Pick<IamRole, "policies" | "boundary">): {
    readonly surface: RoleSurface;
    readonly position: number;
  } {
    const key = likeness(role);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const surface = findRoleSurface(role, this.catalogue);
    const found = { surface, position: this.positionOf(surface) };
    this.known.set(key, found);
    return found;
  }

  private positionOf(surface: RoleSurface): number {
    const code = encodeSurface(this.order.map((id) => surface.get(id)?.reach));
    const position = this.codes.indexOf(code);
    return position === -1 ? this.codes.push(code) - 1 : position;
  }
}

const KIND_OF_USER = { person: "person", pipeline: "pipeline", other: "other" } as const satisfies Record<
  IamUser["kind"],
  RowKind
>;

/** What stands for a category where nobody has one. */
const CATEGORY_OF = {
  person: "not in the roster",
  other: "not in the roster",
  partner: "partner",
  service: "service",
  pipeline: "pipeline",
} as const satisfies Record<RowKind, string>;

function grantsOf(grants: readonly GrantReason[]): Pick<HeldData, "grants"> {
  const distinct = new Map(grants.map((grant): [string, GrantData] => [JSON.stringify(grant), grant]));
  return distinct.size === 0 ? {} : { grants: [...distinct.values()] };
}

/** Builds the data of the page: the matrix, others whom trusts admit, and what every role may do. */
export function pageData(subject: PageSubject): PageData {
  const { model, accounts, live, users, admitted, differing, catalogue, made, at } = subject;
  const unexpected = new Unexpected(differing);
  const surfaces = new Surfaces(catalogue);
  const roles: RoleData[] = [];
  const positions = new Map<string, number>();

  const accountPosition = (account: IamAccount): number => accounts.all.indexOf(account);
  const addRole = (key: string, role: RoleData): number => {
    const position = positions.get(key) ?? roles.push(role) - 1;
    positions.set(key, position);
    return position;
  };

  for (const { account, role } of accounts.roles) {
    const { surface, position } = surfaces.of(role);
    addRole(roleTitle(account, role), {
      account: accountPosition(account),
      label: role.label,
      name: role.name,
      kind: role.kind,
      power: powerOf(role.kind, role.label, surface),
      surface: position,
      ...passedOverWords(differing, roleTitle(account, role)),
    });
  }

  const heldRole = (name: string, record: RoleRecord): readonly HeldData[] => {
    const { account, role, through, verdict, periods, conditions, grants } = record;
    const position = positions.get(`${account}/${role}`);
    if (position === undefined) return [];
    return [
      {
        role: position,
        ...(through && { through }),
        ...(unexpected.hasAccess(name, record) && { unexpected: true as const }),
        ...(verdict !== "allowed" && { verdict }),
        ...(periods && { periods }),
        ...(conditions !== undefined && periods === undefined && { conditions }),
        ...grantsOf(grants),
      },
    ];
  };

  const ownOf = (account: IamAccount, user: IamUser, hasPower: boolean): HeldData => {
    const { position } = surfaces.of(user);
    const role = addRole(`${account.key} own ${position} ${hasPower ? "power" : ""}`, {
      account: accountPosition(account),
      label: hasPower ? "Power" : "Own user",
      name: "",
      kind: "own",
      power: hasPower ? "full" : "looks",
      surface: position,
    });
    return { role };
  };

  const placed = new Map(accounts.users.map((one) => [`${one.account.key} ${one.user.name}`, one]));
  const userRow = ({
    name,
    account,
    category,
    email,
    project,
    sponsor,
    manager,
    power,
    roles: held,
  }: UserRecord): RowData => {
    const found = placed.get(`${account} ${name}`);
    const kind = found === undefined ? "other" : KIND_OF_USER[found.user.kind];
    return {
      kind,
      name,
      category: category ?? CATEGORY_OF[kind],
      ...(email !== undefined && { email }),
      ...(kind !== "person" && { home: account }),
      ...(project !== undefined && { project }),
      ...(sponsor !== undefined && { sponsor }),
      ...(manager !== undefined && { manager }),
      ...(found && { own: ownOf(found.account, found.user, power) }),
      held: held.flatMap((record) => heldRole(name, record)),
    };
  };

  return {
    organization: model.organization.prefix,
    made,
    ...(at !== undefined && { at }),
    live,
    bounds: `${UNSEEN_BOUNDS} ${CHAINED_SESSIONS}`,
    accounts: accounts.all.map(({ key, id, environment }) => ({ key, id, environment })),
    rows: [...users.map(userRow), ...principalRows(admitted, positions, unexpected)],
    roles,
    surfaces: surfaces.codes,
    catalogue: catalogueData(catalogue),
  };
}

const KIND_OF_ADMITTED = {
  people: "other",
  partner: "partner",
  service: "service",
  pipeline: "pipeline",
  other: "other",
} as const satisfies Record<RoleKind, RowKind>;

/** Finds why a role that is not in the roster is allowed: as which kind, and what nobody compared. */
function passedOverWords(differing: Deviations | undefined, title: string): Pick<RoleData, "passedOver"> {
  const kind = differing?.passedOver.find(({ names }) => names.includes(title));
  return kind === undefined ? {} : { passedOver: `${kind.kind}. ${kind.reason}` };
}

/** The access and the principals that differ from the roster. */
class Unexpected {
  private readonly access: ReadonlySet<string>;
  private readonly principals: ReadonlySet<string>;

  constructor(differing: Deviations | undefined) {
    this.access = new Set(
      differing?.access.map(
        ({ person, account, role, through }) => `${person} ${account}/${role}${formatRolePath(through)}`,
      ),
    );
    this.principals = new Set(
      differing?.trust.flatMap(({ role, admits }) => admits.map((words) => `${role} ${words}`)),
    );
  }

  hasAccess(name: string, { account, role, through }: RoleRecord): boolean {
    return this.access.has(`${name} ${account}/${role}${formatRolePath(through)}`);
  }

  hasPrincipal(principal: AdmittedPrincipal): boolean {
    return this.principals.has(`${principal.title} ${formatAdmitted(principal)}`);
  }
}

/** Lists everybody besides users whom roles admit: one row for each principal and kind of role. */
function principalRows(
  admitted: readonly AdmittedPrincipal[],
  positions: ReadonlyMap<string, number>,
  unexpected: Unexpected,
): readonly RowData[] {
  const rows = new Map<string, { readonly row: RowData; readonly held: HeldData[] }>();
  for (const principal of admitted) {
    const { who, title, conditions, through } = principal;
    const position = positions.get(title);
    if (position === undefined) continue;
    const kind = KIND_OF_ADMITTED[principal.kind];
    const key = `${kind} ${who}`;
    const held: HeldData = {
      role: position,
      ...(through && { through }),
      ...(unexpected.hasPrincipal(principal) && { unexpected: true }),
      ...(conditions !== undefined && { verdict: "allowed if", conditions }),
    };
    const known = rows.get(key);
    if (known !== undefined) known.held.push(held);
    else rows.set(key, { row: { kind, name: who, category: CATEGORY_OF[kind], held: [] }, held: [held] });
  }
  return [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { row, held }]) => ({ ...row, held }));
}
