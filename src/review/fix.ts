import type { Fix } from "./review-finding";

/** What to do, in a sentence that says where: in the roster, in a shell, or by somebody. */
export function fixHeading(fix: Fix): string {
  switch (fix.kind) {
    case "edit":
      return "To do, an edit of src/roster.ts";
    case "command":
      return "To do, by command";
    case "step":
      return "To do, by somebody";
  }
}

/** The lines that a shell takes; none where the fix is no command. */
export function fixCommands(fix: Fix): readonly string[] {
  switch (fix.kind) {
    case "command":
      return fix.commands;
    case "edit":
    case "step":
      return [];
  }
}

/** All of a fix as text, for formats that show no diff. */
export const fixText = (fix: Fix): string =>
  [`${fixHeading(fix)}: ${fix.words}`, ...fixCommands(fix)].join("\n");
