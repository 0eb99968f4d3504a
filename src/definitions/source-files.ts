import type ts from "typescript";

import type { EditedFile, ImportedFile } from "../model/problems";
import { EDITED_FILES } from "./edited-files";
import type { ReadFile } from "./folder-reader";
import { findImports, parseSource, resolveImport } from "./imports";

/** A file of the organization's, as a syntax tree. */
export interface SourceFile {
  /** Its path within the project, as messages name it. */
  readonly name: EditedFile | ImportedFile;
  readonly tree: ts.SourceFile;
}

/** The program's own part of what edited files import. */
const OWN = "src/model/";

/**
 * The edited files of a project and what they import by relative paths, however far; packages and `src/model` are not
 * among them, nor is what a file reads by itself.
 */
export class SourceFiles {
  private readonly files = new Map<string, SourceFile>();

  constructor(
    private readonly read: ReadFile,
    edited: readonly EditedFile[] = Object.values(EDITED_FILES),
  ) {
    for (const file of edited) this.add(file);
  }

  get all(): readonly SourceFile[] {
    return [...this.files.values()];
  }

  /** Reads an edited file; undefined where there is none, which the loader reports. */
  edited(file: EditedFile): SourceFile | undefined {
    return this.files.get(file);
  }

  /** The file that another one imports; undefined where it is a package or the program's own. */
  imported({ name }: SourceFile, specifier: string): SourceFile | undefined {
    const file = this.resolve(name, specifier);
    return file === undefined ? undefined : this.files.get(file);
  }

  private resolve(importer: string, specifier: string): string | undefined {
    return resolveImport(
      importer,
      specifier,
      (file) => this.files.has(file) || this.read(file) !== undefined,
    );
  }

  private add(name: string): void {
    if (this.files.has(name) || name.startsWith(OWN)) return;
    const text = this.read(name);
    if (text === undefined) return;
    const tree = parseSource(name, text);
    this.files.set(name, { name: name as ImportedFile, tree });
    for (const specifier of findImports(tree)) {
      const imported = this.resolve(name, specifier);
      if (imported !== undefined) this.add(imported);
    }
  }
}
