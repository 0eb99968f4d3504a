import { keysOf } from "../model/keys-of";
import { formatPath, type EditedFile, type Problem } from "../model/problems";
import { EDITED_FILES, INVARIANTS_FILE } from "./edited-files";

const FILES = { ...EDITED_FILES, invariants: INVARIANTS_FILE } as const satisfies Record<string, EditedFile>;

type ExportName = keyof typeof FILES;

/** The exports that each file has at least; an empty one is still written. */
const LEAST: Readonly<Record<ExportName, string>> = {
  organization: "defineOrganization({ … })",
  roster: "defineRoster(organization, { … })",
  workloads: "defineWorkloads({})",
  invariants: "defineInvariants(organization, [])",
};

/**
 * Names the edited files that lack an export. An empty file does not mean that there are no services: the next deployment would delete
 * them.
 * @param written by name of the export
 */
export const missingExports = (written: Readonly<Partial<Record<ExportName, unknown>>>): readonly Problem[] =>
  keysOf(FILES)
    .filter((name) => name in written && written[name] === undefined)
    .map((name) => ({
      severity: "error",
      file: FILES[name],
      path: formatPath(),
      rule: `This file exports no \`${name}\`: it is empty, or calls it otherwise.`,
      remedy: `Write \`export const ${name} = ${LEAST[name]};\` at least.`,
    }));
