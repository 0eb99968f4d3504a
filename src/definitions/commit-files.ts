import ts from "typescript";

import { runGit, gitBytes } from "./git";
import { findImports, parseSource, resolveImport } from "./imports";
import type { ReadFile } from "./folder-reader";
import { EDITED_FILES } from "./edited-files";

/** The files below `src` in a commit: each one's blob, by its path within the project. */
export type BlobIds = ReadonlyMap<string, string>;

/** Stands for the blob of a symbolic link or a submodule: what is behind it is not in the commit. */
const LINK = "link";

/** The blob of an entry of a commit by its mode: https://git-scm.com/docs/git-fast-import#_filemodify */
export const blobOf = (mode: string, id: string): string => (mode.startsWith("100") ? id : LINK);

/** The files below `src` in a commit. */
export async function listBlobIds(directory: string, commit: string): Promise<BlobIds> {
  const output = await runGit(directory, ["ls-tree", "-r", "-z", commit, "--", "src"]);
  return new Map(
    output.split("\0").flatMap((line) => {
      const [, mode, id, file] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return mode === undefined || id === undefined || file === undefined
        ? []
        : [[file, blobOf(mode, id)] as const];
    }),
  );
}

/** A file that takes part in what the edited files come to. */
export interface SourceModule {
  readonly blob: string;
  /** The files that it imports by relative paths, by the specifiers. */
  readonly imports: Readonly<Record<string, string>>;
}

/** The edited files of a commit and what they import, by path. */
export type SourceModules = ReadonlyMap<string, SourceModule>;

/** The contents of blobs, each read once however many commits have it. */
export class BlobReader {
  private readonly texts = new Map<string, string>();
  private readonly specifiers = new Map<string, readonly string[]>();

  constructor(private readonly directory: string) {}

  /** A text that was loaded. */
  text(id: string): string {
    const text = this.texts.get(id);
    if (text === undefined) throw new Error(`The blob ${id} was not loaded.`);
    return text;
  }

  /** Reads these blobs in one go. */
  async load(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.texts.has(id));
    if (missing.length === 0) return;
    const output = await gitBytes(this.directory, ["cat-file", "--batch"], {
      input: missing.map((id) => `${id}\n`).join(""),
    });
    let place = 0;
    for (const id of missing) {
      const end = output.indexOf("\n", place);
      const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString("utf8", place, end)) ?? [];
      if (size === undefined) throw new Error(`git has no blob ${id}.`);
      const start = end + 1;
      place = start + Number(size) + 1;
      this.texts.set(id, output.toString("utf8", start, place - 1));
    }
  }

  /** What a blob imports, as the file of that name. */
  imports(file: string, id: string): readonly string[] {
    const key = `${id} ${file}`;
    const known = this.specifiers.get(key);
    if (known !== undefined) return known;
    const found = [...new Set(findImports(parseSource(file, this.text(id))))];
    this.specifiers.set(key, found);
    return found;
  }
}

/** A commit's files while their imports are followed. */
class Following {
  readonly modules = new Map<string, SourceModule>();
  private pending: readonly string[] = Object.values(EDITED_FILES);

  constructor(private readonly files: BlobIds) {}

  /** The blob of a file that is one; what it needs and has not, whoever runs it reports. */
  private blob(file: string): string | undefined {
    const blob = this.files.get(file);
    return blob === LINK ? undefined : blob;
  }

  /** The blobs whose imports come next. */
  wanted(): readonly string[] {
    return this.pending.flatMap((file) => this.blob(file) ?? []);
  }

  advance(blobs: BlobReader): void {
    const next = new Set<string>();
    for (const file of this.pending) {
      const blob = this.blob(file);
      if (blob === undefined) continue;
      const imports: Record<string, string> = {};
      for (const specifier of blobs.imports(file, blob)) {
        const target = resolveImport(file, specifier, (candidate) => this.files.has(candidate));
        if (target === undefined) continue;
        imports[specifier] = target;
        next.add(target);
      }
      this.modules.set(file, { blob, imports });
    }
    this.pending = [...next].filter((file) => !this.modules.has(file));
  }
}

/** Follows the imports of many commits together, so that git is asked a few times and not once for each. */
export async function readModules(
  blobs: BlobReader,
  commits: readonly BlobIds[],
): Promise<readonly SourceModules[]> {
  const all = commits.map((files) => new Following(files));
  for (let open = all; open.length > 0;) {
    await blobs.load(open.flatMap((one) => one.wanted()));
    for (const one of open) one.advance(blobs);
    open = open.filter((one) => one.wanted().length > 0);
  }
  return all.map(({ modules }) => modules);
}

/** The files of a commit, to be read as those of a folder are. */
export const moduleReader =
  (modules: SourceModules, blobs: BlobReader): ReadFile =>
  (file) => {
    const module = modules.get(file);
    return module === undefined ? undefined : blobs.text(module.blob);
  };

/** Compiles a file to JavaScript that Node.js runs as CommonJS; a file with wrong syntax becomes one that throws the error. */
export function compileToCommonJs(file: string, text: string): string {
  if (file.endsWith(".json")) return `module.exports = JSON.parse(${JSON.stringify(text)});`;
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: file,
    // Without them TypeScript compiles broken syntax too, such as a list that is not closed.
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  });
  const [first] = diagnostics;
  if (first === undefined) return outputText;
  const line = first.file?.getLineAndCharacterOfPosition(first.start ?? 0).line ?? 0;
  const message = `${file}, line ${String(line + 1)}: ${ts.flattenDiagnosticMessageText(first.messageText, " ")}`;
  return `throw new SyntaxError(${JSON.stringify(message)});`;
}
