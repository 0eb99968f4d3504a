import { escapeUTF8 } from "entities";

/** Markup that is safe to send: texts in it are escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | readonly Html[] | undefined;

function markupOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "string" || typeof part === "number") return escapeUTF8(String(part));
  return part.map(({ markup }) => markup).join("");
}

/**
 * Markup with texts in it, which come out as text whatever they hold. Not called `html`: Prettier would move the white space of what it
 * takes for a document.
 */
export const safeMarkup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((all, text, index) => all + markupOf(parts[index - 1]) + text));
