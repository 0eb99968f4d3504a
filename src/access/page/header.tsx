import type { JSX } from "preact";

import type { AccessMap } from "./access-map";
import { hashOf, MARKS, VIEWS, type Filters, type Mark } from "./filters";
import { isMarked } from "./selection";
import { timingOf } from "./timing";
import { count, momentWords } from "./words";

interface Props {
  readonly map: AccessMap;
  readonly filters: Filters;
  readonly now: number;
  readonly onChange: (change: Partial<Filters>) => void;
}

const MARK_KEYS = Object.keys(MARKS).filter((key): key is Mark => key in MARKS);

/** How many rows have a mark. */
function marked(map: AccessMap, mark: Mark, now: number): number {
  return map.rows.filter(({ own, held }) =>
    [...(own ? [own] : []), ...held].some((one) => isMarked(mark, one, timingOf(one.periods, now))),
  ).length;
}

function origin({ live, accounts }: AccessMap["data"]): string {
  if (live.length === 0) return "what the roster says";
  const rest = accounts.map(({ key }) => key).filter((key) => !live.includes(key));
  return `${live.join(", ")} as AWS had them${rest.length === 0 ? "" : `; ${rest.join(", ")} as the roster says`}`;
}

function clockWords({ at }: AccessMap["data"], now: number): string {
  if (at !== undefined) return `days are counted to ${momentWords(at)}, which was asked for`;
  return `days are counted to your clock, ${momentWords(new Date(now).toISOString())}`;
}

/** What the page is of, when it was made and from what, and how much of everything there is. */
export function Header({ map, filters, now, onChange }: Props): JSX.Element {
  const { data, rows, roles } = map;
  const people = rows.filter(({ kind }) => kind === "person").length;
  const counts = [
    count(people, "person", "people"),
    ...(people < rows.length ? [count(rows.length - people, "other")] : []),
    count(data.accounts.length, "account"),
    count(roles.filter(({ kind }) => kind !== "own").length, "role"),
  ];
  const tallies = MARK_KEYS.map((mark) => ({ mark, rows: marked(map, mark, now) }));
  return (
    <header>
      <div class="title">
        <h1>
          Access map <span>{data.organization}</span>
        </h1>
        <p>
          {counts.join(" · ")} · made {momentWords(data.made)} from {origin(data)}; {clockWords(data, now)}
        </p>
      </div>
      <div class="tallies" role="group" aria-label="Marks">
        {tallies
          .filter((tally) => tally.rows > 0 || tally.mark === filters.mark)
          .map((tally) => (
            <button
              key={tally.mark}
              type="button"
              class={`tally ${tally.mark}`}
              aria-pressed={filters.mark === tally.mark}
              onClick={() => onChange({ mark: filters.mark === tally.mark ? "" : tally.mark })}
            >
              <strong>{tally.rows.toLocaleString("en")}</strong> {MARKS[tally.mark]}
            </button>
          ))}
      </div>
      <nav aria-label="View">
        {VIEWS.map((view) => (
          <a
            key={view}
            href={hashOf({ ...filters, view, open: "" })}
            aria-current={filters.view === view ? "page" : undefined}
          >
            {view === "people" ? "People" : "Roles"}
          </a>
        ))}
        <button type="button" onClick={() => print()}>
          Print
        </button>
      </nav>
    </header>
  );
}
