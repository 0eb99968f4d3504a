/**
 * What a look at something found: all is well, something deserves a look and keeps nothing back, something is missing, or nobody
 * knows because it could not be looked at.
 */
export type DoctorOutcome =
  | { readonly status: "ok"; readonly found: string }
  | { readonly status: "warning" | "missing" | "unknown"; readonly found: string; readonly fix: string };

/** An outcome with the name of what was looked at. */
export type DoctorFinding = { readonly name: string } & DoctorOutcome;

export const passedOutcome = (found: string): DoctorOutcome => ({ status: "ok", found });
export const warningOutcome = (found: string, fix: string): DoctorOutcome => ({
  status: "warning",
  found,
  fix,
});
export const missingOutcome = (found: string, fix: string): DoctorOutcome => ({
  status: "missing",
  found,
  fix,
});
export const unknownOutcome = (found: string, fix: string): DoctorOutcome => ({
  status: "unknown",
  found,
  fix,
});

/** A text as a part of one line: what several lines say, after one another. */
export const joinLines = (text: string): string => text.trim().replace(/\s+/g, " ");
