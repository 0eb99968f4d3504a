import { isMisspelt, nearest } from "../model/choices";
import type { Problem } from "../model/problems";

/** The namespace of Muster's settings, whatever the project is called. */
export const SETTINGS_NAMESPACE = "muster";

/** Names of Muster's settings, each with those of the settings within it. */
export type SettingNames = ReadonlyMap<string, readonly string[]>;

interface SettingKey {
  readonly namespace: string;
  readonly name: string;
}

function parseKey(key: string): SettingKey {
  const colon = key.indexOf(":");
  return { namespace: key.slice(0, colon), name: key.slice(colon + 1) };
}

/** Why nobody reads a key that was meant for Muster, and what to write instead; undefined of Muster's own and of others' keys. */
function strayKey(
  { namespace, name }: SettingKey,
  project: string,
  settings: SettingNames,
): Pick<Problem, "rule" | "remedy"> | undefined {
  if (namespace === SETTINGS_NAMESPACE) return undefined;
  const instead = (own: string): string => `Did you mean ${SETTINGS_NAMESPACE}:${own}?`;
  if (isMisspelt(namespace, SETTINGS_NAMESPACE))
    return {
      rule: `Nothing reads settings of the namespace "${namespace}".`,
      remedy: instead(nearest(name, [...settings.keys()]) ?? name),
    };
  // Pulumi puts the project's name before a key that has no namespace.
  if (namespace === project && settings.has(name))
    return {
      rule: `Muster's settings have the namespace ${SETTINGS_NAMESPACE}, whatever the project is called.`,
      remedy: instead(name),
    };
  return settings.get(namespace)?.includes(name) === true
    ? {
        rule: `Nothing reads settings of the namespace "${namespace}".`,
        remedy: `Write ${name} within ${SETTINGS_NAMESPACE}:${namespace}, as docs/settings.md has it.`,
      }
    : undefined;
}

/**
 * Keys of a stack's configuration that were meant for Muster, and that it does not read. Other namespaces are those of Pulumi,
 * of providers, of environments that several projects share and of code beside Muster: nobody can list them.
 */
export const straySettings = (
  stack: string,
  project: string,
  keys: readonly string[],
  settings: SettingNames,
): readonly Problem[] =>
  keys.flatMap((key) => {
    const stray = strayKey(parseKey(key), project, settings);
    // A value may be secret.
    return stray === undefined
      ? []
      : [{ severity: "error", file: `Pulumi.${stack}.yaml`, path: key, ...stray }];
  });
