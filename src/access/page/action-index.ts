import type { CatalogueData, LevelLetter, PageReach } from "./map-data";
import { LEVEL_LETTERS } from "./map-data";
import type { SurfaceList } from "./surface-code";

/** An action by its place in the catalogue. */
export interface IndexedAction {
  readonly index: number;
  /** `s3:GetObject`. */
  readonly id: string;
  readonly level: string;
}

const isLetter = (letter: string): letter is LevelLetter => letter in LEVEL_LETTERS;

/** What the reader asked for: one action, or several by a pattern. */
export interface AskedActions {
  readonly text: string;
  readonly actions: readonly IndexedAction[];
}

const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );

/** Finds actions by what somebody types. */
export class ActionIndex {
  readonly all: readonly IndexedAction[];
  /** By what they are called in small letters. */
  private readonly byId: ReadonlyMap<string, IndexedAction>;

  constructor({ services, levels }: CatalogueData) {
    const ids = services.flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`));
    this.all = ids.map((id, index) => {
      const letter = levels[index] ?? "";
      return { index, id, level: isLetter(letter) ? LEVEL_LETTERS[letter] : "" };
    });
    this.byId = new Map(this.all.map((action) => [action.id.toLowerCase(), action]));
  }

  /** The action of that name in any capitals, or all that fit a pattern such as `s3:Delete*`; undefined where none does. */
  find(text: string): AskedActions | undefined {
    const trimmed = text.trim();
    if (/[*?]/.test(trimmed)) {
      const expression = expressionOf(trimmed);
      const actions = this.all.filter(({ id }) => expression.test(id));
      return actions.length > 0 ? { text: trimmed, actions } : undefined;
    }
    const action = this.byId.get(trimmed.toLowerCase());
    return action && { text: action.id, actions: [action] };
  }

  /** What the text may become: first what begins with it, then what it occurs in. */
  suggestions(text: string, most: number): readonly IndexedAction[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === "" || /[*?]/.test(wanted)) return [];
    const [service = "", name] = wanted.split(":");
    const known = [...this.byId];
    const first = known.filter(([id]) => id.startsWith(wanted));
    const rest = known.filter(([id]) => {
      if (id.startsWith(wanted)) return false;
      return name === undefined ? id.includes(wanted) : id.startsWith(`${service}:`) && id.includes(name);
    });
    return [...first, ...rest].slice(0, most).map(([, action]) => action);
  }
}

/** How far the most far-reaching of the actions reaches; undefined where none is allowed. */
export function farthestReach(surface: SurfaceList, { actions }: AskedActions): PageReach | undefined {
  let best: PageReach | undefined;
  for (const { index } of actions) {
    const reach = surface[index];
    if (reach === "everywhere") return reach;
    best ??= reach;
  }
  return best;
}
