/**
 * What a look at something found: all is well, something deserves a look and keeps nothing back, something is missing, or nobody
 * knows because it could not be looked at.
 */
export type Outcome =
  | { readonly status: "ok"; readonly found: string }
  | { readonly status: "warning" | "missing" | "unknown"; readonly found: string; readonly fix: string };

/** An outcome with the name of what was looked at. */
export type Finding = { readonly name: string } & Outcome;

export const passed = (found: string): Outcome => ({ status: "ok", found });
export const warning = (found: string, fix: string): Outcome => ({ status: "warning", found, fix });
export const missing = (found: string, fix: string): Outcome => ({ status: "missing", found, fix });
export const unknown = (found: string, fix: string): Outcome => ({ status: "unknown", found, fix });

/** A text as a part of one line: what several lines say, after one another. */
export const onOneLine = (text: string): string => text.trim().replace(/\s+/g, " ");
