import type { JSX } from "preact";

import type { AccountData } from "./map-data";
import { openedRow, openedPlace } from "./opened";
import { RoleChip } from "./role-chip";
import type { ShownRow } from "./selection";
import { useGrid, type GridNavigation } from "./use-grid";
import { useRowsInSight } from "./use-rows-in-sight";

interface Props {
  readonly rows: readonly ShownRow[];
  readonly accounts: readonly AccountData[];
  /** What the rows are for, as a text. */
  readonly subject: string;
  readonly open: string;
  readonly isPrinting: boolean;
  readonly onOpen: (open: string) => void;
}

function AccountHead({ account: { key, id, environment } }: { readonly account: AccountData }): JSX.Element {
  return (
    <th scope="col" role="columnheader">
      {key}
      <small>
        {environment === key ? "" : `${environment} `}
        {id}
      </small>
    </th>
  );
}

interface RowProps extends Pick<Props, "accounts" | "open" | "onOpen"> {
  readonly shown: ShownRow;
  readonly position: number;
  readonly grid: GridNavigation;
}

function PersonRow({ shown, position, accounts, open, onOpen, grid }: RowProps): JSX.Element {
  const { row, held } = shown;
  const isOpen = openedRow(open) === row.id;
  const about = [row.category, row.home, row.project].filter((part) => part !== undefined).join(" · ");
  // Controls are counted as they stand in the row, the name first.
  let control = 0;
  return (
    <tr role="row" data-row={row.id} aria-rowindex={position + 2} class={isOpen ? "open" : ""}>
      <th scope="row" role="rowheader">
        <button
          type="button"
          class="name"
          tabIndex={grid.tabIndexOf(row.id, 0)}
          aria-expanded={isOpen}
          onClick={() => onOpen(row.id)}
        >
          {row.name}
        </button>
        <small>{about}</small>
      </th>
      {accounts.map((account) => (
        <td key={account.key} role="gridcell" data-column={account.key}>
          {held
            .filter(({ role }) => role.account === account)
            .map((one) => {
              control += 1;
              return (
                <RoleChip
                  key={`${one.role.label} ${one.through?.join() ?? ""}`}
                  held={one}
                  tabIndex={grid.tabIndexOf(row.id, control)}
                  onOpen={() => onOpen(openedPlace(row, one.role))}
                />
              );
            })}
        </td>
      ))}
    </tr>
  );
}

/** People by accounts. */
export function PeopleTable({ rows, accounts, subject, open, isPrinting, onOpen }: Props): JSX.Element {
  const grid = useGrid(rows.map(({ row }) => row.id));
  const { drawn, sentinel } = useRowsInSight(rows.length, subject, isPrinting);
  return (
    <table
      role="grid"
      aria-label="People by accounts"
      aria-rowcount={rows.length + 1}
      onKeyDown={grid.onKeyDown}
      onFocusIn={grid.onFocusIn}
    >
      <thead>
        <tr role="row">
          <th scope="col" role="columnheader">
            Who
          </th>
          {accounts.map((account) => (
            <AccountHead key={account.key} account={account} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, drawn).map((shown, position) => (
          <PersonRow
            key={shown.row.id}
            shown={shown}
            position={position}
            accounts={accounts}
            open={open}
            onOpen={onOpen}
            grid={grid}
          />
        ))}
        {drawn < rows.length && (
          <tr ref={sentinel} class="more">
            <td colSpan={accounts.length + 1}>more below …</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
