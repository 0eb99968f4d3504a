import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Organization } from "../model/account";
import { isMisspelt } from "../model/choices";
import type { Problem } from "../model/problems";

/** Pulumi's name for the settings of a stack, where the project's own file is called Pulumi.yaml. */
const SETTINGS_FILE = /^Pulumi\.(.+)\.yaml$/;

/** The stacks that have settings, by the files in the project's folder. */
export const stacksWithSettings = (directory: string): readonly string[] =>
  readdirSync(directory)
    .flatMap((name) => SETTINGS_FILE.exec(name)?.[1] ?? [])
    .sort();

/** What the project is called, which Pulumi puts before settings without a namespace. */
export const projectName = (directory: string): string =>
  /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(join(directory, "Pulumi.yaml"), "utf8"))?.[1] ?? "";

interface Keyed {
  readonly key: string;
}

/** An account without settings, or settings or a stack without an account. */
export interface SettingsMismatch {
  /** `Pulumi.old.yaml`, `stack old`. */
  readonly name: string;
  /** What is wrong, without a full stop. */
  readonly found: string;
  /** What to do, in sentences. */
  readonly fix: string;
}

const WITHOUT_ACCOUNT = "no account in src/organization.ts has this key";

/** Deploying would make an account's roles a second time, and take over resources whose names do not contain the key. */
const renameOrDestroy = (stack: string): string =>
  `If the account has another key now, \`pulumi stack rename <new key> -s ${stack}\`, as docs/runbooks/accounts.md says; ` +
  `if it is to go, \`pulumi destroy -s ${stack}\`, then \`pulumi stack rm ${stack}\`, which deletes Pulumi.${stack}.yaml too.`;

function withoutAccount(
  stack: string,
  hasFile: boolean,
  stacks: readonly string[] | undefined,
): SettingsMismatch {
  const file = `Pulumi.${stack}.yaml`;
  if (stacks === undefined) {
    const fix = `Look whether \`pulumi stack ls\` has the stack ${stack}. If not, delete the file. ${renameOrDestroy(stack)}`;
    return { name: file, found: `${WITHOUT_ACCOUNT}, and whether there is a stack is not known`, fix };
  }
  if (!stacks.includes(stack)) {
    const fix = "Delete the file, or rename it if it belongs to an account with another key.";
    return { name: file, found: `${WITHOUT_ACCOUNT}, and this backend has no such stack`, fix };
  }
  return {
    name: hasFile ? `stack ${stack} and ${file}` : `stack ${stack}`,
    found: `${WITHOUT_ACCOUNT}, and the stack may still hold an account that nothing else here looks at`,
    fix: renameOrDestroy(stack),
  };
}

const withoutSettings = (key: string): SettingsMismatch => ({
  name: `Pulumi.${key}.yaml`,
  found: `there is no such file, so nobody hears the alarms of ${key}`,
  fix: "Write it: `muster:alarmSubscriptions`, as docs/settings.md says.",
});

/**
 * Lists accounts, settings and stacks without a counterpart, one line each. An account without a stack is not listed: it is
 * not deployed yet.
 * @param stacks the backend's, by the last part of their names; undefined where it could not be asked
 */
export function findMismatches(
  { accounts }: { readonly accounts: readonly Keyed[] },
  settings: readonly string[],
  stacks: readonly string[] | undefined,
): readonly SettingsMismatch[] {
  const keys = accounts.map(({ key }) => key);
  const others = [...new Set([...settings, ...(stacks ?? [])])].filter((name) => !keys.includes(name)).sort();
  return [
    ...others.map((name) => withoutAccount(name, settings.includes(name), stacks)),
    ...keys.filter((key) => !settings.includes(key)).map(withoutSettings),
  ];
}

/**
 * Settings of stacks that no account explains: their account has another key now, or has gone. Deploying a renamed account
 * as a new stack would make its roles a second time, and take over what has a name without the key.
 * @param directory the project's folder, which holds the settings
 */
export function unexplainedSettings(directory: string, { accounts }: Organization): readonly Problem[] {
  const keys = accounts.map(({ key }) => key);
  return stacksWithSettings(directory)
    .filter((stack) => !keys.includes(stack))
    .map((stack) => ({
      severity: "error",
      file: `Pulumi.${stack}.yaml`,
      path: "the name of the file",
      value: stack,
      rule: "No account in src/organization.ts has this key: it was renamed or removed, and its stack may still hold it.",
      allowed: keys.join(", "),
      remedy: `${renameOrDestroy(stack)} Where \`pulumi stack ls\` has no such stack, delete the file.`,
    }));
}

/** What Pulumi reads of such a file: https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
const SECTIONS = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/** A key that is not indented, between quotes or not. */
const OUTERMOST_KEY = /^(["']?)([\w.:-]+)\1[ \t]*:(?=\s|$)/gm;

/** What Pulumi passes over without a word: https://github.com/pulumi/pulumi/issues/14563 */
function passedOver(key: string): Pick<Problem, "rule" | "remedy"> | undefined {
  if (SECTIONS.some((section) => section === key)) return undefined;
  if (key.includes(":"))
    return {
      rule: "Pulumi reads settings within `config:` alone, and passes over this one.",
      remedy: "Write it within `config:`, indented by two spaces.",
    };
  const meant = SECTIONS.find((section) => isMisspelt(key, section));
  return meant === undefined
    ? undefined
    : {
        rule: "Pulumi knows no such section, and passes over all that is in it.",
        remedy: `Did you mean \`${meant}:\`?`,
      };
}

/**
 * Sections of a stack's settings that are misspelt, and settings outside of their section. Sections that Pulumi may have one
 * day are left alone.
 * @param directory the project's folder, which holds the settings
 */
export function misplacedSettings(directory: string, stack: string): readonly Problem[] {
  const file = `Pulumi.${stack}.yaml` as const;
  const place = join(directory, file);
  if (!existsSync(place)) return [];
  return [...readFileSync(place, "utf8").matchAll(OUTERMOST_KEY)].flatMap(([, , key = ""]) => {
    const found = passedOver(key);
    return found === undefined ? [] : [{ severity: "error", file, path: key, ...found }];
  });
}
