import { useState } from "preact/hooks";

/** A control of the grid: the key of its row, and its position there. */
interface Place {
  readonly row: string;
  readonly index: number;
}

export interface GridNavigation {
  /** 0 for the one control that Tab reaches, -1 for all others. */
  readonly tabIndexOf: (row: string, index: number) => 0 | -1;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocusIn: (event: FocusEvent) => void;
}

const PAGE_OF_ROWS = 10;

const controlsOf = (row: Element | undefined): readonly HTMLElement[] =>
  row === undefined ? [] : [...row.querySelectorAll<HTMLElement>("button")];

const rowOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;

function destination(event: KeyboardEvent, row: HTMLElement): HTMLElement | undefined {
  const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const controls = controlsOf(row);
  const at = { row: rows.indexOf(row), control: controls.findIndex((one) => one === event.target) };
  const inRow = (position: number): HTMLElement | undefined => {
    const others = controlsOf(rows[Math.min(Math.max(position, 0), rows.length - 1)]);
    return others[Math.min(at.control, others.length - 1)];
  };
  switch (event.key) {
    case "ArrowRight":
      return controls[at.control + 1];
    case "ArrowLeft":
      return controls[at.control - 1];
    case "ArrowDown":
      return inRow(at.row + 1);
    case "ArrowUp":
      return inRow(at.row - 1);
    case "PageDown":
      return inRow(at.row + PAGE_OF_ROWS);
    case "PageUp":
      return inRow(at.row - PAGE_OF_ROWS);
    case "Home":
      return event.ctrlKey ? controlsOf(rows[0])[0] : controls[0];
    case "End":
      return event.ctrlKey ? controlsOf(rows.at(-1))[0] : controls.at(-1);
    default:
      return undefined;
  }
}

/**
 * One stop of Tab for a whole table; arrows go on from there.
 * https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function useGrid(rows: readonly string[]): GridNavigation {
  const [place, setPlace] = useState<Place>({ row: "", index: 0 });
  const current = rows.includes(place.row) ? place : { row: rows[0] ?? "", index: 0 };
  return {
    tabIndexOf: (row, index) => (row === current.row && index === current.index ? 0 : -1),
    onKeyDown: (event) => {
      const row = rowOf(event.target);
      const next = row && destination(event, row);
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    onFocusIn: ({ target }) => {
      const row = rowOf(target);
      const index = controlsOf(row ?? undefined).findIndex((one) => one === target);
      if (row?.dataset["row"] !== undefined && index >= 0) setPlace({ row: row.dataset["row"], index });
    },
  };
}
