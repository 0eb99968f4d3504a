import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** The project's policy pack, where it has one that is compiled. */
export function policyPackOf(project: string): string | undefined {
  const folder = path.join(project, "policypack");
  const manifest = path.join(folder, "PulumiPolicy.yaml");
  if (!existsSync(manifest)) return undefined;
  const { main } = parse(readFileSync(manifest, "utf8")) as { main?: string };
  return existsSync(path.join(folder, main ?? "index.js")) ? folder : undefined;
}
