import type { JSX } from "preact";

import { POWERS, type Power } from "./data";

/** What a role, or somebody who has it, is called, after the sign of its power. */
export function RoleName({ power, name }: { readonly power: Power; readonly name: string }): JSX.Element {
  return (
    <span class="label">
      <span class="sign">{POWERS[power].sign}</span>
      {name}
    </span>
  );
}
