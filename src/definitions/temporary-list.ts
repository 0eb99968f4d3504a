import ts from "typescript";

import { UserError } from "../model/problems";
import { appendToList, removeFromList, type ListStyle } from "./comma-list";
import { FileEdits, type FileEdit } from "./file-edits";
import { definitionIn, LiteralResolver, type LocatedNode } from "./literal-resolver";
import type { ReadFile } from "./folder-reader";
import { EDITED_FILES } from "./edited-files";
import { SourceFiles } from "./source-files";

/** A grant as it is written under `temporary`: its keys in this order. */
export type WrittenGrant = Readonly<Record<string, string | readonly string[]>>;

/** The longest line of an entry; a longer entry takes several lines. */
const LONGEST_LINE = 100;

function quoted(text: string, { quote }: ListStyle): string {
  const json = JSON.stringify(text);
  return quote === '"' ? json : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function valueText(value: string | readonly string[], style: ListStyle): string {
  if (typeof value === "string") return quoted(value, style);
  return `[${value.map((item) => quoted(item, style)).join(", ")}]`;
}

function grantText(grant: WrittenGrant, style: ListStyle): string {
  const keys = Object.entries(grant).map(([key, value]) => `${key}: ${valueText(value, style)}`);
  const line = `{ ${keys.join(", ")} }`;
  if (style.inline && line.length <= LONGEST_LINE) return line;
  const { newline, indent, unit, trailingComma } = style;
  const inner = keys.map((key) => `${indent}${unit}${key}`).join(`,${newline}`);
  return `{${newline}${inner}${trailingComma ? "," : ""}${newline}${indent}}`;
}

/** The list `temporary` of the roster, as the files of a project have it. */
class TemporaryList {
  private readonly resolution: LiteralResolver;
  private readonly roster: LocatedNode<ts.ObjectLiteralExpression>;

  constructor(read: ReadFile) {
    const files = new SourceFiles(read);
    this.resolution = new LiteralResolver(files);
    const file = files.edited(EDITED_FILES.roster);
    const definition = file && this.resolution.exported("roster", file);
    const roster =
      definition && this.resolution.object({ ...definition, node: definitionIn(definition.node) });
    if (roster === undefined) {
      throw new UserError(
        `${EDITED_FILES.roster}: no object follows \`roster\` that can be edited: a call makes it, or an import of a package.`,
      );
    }
    this.roster = roster;
  }

  /** Undefined where the roster has none. */
  literal(): LocatedNode<ts.ArrayLiteralExpression> | undefined {
    const value = this.resolution.property(this.roster, "temporary");
    if (value === undefined) return undefined;
    return this.resolution.list(value) ?? this.cannotFollow(value);
  }

  add(grant: WrittenGrant): readonly FileEdit[] {
    const edits = new FileEdits();
    const list = this.literal();
    if (list === undefined) {
      appendToList(edits.of(this.roster), this.roster.node, this.roster.file.tree, (style) => {
        const inner = { ...style, indent: style.indent + style.unit, inline: false };
        const { newline, indent } = style;
        const comma = style.trailingComma ? "," : "";
        return `temporary: [${newline}${inner.indent}${grantText(grant, inner)}${comma}${newline}${indent}]`;
      });
    } else {
      appendToList(edits.of(list), list.node, list.file.tree, (style) => grantText(grant, style));
    }
    return edits.all;
  }

  /** Every entry in the order of its value, those of lists that are spread into this one included. */
  entries(
    list = this.literal(),
  ): readonly { readonly list: LocatedNode<ts.ArrayLiteralExpression>; readonly place: number }[] {
    return (list?.node.elements ?? []).flatMap((element, place) => {
      if (list === undefined) return [];
      if (!ts.isSpreadElement(element)) return [{ list, place }];
      const spread = { node: element.expression, file: list.file };
      return this.entries(this.resolution.list(spread) ?? this.cannotFollow(spread));
    });
  }

  remove(indices: readonly number[]): readonly FileEdit[] {
    const edits = new FileEdits();
    const entries = this.entries();
    const places = new Map<
      ts.ArrayLiteralExpression,
      { list: LocatedNode<ts.ArrayLiteralExpression>; own: Set<number> }
    >();
    for (const index of indices) {
      const entry = entries[index];
      if (entry === undefined) throw new Error(`There is no temporary[${String(index)}].`);
      const known = places.get(entry.list.node) ?? { list: entry.list, own: new Set<number>() };
      known.own.add(entry.place);
      places.set(entry.list.node, known);
    }
    for (const { list, own } of places.values())
      removeFromList(edits.of(list), list.node, list.file.tree, own);
    return edits.all;
  }

  private cannotFollow({ node, file }: LocatedNode): never {
    const line = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1;
    const text = node.getText(file.tree).split("\n", 1).join("");
    throw new UserError(
      `${file.name}, line ${String(line)}: \`temporary\` comes from \`${text}\`, which only running the program tells. ` +
        "Change it there by hand, or write the list as a list.",
    );
  }
}

/**
 * Adds a grant as the last under `temporary`, in the style of the file; changes no other character.
 * @throws UserError where the roster's text has no such list that can be found without running it
 */
export function addTemporary(read: ReadFile, grant: WrittenGrant): readonly FileEdit[] {
  return new TemporaryList(read).add(grant);
}

/**
 * Takes grants out of `temporary`, each with the comments that are its own: directly above it, and behind it on its line.
 * @param indices places in the list's value, from 0
 * @throws UserError where the roster's text has no such list that can be found without running it
 */
export function removeTemporary(read: ReadFile, indices: readonly number[]): readonly FileEdit[] {
  return new TemporaryList(read).remove(indices);
}
