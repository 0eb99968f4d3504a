import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { makeFolder } from "../src/files/make-folder";

const source = __dirname;
const target = path.join(source, "..", "node_modules", ".cache", "muster-sandbox");

/**
 * Compiles the sandbox to JavaScript, as far as it is newer than the last time. The engine starts language host and
 * provider for every command, and compiling them each time would cost more than everything else that they do. The
 * result lies under node_modules, so that it finds the packages of this checkout.
 * @returns the folder that has `language-host/main.js` and `provider/main.js`.
 */
export function compileSandbox(): string {
  for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".ts")) compile(file);
  }
  return target;
}

function compile(file: string): void {
  const [from, to] = [path.join(source, file), path.join(target, file.replace(/\.ts$/, ".js"))];
  const modified = statSync(from).mtime;
  if (statSync(to, { throwIfNoEntry: false })?.mtime.getTime() === modified.getTime()) return;
  makeFolder(path.dirname(to));
  const draft = `${to}.${process.pid}`;
  writeFileSync(draft, transpile(readFileSync(from, "utf8"), file));
  utimesSync(draft, modified, modified);
  renameSync(draft, to);
}

function transpile(code: string, fileName: string): string {
  return ts.transpileModule(code, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      inlineSourceMap: true,
    },
  }).outputText;
}
