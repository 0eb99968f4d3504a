import type { JSX, RefObject } from "preact";
import { useState } from "preact/hooks";

import type { AccessMap } from "./access-map";
import { ActionInput } from "./action-input";
import { POWER_LEVELS } from "./map-data";
import { NO_FILTERS, MAP_SORTS, type MapFilters } from "./filters";
import { RoleName } from "./role-name";

interface Props {
  readonly map: AccessMap;
  readonly filters: MapFilters;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onChange: (change: Partial<MapFilters>) => void;
}

interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, name, value, options, onChange }: ChoiceProps): JSX.Element {
  return (
    <label class="field">
      {label}
      <select name={name} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function RoleToggles({ map, filters, onChange }: Omit<Props, "search">): JSX.Element {
  const toggled = (family: string): readonly string[] =>
    filters.roles.includes(family)
      ? filters.roles.filter((one) => one !== family)
      : [...filters.roles, family];
  const families = map.families.filter(({ label }) => label !== "Own user");
  return (
    <div class="toggles" role="group" aria-label="Roles">
      {families.map(({ family, power }) => (
        <button
          key={family}
          type="button"
          class={`chip ${power}`}
          aria-pressed={filters.roles.includes(family)}
          title={POWER_LEVELS[power].words}
          onClick={() => onChange({ roles: toggled(family) })}
        >
          <RoleName power={power} name={family} />
        </button>
      ))}
    </div>
  );
}

/** Everything by which the map can be narrowed. */
export function FilterBar({ map, filters, search, onChange }: Props): JSX.Element {
  const { text, category, account, action, sort, view, open } = filters;
  const [isUnfolded, setUnfolded] = useState(false);
  const folded = [category, account, action, ...filters.roles].filter((value) => value !== "").length;
  const isNarrowed =
    JSON.stringify({ ...filters, sort: "" }) !== JSON.stringify({ ...NO_FILTERS, view, open, sort: "" });
  return (
    <form role="search" class={isUnfolded ? "unfolded" : ""} onSubmit={(event) => event.preventDefault()}>
      <div class="fields">
        <label class="field">
          Who
          <input
            ref={search}
            type="search"
            name="text"
            placeholder="name, e-mail, project (press /)"
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => onChange({ text: currentTarget.value })}
          />
        </label>
        <button
          type="button"
          class="fold"
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          Filters{folded > 0 && ` (${String(folded)})`}
        </button>
        <Choice
          label="Category"
          name="category"
          value={category}
          options={[["", "all"], ...map.categories.map((one) => [one, one] as const)]}
          onChange={(value) => onChange({ category: value })}
        />
        <Choice
          label="Account"
          name="account"
          value={account}
          options={[["", "all"], ...map.data.accounts.map(({ key }) => [key, key] as const)]}
          onChange={(value) => onChange({ account: value })}
        />
        <ActionInput actions={map.actions} value={action} onChange={(value) => onChange({ action: value })} />
        {view === "people" && (
          <Choice
            label="Sort by"
            name="sort"
            value={sort}
            options={Object.entries(MAP_SORTS)}
            onChange={(value) => onChange({ sort: value === "ending" || value === "power" ? value : "name" })}
          />
        )}
        <button
          type="button"
          class="clear"
          disabled={!isNarrowed}
          onClick={() => onChange({ ...NO_FILTERS, view, open, sort })}
        >
          Clear
        </button>
      </div>
      <RoleToggles map={map} filters={filters} onChange={onChange} />
    </form>
  );
}
