import { keysOf } from "../model/keys-of";
import { formatPath, type EditedFile, type Problem } from "../model/problems";
import { EDITED_FILES } from "./source-files";

const FILES = { ...EDITED_FILES, invariants: "src/invariants.ts" } as const satisfies Record<
  string,
  EditedFile
>;

type ExportName = keyof typeof FILES;

/** What each file holds at least: some of it may be empty, and is written so. */
const LEAST: Readonly<Record<ExportName, string>> = {
  organization: "defineOrganization({ … })",
  roster: "defineRoster(organization, { … })",
  workloads: "defineWorkloads({})",
  invariants: "defineInvariants(organization, [])",
};

/**
 * Names the edited files that do not export what is read from them. An empty file is no decision to have no services: they would go at
 * the next deployment.
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
