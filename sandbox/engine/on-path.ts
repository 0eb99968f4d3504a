import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { gte } from "semver";
import { oldestEngineVersion, versionOf } from "./version";

/** The first engine on PATH that is new enough and can run Node.js programs, as an official installation can. */
export async function engineOnPath(
  searchPath: string,
): Promise<{ pulumi: string; version: string } | undefined> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const pulumi = path.join(folder, "pulumi");
    if (
      isSandboxes(folder) ||
      !isExecutable(pulumi) ||
      !isExecutable(path.join(folder, "pulumi-language-nodejs"))
    )
      continue;
    const version = await versionOf(pulumi);
    if (version !== undefined && gte(version, oldestEngineVersion)) return { pulumi, version };
  }
  return undefined;
}

/** Inside a sandbox shell the sandbox's own `pulumi` comes first, which only passes on to an engine. */
function isSandboxes(folder: string): boolean {
  return existsSync(path.join(path.dirname(folder), "sandbox.json"));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
