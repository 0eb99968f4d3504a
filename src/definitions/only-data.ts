import ts from "typescript";

const { SyntaxKind } = ts;

/** Syntax that says the same whoever runs it: data, constants of it, and functions of what they are given. */
const SAYS: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.SourceFile,
  SyntaxKind.EndOfFileToken,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.ExportAssignment,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.VariableStatement,
  SyntaxKind.VariableDeclarationList,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.ExportKeyword,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TemplateExpression,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.TemplateSpan,
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.EqualsGreaterThanToken,
  SyntaxKind.Parameter,
  SyntaxKind.CallExpression,
  SyntaxKind.Identifier,
]);

/** Steps from what is written to what was never meant: `[].constructor.constructor` is a compiler. */
const LEADS_AWAY: readonly string[] = ["constructor", "prototype", "__proto__"];

const isRelative = (specifier: ts.Expression): boolean =>
  ts.isStringLiteral(specifier) && specifier.text.startsWith(".");

/** The names that a file binds: its constants, the parameters of its functions and what it imports. */
function boundNames(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set(["undefined"]);
  const visit = (node: ts.Node): void => {
    const binds =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    if (binds && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function saysItself(node: ts.Node, bound: ReadonlySet<string>): boolean {
  if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return true;
  if (ts.isPropertyAccessExpression(node))
    return !LEADS_AWAY.includes(node.name.text) && saysItself(node.expression, bound);
  if (!SAYS.has(node.kind)) return false;
  if (ts.isIdentifier(node)) return bound.has(node.text);
  // Names and what they stand for are those of another file.
  if (ts.isImportDeclaration(node)) return isRelative(node.moduleSpecifier);
  if (ts.isExportDeclaration(node))
    return node.moduleSpecifier === undefined || isRelative(node.moduleSpecifier);
  if (ts.isCallExpression(node) && !ts.isIdentifier(node.expression)) return false;
  if (ts.isPropertyAssignment(node)) {
    const { name, initializer } = node;
    const key = ts.isComputedPropertyName(name) ? undefined : name.text;
    return key !== undefined && key !== "__proto__" && saysItself(initializer, bound);
  }
  return ts.forEachChild(node, (child) => !saysItself(child, bound)) !== true;
}

/**
 * Whether a file says the same wherever it runs: data, names for it, and functions of what they are given. What asks for the clock, the
 * environment or anything else that it does not bind may say one thing here and another where it is deployed.
 */
export const isOnlyData = (tree: ts.SourceFile): boolean =>
  tree.fileName.endsWith(".json") || saysItself(tree, boundNames(tree));
