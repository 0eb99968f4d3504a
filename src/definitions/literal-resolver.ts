import ts from "typescript";

import type { SourceFile, SourceFiles } from "./source-files";

/** A piece of source with the file in which it stands. */
export interface LocatedNode<Node extends ts.Node = ts.Node> {
  readonly node: Node;
  readonly file: SourceFile;
}

/** The line of a piece of source, from 1, as editors count. */
export const sourceLine = ({ node, file }: LocatedNode): number =>
  file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1;

/** An expression without what changes nothing about its value. */
function bare(expression: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression)
    ? bare(expression.expression)
    : expression;
}

/** The key of a property as JavaScript has it; undefined where only running the program tells. */
export function propertyKey(
  name: ts.PropertyName,
  constants: ReadonlyMap<string, ts.Expression>,
): string | undefined {
  if (ts.isNumericLiteral(name)) return String(Number(name.text));
  if (!ts.isComputedPropertyName(name)) return name.text;
  const expression = bare(name.expression);
  const constant = ts.isIdentifier(expression) ? constants.get(expression.text) : undefined;
  const value = constant === undefined ? expression : bare(constant);
  if (ts.isNumericLiteral(value)) return String(Number(value.text));
  return ts.isStringLiteralLike(value) ? value.text : undefined;
}

/** The constants at the top of a file, by name. */
export function topLevelConstants(tree: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
  const declarations = tree.statements
    .filter(ts.isVariableStatement)
    .filter(({ declarationList }) => (declarationList.flags & ts.NodeFlags.Const) !== 0)
    .flatMap(({ declarationList }) => declarationList.declarations);
  return new Map(
    declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer !== undefined ? [[name.text, initializer] as const] : [],
    ),
  );
}

/** The argument of `defineRoster(organization, { … })`, or the value itself where nothing is called. */
export function definitionIn(expression: ts.Expression): ts.Expression {
  return ts.isCallExpression(expression) ? (expression.arguments.at(-1) ?? expression) : expression;
}

/** Follows names through constants, imports and properties to the object and list literals that they stand for. */
export class LiteralResolver {
  constructor(private readonly files: SourceFiles) {}

  /** The object literal that an expression stands for; undefined where only running the program tells. */
  object(
    expression: LocatedNode<ts.Expression>,
    depth = 0,
  ): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    return this.literal(expression, ts.isObjectLiteralExpression, depth);
  }

  /** The list literal that an expression stands for; undefined where only running the program tells. */
  list(expression: LocatedNode<ts.Expression>): LocatedNode<ts.ArrayLiteralExpression> | undefined {
    return this.literal(expression, ts.isArrayLiteralExpression, 0);
  }

  private literal<Literal extends ts.Expression>(
    { node, file }: LocatedNode<ts.Expression>,
    isLiteral: (expression: ts.Expression) => expression is Literal,
    depth: number,
  ): LocatedNode<Literal> | undefined {
    // Constants that stand for one another in a ring never load.
    if (depth > 100) return undefined;
    const expression = bare(node);
    if (isLiteral(expression)) return { node: expression, file };
    const next = ts.isIdentifier(expression)
      ? this.named(expression.text, file)
      : ts.isPropertyAccessExpression(expression)
        ? this.member(expression, file, depth + 1)
        : undefined;
    return next && this.literal(next, isLiteral, depth + 1);
  }

  /** The value of a property, from the literal itself or from what it spreads; the last one counts. */
  property(
    { node, file }: LocatedNode<ts.ObjectLiteralExpression>,
    key: string,
    depth = 0,
  ): LocatedNode<ts.Expression> | undefined {
    const constants = topLevelConstants(file.tree);
    for (const property of [...node.properties].reverse()) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.object({ node: property.expression, file }, depth + 1);
        const value = spread && this.property(spread, key, depth + 1);
        if (value !== undefined) return value;
      } else if (ts.isShorthandPropertyAssignment(property)) {
        if (property.name.text === key) return this.named(key, file);
      } else if (ts.isPropertyAssignment(property) && propertyKey(property.name, constants) === key) {
        return { node: property.initializer, file };
      }
    }
    return undefined;
  }

  /** What a file exports under a name. */
  exported(name: string, file: SourceFile): LocatedNode<ts.Expression> | undefined {
    const [json] = file.tree.statements;
    if (file.name.endsWith(".json")) {
      return name === "default" && json && ts.isExpressionStatement(json)
        ? { node: json.expression, file }
        : undefined;
    }
    for (const statement of file.tree.statements) {
      if (name === "default" && ts.isExportAssignment(statement)) return { node: statement.expression, file };
      if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
      if (!ts.isNamedExports(statement.exportClause)) continue;
      const own = statement.exportClause.elements.find((element) => element.name.text === name);
      if (own === undefined) continue;
      const original = (own.propertyName ?? own.name).text;
      const source = this.source(statement.moduleSpecifier, file);
      return statement.moduleSpecifier === undefined
        ? this.named(original, file)
        : source && this.exported(original, source);
    }
    const constant = topLevelConstants(file.tree).get(name);
    if (constant !== undefined) return { node: constant, file };
    for (const statement of file.tree.statements) {
      if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
      const source = this.source(statement.moduleSpecifier, file);
      const value = source && this.exported(name, source);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** What a name means in a file: a constant at its top, or an import. */
  private named(name: string, file: SourceFile): LocatedNode<ts.Expression> | undefined {
    const constant = topLevelConstants(file.tree).get(name);
    if (constant !== undefined) return { node: constant, file };
    for (const statement of file.tree.statements.filter(ts.isImportDeclaration)) {
      const { importClause, moduleSpecifier } = statement;
      const bindings = importClause?.namedBindings;
      const element =
        bindings && ts.isNamedImports(bindings)
          ? bindings.elements.find((one) => one.name.text === name)
          : undefined;
      const original =
        importClause?.name?.text === name ? "default" : (element?.propertyName ?? element?.name)?.text;
      if (original === undefined) continue;
      const source = this.source(moduleSpecifier, file);
      return source && this.exported(original, source);
    }
    return undefined;
  }

  /** `teams.web`: of an object, or of a file that is imported whole. */
  private member(
    { expression, name }: ts.PropertyAccessExpression,
    file: SourceFile,
    depth: number,
  ): LocatedNode<ts.Expression> | undefined {
    const whole = ts.isIdentifier(expression) ? this.namespace(expression.text, file) : undefined;
    if (whole !== undefined) return this.exported(name.text, whole);
    const object = this.object({ node: expression, file }, depth);
    return object && this.property(object, name.text, depth);
  }

  private namespace(name: string, file: SourceFile): SourceFile | undefined {
    const statement = file.tree.statements.filter(ts.isImportDeclaration).find(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      return bindings !== undefined && ts.isNamespaceImport(bindings) && bindings.name.text === name;
    });
    return statement && this.source(statement.moduleSpecifier, file);
  }

  private source(specifier: ts.Expression | undefined, file: SourceFile): SourceFile | undefined {
    return specifier !== undefined && ts.isStringLiteralLike(specifier)
      ? this.files.imported(file, specifier.text)
      : undefined;
  }
}
