import path from "node:path";

import { repeatedKeys } from "../../src/definitions/repeated-keys";
import type { Problem } from "../../src/model/problems";
import type { Exemption } from "../exemption";
import { loadEdited } from "./load-edited";

/** What people have written, as it stands when the pack runs. */
export interface Project {
  /** Unchecked: the model does that. */
  readonly organization: unknown;
  readonly roster: unknown;
  readonly workloads: unknown;
  readonly exemptions: readonly Exemption[];
  /** Keys that are written twice, of which the values above have the second alone. */
  readonly repeatedKeys: readonly Problem[];
}

function exported(file: string, name: string): unknown {
  const module: unknown = loadEdited(file);
  return typeof module === "object" && module !== null ? Reflect.get(module, name) : undefined;
}

function isExemption(value: unknown): value is Exemption {
  const keys: readonly (keyof Exemption)[] = [
    "policy",
    "stack",
    "type",
    "name",
    "owner",
    "reason",
    "expires",
  ];
  return (
    typeof value === "object" &&
    value !== null &&
    keys.every((key) => typeof Reflect.get(value, key) === "string")
  );
}

function exemptionsIn(value: unknown): readonly Exemption[] {
  if (Array.isArray(value) && value.every(isExemption)) return value;
  throw new Error("policypack/exemptions.ts exports no list of exemptions called EXEMPTIONS.");
}

/** Reads the edited files of a project. */
export function readProject(root: string): Project {
  return {
    organization: exported(path.join(root, "src", "organization.ts"), "organization"),
    roster: exported(path.join(root, "src", "roster.ts"), "roster"),
    workloads: exported(path.join(root, "src", "workloads.ts"), "workloads"),
    exemptions: exemptionsIn(exported(path.join(root, "policypack", "exemptions.ts"), "EXEMPTIONS")),
    repeatedKeys: repeatedKeys(root),
  };
}
