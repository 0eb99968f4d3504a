import {
  blockIn,
  hasByteOrderMark,
  sectionTexts,
  withBlock,
  withoutBlock,
  type ConfigText,
} from "./config-text";
import type { BlockMarkers } from "./profile-block";

/** Names of profiles, by what happens to them. */
export interface ProfileChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What a config file is to become. */
export interface ConfigPlan {
  readonly text: string;
  readonly changes: ProfileChanges;
  /** Whether the file is that already, to the character. */
  readonly isDone: boolean;
  readonly hasByteOrderMark: boolean;
}

function changesBetween(before: readonly string[], after: readonly string[]): ProfileChanges {
  const [old, wanted] = [sectionTexts(before), sectionTexts(after)];
  return {
    added: [...wanted.keys()].filter((name) => !old.has(name)),
    changed: [...wanted].flatMap(([name, text]) => (old.has(name) && old.get(name) !== text ? [name] : [])),
    removed: [...old.keys()].filter((name) => !wanted.has(name)),
  };
}

/**
 * The config file with the block in it; without a block, none is left in it.
 * @throws UserError where markers are broken, or a name is taken
 */
export function planConfigChange(
  config: ConfigText,
  markers: BlockMarkers,
  block: readonly string[] | undefined,
): ConfigPlan {
  const text = block === undefined ? withoutBlock(config, markers) : withBlock(config, markers, block);
  return {
    text,
    changes: changesBetween(blockIn(config, markers) ?? [], block ?? []),
    isDone: text === config.text,
    hasByteOrderMark: hasByteOrderMark(config),
  };
}
