import { createHash } from "node:crypto";
import type { Properties, ResourceType } from "./resource-type";

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}

export interface CheckRequest {
  readonly type: ResourceType;
  readonly olds: Properties;
  readonly news: Properties;
  /** The resource's name in the program. */
  readonly name: string;
  readonly randomSeed: Uint8Array;
}

/** Refuses properties that this provider does not handle, and names what the program leaves unnamed. */
export function check({ type, olds, news, name, randomSeed }: CheckRequest): Checked {
  const failures = Object.keys(news)
    .filter((property) => !Object.hasOwn(type.properties, property))
    .map((property) => ({
      property,
      reason: "the sandbox's AWS provider does not handle this property; see sandbox/provider",
    }));
  const named = type.autoname;
  if (named === undefined || news[named] !== undefined) return { inputs: news, failures };
  return { inputs: { ...news, [named]: olds[named] ?? automaticName(name, randomSeed) }, failures };
}

function automaticName(name: string, randomSeed: Uint8Array): string {
  return `${name}-${createHash("sha256").update(randomSeed).digest("hex").slice(0, 7)}`;
}
