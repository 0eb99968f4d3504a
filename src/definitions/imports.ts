import path from "node:path";

import ts from "typescript";

/** In the order in which Node.js tries them, with the `.ts` that start/typescript.js adds at the end. */
const EXTENSIONS = [".js", ".json", ".node", ".ts"] as const;

/** Names a folder and no file: `./people/`, `.`, `../..`. */
const NAMES_FOLDER = /(?:^|\/)(?:\.{1,2})?$/;

/**
 * Resolves a relative import as Node.js does; undefined where no file has the name, which the loader reports. Where another
 * file were taken, what is read here would not be what is deployed. https://nodejs.org/api/modules.html#all-together
 * @param importer its path within the project, with slashes, as the answer is
 */
export function resolveImport(
  importer: string,
  specifier: string,
  isFile: (file: string) => boolean,
): string | undefined {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return undefined;
  const target = path.posix.join(path.posix.dirname(importer), specifier).replace(/\/$/, "");
  const asFile = NAMES_FOLDER.test(specifier)
    ? undefined
    : [target, ...EXTENSIONS.map((extension) => target + extension)].find(isFile);
  if (asFile !== undefined) return asFile;
  // It may name any other file.
  if (isFile(path.posix.join(target, "package.json"))) return undefined;
  return [
    ...EXTENSIONS.map((extension) => path.posix.join(target, `index${extension}`)),
    // Node.js knows no such name: what it does not load, an earlier version may have.
    target.replace(/\.([mc]?)js$/, ".$1ts"),
  ].find(isFile);
}

const textOf = (node: ts.Node | undefined): readonly string[] =>
  node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : [];

const isImportCall = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(expression) && expression.text === "require");

/** Lists what a file imports for its values, in any syntax that JavaScript has for it. */
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
