import path from "node:path";
import { quoted, writeLauncher } from "../executables";
import type { SandboxPaths } from "../paths";

/**
 * Puts a `pulumi` into the sandbox that becomes the engine, after it has copied the settings of the stack in question.
 * PULUMI_OPTION_CONFIG_FILE is `--config-file` for the commands that have it.
 */
export function installPulumiCommand(
  paths: SandboxPaths,
  project: string,
  engine: string,
  compiled: string,
): void {
  const program = path.join(compiled, "pulumi-command", "main.js");
  const words = [process.execPath, program, project, paths.settings, engine].map(quoted).join(" ");
  writeLauncher(path.join(paths.bin, "pulumi"), [
    `settings=$(${words} "$@") || exit`,
    `[ -z "$settings" ] || export PULUMI_OPTION_CONFIG_FILE="$settings"`,
    `exec ${quoted(engine)} "$@"`,
  ]);
}
