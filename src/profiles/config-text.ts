import { UserError } from "../model/problems";
import type { BlockMarkers } from "./profile-block";

/** A config file: its name for messages, and its content with one character a byte, so that nothing else changes. */
export interface ConfigText {
  readonly name: string;
  readonly text: string;
}

/** U+FEFF in UTF-8, one character a byte. */
const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

/** Whether the file begins with the mark that some editors of Windows put there. It stays, and belongs to no line. */
export const hasByteOrderMark = ({ text }: ConfigText): boolean => text.startsWith(BYTE_ORDER_MARK);

const UTF_16 = /^(?:\u00ff\u00fe|\u00fe\u00ff)/;

interface Line {
  /** From 1, as editors count. */
  readonly number: number;
  readonly start: number;
  /** Where the next line starts. */
  readonly next: number;
  /** Without the spaces around it and its end. */
  readonly words: string;
  /** Whether it begins with spaces, as what belongs to the setting above does. */
  readonly isNested: boolean;
}

interface Section {
  readonly profile: string;
  readonly line: number;
}

/** Where a block stands: from the first character of its first line to the end of its last line, without the line's end. */
interface Place {
  readonly first: Line;
  readonly last: Line;
  readonly start: number;
  readonly end: number;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  const first = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  for (let start = first; start < text.length;) {
    const feed = text.indexOf("\n", start);
    const next = feed === -1 ? text.length : feed + 1;
    const line = text.slice(start, next);
    lines.push({ number: lines.length + 1, start, next, words: line.trim(), isNested: /^[ \t]/.test(line) });
    start = next;
  }
  return lines;
}

const LINE_END = /\r?\n/;
const lineEndOf = (text: string): string => LINE_END.exec(text)?.[0] ?? "\n";
const numbersOf = (lines: readonly Line[]): string =>
  lines.length === 0 ? "nowhere" : `on line ${lines.map(({ number }) => String(number)).join(" and ")}`;

const ANY_MARKER = /^# (?:BEGIN|END) muster /;

function brokenMarkers(
  file: string,
  begins: readonly Line[],
  ends: readonly Line[],
  inside: readonly Line[],
) {
  const others =
    inside.length === 0 ? "" : `, and markers of another block between them ${numbersOf(inside)}`;
  return new UserError(
    `The block of \`npm run aws-config\` in ${file} is broken: BEGIN ${numbersOf(begins)}, END ${numbersOf(ends)}${others}.\n` +
      "To do: leave one BEGIN and one END after it with nothing but the block's profiles between them, or delete the block.",
  );
}

/** Where the block stands; undefined where there is none. */
function placeOf({ name, text }: ConfigText, { begin, end }: BlockMarkers): Place | undefined {
  if (UTF_16.test(text)) {
    throw new UserError(
      `${name} is UTF-16, which no tool of AWS reads, and the profiles would break it.\nTo do: save it as UTF-8, without a byte order mark.`,
    );
  }
  const lines = linesOf(text);
  const begins = lines.filter(({ words }) => words === begin);
  const ends = lines.filter(({ words }) => words === end);
  const [first, ...otherBegins] = begins;
  const [last, ...otherEnds] = ends;
  if (first === undefined && last === undefined) return undefined;
  const isWhole = first !== undefined && last !== undefined && first.number < last.number;
  if (!isWhole || otherBegins.length > 0 || otherEnds.length > 0) throw brokenMarkers(name, begins, ends, []);
  const inside = lines.slice(first.number, last.number - 1).filter(({ words }) => ANY_MARKER.test(words));
  if (inside.length > 0) throw brokenMarkers(name, begins, ends, inside);
  const lineEnd = LINE_END.exec(text.slice(last.start, last.next))?.[0] ?? "";
  return { first, last, start: first.start, end: last.next - lineEnd.length };
}

