import type { EditedFile } from "../model/problems";

/** The files that people edit and from which documents are made, by what they export. */
export const EDITED_FILES = {
  organization: "src/organization.ts",
  roster: "src/roster.ts",
  workloads: "src/workloads.ts",
} as const satisfies Record<string, EditedFile>;

/** The file of the invariants of one's own; no document is made from it. */
export const INVARIANTS_FILE = "src/invariants.ts" satisfies EditedFile;
