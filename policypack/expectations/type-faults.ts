import path from "node:path";

import ts from "typescript";

/** `src/roster.ts:31:5: ',' expected.` */
export function placed({ file, start = 0, messageText }: ts.Diagnostic, root: string): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (file === undefined) return message;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${path.relative(root, file.fileName)}:${line + 1}:${character + 1}: ${message}`;
}

/**
 * Checks a file's types as an editor does, by the project's tsconfig.json; a line for each fault. It takes seconds, for a file
 * that is known to be at fault.
 */
export function typeFaults(file: string, root: string): readonly string[] {
  const read: { readonly config?: unknown } = ts.readConfigFile(path.join(root, "tsconfig.json"), (name) =>
    ts.sys.readFile(name),
  );
  const { config } = read;
  const written: unknown =
    typeof config === "object" && config !== null ? Reflect.get(config, "compilerOptions") : undefined;
  const { options } = ts.convertCompilerOptionsFromJson(written ?? {}, root);
  const program = ts.createProgram([file], { ...options, types: [], noEmit: true });
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map((diagnostic) => placed(diagnostic, root));
}
