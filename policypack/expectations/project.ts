import path from "node:path";

import { repeatedKeys } from "../../src/definitions/repeated-keys";
import type { Problem } from "../../src/model/problems";
import type { Exemption, OwnResource } from "../exemption";
import { loadEdited } from "./load-edited";

/** What people have written, as it stands when the pack runs. */
export interface Project {
  /** Unchecked: the model does that. */
  readonly organization: unknown;
  readonly roster: unknown;
  readonly workloads: unknown;
  readonly exemptions: readonly Exemption[];
  readonly ownResources: readonly OwnResource[];
  /** Keys that are written twice, of which the values above have the second alone. */
  readonly repeatedKeys: readonly Problem[];
}

function exported(file: string, name: string): unknown {
  const module: unknown = loadEdited(file);
  return typeof module === "object" && module !== null ? Reflect.get(module, name) : undefined;
}

const OWN_RESOURCE_KEYS = ["stack", "type", "name", "owner", "reason", "expires"] as const;

const hasTexts = (value: unknown, keys: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  keys.every((key) => typeof Reflect.get(value, key) === "string");

const isOwnResource = (value: unknown): value is OwnResource => hasTexts(value, OWN_RESOURCE_KEYS);

const isExemption = (value: unknown): value is Exemption => hasTexts(value, [...OWN_RESOURCE_KEYS, "policy"]);

function listIn<Item>(
  value: unknown,
  isItem: (item: unknown) => item is Item,
  what: string,
): readonly Item[] {
  if (Array.isArray(value) && value.every(isItem)) return value;
  throw new Error(`policypack/exemptions.ts exports no list of ${what}.`);
}

/** Reads the edited files of a project. */
export function readProject(root: string): Project {
  const register = path.join(root, "policypack", "exemptions.ts");
  return {
    organization: exported(path.join(root, "src", "organization.ts"), "organization"),
    roster: exported(path.join(root, "src", "roster.ts"), "roster"),
    workloads: exported(path.join(root, "src", "workloads.ts"), "workloads"),
    exemptions: listIn(exported(register, "EXEMPTIONS"), isExemption, "exemptions called EXEMPTIONS"),
    ownResources: listIn(
      exported(register, "OWN_RESOURCES") ?? [],
      isOwnResource,
      "resources of your own called OWN_RESOURCES",
    ),
    repeatedKeys: repeatedKeys(root),
  };
}
