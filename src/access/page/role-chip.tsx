import type { JSX } from "preact";

import { POWER_LEVELS } from "./map-data";
import { MAP_MARKS } from "./filters";
import { RoleName } from "./role-name";
import type { ShownHeld } from "./selection";
import { endsSoon, timingMark } from "./timing";
import { formatHeldTimes } from "./map-text";

/** Everything that a role's chip shows, for those who do not see it. */
export function describeRoleChip({
  role,
  timing,
  periods,
  verdict,
  conditions,
  reach,
  through,
  unexpected,
}: ShownHeld): string {
  return [
    `${role.label} in ${role.account.key}`,
    POWER_LEVELS[role.power].words,
    reach,
    timing.kind === "always" ? undefined : formatHeldTimes({ ...(periods && { periods }) }, timing),
    verdict === "not decidable here" ? verdict : undefined,
    conditions === undefined ? undefined : "under conditions",
    through === undefined ? undefined : `through ${through.join(", ")}`,
    unexpected === true ? MAP_MARKS.unexpected : undefined,
    role.passedOver === undefined ? undefined : MAP_MARKS.passedOver,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

interface Props {
  readonly held: ShownHeld;
  readonly tabIndex: number;
  readonly onOpen: () => void;
}

/** A role on the map: what it is called, how much it is able to do, until when, under which conditions. */
export function RoleChip({ held, tabIndex, onOpen }: Props): JSX.Element {
  const { role, timing, verdict, conditions, reach, through, unexpected } = held;
  const mark = timingMark(timing);
  return (
    <button
      type="button"
      class={`chip ${role.power}${timing.kind === "over" ? " over" : ""}${reach === "limited" ? " limited" : ""}`}
      tabIndex={tabIndex}
      aria-label={describeRoleChip(held)}
      onClick={onOpen}
    >
      <RoleName power={role.power} name={role.label} />
      {mark !== "" && <span class={endsSoon(timing) ? "badge soon" : "badge"}>{mark}</span>}
      {reach !== undefined && <span class="badge">{reach}</span>}
      {verdict === "not decidable here" && <span class="badge">not decidable here</span>}
      {conditions !== undefined && verdict === "allowed if" && <span class="badge">if…</span>}
      {through !== undefined && <span class="badge path">through {through.join(", ")}</span>}
      {unexpected === true && <span class="badge soon">{MAP_MARKS.unexpected}</span>}
      {role.passedOver !== undefined && <span class="badge">{MAP_MARKS.passedOver}</span>}
    </button>
  );
}
