import { readdirSync } from "node:fs";

import type { Organization } from "../model/account";
import type { Problem } from "../model/problems";

/** Pulumi's name for the settings of a stack, where the project's own file is called Pulumi.yaml. */
const SETTINGS_FILE = /^Pulumi\.(.+)\.yaml$/;

/**
 * Settings of stacks that no account explains: their account has another key now, or has gone. Deploying a renamed account
 * as a new stack would make its roles a second time, and take over what has a name without the key.
 * @param directory the project's folder, which holds the settings
 */
export function unexplainedSettings(directory: string, { accounts }: Organization): readonly Problem[] {
  const keys = accounts.map(({ key }) => key);
  return readdirSync(directory)
    .flatMap((name) => SETTINGS_FILE.exec(name)?.[1] ?? [])
    .filter((stack) => !keys.includes(stack))
    .sort()
    .map((stack) => ({
      severity: "error",
      file: `Pulumi.${stack}.yaml`,
      path: "the name of the file",
      value: stack,
      rule: "No account in src/organization.ts has this key: it was renamed or removed, and its stack may still hold it.",
      allowed: keys.join(", "),
      remedy:
        `If the account has another key now, \`pulumi stack rename <new key> -s ${stack}\`, as docs/runbooks/accounts.md says; ` +
        `if it is to go, \`pulumi destroy -s ${stack}\`, then \`pulumi stack rm ${stack}\`, which deletes the file.`,
    }));
}
