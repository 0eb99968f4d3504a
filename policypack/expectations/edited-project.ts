import path from "node:path";

import { rememberedKeys } from "../../src/definitions/remembered-keys";
import { UserError, type Problem } from "../../src/model/problems";
import { OWN_OPTIONS, type Exemption, type OwnResource } from "../exemption";
import { loadEdited } from "./load-edited";
import { typeFaults } from "./type-faults";

/** What people have written, as it stands when the pack runs. */
export interface EditedProject {
  /** Unchecked: the model does that. */
  readonly organization: unknown;
  readonly roster: unknown;
  readonly workloads: unknown;
  readonly exemptions: readonly Exemption[];
  readonly ownResources: readonly OwnResource[];
  /** Keys that are written twice; the values above have only the second of each. */
  readonly repeatedKeys: readonly Problem[];
  /** The error of the first file that cannot be read, so that nothing can be compared. */
  readonly fault?: UserError;
}

function exported(root: string, file: string, name: string): unknown {
  const module: unknown = loadEdited(path.join(root, file), root);
  return typeof module === "object" && module !== null ? Reflect.get(module, name) : undefined;
}

const OWN_RESOURCE_KEYS = ["stack", "type", "name", "owner", "reason", "expires"] as const;

const hasTexts = (value: unknown, keys: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  keys.every((key) => typeof Reflect.get(value, key) === "string");

const isOwnOption = (value: unknown): boolean => OWN_OPTIONS.some((option) => option === value);

function isOwnResource(value: unknown): value is OwnResource {
  if (typeof value !== "object" || value === null || !hasTexts(value, OWN_RESOURCE_KEYS)) return false;
  const options: unknown = Reflect.get(value, "options");
  return options === undefined || (Array.isArray(options) && options.every(isOwnOption));
}

const isExemption = (value: unknown): value is Exemption => hasTexts(value, [...OWN_RESOURCE_KEYS, "policy"]);

const REGISTER = path.join("policypack", "exemptions.ts");

/** A list of the register. @throws UserError with the place of what is wrong, as far as types tell it */
function listIn<Item>(
  root: string,
  name: string,
  value: unknown,
  isItem: (item: unknown) => item is Item,
  what: string,
): readonly Item[] {
  if (Array.isArray(value) && value.every(isItem)) return value;
  const faults = typeFaults(path.join(root, REGISTER), root);
  if (faults.length > 0) throw new UserError(faults.join("\n"));
  const first = Array.isArray(value) ? value.findIndex((item) => !isItem(item)) : undefined;
  throw new UserError(
    first === undefined
      ? `${REGISTER} exports no list of ${what} called ${name}.`
      : `${REGISTER}: ${name}[${first}] lacks something of ${what}, or has something else.`,
  );
}

function readFiles(root: string): EditedProject {
  const register = (name: string): unknown => exported(root, REGISTER, name);
  return {
    organization: exported(root, path.join("src", "organization.ts"), "organization"),
    roster: exported(root, path.join("src", "roster.ts"), "roster"),
    workloads: exported(root, path.join("src", "workloads.ts"), "workloads"),
    exemptions: listIn(root, "EXEMPTIONS", register("EXEMPTIONS"), isExemption, "exemptions"),
    ownResources: listIn(
      root,
      "OWN_RESOURCES",
      register("OWN_RESOURCES") ?? [],
      isOwnResource,
      "resources of your own",
    ),
    repeatedKeys: rememberedKeys(root),
  };
}

/** Reads the edited files of a project. */
export function readEditedProject(root: string): EditedProject {
  try {
    return readFiles(root);
  } catch (fault) {
    if (!(fault instanceof UserError)) throw fault;
    // A refusal tells more than a pack that does not start.
    const nothing = { organization: undefined, roster: undefined, workloads: undefined };
    return { ...nothing, exemptions: [], ownResources: [], repeatedKeys: [], fault };
  }
}
