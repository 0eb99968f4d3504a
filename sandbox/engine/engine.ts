import path from "node:path";
import { cached } from "../cache";
import { SandboxProblem } from "../problem";
import type { Work } from "../work";
import { buildEngine } from "./build";
import { downloadEngine } from "./download";
import { installLanguageHost } from "./language-host-launcher";
import { engineOnPath } from "./on-path";
import { engineVersion, oldestEngineVersion, versionOf } from "./version";

export interface Engine {
  /** The `pulumi` executable; a host for Node.js programs is beside it. */
  readonly pulumi: string;
  readonly version: string;
  readonly source: "on PATH" | "in the cache" | "downloaded" | "built";
}

/** A way to get an engine that this machine does not have yet. */
export interface Way {
  readonly source: "downloaded" | "built";
  /**
   * Puts an engine into an empty folder, as the file `pulumi`.
   * @returns why it could not, or `undefined` where it could.
   */
  readonly prepare: (folder: string, pulumi: string, work: Work) => Promise<string | undefined>;
}

const everyWay: readonly Way[] = [
  { source: "downloaded", prepare: downloadEngine },
  { source: "built", prepare: buildEngine },
];

/**
 * Finds the Pulumi engine, or gets it: on PATH, in the user's cache, by Pulumi's own installer, or built from its Go
 * modules.
 * @throws SandboxProblem naming the three ways where none works.
 */
export async function findEngine(
  environment: NodeJS.ProcessEnv,
  work: Work,
  ways: readonly Way[] = everyWay,
): Promise<Engine> {
  const onPath = await engineOnPath(environment["PATH"] ?? "");
  if (onPath !== undefined) return { ...onPath, source: "on PATH" };

  let source: Engine["source"] = "in the cache";
  const folder = await cached({
    name: path.join("engine", `v${engineVersion}`),
    isGood: async (cachedFolder) => (await versionOf(pulumiIn(cachedFolder))) === engineVersion,
    waiting: (owner) => work.report(`waiting for process ${owner}, which is preparing the same engine`),
    make: async (draft) => {
      source = await make(draft, ways, work);
    },
  });
  installLanguageHost(path.join(folder, "bin"));
  return { pulumi: pulumiIn(folder), version: engineVersion, source };
}

async function make(folder: string, ways: readonly Way[], work: Work): Promise<Engine["source"]> {
  const refusals: string[] = [];
  for (const { source, prepare } of ways) {
    const refusal = await prepare(folder, pulumiIn(folder), work);
    work.signal?.throwIfAborted();
    if (refusal === undefined && (await versionOf(pulumiIn(folder))) === engineVersion) return source;
    refusals.push(`${source}: ${refusal ?? `it does not say that it is version ${engineVersion}`}`);
  }
  throw new SandboxProblem(
    [
      "The sandbox needs the Pulumi engine, and none of the three ways to get it worked:",
      `  1. on PATH: no pulumi of version ${oldestEngineVersion} or newer. Install it: https://www.pulumi.com/docs/install/`,
      ...refusals.map((refusal, place) => `  ${place + 2}. ${refusal}`),
    ].join("\n"),
  );
}

function pulumiIn(folder: string): string {
  return path.join(folder, "bin", "pulumi");
}
