import { MagicString } from "magic-string";

import type { LocatedNode } from "./literal-resolver";

/** A file with its new text. */
export interface FileEdit {
  /** Its path within the project, with slashes. */
  readonly file: string;
  readonly text: string;
}

/** Edits of several files, each by the places in its text as it was read. */
export class FileEdits {
  private readonly texts = new Map<string, MagicString>();

  of({ file }: LocatedNode): MagicString {
    const known = this.texts.get(file.name);
    if (known !== undefined) return known;
    const edits = new MagicString(file.tree.text);
    this.texts.set(file.name, edits);
    return edits;
  }

  get all(): readonly FileEdit[] {
    return [...this.texts].map(([file, edits]) => ({ file, text: edits.toString() }));
  }
}
