import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import type { EditedFile, ImportedFile } from "../model/problems";

/** The files that people edit, by what they export. */
export const EDITED_FILES = {
  organization: "src/organization.ts",
  roster: "src/roster.ts",
  workloads: "src/workloads.ts",
} as const satisfies Record<string, EditedFile>;

/** A file of the organization's, as a syntax tree. */
export interface SourceFile {
  /** Its path within the project, as messages name it. */
  readonly name: EditedFile | ImportedFile;
  readonly tree: ts.SourceFile;
}

/** The program's own part of what edited files import. */
const OWN = path.join("src", "model");
const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"] as const;

const isFile = (file: string): boolean => existsSync(file) && statSync(file).isFile();

/** The file that a relative import means; undefined where it is none, which whoever loads it reports. */
function resolveImport(importer: string, specifier: string): string | undefined {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return undefined;
  const target = path.resolve(path.dirname(importer), specifier);
  const stem = target.replace(/\.([mc]?)js$/, ".$1ts");
  const candidates = [
    target,
    stem,
    ...EXTENSIONS.flatMap((extension) => [target + extension, path.join(target, `index${extension}`)]),
  ];
  return candidates.find(isFile);
}

const textOf = (node: ts.Node | undefined): readonly string[] =>
  node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : [];

/** What a file imports for its values, in any of the ways that JavaScript has for it. */
function importsOf(tree: ts.SourceFile): readonly string[] {
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
      specifiers.push(...textOf(node.moduleSpecifier));
    if (ts.isExportDeclaration(node) && !node.isTypeOnly) specifiers.push(...textOf(node.moduleSpecifier));
    if (ts.isExternalModuleReference(node)) specifiers.push(...textOf(node.expression));
    if (ts.isCallExpression(node) && isImportCall(node)) specifiers.push(...textOf(node.arguments[0]));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return specifiers;
}

const isImportCall = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(expression) && expression.text === "require");

function parse(file: string): ts.SourceFile {
  const text = readFileSync(file, "utf8");
  return file.endsWith(".json")
    ? ts.parseJsonText(file, text)
    : ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
}

/**
 * The edited files of a project and what they import by relative paths, however far; packages and `src/model` are not
 * among them, nor is what a file reads by itself.
 */
export class SourceFiles {
  private readonly files = new Map<string, SourceFile>();

  constructor(private readonly root: string) {
    for (const file of Object.values(EDITED_FILES)) this.add(path.resolve(root, file));
  }

  get all(): readonly SourceFile[] {
    return [...this.files.values()];
  }

  /** An edited file; undefined where there is none, which whoever loads it reports. */
  edited(file: EditedFile): SourceFile | undefined {
    return this.files.get(path.resolve(this.root, file));
  }

  /** The file that another one imports; undefined where it is a package or the program's own. */
  imported({ tree }: SourceFile, specifier: string): SourceFile | undefined {
    const file = resolveImport(tree.fileName, specifier);
    return file === undefined ? undefined : this.files.get(file);
  }

  private add(file: string): void {
    const name = path.relative(this.root, file);
    if (this.files.has(file) || !isFile(file) || name.startsWith(OWN + path.sep)) return;
    const tree = parse(file);
    this.files.set(file, { name: name.split(path.sep).join("/") as ImportedFile, tree });
    for (const specifier of importsOf(tree)) {
      const imported = resolveImport(file, specifier);
      if (imported !== undefined) this.add(imported);
    }
  }
}
