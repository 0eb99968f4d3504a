"use strict";

// Compiles the policy pack: node start/build-policypack.js
const { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const ts = require("typescript");

const FAILURE = 2;

const CHECKOUT = path.join(__dirname, "..");
const PACK = path.join(CHECKOUT, "policypack");
const COMPILED = path.join(PACK, "dist");

/** @type {ts.FormatDiagnosticsHost} */
const PLACES = {
  getCurrentDirectory: () => CHECKOUT,
  getCanonicalFileName: (file) => file,
  getNewLine: () => "\n",
};

/**
 * Compiles into a folder. Node.js writes each file whole or throws; the compiler's own writing passes over a disk that is full.
 * @param {string} folder
 * @returns {readonly ts.Diagnostic[]} what is wrong with the sources
 */
function compile(folder) {
  /** @type {ts.Diagnostic[]} */
  const faults = [];
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(PACK, "tsconfig.json"),
    { outDir: folder },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (fault) => void faults.push(fault) },
  );
  if (config === undefined) return faults;
  const program = ts.createProgram(config.fileNames, config.options);
  const { diagnostics } = program.emit(undefined, (file, text) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  });
  return [...config.errors, ...program.getSyntacticDiagnostics(), ...diagnostics];
}

/**
 * Takes the whole pack once it is compiled. Half of one, as an interrupt leaves it, would fail with a stack trace in each preview:
 * the folder with what Pulumi starts is the first to go, and the last to come.
 * @param {string} draft
 */
function replacePack(draft) {
  rmSync(path.join(COMPILED, "policypack"), { recursive: true, force: true });
  for (const folder of [...readdirSync(draft).filter((name) => name !== "policypack"), "policypack"]) {
    rmSync(path.join(COMPILED, folder), { recursive: true, force: true });
    renameSync(path.join(draft, folder), path.join(COMPILED, folder));
  }
}

function build() {
  mkdirSync(COMPILED, { recursive: true });
  const draft = mkdtempSync(path.join(COMPILED, "draft-"));
  try {
    const faults = compile(draft);
    process.stderr.write(ts.formatDiagnostics(faults, PLACES));
    if (faults.length > 0) return FAILURE;
    replacePack(draft);
    return 0;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

try {
  process.exitCode = build();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The policy pack cannot be written: ${reason}.\n`);
  process.exitCode = FAILURE;
}
