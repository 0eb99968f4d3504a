import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { AccessMap } from "./access-map";
import type { AccountData } from "./map-data";
import { RowDetails } from "./details";
import { FilterBar } from "./filter-bar";
import { readFilters, formatFilters, writeFilters, type MapFilters } from "./filters";
import { PageHeader } from "./header";
import { RoleLegend } from "./legend";
import { PeopleTable } from "./people-table";
import { RolesTable } from "./roles-table";
import { selectRoles, selectRows, type ShownRole, type ShownRow } from "./selection";
import { countNoun } from "../../model/problems";

const MINUTE = 60_000;

/** The reader's clock in milliseconds, to the minute, or the time that somebody asked for. */
function useClock(at: string | undefined): number {
  const [now, setNow] = useState(() => (at === undefined ? Date.now() : Date.parse(at)));
  useEffect(() => {
    if (at !== undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, [at]);
  return now;
}

/** The filters, which live in the address, so that a view can be shared. */
function useFilters(): readonly [MapFilters, (change: Partial<MapFilters>) => void] {
  const [filters, setFilters] = useState(() => readFilters(location.hash));
  useEffect(() => {
    const read = (): void => setFilters(readFilters(location.hash));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const change = (some: Partial<MapFilters>): void => {
    const next = { ...filters, ...some };
    history.replaceState(null, "", writeFilters(next));
    setFilters(next);
  };
  return [filters, change];
}

/** Accounts in which somebody holds what is shown. */
function accountsIn({ data }: AccessMap, rows: readonly ShownRow[]): readonly AccountData[] {
  const used = new Set(rows.flatMap(({ held }) => held.map(({ role }) => role.account)));
  return data.accounts.filter((account) => used.has(account));
}

/** How many roles are shown; what people may do without any is none. */
function rolesText(shown: readonly ShownRole[]): string {
  const roles = shown.filter(({ role }) => role.kind !== "own").length;
  return `${countNoun(roles, "role")}${roles < shown.length ? ", and what needs none" : ""}`;
}

const isField = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement;

interface Props {
  readonly map: AccessMap;
  readonly isPrinting: boolean;
}

/** The whole page. */
export function AccessMapPage({ map, isPrinting }: Props): JSX.Element {
  const now = useClock(map.data.at);
  const [filters, change] = useFilters();
  const search = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const subject = writeFilters({ ...filters, open: "" });
  const rows = useMemo(() => selectRows(map, filters, now), [map, subject, now]);
  const roles = useMemo(() => selectRoles(map, filters, rows), [map, subject, rows]);
  // Columns stay where they are while somebody types a name; paper has no room for empty ones.
  const anybody = writeFilters({ ...filters, text: "", open: "" });
  const columns = useMemo(
    () => accountsIn(map, selectRows(map, { ...filters, text: "" }, now)),
    [map, anybody, now],
  );

  const open = (what: string): void => {
    const active = document.activeElement;
    // Going on from the details comes back to where they were opened.
    if (active instanceof HTMLElement && active.closest("aside") === null) opener.current = active;
    change({ open: what });
  };
  const close = (): void => {
    change({ open: "" });
    if (opener.current?.isConnected === true) opener.current.focus();
    else search.current?.focus();
  };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === "/" && !isField(event.target)) {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
      } else if (event.key === "Escape") {
        const { target } = event;
        if (isField(target) && target.value !== "") change({ [target.name]: "" });
        else if (filters.open !== "") close();
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });

  const shown =
    filters.view === "people"
      ? `${countNoun(rows.length, "row")} of ${map.rows.length.toLocaleString("en")}`
      : rolesText(roles);
  const narrowed = formatFilters(filters);
  return (
    <>
      <PageHeader map={map} filters={filters} now={now} onChange={change} />
      <FilterBar map={map} filters={filters} search={search} onChange={change} />
      <div class="shown">
        <p role="status">
          {shown}
          <span class="on-paper">{narrowed === "" ? "" : `, narrowed to ${narrowed}`}</span>
        </p>
        <RoleLegend map={map} />
      </div>
      <main>
        <div class="sheet">
          {filters.view === "people" ? (
            <PeopleTable
              rows={rows}
              accounts={isPrinting ? accountsIn(map, rows) : columns}
              subject={subject}
              open={filters.open}
              isPrinting={isPrinting}
              onOpen={open}
            />
          ) : (
            <RolesTable roles={roles} open={filters.open} isPrinting={isPrinting} onOpen={open} />
          )}
          {(filters.view === "people" ? rows : roles).length === 0 && (
            <p class="nothing">Nothing is left with these filters.</p>
          )}
        </div>
        {!isPrinting && (
          <RowDetails
            map={map}
            open={filters.open}
            action={filters.action}
            now={now}
            onOpen={open}
            onClose={close}
          />
        )}
      </main>
      <footer>
        {map.data.bounds} An action is asked of what a role's policies say: everywhere, or limited to some
        resources or by conditions. Times are UTC.
      </footer>
    </>
  );
}
