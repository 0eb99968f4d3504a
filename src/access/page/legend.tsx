import type { JSX } from "preact";

import type { AccessMap } from "./access-map";
import { POWER_LEVELS } from "./map-data";

/** What the colours and signs of roles mean. */
export function RoleLegend({ map: { families } }: { readonly map: AccessMap }): JSX.Element {
  return (
    <span class="legend">
      {Object.entries(POWER_LEVELS)
        .filter(([key]) => families.some(({ power }) => power === key))
        .map(([key, { sign, words }]) => (
          <span key={key}>
            <span class={`swatch ${key}`}>{sign}</span> {words}
          </span>
        ))}
    </span>
  );
}
