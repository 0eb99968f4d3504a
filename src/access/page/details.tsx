import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { reachOf } from "./actions";
import type { AccessMap, Held, Role, Row } from "./access-map";
import { LEVELS, POWERS, type Reach } from "./data";
import { MARKS } from "./filters";
import { askedRole, openedRow, placeOf } from "./opened";
import { RoleName } from "./role-name";
import { isPower } from "./selection";
import { endsSoon, timingOf } from "./timing";
import { count, grantWords, whenWords } from "./words";

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
  readonly held: Held;
  readonly title: string;
  /** Whether this is the one that somebody asked about. */
  readonly isAsked: boolean;
  readonly now: number;
  readonly onOpen: () => void;
}

/** One access: when it is, under which conditions, and why. */
function HeldDetails({ held, title, isAsked, now, onOpen }: HeldProps): JSX.Element {
  const { role, periods, verdict, conditions, grants, through, unexpected } = held;
  const timing = timingOf(periods, now);
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
        <dd class={endsSoon(timing) ? "soon" : ""}>{whenWords(held, timing)}</dd>
        {through !== undefined && (
          <>
            <dt>Through</dt>
            <dd>{through.join(", then ")}: an hour at most, without MFA</dd>
          </>
        )}
        {unexpected === true && (
          <>
            <dt>Roster</dt>
            <dd class="soon">{MARKS.unexpected}</dd>
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
              <dd key={grantWords(grant)}>{grantWords(grant)}</dd>
            ))}
          </>
        )}
      </dl>
    </li>
  );
}

interface PersonProps {
  readonly row: Row;
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
          {POWERS.full.sign} May change what others may do, without any role: root-equivalent.
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

const REACHES: readonly Reach[] = ["everywhere", "limited"];

/** How many actions of each level a role may do. */
function RoleActions({ role, map }: { readonly role: Role; readonly map: AccessMap }): JSX.Element {
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
        {Object.values(LEVELS).map((level) => (
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
  readonly role: Role;
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
        {POWERS[role.power].sign} {POWERS[role.power].words}
        {role.name === "" ? "" : ` · ${role.name} in account ${role.account.id}`}
      </p>
      {role.passedOver !== undefined && <p>Not in the roster, and passed over: {role.passedOver}</p>}
      {asked !== undefined && (
        <p>
          <strong>{asked.text}</strong>: {reachOf(role.surface, asked) ?? "never"}
        </p>
      )}
      <RoleActions role={role} map={map} />
      <h3>{holders.length === 0 ? "Nobody gets in" : count(holders.length, "holder")}</h3>
      <ul class="held">
        {holders.map(({ row, held }) => (
          <HeldDetails
            key={`${row.id} ${held.through?.join() ?? ""}`}
            held={held}
            title={row.name}
            isAsked={false}
            now={now}
            onOpen={() => onOpen(placeOf(row, role))}
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
export function Details({ map, open, action, ...rest }: Props): JSX.Element | null {
  const row = map.row(openedRow(open));
  if (row !== undefined) return <PersonDetails row={row} asked={askedRole(open)} {...rest} />;
  const role = open.startsWith("role:") ? map.role(open.slice("role:".length)) : undefined;
  return role === undefined ? null : <RoleDetails role={role} map={map} action={action} {...rest} />;
}
