import assert from "node:assert/strict";
import { basename, resolve } from "node:path";

import ts from "typescript";

import { WORKLOAD_RESOURCE_KINDS } from "../../src/model/workload";
import { rosterOfSize, sampleOrganization } from "../support/rosters";

const ROOT = resolve(__dirname, "../..");
const CASES = ["roster.types.ts", "workloads.types.ts"].map((file) => resolve(__dirname, file));
const EXPECTATION = /\/\/ @ts-expect-error (.*)/;

function projectOptions(): ts.CompilerOptions {
  const parsed = ts.getParsedCommandLineOfConfigFile(resolve(ROOT, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => assert.fail(causeOf(diagnostic)),
  });
  assert.ok(parsed);
  return parsed.options;
}

/** What an error says in the end: the last line tells the cause. */
function causeOf({ messageText }: ts.Diagnostic): string {
  const lines = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
  return lines.at(-1)?.trim() ?? "";
}

/** Compiles a text as if it were a file, beside this one by default: every error as "line: what stands there: cause". */
function errorsOf(text: string, written = resolve(__dirname, "written.ts")): readonly string[] {
  const options = projectOptions();
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const source = ts.createSourceFile(written, text, ts.ScriptTarget.ES2022);
  host.getSourceFile = (file, ...rest) => (resolve(file) === written ? source : read(file, ...rest));
  const program = ts.createProgram([written], options, host);
  return ts.sortAndDeduplicateDiagnostics(program.getSemanticDiagnostics(source)).map((diagnostic) => {
    const { start = 0, length = 0 } = diagnostic;
    const { line } = source.getLineAndCharacterOfPosition(start);
    const [place = ""] = source.text.slice(start, start + length).split(" ");
    return `${String(line + 1)}: ${place}: ${causeOf(diagnostic)}`;
  });
}

describe("what cannot be true does not compile", function () {
  this.timeout(60_000);

  for (const file of CASES) {
    it(`and the compiler's message says the rule at the right place: ${basename(file)}`, () => {
      const text = ts.sys.readFile(file) ?? "";
      const expected = text.split("\n").flatMap((line, index) => {
        const [, cause] = EXPECTATION.exec(line) ?? [];
        return cause === undefined ? [] : [`${String(index + 2)}: ${cause}`];
      });
      assert.ok(expected.length > 0);
      // A quotation may leave out the end, where the compiler prints types at length.
      const errors = errorsOf(text.replaceAll("@ts-expect-error", "expected"), file).map((error, index) =>
        error.slice(0, expected[index]?.length),
      );
      assert.deepEqual(errors, expected);
    });
  }

  it("and of a service's access the compiler lists every key", () => {
    const [error = "", ...others] = errorsOf(`
      import { defineWorkloads } from "../../src/model/workloads-definition";
      defineWorkloads({ report: { runsOn: "ecs", environments: { dev: { buckets: [] } } } });
    `);
    assert.deepEqual(others, []);
    const [, list = ""] = /has the keys (.*?), and pod on EKS"/.exec(error) ?? [];
    assert.deepEqual(list.split(", ").toSorted(), [...WORKLOAD_RESOURCE_KINDS, "publicTables"].toSorted());
  });
});

describe("what the rules admit compiles", function () {
  this.timeout(60_000);

  it("for a hundred people of all categories", () => {
    const text = `
      import { defineOrganization } from "../../src/model/organization";
      import { defineRoster } from "../../src/model/roster";
      const organization = defineOrganization(${JSON.stringify(sampleOrganization())});
      defineRoster(organization, ${JSON.stringify(rosterOfSize(100))});
    `;
    assert.deepEqual(errorsOf(text), []);
  });
});
