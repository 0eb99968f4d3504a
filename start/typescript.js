"use strict";

// Plain JavaScript, because it is what turns the rest into JavaScript. See docs/decisions/0088-one-way-to-start-typescript.md.

const { Buffer, isUtf8 } = require("node:buffer");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { findSourceMap } = require("node:module");
const path = require("node:path");

/** The last line of a whole entry: one that a crash has cut off does not have it. */
const END = "\n// whole\n";

/** Files that people edit: what they throw while they are loaded is no bug of the program's. */
const EDITED = [
  "src/organization.ts",
  "src/roster.ts",
  "src/workloads.ts",
  "src/invariants.ts",
  "policypack/exemptions.ts",
];

/** A fault in a source, which its author can fix. The message is `file:line:column: what is wrong`, a line for each fault. */
class SourceProblem extends Error {
  /**
   * @param {readonly string[]} lines
   * @param {ErrorOptions} [options]
   */
  constructor(lines, options) {
    super(lines.join("\n"), options);
    this.name = "SourceProblem";
    // Whatever prints a stack trace prints the message alone: no line of this program is at fault.
    this.stack = this.message;
  }
}

/** What git writes around both sides of a conflict, at the beginning of a line. */
const MERGE_MARKER = /^(?:[<>|]{7} .*|={7})$/;

/** @param {import("esbuild").Message} fault */
function faultOfSyntax({ text, location }) {
  if (location === null) return text;
  const { file, line, column } = location;
  const marker = MERGE_MARKER.exec(location.lineText.trimEnd())?.[0];
  return marker === undefined
    ? `${file}:${line}:${column + 1}: ${text}`
    : `${file}:${line}:1: a merge has left ${JSON.stringify(marker)}. Keep what both sides were meant to say, and delete the lines with markers.`;
}

/**
 * Finds files in another encoding, whose letters would be misread.
 * @param {readonly string[]} files
 * @param {string} root
 */
const faultsOfEncoding = (files, root) =>
  files
    .filter((file) => !isUtf8(readFileSync(file)))
    .map((file) => `${path.relative(root, file)}: this is no text in UTF-8. Save it in that encoding.`);

/**
 * Lists the calls of an error's stack trace, as V8 has them: with lines of the JavaScript, whether Node.js or the package that
 * Pulumi's SDK loads formats stack traces in this process. Empty where the stack was read before.
 * @param {Error} error
 * @returns {readonly NodeJS.CallSite[]}
 */
function callsOf(error) {
  const worded = Error.prepareStackTrace;
  /** @type {readonly NodeJS.CallSite[]} */
  let calls = [];
  try {
    Error.prepareStackTrace = (_, sites) => {
      calls = sites;
      return `${error.name}: ${error.message}`;
    };
    // V8 makes the words when they are read for the first time: https://v8.dev/docs/stack-trace-api.
    void error.stack;
  } finally {
    Error.prepareStackTrace = worded;
  }
  return calls;
}

/**
 * The place in a source, by the source map that Node.js keeps of each module.
 * @param {NodeJS.CallSite} call
 * @returns {readonly number[]} line and column, or nothing where they are not known
 */
function placeOf(call) {
  const [line, column] = [call.getLineNumber(), call.getColumnNumber()];
  if (line === null || column === null) return [];
  const origin = findSourceMap(call.getFileName() ?? "")?.findOrigin(line, column);
  return origin !== undefined && "lineNumber" in origin ? [origin.lineNumber, origin.columnNumber] : [];
}

/**
 * Words what an edited file, or one that it imports, has thrown.
 * @param {Error} error
 * @param {string} file
 * @param {string} project
 */
function faultOfEvaluation(error, file, project) {
  const call = callsOf(error).find((one) => one.getFileName()?.endsWith(".ts"));
  const source = path.relative(project, call?.getFileName() ?? file);
  const place = [source, ...(call === undefined ? [] : placeOf(call))];
  // Node.js goes on with what required the module.
  return `${place.join(":")}: ${error.message.split("\n")[0]}`;
}

/**
 * JavaScript by the path of the TypeScript that it was.
 * @type {Map<string, string>}
 */
const compiled = new Map();
/**
 * Folders whose files are in `compiled`, all that could be compiled.
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

const CHECKOUT = path.join(__dirname, "..");

/**
 * The checkout, whose policy pack has a package.json too, or the folder of the nearest package.json; undefined where there is none.
 * @type {(folder: string) => string | undefined}
 */
