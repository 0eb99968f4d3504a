import type { JSX } from "preact";

import type { AccessMap } from "./access-map";
import { writeFilters, MAP_MARKS, MAP_VIEWS, type MapFilters, type MapMark } from "./filters";
import { isMarked } from "./selection";
import { findTiming } from "./timing";
import { countNoun } from "../../model/problems";
import { formatMoment } from "./map-text";

interface Props {
  readonly map: AccessMap;
  readonly filters: MapFilters;
  readonly now: number;
  readonly onChange: (change: Partial<MapFilters>) => void;
}

const MARK_KEYS = Object.keys(MAP_MARKS).filter((key): key is MapMark => key in MAP_MARKS);

/** How many rows have a mark. */
function marked(map: AccessMap, mark: MapMark, now: number): number {
  return map.rows.filter(({ own, held }) =>
    [...(own ? [own] : []), ...held].some((one) => isMarked(mark, one, findTiming(one.periods, now))),
  ).length;
}

function origin({ live, accounts }: AccessMap["data"]): string {
  if (live.length === 0) return "what the roster says";
  const rest = accounts.map(({ key }) => key).filter((key) => !live.includes(key));
  return `${live.join(", ")} as AWS had them${rest.length === 0 ? "" : `; ${rest.join(", ")} as the roster says`}`;
}

/** A moment that stays on one line. */
const Moment = ({ at }: { readonly at: string }): JSX.Element => (
  <time dateTime={at}>{formatMoment(at)}</time>
);

function ClockWords({ at, now }: { readonly at: string | undefined; readonly now: number }): JSX.Element {
  const isAskedFor = at !== undefined;
  return (
    <>
      days are counted to {isAskedFor ? "" : "your clock, "}
      <Moment at={at ?? new Date(now).toISOString()} />
      {isAskedFor ? ", which was asked for" : ""}
    </>
  );
}

/** What the page is of, when it was made and from what, and how much of everything there is. */
export function PageHeader({ map, filters, now, onChange }: Props): JSX.Element {
  const { data, rows, roles } = map;
  const people = rows.filter(({ kind }) => kind === "person").length;
  const counts = [
    countNoun(people, "person", "people"),
    ...(people < rows.length ? [countNoun(rows.length - people, "other")] : []),
    countNoun(data.accounts.length, "account"),
    countNoun(roles.filter(({ kind }) => kind !== "own").length, "role"),
  ];
  const tallies = MARK_KEYS.map((mark) => ({ mark, rows: marked(map, mark, now) }));
  return (
    <header>
      <div class="title">
        <h1>
          Access map <span>{data.organization}</span>
        </h1>
        <p>
          {counts.join(" · ")} · made <Moment at={data.made} /> from {origin(data)};{" "}
          <ClockWords at={data.at} now={now} />
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
              <strong>{tally.rows.toLocaleString("en")}</strong> {MAP_MARKS[tally.mark]}
            </button>
          ))}
      </div>
      <nav aria-label="View">
        {MAP_VIEWS.map((view) => (
          <a
            key={view}
            href={writeFilters({ ...filters, view, open: "" })}
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
