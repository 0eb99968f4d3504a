import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { createRequire, SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";

import ts from "typescript";

import { errorMessage, UserError } from "../../src/model/problems";
import { placed } from "./type-faults";

type Hook = (module: NodeJS.Module, file: string) => void;

interface Compiled {
  readonly javascript: string;
  readonly sourceMap?: SourceMap;
}

const isSourceMap = (value: unknown): value is SourceMapPayload =>
  typeof value === "object" && value !== null && "mappings" in value;

/** Turns one file into JavaScript without checking its types: the program and `npm test` do that. */
function transpile(file: string, root: string): Compiled {
  const bytes = readFileSync(file);
  if (!isUtf8(bytes))
    throw new UserError(`${path.relative(root, file)}: this is no text in UTF-8. Save it in that encoding.`);
  const {
    outputText,
    sourceMapText = "{}",
    diagnostics = [],
  } = ts.transpileModule(bytes.toString(), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      sourceMap: true,
    },
  });
  // The compiler goes on after a fault, and its output is not what anybody wrote.
  if (diagnostics.length > 0) {
    throw new UserError(diagnostics.map((diagnostic) => placed(diagnostic, root)).join("\n"));
  }
  const map: unknown = JSON.parse(sourceMapText);
  return { javascript: outputText, ...(isSourceMap(map) && { sourceMap: new SourceMap(map) }) };
}

function runIn(module: NodeJS.Module, file: string, javascript: string): void {
  const compile: unknown = Reflect.get(module, "_compile");
  if (typeof compile !== "function")
    throw new Error("This version of Node.js compiles modules in another way.");
  Reflect.apply(compile, module, [javascript, file]);
}

/** A line of a stack trace: `at Object.<anonymous> (/project/src/roster.ts:9:32)`, whatever its colours. */
const FRAME = /\(?((?:\/|[A-Za-z]:\\)[^():]*\.ts):(\d+):(\d+)\)?/;

/** The place in the TypeScript where a file threw something: `src/roster.ts:9:32`; the file alone where the stack has none. */
function placeOf(
  error: unknown,
  file: string,
  root: string,
  compiled: ReadonlyMap<string, Compiled>,
): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const text of stack.split("\n").filter((line) => line.trimStart().startsWith("at "))) {
    const [, thrownIn = "", line = "", column = ""] = FRAME.exec(text) ?? [];
    const entry = compiled.get(thrownIn)?.sourceMap?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry !== undefined && "originalLine" in entry)
      return `${path.relative(root, thrownIn)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }
  return path.relative(root, file);
}

/**
 * Loads a TypeScript file that people edit, and whatever it imports, as they stand now, while the pack around them was
 * compiled when it was installed. The pack's runner has a hook of its own for TypeScript, which checks all types and takes
 * seconds; it is back in place afterwards.
 * @param root of which messages name files
 * @throws UserError with the place where a file is not TypeScript, or throws something
 */
export function loadEdited(file: string, root: string): unknown {
  const load = createRequire(file);
  const compiled = new Map<string, Compiled>();
  // Deprecated, and kept by Node.js for good: before version 22.15 there is no other hook, and ts-node uses it too.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const hooks: Partial<Record<string, Hook>> = load.extensions;
  const previous = hooks[".ts"];
  hooks[".ts"] = (module, source) => {
    const one = transpile(source, root);
    compiled.set(source, one);
    runIn(module, source, one.javascript);
  };
  try {
    const loaded: unknown = load(file);
    return loaded;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const [what = ""] = errorMessage(error).split("\n");
    throw new UserError(`${placeOf(error, file, root, compiled)}: ${what}`, { cause: error });
  } finally {
    if (previous === undefined) delete hooks[".ts"];
    else hooks[".ts"] = previous;
  }
}
