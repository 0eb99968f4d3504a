/**
 * Control characters (terminal escapes among them), line separators, halves of surrogate pairs, and all that shows
 * nothing by itself or turns what stands beside it around: names on AWS and output of other programs may hold any of them.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const escapeOf = (character: string): string =>
  NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/**
 * A text as a part of one line of output, whoever wrote it: what does not show as itself stands as an escape (`\u{1b}`,
 * `\n`). For people to read, not to be read back.
 */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escapeOf);

/** The same for output of several lines: line feeds and tabs stay, and a carriage return before a line feed goes. */
export const printableLines = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .replace(UNPRINTABLE, (character) =>
      character === "\n" || character === "\t" ? character : escapeOf(character),
    );

/** UTF-16 code units as JSON writes them; a character beyond U+FFFF is two. */
const jsonEscapeOf = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

/** A value as indented JSON that parses to the same value and holds no unprintable character but its line feeds. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(UNPRINTABLE, (character) =>
    character === "\n" ? character : jsonEscapeOf(character),
  );
