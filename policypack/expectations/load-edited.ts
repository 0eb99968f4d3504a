import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import ts from "typescript";

import { UserError } from "../../src/model/problems";

type Hook = (module: NodeJS.Module, file: string) => void;

/** `src/roster.ts:31:5: ',' expected.` */
function placed({ file, start = 0, messageText }: ts.Diagnostic, root: string): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (file === undefined) return message;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${path.relative(root, file.fileName)}:${line + 1}:${character + 1}: ${message}`;
}

/** Turns one file into JavaScript without checking its types: the program and `npm test` do that. */
function transpile(file: string, root: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(file, "utf8"), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  });
  // The compiler goes on after a fault, and what comes out is what nobody wrote.
  if (diagnostics.length > 0) {
    throw new UserError(diagnostics.map((diagnostic) => placed(diagnostic, root)).join("\n"));
  }
  return outputText;
}

function compileInto(module: NodeJS.Module, file: string, root: string): void {
  const compile: unknown = Reflect.get(module, "_compile");
  if (typeof compile !== "function")
    throw new Error("This version of Node.js compiles modules in another way.");
  Reflect.apply(compile, module, [transpile(file, root), file]);
}

/**
 * Loads a TypeScript file that people edit, and whatever it imports, as they stand now, while the pack around them was
 * compiled when it was installed. The pack's runner has a hook of its own for TypeScript, which checks all types and takes
 * seconds; it is back in place afterwards.
 * @param root of which messages name files
 * @throws UserError where a file is not TypeScript, and what the file throws
 */
export function loadEdited(file: string, root: string): unknown {
  const load = createRequire(file);
  // Deprecated, and kept by Node.js for good: before version 22.15 there is no other hook, and ts-node uses it too.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const hooks: Partial<Record<string, Hook>> = load.extensions;
  const previous = hooks[".ts"];
  hooks[".ts"] = (module, source) => compileInto(module, source, root);
  try {
    const loaded: unknown = load(file);
    return loaded;
  } finally {
    if (previous === undefined) delete hooks[".ts"];
    else hooks[".ts"] = previous;
  }
}
