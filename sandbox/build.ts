import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { makeFolder } from "../src/files/make-folder";

const source = __dirname;
const target = path.join(
  ...[source, "..", "node_modules", ".cache", "muster-sandbox"],
  createHash("sha256").update(readFileSync(__filename)).digest("hex").slice(0, 12),
);

/**
 * Compiles the sandbox to JavaScript, as far as it is newer than the last time. The engine starts language host and
 * provider for every command, and compiling them each time would cost more than everything else that they do. The
 * result lies under node_modules, so that it finds the packages of this checkout, in a folder named by this file's content: what
 * another version of it compiled is not taken.
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

/** How TypeScript writes the import of a service's client. */
const CLIENT_IMPORT = /^const (\w+) = require\(("@aws-sdk\/client-[\w-]+")\);$/gm;

function transpile(code: string, fileName: string): string {
  const { outputText } = ts.transpileModule(code, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      inlineSourceMap: true,
    },
  });
  // All clients take 0.4 s of processor time to load, and a preview without a refresh calls STS alone: each is loaded by its first use.
  return outputText.replace(
    CLIENT_IMPORT,
    "const $1 = new Proxy({}, { get: (_, name) => require($2)[name] });",
  );
}
