import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { describe } from "./describe";
import { SandboxProblem } from "./problem";

/** Protects nothing: there are no secrets in Muster's configuration or state. */
export const passphrase = "sandbox";

/** The lines that `pulumi stack init` writes into a stack's settings for this passphrase. */
const encryptionSalt = "v1:UQopi3AwTPo=:v1:sPcYQE7pvuJngoPN:6rCdVykO48VLD8WVlDGzOd15sH+FJg==";

/**
 * Copies the settings of a stack, `Pulumi.<stack>.yaml` in the project, with the sandbox's secrets provider instead of
 * whatever the team deploys with. The engine writes its secrets provider into the settings that it is given, and the
 * project's are tracked files which a sandbox has no business to change.
 * @returns the copy's path.
 * @throws SandboxProblem where the settings are not YAML.
 */
export function copyStackSettings(project: string, stack: string, folder: string): string {
  const name = `Pulumi.${stack}.yaml`;
  const { environment, config } = readSettings(path.join(project, name));
  return write(path.join(folder, name), stringify({ environment, config, encryptionsalt: encryptionSalt }));
}

/** The parts of a stack's settings that are not about secrets. */
function readSettings(file: string): { readonly environment?: unknown; readonly config?: unknown } {
  if (!existsSync(file)) return {};
  try {
    return (parse(readFileSync(file, "utf8")) ?? {}) as object;
  } catch (error) {
    throw new SandboxProblem(`${file} is not valid YAML: ${describe(error)}`);
  }
}

/** Copies Pulumi.yaml, so that the folder of the copies is a project of the same name. */
export function copyProjectSettings(project: string, folder: string): void {
  write(path.join(folder, "Pulumi.yaml"), readFileSync(path.join(project, "Pulumi.yaml"), "utf8"));
}

function write(file: string, text: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return file;
}
