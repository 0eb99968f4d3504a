import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { ActionIndex } from "./action-index";

const MOST_SUGGESTIONS = 12;

interface Props {
  readonly actions: ActionIndex;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/**
 * A field for an action, with completion from the catalogue.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function ActionInput({ actions, value, onChange }: Props): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked = actions.find(value);
  const suggestions = isOpen ? actions.suggestions(value, MOST_SUGGESTIONS) : [];
  const choose = (id: string): void => {
    onChange(id);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = suggestions.length - 1;
    const chosen = suggestions[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const next = event.key === "ArrowDown" ? active + 1 : active - 1;
      setActive(next > last ? 0 : next < 0 ? last : next);
    } else if (event.key === "Enter" && chosen !== undefined) {
      event.preventDefault();
      choose(chosen.id);
    } else if (event.key === "Escape" && suggestions.length > 0) {
      // The first Escape closes the list, the next one clears the field.
      event.stopPropagation();
      setOpen(false);
      setActive(-1);
    }
  };
  return (
    <label class="field action">
      May do
      <input
        type="text"
        role="combobox"
        name="action"
        placeholder="s3:GetObject, iam:*"
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-expanded={suggestions.length > 0}
        aria-controls="suggestions"
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && suggestions.length > 0 ? `suggestion-${active}` : undefined}
        aria-describedby="action-state"
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <span id="action-state" class="state" role="status">
        {value.trim() !== "" && asked === undefined && "no such action yet"}
        {asked !== undefined && asked.actions.length > 1 && `any of ${asked.actions.length} actions`}
      </span>
      <ul id="suggestions" role="listbox" aria-label="Actions" hidden={suggestions.length === 0}>
        {suggestions.map(({ id, level }, index) => (
          <li
            key={id}
            id={`suggestion-${index}`}
            role="option"
            aria-selected={index === active}
            // Before the field loses the focus, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(id);
            }}
          >
            {id}
            <small>{level}</small>
          </li>
        ))}
      </ul>
    </label>
  );
}