const SECTION = /^\[\s*profile\s+(["']?)([^"'\]]*?)\1\s*\]/;
/** The one profile whose section is named without the word. */
const DEFAULT_SECTION = /^\[\s*default\s*\]/;

const profileIn = (words: string): string | undefined =>
  DEFAULT_SECTION.test(words) ? "default" : SECTION.exec(words)?.[2];

const sectionsOf = (lines: readonly Line[]): readonly Section[] =>
  lines.flatMap(({ words, number }) => {
    const profile = profileIn(words);
    return profile === undefined ? [] : [{ profile, line: number }];
  });

/** A line of a profile's section: `sso_session = example`. */
export interface ProfileSetting {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

const SETTING = /^([^\s=:#;[][^=:]*?)\s*[=:]\s*(.*)$/;

function settingsIn(
  lines: readonly Line[],
  isSection: (words: string) => boolean,
): readonly ProfileSetting[] {
  let isOwn = false;
  return lines.flatMap(({ words, number, isNested }) => {
    if (words.startsWith("[")) isOwn = isSection(words);
    const [, name, value] = (isOwn && !isNested ? SETTING.exec(words) : undefined) ?? [];
    return name === undefined || value === undefined
      ? []
      : [{ name: name.toLowerCase(), value: value.replace(/\s[#;].*$/, ""), line: number }];
  });
}

/** The settings of a profile, from all of its sections in the file but those of the block. */
export const profileSettings = (
  config: ConfigText,
  markers: BlockMarkers,
  profile: string,
): readonly ProfileSetting[] =>
  settingsIn(outsideOf(config, placeOf(config, markers)), (words) => profileIn(words) === profile);

const CREDENTIALS_SECTION = /^\[\s*([^\]]*?)\s*\]/;

/** The settings of a profile in the file of credentials, whose sections have the profile's bare name. */
export const credentialsFileSettings = ({ text }: ConfigText, profile: string): readonly ProfileSetting[] =>
  settingsIn(linesOf(text), (words) => CREDENTIALS_SECTION.exec(words)?.[1] === profile);

const outsideOf = ({ text }: ConfigText, place: Place | undefined): readonly Line[] =>
  linesOf(text).filter(
    ({ number }) => place === undefined || number < place.first.number || number > place.last.number,
  );

function refuseTaken(config: ConfigText, place: Place | undefined, wanted: ReadonlySet<string>): void {
  const { name } = config;
  const outside = outsideOf(config, place);
  const taken = sectionsOf(outside).filter(({ profile }) => wanted.has(profile));
  if (taken.length === 0) return;
  const where = taken.map(({ profile, line }) => `  line ${String(line)}: [profile ${profile}]`);
  throw new UserError(
    [
      `${name} has profiles of these names already, and they are not Muster's to change:`,
      ...where,
      "To do: rename them there, or give yours other names with --profile-prefix. If they stand in the block of somebody else, " +
        "`--remove` with that name takes it out.",
    ].join("\n"),
  );
}

/**
 * The text with the block in it, in the place of the last one or else at the end, with the text's own line ends. Every
 * character outside of the block stays as it is.
 * @throws UserError where markers are broken, or a profile outside of the block has the name of one in it
 */
export function withBlock(config: ConfigText, markers: BlockMarkers, block: readonly string[]): string {
  const { text } = config;
  const place = placeOf(config, markers);
  const profiles = sectionsOf(linesOf(block.join("\n"))).map(({ profile }) => profile);
  refuseTaken(config, place, new Set(profiles));
  if (place !== undefined) {
    const lineEnd = lineEndOf(text.slice(place.start));
    return text.slice(0, place.start) + block.join(lineEnd) + text.slice(place.end);
  }
  const lineEnd = lineEndOf(text);
  const isEmpty = text === "" || text === BYTE_ORDER_MARK;
  return text + (isEmpty ? "" : lineEnd) + block.join(lineEnd) + lineEnd;
}

/**
 * The text without the block; undoes `withBlock` to the character.
 * @throws UserError where markers are broken
 */
export function withoutBlock(config: ConfigText, markers: BlockMarkers): string {
  const { text } = config;
  const place = placeOf(config, markers);
  if (place === undefined) return text;
  const lineEnd = lineEndOf(text.slice(place.start));
  const after = text.slice(place.last.next);
  const before = text.slice(0, place.start);
  const own = before.endsWith(lineEnd) ? before.slice(0, -lineEnd.length) : "";
  // An empty line before the block came with it. So did the end of a last line that had none.
  const cameWithIt = own !== "" && (own.endsWith("\n") || after === "");
  return (cameWithIt ? own : before) + after;
}

/** The lines of the block without their ends; undefined where there is none. */
export function blockIn(config: ConfigText, markers: BlockMarkers): readonly string[] | undefined {
  const place = placeOf(config, markers);
  return place && config.text.slice(place.start, place.end).split(LINE_END);
}

/** By profile, its section's text. */
export function sectionTexts(block: readonly string[]): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let current: string | undefined;
  for (const line of block) {
    current = SECTION.exec(line.trim())?.[2] ?? current;
    if (current === undefined || line.startsWith("# END ")) continue;
    sections.set(current, `${sections.get(current) ?? ""}${line.trim()}\n`);
  }
  return sections;
}
