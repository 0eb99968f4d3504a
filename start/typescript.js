"use strict";

// Plain JavaScript, because it is what turns the rest into JavaScript. See docs/decisions/0088-one-way-to-start-typescript.md.

const { existsSync, readdirSync } = require("node:fs");
const path = require("node:path");

/** A file is not TypeScript: its message is `file:line:column: what is wrong`, a line for each fault. */
class SyntaxProblem extends Error {
  /** @param {readonly import("esbuild").Message[]} faults */
  constructor(faults) {
    const lines = faults.map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
    );
    super(lines.join("\n"));
    this.name = "SyntaxProblem";
    // Whatever prints a stack trace prints the message alone: no line of this program is at fault.
    this.stack = this.message;
  }
}

/**
 * JavaScript by the path of the TypeScript that it was.
 * @type {Map<string, string>}
 */
const compiled = new Map();
/**
 * Folders that were compiled as a whole.
 * @type {Set<string>}
 */
const rooms = new Set();

/** @type {(folder: string) => readonly string[]} */
const sourcesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourcesIn(file);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [file] : [];
  });

/**
 * The folder of the nearest package.json; undefined where there is none.
 * @type {(folder: string) => string | undefined}
 */
const projectOf = (folder) => {
  if (existsSync(path.join(folder, "package.json"))) return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : projectOf(above);
};

/**
 * The folder of a project, such as src, in which a file is: files of one import each other.
 * @param {string} file
 */
function roomOf(file) {
  const project = projectOf(path.dirname(file));
  if (project === undefined) return undefined;
  const [room = "", ...rest] = path.relative(project, file).split(path.sep);
  return rest.length === 0 ? undefined : path.join(project, room);
}

/**
 * @param {readonly string[]} files
 * @param {string} root of which messages name them
 */
function compile(files, root) {
  const esbuild = require("esbuild");
  /** @type {import("esbuild").BuildResult<{ write: false }>} */
  let result;
  try {
    result = esbuild.buildSync({
      absWorkingDir: root,
      entryPoints: [...files],
      // Nothing is written: names of outputs tell only which source they are of.
      write: false,
      outdir: root,
      outbase: root,
      outExtension: { ".js": ".ts" },
      bundle: false,
      format: "cjs",
      platform: "node",
      target: `node${process.versions.node}`,
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
      sourcemap: "inline",
      sourcesContent: false,
      logLevel: "silent",
    });
  } catch (error) {
    throw error instanceof Error && "errors" in error
      ? new SyntaxProblem(/** @type {import("esbuild").BuildFailure} */ (error).errors)
      : error;
  }
  for (const output of result.outputFiles) compiled.set(output.path, output.text);
}

/**
 * Compiles a whole folder at once, because starting the compiler takes longer than any file does.
 * @param {string} room
 */
function compileRoom(room) {
  rooms.add(room);
  try {
    compile(sourcesIn(room), path.dirname(room));
  } catch (error) {
    // A fault in a file that nobody imports is none; who imports it hears of it.
    if (!(error instanceof SyntaxProblem)) throw error;
  }
}

/** @param {string} file */
function javascriptOf(file) {
  const room = [...rooms].find((known) => file.startsWith(known + path.sep)) ?? roomOf(file);
  if (room !== undefined && !rooms.has(room)) compileRoom(room);
  if (!compiled.has(file)) compile([file], path.dirname(room ?? file));
  return compiled.get(file);
}

/**
 * From now on this process loads TypeScript as it stands, without a check of its types, which the editor and `npm test` do.
 * Stack traces name the lines of the TypeScript.
 * @throws SyntaxProblem from the import of a file that is not TypeScript
 */
function registerTypeScript() {
  process.setSourceMapsEnabled(true);
  // Deprecated, and kept by Node.js for good: before version 22.15 there is no other hook.
  require.extensions[".ts"] = (module, file) => {
    Reflect.apply(Reflect.get(module, "_compile"), module, [javascriptOf(file), file]);
  };
}

module.exports = { registerTypeScript, SyntaxProblem };
