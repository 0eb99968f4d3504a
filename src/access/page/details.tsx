import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { farthestReach } from "./action-index";
import type { AccessMap, MapAccess, MapRole, MapRow } from "./access-map";
import { LEVEL_LETTERS, POWER_LEVELS, type PageReach } from "./map-data";
import { MAP_MARKS } from "./filters";
import { askedRole, openedRow, openedPlace } from "./opened";
import { RoleName } from "./role-name";
import { isPower } from "./selection";
import { endsSoon, findTiming } from "./timing";
import { countNoun } from "../../model/problems";
import { formatGrant, formatHeldTimes } from "./map-text";

interface PanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

function Panel({ title, onClose, children }: PanelProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <aside aria-labelledby="details">
      <h2 id="details" tabIndex={-1} ref={heading}>
        {title}
      </h2>
      <button type="button" class="close" aria-label="Close details (Escape)" onClick={onClose}>
        ✕
      </button>
      {children}
    </aside>
  );
}

interface HeldProps {
  readonly held: MapAccess;
  readonly title: string;
  /** Whether this is the one that somebody asked about. */
  readonly isAsked: boolean;
  readonly now: number;
  readonly onOpen: () => void;
}

/** One access: when it is, under which conditions, and why. */
function HeldDetails({ held, title, isAsked, now, onOpen }: HeldProps): JSX.Element {
  const { role, periods, verdict, conditions, grants, through, unexpected } = held;
  const timing = findTiming(periods, now);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAsked) item.current?.scrollIntoView({ block: "nearest" });
  }, [isAsked]);
  return (
    <li ref={item} class={isAsked ? "asked" : ""}>
      <button type="button" class={`chip ${role.power}`} onClick={onOpen}>
        <RoleName power={role.power} name={title} />
      </button>
      <dl>
        <dt>When</dt>
        <dd class={endsSoon(timing) ? "soon" : ""}>{formatHeldTimes(held, timing)}</dd>
        {through !== undefined && (
          <>
            <dt>Through</dt>
            <dd>{through.join(", then ")}: an hour at most, without MFA</dd>
          </>
        )}
        {unexpected === true && (
          <>
            <dt>Roster</dt>
            <dd class="soon">{MAP_MARKS.unexpected}</dd>
          </>
        )}
        {conditions !== undefined && (
          <>
            <dt>{verdict === "not decidable here" ? "Not decidable here" : "Only if"}</dt>
            <dd>{conditions}</dd>
          </>
        )}
        {grants !== undefined && (
          <>
            <dt>Why</dt>
            {grants.map((grant) => (
              <dd key={formatGrant(grant)}>{formatGrant(grant)}</dd>
            ))}
          </>
        )}
      </dl>
    </li>
  );
}

interface PersonProps {
  readonly row: MapRow;
  /** Title of the role that somebody asked about. */
  readonly asked: string;
  readonly now: number;
  readonly onOpen: (open: string) => void;
  readonly onClose: () => void;
}

function PersonDetails({ row, asked, now, onOpen, onClose }: PersonProps): JSX.Element {
  const { name, category, email, home, project, sponsor, manager, own, held, kind } = row;
  const contract = project === undefined ? [] : [`project ${project}`, `sponsor ${sponsor ?? ""}`];
  const all = [...(own !== undefined && isPower(own) ? [own] : []), ...held];
  return (
    <Panel title={name} onClose={onClose}>
      <p>
        {[category, home && `user of ${home}`, email, ...contract, manager && `manager ${manager}`]
          .filter((part) => part !== undefined)
          .join(" · ")}
      </p>
      {own !== undefined && isPower(own) && (
        <p class="warning">
          {POWER_LEVELS.full.sign} May change what others may do, without any role: root-equivalent.
        </p>
      )}
      {project !== undefined && (
        <p>On whatever role, kept to what carries the tag Project={project}, and to finding it.</p>
      )}
      {kind !== "person" && <p>No person of the roster: a user or a principal that roles admit.</p>}
      {all.length === 0 && <p>Gets into no role.</p>}
      <ul class="held">
        {all.map((one) => (
          <HeldDetails
            key={`${one.role.title} ${one.through?.join() ?? ""}`}
            held={one}
            title={one.role.title}
            isAsked={one.role.title === asked}
            now={now}
            onOpen={() => onOpen(`role:${one.role.title}`)}
          />
        ))}
      </ul>
    </Panel>
  );
}

const REACHES: readonly PageReach[] = ["everywhere", "limited"];

/** How many actions of each level a role may do. */
function RoleActions({ role, map }: { readonly role: MapRole; readonly map: AccessMap }): JSX.Element {
  const counts = new Map<string, number>();
  for (const { index, level } of map.actions.all) {
    const reach = role.surface[index];
    if (reach !== undefined) counts.set(`${level} ${reach}`, (counts.get(`${level} ${reach}`) ?? 0) + 1);
  }
  return (
    <table class="levels">
      <caption>Actions that it may do</caption>
      <thead>
        <tr>
          <th scope="col">Level</th>
          {REACHES.map((reach) => (
            <th key={reach} scope="col">
              {reach}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.values(LEVEL_LETTERS).map((level) => (
          <tr key={level}>
            <th scope="row">{level}</th>
            {REACHES.map((reach) => (
              <td key={reach}>{(counts.get(`${level} ${reach}`) ?? 0).toLocaleString("en")}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RoleProps extends Omit<PersonProps, "row" | "asked"> {
  readonly role: MapRole;
  readonly map: AccessMap;
  /** The action that somebody asked about. */
  readonly action: string;
}

function RoleDetails({ role, map, action, now, onOpen, onClose }: RoleProps): JSX.Element {
  const asked = map.actions.find(action);
  const holders = map.rows.flatMap((row) =>
    [...(row.own ? [row.own] : []), ...row.held]
      .filter((held) => held.role.title === role.title)
      .map((held) => ({ row, held })),
  );
  return (
    <Panel title={role.title} onClose={onClose}>
      <p>
        {POWER_LEVELS[role.power].sign} {POWER_LEVELS[role.power].words}
        {role.name === "" ? "" : ` · ${role.name} in account ${role.account.id}`}
      </p>
      {role.passedOver !== undefined && <p>Not in the roster, and passed over: {role.passedOver}</p>}
      {asked !== undefined && (
        <p>
          <strong>{asked.text}</strong>: {farthestReach(role.surface, asked) ?? "never"}
        </p>
      )}
      <RoleActions role={role} map={map} />
      <h3>{holders.length === 0 ? "Nobody gets in" : countNoun(holders.length, "holder")}</h3>
      <ul class="held">
        {holders.map(({ row, held }) => (
          <HeldDetails
            key={`${row.id} ${held.through?.join() ?? ""}`}
            held={held}
            title={row.name}
            isAsked={false}
            now={now}
            onOpen={() => onOpen(openedPlace(row, role))}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface Props extends Omit<PersonProps, "row" | "asked"> {
  readonly map: AccessMap;
  readonly open: string;
  readonly action: string;
}

/** What is behind a name or a role; nothing where nothing is open. */
export function RowDetails({ map, open, action, ...rest }: Props): JSX.Element | null {
  const row = map.row(openedRow(open));
  if (row !== undefined) return <PersonDetails row={row} asked={askedRole(open)} {...rest} />;
  const role = open.startsWith("role:") ? map.role(open.slice("role:".length)) : undefined;
  return role === undefined ? null : <RoleDetails role={role} map={map} action={action} {...rest} />;
}
