import type { EditedFile } from "../model/problems";

/** The files that people edit, by what they export. */
export const EDITED_FILES = {
  organization: "src/organization.ts",
  roster: "src/roster.ts",
  workloads: "src/workloads.ts",
} as const satisfies Record<string, EditedFile>;
