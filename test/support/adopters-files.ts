/** The files that adopters edit: the compiler and the program judge them, and no tool that knows a style or a dictionary. */
export const ADOPTERS_FILES = [
  "src/organization.ts",
  "src/roster.ts",
  "src/workloads.ts",
  "src/invariants.ts",
  "policypack/exemptions.ts",
] as const;

/** The folders of records that people write, and of reviews that are signed as they are. */
export const ADOPTERS_FOLDERS = ["docs/incidents", "reviews"] as const;

/** Whether adopters write the file, in their own words. */
export const isAdopters = (file: string): boolean =>
  ADOPTERS_FILES.some((own) => own === file) ||
  ADOPTERS_FOLDERS.some((folder) => file.startsWith(`${folder}/`)) ||
  /^Pulumi\.[^/]+\.yaml$/.test(file);
