import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { run, type Finished } from "../../sandbox/process/run";

const CHECKOUT = path.join(__dirname, "..", "..");

describe("the start of a command", () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "muster-start-"));
    cpSync(path.join(CHECKOUT, "start"), path.join(project, "start"), { recursive: true });
    symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(project, "node_modules"), "dir");
    write(
      "package.json",
      '{ "dependencies": { "esbuild": "*" }, "devDependencies": { "@example/tool": "*" } }',
    );
    write("src/cli.ts", 'import { roster } from "./roster";\nconsole.log(JSON.stringify(roster));\n');
    write("src/roster.ts", 'export const roster: readonly string[] = ["ann"];\n');
  });

  afterEach(() => rmSync(project, { recursive: true, force: true }));

  function write(file: string, text: string | Buffer): void {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }

  const command = (...args: readonly string[]): Promise<Finished> =>
    run(process.execPath, ["start/command.js", ...args], { cwd: project, timeout: 30_000 });

  async function assertAnswers(expected: Pick<Finished, "code" | "stdout" | "stderr">): Promise<void> {
    const { code, stdout, stderr } = await command("src/cli.ts");
    assert.deepEqual({ code, stdout, stderr }, expected);
  }

  it("runs the sources as they stand, without a step in between", async () => {
    await assertAnswers({ code: 0, stdout: '["ann"]\n', stderr: "" });
    write("src/roster.ts", 'export const roster: readonly string[] = ["bob"];\n');
    await assertAnswers({ code: 0, stdout: '["bob"]\n', stderr: "" });
  });

  it("does not check types", async () => {
    write("src/roster.ts", 'export const roster: number = "ann";\n');
    await assertAnswers({ code: 0, stdout: '"ann"\n', stderr: "" });
  });

  it("names every fault of a file that is not TypeScript by its place", async () => {
    write("src/roster.ts", 'export const roster = {\n  people: ["ann" "bob"],\n};\n');
    await assertAnswers({
      code: 2,
      stdout: "",
      stderr: 'src/roster.ts:2:18: Expected "]" but found "\\"bob\\""\n',
    });
  });

  for (const [marker, place] of [
    ["<<<<<<< HEAD", "2:1"],
    ["||||||| 1a2b3c4", "2:1"],
    ["=======", "2:1"],
    [">>>>>>> joins", "2:1"],
  ] as const) {
    it(`says that a merge is not done where ${marker} is left`, async () => {
      write("src/roster.ts", `export const roster = [\n${marker}\n  "ann",\n];\n`);
      await assertAnswers({
        code: 2,
        stdout: "",
        stderr:
          `src/roster.ts:${place}: a merge has left ${JSON.stringify(marker)}. ` +
          "Keep what both sides were meant to say, and delete the lines with markers.\n",
      });
    });
  }

  for (const [encoding, bytes] of [
    ["UTF-16", Buffer.from('\u{FEFF}export const roster = ["ann"];\n', "utf16le")],
    ["Latin-1", Buffer.from('export const roster = ["J\u00F6rg"];\n', "latin1")],
  ] as const) {
    it(`refuses a file in ${encoding}, whose letters would be others`, async () => {
      write("src/roster.ts", bytes);
      await assertAnswers({
        code: 2,
        stdout: "",
        stderr: "src/roster.ts: this is no text in UTF-8. Save it in that encoding.\n",
      });
    });
  }

  it("takes UTF-8 with a byte order mark and the line ends of Windows", async () => {
    write("src/roster.ts", '\u{FEFF}export const roster = [\r\n  "J\u00F6rg",\r\n];\r\n');
    await assertAnswers({ code: 0, stdout: '["J\u00F6rg"]\n', stderr: "" });
  });

  it("names the exemptions with their folder, which has a package.json of its own", async () => {
    write("policypack/package.json", "{}");
    write("src/cli.ts", 'import "../policypack/exemptions";\n');
    write("policypack/exemptions.ts", "export const EXEMPTIONS = [1 2];\n");
    const syntax = 'policypack/exemptions.ts:1:30: Expected "]" but found "2"\n';
    await assertAnswers({ code: 2, stdout: "", stderr: syntax });
    write("policypack/exemptions.ts", "export const EXEMPTIONS = [ann];\n");
    await assertAnswers({
      code: 2,
      stdout: "",
      stderr: "policypack/exemptions.ts:1:28: ann is not defined\n",
    });
  });

  it("does not mind a fault in a file that nothing imports", async () => {
    write("src/draft.ts", "export const = ;\n");
    await assertAnswers({ code: 0, stdout: '["ann"]\n', stderr: "" });
  });

  /** Node.js maps them to the sources; the package that Pulumi's SDK loads does not know how ours were compiled. */
  const STACK_TRACES = [
    ["Node.js", []],
    ["source-map-support", ["--require", "source-map-support/register"]],
  ] as const;

  const UNDECLARED =
    "interface Person {\n  readonly name: string;\n}\nexport const roster: readonly Person[] = [\n  ann,\n];\n";
  for (const [what, files, message] of [
    ["throws something", { "src/roster.ts": UNDECLARED }, "src/roster.ts:5:3: ann is not defined"],
    [
      "imports what throws something",
      { "src/roster.ts": 'export * from "./teams/web";\n', "src/teams/web.ts": UNDECLARED },
      "src/teams/web.ts:5:3: ann is not defined",
    ],
    [
      "imports a file that is not there",
      { "src/roster.ts": 'export * from "./teams/web";\n' },
      "src/roster.ts:1:15: Cannot find module './teams/web'",
    ],
  ] as const) {
    for (const [by, nodeOptions] of STACK_TRACES) {
      it(`names the place where an edited file ${what}, with stack traces by ${by}`, async () => {
        for (const [file, text] of Object.entries(files)) write(file, text);
        const { code, stdout, stderr } = await run(
          process.execPath,
          [...nodeOptions, "start/command.js", "src/cli.ts"],
          { cwd: project, timeout: 30_000 },
        );
        assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `${message}\n` });
      });
    }
  }

  it("tells Pulumi of a fault without a stack trace, which Node.js 20 takes long to print", async () => {
    write("src/index.ts", 'import "./roster";\n');
    write("src/roster.ts", "export const roster = [1 2];\n");
    const told =
      'try { require("./start/program") } catch ({ stack, __pulumiRunError: isTold }) { console.log(isTold, stack) }';
    const { code, stdout, stderr } = await run(process.execPath, ["--eval", told], {
      cwd: project,
      timeout: 30_000,
    });
    assert.deepEqual(
      { code, stdout, stderr },
      { code: 0, stdout: 'true Error: src/roster.ts:1:26: Expected "]" but found "2"\n', stderr: "" },
    );
  });

  it("names the line of the TypeScript in the stack trace of a bug", async () => {
    write("src/model.ts", "interface Person {\n  readonly name: string;\n}\nthrow new Error('bug');\n");
    write("src/cli.ts", 'import "./model";\n');
    const { code, stderr } = await command("src/cli.ts");
    assert.equal(code, 2);
    assert.match(stderr, /Error: bug\n\s+at .*src\/model\.ts:4:7/);
  });

  it("names a package that nobody has added", async () => {
    write("src/roster.ts", 'import { roster } from "@example/teams/web";\nexport { roster };\n');
    await assertAnswers({
      code: 2,
      stdout: "",
      stderr:
        "src/roster.ts imports the package @example/teams, which package.json does not have. " +
        "Add it: `npm install @example/teams`.\n",
    });
  });

  it("names a package that is not installed", async () => {
    write("src/roster.ts", 'import { roster } from "@example/tool/roster";\nexport { roster };\n');
    await assertAnswers({
      code: 2,
      stdout: "",
      stderr: "The package @example/tool is not installed. Run `npm ci --include=dev`.\n",
    });
    rmSync(path.join(project, "node_modules"));
    await assertAnswers({
      code: 2,
      stdout: "",
      stderr: "The package esbuild is not installed. Run `npm ci`.\n",
    });
  });

  it("leaves a file of the program's own that is missing a bug", async () => {
    write("src/cli.ts", 'import "./gone";\n');
    const { code, stderr } = await command("src/cli.ts");
    assert.equal(code, 2);
    assert.match(stderr, /Cannot find module '\.\/gone'/);
  });

  it("hands a command its arguments", async () => {
    write("src/cli.ts", "console.log(JSON.stringify(process.argv.slice(2)));\n");
    const { stdout } = await command("src/cli.ts", "--account", "prod");
    assert.equal(stdout, '["--account","prod"]\n');
  });

  /** The same in a process that may write nothing and start no other, as another commit's program runs. */
  const restricted = (): Promise<Finished> => {
    const permission = process.allowedNodeEnvironmentFlags.has("--permission")
      ? "--permission"
      : "--experimental-permission";
    const flags = [
      "--no-warnings",
      permission,
      "--allow-fs-read=*",
      "--require",
      "./start/register-compiled.js",
    ];
    return run(process.execPath, [...flags, "src/cli.ts"], { cwd: project, timeout: 30_000 });
  };

  it("has ts-node compile a text that nobody has compiled, where a process may start no compiler", async () => {
    const name = `nobody-${String(Date.now())}`;
    write("src/roster.ts", `export const roster: readonly string[] = ["${name}"];\n`);
    cpSync(path.join(CHECKOUT, "tsconfig.json"), path.join(project, "tsconfig.json"));
    const { code, stdout, stderr } = await restricted();
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `["${name}"]\n`, stderr: "" });
  });

  describe("with packages of its own", () => {
    const packages = (): string => path.join(project, "node_modules");
    const cache = (): string => path.join(packages(), ".cache", "muster-typescript");
    const answer = { code: 0, stdout: '["ann"]\n', stderr: "" };

    beforeEach(() => {
      rmSync(packages());
      for (const name of ["esbuild", "@esbuild"]) {
        const installed = path.join(CHECKOUT, "node_modules", name);
        cpSync(installed, path.join(packages(), name), { recursive: true });
      }
    });

    /** From now on nothing can be compiled. */
    const removeCompiler = (): void => rmSync(path.join(packages(), "esbuild", "lib"), { recursive: true });

    it("compiles a text once", async () => {
      await assertAnswers(answer);
      removeCompiler();
      await assertAnswers(answer);
      write("src/roster.ts", 'export const roster: readonly string[] = ["bob"];\n');
      assert.notEqual((await command("src/cli.ts")).code, 0);
    });

    it("compiles again after another compiler was installed", async () => {
      await assertAnswers(answer);
      removeCompiler();
      write("node_modules/esbuild/package.json", '{ "name": "esbuild", "version": "999.0.0" }');
      assert.notEqual((await command("src/cli.ts")).code, 0);
    });

    it("compiles again what a crash has cut off", async () => {
      await assertAnswers(answer);
      for (const entry of readdirSync(cache())) truncateSync(path.join(cache(), entry), 40);
      await assertAnswers(answer);
    });

    it("is enough for a process that may start no compiler, where a text was compiled before", async () => {
      await assertAnswers(answer);
      removeCompiler();
      const { code, stdout, stderr } = await restricted();
      assert.deepEqual({ code, stdout, stderr }, answer);
    });

    it("works where nothing can be kept", async () => {
      write("node_modules/.cache", "");
      await assertAnswers(answer);
    });
  });

  it("says that its output cannot be written, and does the rest", async function () {
    if (!existsSync("/dev/full")) {
      console.warn("Not tested: /dev/full takes Linux.");
      this.skip();
    }
    write(
      "src/cli.ts",
      'import { writeFileSync } from "node:fs";\nprocess.stdout.write("a");\nsetImmediate(() => {\n' +
        '  process.stdout.write("b");\n  writeFileSync("done", "");\n  process.exitCode = 0;\n});\n',
    );
    const script = `"${process.execPath}" start/command.js src/cli.ts > /dev/full`;
    const { code, stderr } = await run("sh", ["-c", script], { cwd: project, timeout: 30_000 });
    assert.deepEqual(
      { code, stderr },
      { code: 2, stderr: "The output cannot be written: ENOSPC: no space left on device, write.\n" },
    );
    assert.ok(existsSync(path.join(project, "done")));
  });

  it("says nothing to a reader of its output who has gone", async () => {
    write("src/cli.ts", 'for (let i = 0; i < 10_000; i++) process.stdout.write("0123456789".repeat(100));\n');
    const script = `"${process.execPath}" start/command.js src/cli.ts | head -c 3`;
    const { stdout, stderr } = await run("sh", ["-c", script], { cwd: project, timeout: 30_000 });
    assert.deepEqual({ stdout, stderr }, { stdout: "012", stderr: "" });
  });

  it("works twice at once, and changes nothing outside the packages' folder", async () => {
    // Node.js 20 follows links, and other starts write to the packages' cache meanwhile.
    const files = () => [
      ...readdirSync(project),
      ...["start", "src"].flatMap((folder) =>
        readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" }).sort(),
      ),
    ];
    const before = files();
    const answers = await Promise.all([command("src/cli.ts"), command("src/cli.ts")]);
    assert.deepEqual(
      answers.map(({ stdout }) => stdout),
      ['["ann"]\n', '["ann"]\n'],
    );
    assert.deepEqual(files(), before);
  });
});
