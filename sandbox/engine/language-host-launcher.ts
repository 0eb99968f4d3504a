import { existsSync } from "node:fs";
import path from "node:path";
import { writeLauncher } from "../executables";

/** The environment variables through which a sandbox tells the engine's launcher which language host is its own. */
export const languageHostVariables = {
  node: "MUSTER_SANDBOX_NODE",
  program: "MUSTER_SANDBOX_LANGUAGE_HOST",
} as const;

/**
 * Puts a host for Node.js programs beside an engine that came without one; there it counts as bundled. The engine in the
 * cache is shared by all checkouts, and one of them may be gone tomorrow, so the launcher runs the host of whichever
 * sandbox has started the engine. The official installation brings a host of its own, which stays.
 */
export function installLanguageHost(folder: string): void {
  const launcher = path.join(folder, "pulumi-language-nodejs");
  if (existsSync(path.join(folder, "pulumi-resource-pulumi-nodejs"))) return;
  const { node, program } = languageHostVariables;
  writeLauncher(launcher, [
    "# Runs the language host of the Muster sandbox that has started this engine.",
    `: "\${${program}:?this engine belongs to the sandboxes of Muster; run it inside npm run sandbox:shell}"`,
    `exec "$${node}" "$${program}" "$@"`,
  ]);
}
