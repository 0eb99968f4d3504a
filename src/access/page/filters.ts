/** Marks by which the map can be narrowed. */
export const MAP_MARKS = {
  power: "power",
  breakGlass: "break-glass",
  dated: "dated",
  soon: "end within 14 days",
  conditions: "under conditions",
  undecided: "not decidable here",
  through: "through other roles",
  unexpected: "not as the roster says",
  passedOver: "passed over",
} as const;

export type MapMark = keyof typeof MAP_MARKS;

export const MAP_VIEWS = ["people", "roles"] as const;
export type MapView = (typeof MAP_VIEWS)[number];

export const MAP_SORTS = { name: "name", ending: "what ends first", power: "what is most powerful" } as const;
export type MapSort = keyof typeof MAP_SORTS;

/** What the reader has set; empty texts and lists narrow nothing. */
export interface MapFilters {
  readonly view: MapView;
  readonly text: string;
  readonly category: string;
  readonly account: string;
  readonly roles: readonly string[];
  readonly action: string;
  readonly mark: MapMark | "";
  readonly sort: MapSort;
  /** The person or role whose details are open: `person:sarah.devops`, `role:prod/Ops`. */
  readonly open: string;
}

export const NO_FILTERS: MapFilters = {
  view: "people",
  text: "",
  category: "",
  account: "",
  roles: [],
  action: "",
  mark: "",
  sort: "name",
  open: "",
};

const oneOf = <T extends string>(known: readonly T[], text: string): T | undefined =>
  known.find((one) => one === text);

const keysOf = <T extends object>(table: T): readonly (keyof T & string)[] =>
  Object.keys(table).filter((key): key is keyof T & string => key in table);

/** Reads filters from an address's hash; unknown parts narrow nothing. */
export function readFilters(hash: string): MapFilters {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (key: string): string => values.get(key) ?? "";
  return {
    view: oneOf(MAP_VIEWS, text("view")) ?? NO_FILTERS.view,
    text: text("q"),
    category: text("category"),
    account: text("account"),
    roles: values.getAll("role"),
    action: text("action"),
    mark: oneOf(keysOf(MAP_MARKS), text("mark")) ?? "",
    sort: oneOf(keysOf(MAP_SORTS), text("sort")) ?? NO_FILTERS.sort,
    open: text("open"),
  };
}

/** The hash for an address that brings the same view back; `#` where nothing is set. */
export function writeFilters({
  view,
  text,
  category,
  account,
  roles,
  action,
  mark,
  sort,
  open,
}: MapFilters): string {
  const values = new URLSearchParams();
  const set = (key: string, value: string, otherwise = ""): void => {
    if (value !== otherwise) values.append(key, value);
  };
  set("view", view, NO_FILTERS.view);
  set("q", text);
  set("category", category);
  set("account", account);
  for (const role of roles) set("role", role);
  set("action", action);
  set("mark", mark);
  set("sort", sort, NO_FILTERS.sort);
  set("open", open);
  return `#${values.toString()}`;
}

/** What is set, in words: for a page on paper. */
export function formatFilters({ text, category, account, roles, action, mark }: MapFilters): string {
  return [
    text && `"${text}"`,
    category && `category ${category}`,
    account && `account ${account}`,
    roles.length > 0 && `role ${roles.join(" or ")}`,
    action && `may ${action}`,
    mark && MAP_MARKS[mark],
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(", ");
}