const projectOf = (folder) => {
  if (folder === CHECKOUT || folder.startsWith(CHECKOUT + path.sep)) return CHECKOUT;
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
 * The cache: its folder, in that of the packages, which `npm ci` deletes, and a digest of what decides how TypeScript is
 * compiled, which is the compiler's version, Node.js', and this file.
 * @type {{ readonly folder: string, readonly compiler: Buffer } | undefined}
 */
let known;

function cache() {
  if (known !== undefined) return known;
  const manifest = require.resolve("esbuild/package.json");
  const compiler = createHash("sha256")
    .update(
      JSON.stringify([process.versions.node, readFileSync(path.join(__dirname, "typescript.js"), "utf8")]),
    )
    .update(readFileSync(manifest))
    .digest();
  const packages = path.dirname(path.dirname(manifest));
  known = { folder: path.join(packages, ".cache", "muster-typescript"), compiler };
  return known;
}

/**
 * Finds where the cache keeps the JavaScript of a text: the name is a digest of all inputs.
 * @param {string} file
 * @param {string} text
 */
function entryOf(file, text) {
  const { folder, compiler } = cache();
  // The source map tells the file's name, and not where it is.
  const key = createHash("sha256")
    .update(compiler)
    .update(`${path.basename(file)}\n`)
    .update(text);
  return path.join(folder, `${key.digest("hex")}.js`);
}

/**
 * The JavaScript that the cache has of a file as it stands.
 * @param {string} file
 */
function remembered(file) {
  try {
    const javascript = readFileSync(entryOf(file, readFileSync(file, "utf8")), "utf8");
    return javascript.endsWith(END) ? javascript : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes JavaScript to the cache for other processes: whole, or not at all. A read-only checkout has no cache.
 * @param {string} file
 * @param {string} text what the compiler has read, which an editor may have changed since
 * @param {string} javascript
 */
function remember(file, text, javascript) {
  const entry = entryOf(file, text);
  const draft = `${entry}.${process.pid}`;
  try {
    mkdirSync(path.dirname(entry), { recursive: true });
    writeFileSync(draft, javascript);
    renameSync(draft, entry);
  } catch {
    // The next start compiles again.
  }
}

/**
 * @param {readonly string[]} files
 * @param {string} root of which messages name them
 */
function compile(files, root) {
  const esbuild = require("esbuild");
  const misread = faultsOfEncoding(files, root);
  if (misread.length > 0) throw new SourceProblem(misread);
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
      sourcemap: "external",
      logLevel: "silent",
    });
  } catch (error) {
    throw error instanceof Error && "errors" in error
      ? new SourceProblem(/** @type {import("esbuild").BuildFailure} */ (error).errors.map(faultOfSyntax))
      : error;
  }
  const outputs = new Map(result.outputFiles.map((output) => [output.path, output.text]));
  for (const file of files) {
    const { sourcesContent, ...map } = JSON.parse(outputs.get(`${file}.map`) ?? "{}");
    const inline = Buffer.from(JSON.stringify(map)).toString("base64");
    // In parts, or this file would be taken to have a source map itself.
    const comment = ["//# sourceMappingURL", `data:application/json;base64,${inline}`].join("=");
    const javascript = `${outputs.get(file) ?? ""}${comment}${END}`;
    compiled.set(file, javascript);
    remember(file, sourcesContent.join(""), javascript);
  }
}

/**
 * Compiles the files of a folder that the cache lacks, in one call: starting the compiler takes longer than any file does.
 * @param {string} room
 */
function compileRoom(room) {
  rooms.add(room);
  const unknown = sourcesIn(room).filter((file) => {
    const javascript = remembered(file);
    if (javascript !== undefined) compiled.set(file, javascript);
    return javascript === undefined;
  });
  if (unknown.length === 0) return;
  try {
    compile(unknown, path.dirname(room));
  } catch (error) {
    // A faulty file is reported only when something imports it.
    if (!(error instanceof SourceProblem)) throw error;
  }
}

/** @param {string} file */
function javascriptOf(file) {
  const room = [...rooms].find((known) => file.startsWith(known + path.sep)) ?? roomOf(file);
  if (room !== undefined && !rooms.has(room)) {
    const javascript = remembered(file);
    if (javascript !== undefined) return javascript;
    compileRoom(room);
  }
  if (!compiled.has(file)) compile([file], path.dirname(room ?? file));
  return compiled.get(file);
}

/** Packages may be missing whoever asks for them. */
const PACKAGE = /^Cannot find module '[@\w]/;

/**
 * An error of an edited file with its place; any other as it is.
 * @param {unknown} error
 * @param {string} file
 */
function asUsers(error, file) {
  if (!(error instanceof Error) || error instanceof SourceProblem || PACKAGE.test(error.message))
    return error;
  const project = projectOf(path.dirname(file));
  if (project === undefined || !EDITED.includes(path.relative(project, file).replaceAll(path.sep, "/")))
    return error;
  return new SourceProblem([faultOfEvaluation(error, file, project)], { cause: error });
}

/**
 * From now on this process loads TypeScript as it stands, without a check of its types, which the editor and `npm test` do.
 * Stack traces name the lines of the TypeScript.
 * @throws SourceProblem from the import of a file that is not TypeScript, or of an edited one that throws something
 */
function registerTypeScript() {
  process.setSourceMapsEnabled(true);
  // Deprecated, and kept by Node.js for good: before version 22.15 there is no other hook.
  require.extensions[".ts"] = (module, file) => {
    const javascript = javascriptOf(file);
    try {
      Reflect.apply(Reflect.get(module, "_compile"), module, [javascript, file]);
    } catch (error) {
      throw asUsers(error, file);
    }
  };
}

/**
 * From now on this process, which may write nothing and start no compiler, loads TypeScript as other processes have compiled it. What none
 * has, ts-node turns into JavaScript, file by file.
 */
function registerCompiled() {
  /** @type {import("ts-node").Service | undefined} */
  let slow;
  require.extensions[".ts"] = (module, file) => {
    let javascript = remembered(file);
    if (javascript === undefined) {
      slow ??= require("ts-node").create({ transpileOnly: true });
      javascript = slow.compile(readFileSync(file, "utf8"), file);
    }
    Reflect.apply(Reflect.get(module, "_compile"), module, [javascript, file]);
  };
}

module.exports = { registerCompiled, registerTypeScript, SourceProblem };
