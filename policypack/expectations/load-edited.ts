import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import ts from "typescript";

type Hook = (module: NodeJS.Module, file: string) => void;

/** Turns one file into JavaScript without checking its types: the program and `npm test` do that. */
function transpile(file: string): string {
  return ts.transpileModule(readFileSync(file, "utf8"), {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  }).outputText;
}

function compileInto(module: NodeJS.Module, file: string): void {
  const compile: unknown = Reflect.get(module, "_compile");
  if (typeof compile !== "function")
    throw new Error("This version of Node.js compiles modules in another way.");
  Reflect.apply(compile, module, [transpile(file), file]);
}

/**
 * Loads a TypeScript file that people edit, and whatever it imports, as they stand now, while the pack around them was
 * compiled when it was installed. The pack's runner has a hook of its own for TypeScript, which checks all types and takes
 * seconds; it is back in place afterwards.
 * @throws what the file throws, syntax errors included
 */
export function loadEdited(file: string): unknown {
  const load = createRequire(file);
  // Deprecated, and kept by Node.js for good: before version 22.15 there is no other hook, and ts-node uses it too.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const hooks: Partial<Record<string, Hook>> = load.extensions;
  const previous = hooks[".ts"];
  hooks[".ts"] = compileInto;
  try {
    const loaded: unknown = load(file);
    return loaded;
  } finally {
    if (previous === undefined) delete hooks[".ts"];
    else hooks[".ts"] = previous;
  }
}
