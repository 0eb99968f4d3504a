import ts from "typescript";

import {
  topLevelConstants,
  definitionIn,
  propertyKey,
  sourceLine,
  LiteralResolver,
  type LocatedNode,
} from "./literal-resolver";
import type { ReadFile } from "./folder-reader";
import { EDITED_FILES } from "./edited-files";
import { SourceFiles } from "./source-files";

/** A line of what people edit. */
export interface KeyPlace {
  /** Its path within the project: an edited file, or what one imports. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

type Definition = keyof typeof EDITED_FILES;

/** A key of an object literal, and what stands behind it. */
interface Member {
  readonly name: LocatedNode<ts.PropertyName>;
  readonly value: LocatedNode<ts.Expression>;
}

/** Where the keys of the edited files are written, through constants, imports and spreads, as far as their text tells. */
export class KeyPlaces {
  private readonly files: SourceFiles;
  private readonly resolution: LiteralResolver;

  constructor(read: ReadFile) {
    this.files = new SourceFiles(read);
    this.resolution = new LiteralResolver(this.files);
  }

  /** The names under a key of a definition, such as those of the roster's `people`. */
  names(definition: Definition, ...path: readonly string[]): readonly string[] {
    const object = this.object(definition, path);
    return object === undefined ? [] : [...this.members(object).keys()];
  }

  /** Where a key is written; undefined where only running the program tells. */
  place(definition: Definition, ...path: readonly string[]): KeyPlace | undefined {
    const key = path.at(-1);
    const object = this.object(definition, path.slice(0, -1));
    const member = object && key !== undefined ? this.members(object).get(key) : undefined;
    return member && { file: member.name.file.name, line: sourceLine(member.name) };
  }

  private object(
    definition: Definition,
    path: readonly string[],
  ): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    const file = this.files.edited(EDITED_FILES[definition]);
    const exported = file && this.resolution.exported(definition, file);
    let object =
      exported && this.resolution.object({ node: definitionIn(exported.node), file: exported.file });
    for (const key of path) {
      const value = object && this.members(object).get(key)?.value;
      object = value && this.resolution.object(value);
    }
    return object;
  }

  /** The members of an object by name; of those of one name the last, which counts. */
  private members({ node, file }: LocatedNode<ts.ObjectLiteralExpression>, depth = 0): Map<string, Member> {
    const members = new Map<string, Member>();
    // Constants that spread one another in a ring never load.
    if (depth > 100) return members;
    const constants = topLevelConstants(file.tree);
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.resolution.object({ node: property.expression, file });
        for (const [key, member] of spread ? this.members(spread, depth + 1) : []) members.set(key, member);
      } else if (ts.isPropertyAssignment(property)) {
        const key = propertyKey(property.name, constants);
        const value = { node: property.initializer, file };
        if (key !== undefined) members.set(key, { name: { node: property.name, file }, value });
      } else if (ts.isShorthandPropertyAssignment(property)) {
        const value = { node: property.name, file };
        members.set(property.name.text, { name: { node: property.name, file }, value });
      }
    }
    return members;
  }
}
