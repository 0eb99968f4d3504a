import path from "node:path";

import ts from "typescript";

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"] as const;

/**
 * The file that a relative import means; undefined where it is none, which whoever loads it reports.
 * @param importer its path within the project, with slashes, as the answer is
 */
export function resolveImport(
  importer: string,
  specifier: string,
  isFile: (file: string) => boolean,
): string | undefined {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return undefined;
  const target = path.posix.join(path.posix.dirname(importer), specifier);
  const stem = target.replace(/\.([mc]?)js$/, ".$1ts");
  const candidates = [
    target,
    stem,
    ...EXTENSIONS.flatMap((extension) => [target + extension, path.posix.join(target, `index${extension}`)]),
  ];
  return candidates.find(isFile);
}

const textOf = (node: ts.Node | undefined): readonly string[] =>
  node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : [];

const isImportCall = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(expression) && expression.text === "require");

/** What a file imports for its values, in any of the ways that JavaScript has for it. */
export function findImports(tree: ts.SourceFile): readonly string[] {
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

/** A file as a syntax tree. */
export const parseSource = (file: string, text: string): ts.SourceFile =>
  file.endsWith(".json")
    ? ts.parseJsonText(file, text)
    : ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
