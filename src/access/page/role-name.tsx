import type { JSX } from "preact";

import { POWER_LEVELS, type PowerLevel } from "./map-data";

/** What a role, or somebody who has it, is called, after the sign of its power. */
export function RoleName({
  power,
  name,
}: {
  readonly power: PowerLevel;
  readonly name: string;
}): JSX.Element {
  return (
    <span class="label">
      <span class="sign">{POWER_LEVELS[power].sign}</span>
      {name}
    </span>
  );
}
