import type { JSX } from "preact";

import { POWER_LEVELS } from "./map-data";
import { MAP_MARKS } from "./filters";
import { openedPlace } from "./opened";
import { describeRoleChip } from "./role-chip";
import { RoleName } from "./role-name";
import type { ShownRole } from "./selection";
import { endsSoon, timingMark } from "./timing";
import { useGrid, type GridNavigation } from "./use-grid";
import { countNoun } from "../../model/problems";

/** The rest of more holders is counted, except on paper. */
const MOST_NAMES = 24;

interface Props {
  readonly roles: readonly ShownRole[];
  readonly open: string;
  readonly isPrinting: boolean;
  readonly onOpen: (open: string) => void;
}

interface RowProps extends Omit<Props, "roles"> {
  readonly shown: ShownRole;
  readonly grid: GridNavigation;
}

function RoleRow({ shown: { role, holders }, open, isPrinting, onOpen, grid }: RowProps): JSX.Element {
  const names = isPrinting ? holders : holders.slice(0, MOST_NAMES);
  const rest = holders.length - names.length;
  const isOpen = open === `role:${role.title}`;
  const passed = role.passedOver === undefined ? undefined : MAP_MARKS.passedOver;
  const openRole = (): void => onOpen(`role:${role.title}`);
  return (
    <tr role="row" data-row={role.title} class={isOpen ? "open" : holders.length === 0 ? "empty" : ""}>
      <th scope="row" role="rowheader">
        <button
          type="button"
          class={`chip ${role.power}`}
          tabIndex={grid.tabIndexOf(role.title, 0)}
          aria-expanded={isOpen}
          aria-label={[role.title, POWER_LEVELS[role.power].words, passed]
            .filter((part) => part !== undefined)
            .join(", ")}
          onClick={openRole}
        >
          <RoleName power={role.power} name={role.title} />
          {passed !== undefined && <span class="badge">{passed}</span>}
        </button>
      </th>
      <td role="gridcell" data-column="Holders">
        {holders.length === 0 ? "nobody" : holders.length.toLocaleString("en")}
      </td>
      <td role="gridcell">
        {names.map(({ row, held }, index) => {
          const mark = [
            timingMark(held.timing),
            held.reach,
            held.through && `through ${held.through.join(", ")}`,
            held.unexpected && MAP_MARKS.unexpected,
          ].filter((part) => part !== undefined && part !== "");
          return (
            <button
              key={`${row.id} ${held.through?.join() ?? ""}`}
              type="button"
              class="holder"
              tabIndex={grid.tabIndexOf(role.title, index + 1)}
              aria-label={`${row.name}: ${describeRoleChip(held)}`}
              onClick={() => onOpen(openedPlace(row, role))}
            >
              <span class="label">{row.name}</span>
              {mark.length > 0 && (
                <span class={endsSoon(held.timing) || held.unexpected === true ? "badge soon" : "badge"}>
                  {mark.join(", ")}
                </span>
              )}
            </button>
          );
        })}
        {rest > 0 && (
          <button
            type="button"
            class="holder"
            tabIndex={grid.tabIndexOf(role.title, names.length + 1)}
            onClick={openRole}
          >
            <span class="label">and {countNoun(rest, "other")} …</span>
          </button>
        )}
      </td>
    </tr>
  );
}

/** Roles with those who get into them. */
export function RolesTable({ roles, ...rest }: Props): JSX.Element {
  const grid = useGrid(roles.map(({ role }) => role.title));
  return (
    <table
      role="grid"
      class="roles"
      aria-label="Roles and their holders"
      onKeyDown={grid.onKeyDown}
      onFocusIn={grid.onFocusIn}
    >
      <thead>
        <tr role="row">
          {["Role", "Holders", "Who gets in"].map((head) => (
            <th key={head} scope="col" role="columnheader">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {roles.map((shown) => (
          <RoleRow key={shown.role.title} shown={shown} grid={grid} {...rest} />
        ))}
      </tbody>
    </table>
  );
}
