import type { MagicString } from "magic-string";
import ts from "typescript";

/** A list or an object as it is written. */
export type ListLiteral = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression;

/** The style of a new item, so that it looks like those around it. */
export interface ListStyle {
  readonly newline: "\n" | "\r\n";
  /** White space before it. */
  readonly indent: string;
  /** White space of one step further in. */
  readonly unit: string;
  readonly quote: '"' | "'";
  /** Whether the last one in a list of several lines has a comma after it. */
  readonly trailingComma: boolean;
  /** Whether it stands on one line with what is before it. */
  readonly inline: boolean;
}

const elementsOf = (literal: ListLiteral): ts.NodeArray<ts.Node> =>
  ts.isArrayLiteralExpression(literal) ? literal.elements : literal.properties;

const newlineOf = (text: string): ListStyle["newline"] =>
  /\r\n|\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";

function lineStart(text: string, position: number): number {
  return text.lastIndexOf("\n", position - 1) + 1;
}

/** White space at the beginning of a position's line. */
function indentAt(text: string, position: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, position)))?.[0] ?? "";
}

/** The quotes of most texts in a file; double ones where there are as many. */
function quoteOf(tree: ts.SourceFile): ListStyle["quote"] {
  const counts = { '"': 0, "'": 0 };
  const visit = (node: ts.Node): void => {
    const first = ts.isStringLiteral(node) ? tree.text.charAt(node.getStart(tree)) : "";
    if (first === '"' || first === "'") counts[first] += 1;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return counts["'"] > counts['"'] ? "'" : '"';
}

/** The indentation of a file, from its first indented line. */
function unitOf(text: string): string {
  return /^(\t| {2,8})(?=\S)/m.exec(text)?.[1] ?? "  ";
}

/** Where a node ends together with the comments behind it on its last line. */
function endWithComments(text: string, position: number): number {
  return ts.getTrailingCommentRanges(text, position)?.at(-1)?.end ?? position;
}

/** The comma behind a node, if there is one: it stands after white space and comments. */
function commaAfter(text: string, position: number): number | undefined {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  scanner.resetTokenState(position);
  return scanner.scan() === ts.SyntaxKind.CommaToken ? scanner.getTokenStart() : undefined;
}

const breaksBefore = (node: ts.Node, tree: ts.SourceFile): boolean =>
  tree.text.slice(node.getFullStart(), node.getStart(tree)).includes("\n");

function styleOf(literal: ListLiteral, tree: ts.SourceFile): ListStyle {
  const { text } = tree;
  const elements = elementsOf(literal);
  const last = elements.at(-1);
  const inline = last !== undefined && !breaksBefore(last, tree);
  const unit = unitOf(text);
  const outer = indentAt(text, literal.getStart(tree));
  return {
    newline: newlineOf(text),
    indent: last === undefined || inline ? outer + unit : indentAt(text, last.getStart(tree)),
    unit,
    quote: quoteOf(tree),
    trailingComma: last === undefined ? true : elements.hasTrailingComma,
    inline,
  };
}

/**
 * Adds an item after the last of a list or an object; changes nothing else in the file but a comma before it.
 * @param write what is written, without indentation before it and comma after it
 */
export function appendToList(
  edits: MagicString,
  literal: ListLiteral,
  tree: ts.SourceFile,
  write: (style: ListStyle) => string,
): void {
  const { text } = tree;
  const elements = elementsOf(literal);
  const style = styleOf(literal, tree);
  const { newline, indent, trailingComma, inline } = style;
  const last = elements.at(-1);
  const addition = write(style);
  if (last === undefined) {
    appendFirst(edits, literal, tree, `${indent}${addition},`, newline);
    return;
  }
  const comma = elements.hasTrailingComma ? commaAfter(text, last.end) : undefined;
  if (comma === undefined) edits.appendLeft(last.end, ",");
  const place = endWithComments(text, comma === undefined ? last.end : comma + 1);
  // A comment to the end of the line would swallow what follows it there.
  const onOwnLine = !inline || /\/\/[^\n]*$/.test(text.slice(last.end, place));
  const before = onOwnLine ? `${newline}${indent}` : " ";
  edits.appendLeft(place, `${before}${addition}${trailingComma ? "," : ""}`);
}

/** Adds an item to a literal that is empty, or has only comments. */
function appendFirst(
  edits: MagicString,
  literal: ListLiteral,
  tree: ts.SourceFile,
  line: string,
  newline: string,
): void {
  const { text } = tree;
  const close = literal.end - 1;
  const inside = text.slice(literal.getStart(tree) + 1, close);
  const outer = indentAt(text, literal.getStart(tree));
  const trimmed = inside.trimEnd();
  const start = close - (inside.length - trimmed.length);
  const ending = `${newline}${line}${newline}${outer}`;
  if (start === close) edits.appendLeft(close, ending);
  else edits.update(start, close, ending);
}

/** Finds where the comments directly above a node begin: on their own lines, with no empty line between. */
function startWithComments(text: string, node: ts.Node, tree: ts.SourceFile): number {
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  let start = node.getStart(tree);
  for (const comment of [...comments].reverse()) {
    const between = text.slice(comment.end, start);
    const isOnOwnLine = text.slice(lineStart(text, comment.pos), comment.pos).trim() === "";
    if (!isOnOwnLine || (between.match(/\n/g) ?? []).length > 1) break;
    start = comment.pos;
  }
  return start;
}

/**
 * Removes items of a list or an object, each with the comments directly above it and behind it on its line.
 * @param places positions in it, from 0
 */
export function removeFromList(
  edits: MagicString,
  literal: ListLiteral,
  tree: ts.SourceFile,
  places: ReadonlySet<number>,
): void {
  const { text } = tree;
  const elements = elementsOf(literal);
  elements.forEach((element, place) => {
    if (!places.has(place)) return;
    const comma = commaAfter(text, element.end);
    const end = endWithComments(text, comma === undefined ? element.end : comma + 1);
    const start = startWithComments(text, element, tree);
    const [, rest = ""] = /^([ \t]*(?:\r?\n)?)/.exec(text.slice(end)) ?? [];
    const ownLine = text.slice(lineStart(text, start), start).trim() === "" && rest.endsWith("\n");
    if (ownLine) edits.remove(lineStart(text, start), end + rest.length);
    else if (comma === undefined) edits.remove(start, end);
    else edits.remove(start, end + (/^ */.exec(text.slice(end))?.[0].length ?? 0));
  });
  removeLooseComma(edits, elements, text, places);
  const left = elements.some((_, place) => !places.has(place));
  const [open, close] = [literal.getStart(tree) + 1, literal.end - 1];
  if (!left && edits.slice(open, close).trim() === "") edits.remove(open, close);
}

/** Removes the comma of the last item that stays, where the list ended without one. */
function removeLooseComma(
  edits: MagicString,
  elements: ts.NodeArray<ts.Node>,
  text: string,
  places: ReadonlySet<number>,
): void {
  if (elements.hasTrailingComma || !places.has(elements.length - 1)) return;
  const last = elements.filter((_, place) => !places.has(place)).at(-1);
  const comma = last && commaAfter(text, last.end);
  if (comma === undefined) return;
  const [blanks = ""] = /^ *(?=[^\s/])/.exec(text.slice(comma + 1)) ?? [];
  edits.remove(comma, comma + 1 + blanks.length);
}
