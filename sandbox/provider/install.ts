import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { quoted, writeLauncher } from "../executables";
import type { SandboxPaths } from "../paths";

/** Installs the sandbox's provider as the plugin that the project's version of `@pulumi/aws` asks for. */
export function installProvider(paths: SandboxPaths, project: string, compiled: string): void {
  const manifest = createRequire(path.join(project, "package.json")).resolve("@pulumi/aws/package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = path.join(paths.pulumiHome, "plugins", `resource-aws-v${version}`);
  const words = [process.execPath, path.join(compiled, "provider", "main.js"), version].map(quoted).join(" ");
  writeLauncher(path.join(folder, "pulumi-resource-aws"), [`exec ${words} "$@"`]);
}
