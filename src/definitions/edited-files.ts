import type { EditedFile } from "../model/problems";

/** The files that people edit and documents are made of, by what they export. */
export const EDITED_FILES = {
  organization: "src/organization.ts",
  roster: "src/roster.ts",
  workloads: "src/workloads.ts",
} as const satisfies Record<string, EditedFile>;

/** What must hold here: no document is made of it. */
export const INVARIANTS_FILE = "src/invariants.ts" satisfies EditedFile;
