import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { findMismatches, stacksWithSettings } from "../src/definitions/settings-files";
import type { SandboxAccount } from "./accounts";
import type { SandboxPaths } from "./paths";
import { SandboxProblem } from "./problem";
import { readRecord } from "./record";

/** The stacks that a sandbox's state has, whether or not there is an account of the name; none where there is no sandbox yet. */
export function stacksOf({ settings, state }: SandboxPaths): readonly string[] {
  const manifest = path.join(settings, "Pulumi.yaml");
  if (!existsSync(manifest)) return [];
  const { name } = parse(readFileSync(manifest, "utf8")) as { name: string };
  const folder = path.join(state, ".pulumi", "stacks", name);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.map((file) => path.basename(file, ".json")).sort();
}

/** The accounts of a sandbox that have a stack in it and are not written any more: `pulumi destroy` has to reach them. */
export function accountsOfOtherStacks(
  paths: SandboxPaths,
  written: readonly SandboxAccount[],
): readonly SandboxAccount[] {
  const stacks = stacksOf(paths);
  const before = readRecord(paths)?.accounts ?? [];
  return before.filter(({ key }) => stacks.includes(key) && !written.some((account) => account.key === key));
}

/** The accounts that have a stack in a sandbox, and another id than is written: `dev 222222222222 (not 202020202020)`. */
function* changedIds(paths: SandboxPaths, written: readonly SandboxAccount[]): Iterable<string> {
  const stacks = stacksOf(paths);
  for (const { key, id } of readRecord(paths)?.accounts ?? []) {
    const now = written.find((account) => account.key === key)?.id;
    if (now !== undefined && now !== id && stacks.includes(key)) yield `${key} ${id} (not ${now})`;
  }
}

/** Whether a sandbox has stacks, and none of an account that is written: neither key nor id is the same. */
function isOfOthers(paths: SandboxPaths, written: readonly SandboxAccount[]): boolean {
  const stacks = stacksOf(paths);
  const deployed = (readRecord(paths)?.accounts ?? []).filter(({ key }) => stacks.includes(key));
  return (
    deployed.length > 0 &&
    !deployed.some(({ id, key }) => written.some((now) => now.id === id || now.key === key))
  );
}

/**
 * Accounts, settings and stacks that do not belong together, one line each.
 * @throws SandboxProblem where no account can be deployed as it is: before any stack is made, which would stand in the way of
 * a rename.
 */
export function compareStacks(
  paths: SandboxPaths,
  project: string,
  accounts: readonly SandboxAccount[],
): readonly string[] {
  const ids = [...changedIds(paths, accounts)];
  if (ids.length > 0) {
    throw new SandboxProblem(
      `This sandbox has accounts of other ids than src/organization.ts: ${ids.join(", ")}. An account keeps its id, so this is ` +
        "another organization. `npm run sandbox:down` removes the sandbox, and `npm run sandbox` makes one of what is written now.",
    );
  }
  const settings = stacksWithSettings(project);
  if (isOfOthers(paths, accounts)) {
    const left = settings.filter((stack) => accounts.every(({ key }) => key !== stack));
    throw new SandboxProblem(
      [
        `This sandbox has none of the accounts of src/organization.ts: it was made of another organization, ${stacksOf(paths).join(", ")}.`,
        "`npm run sandbox:down` removes it.",
        ...(left.length > 0
          ? [
              `Then delete ${left.map((stack) => `Pulumi.${stack}.yaml`).join(", ")}, which no account explains.`,
            ]
          : []),
        "Each account has a file of its own with settings: docs/settings.md.",
      ].join(" "),
    );
  }
  const lines = findMismatches({ accounts }, settings, stacksOf(paths)).map(
    ({ name, found, fix }) => `${name}: ${found}. ${fix}`,
  );
  if (settings.every((stack) => accounts.some(({ key }) => key === stack))) return lines;
  throw new SandboxProblem(
    [
      ...lines,
      "In the sandbox, `pulumi` is `npm run sandbox:shell -- pulumi`. Nothing was deployed: settings that no account explains keep every stack back.",
    ].join("\n\n"),
  );
}
