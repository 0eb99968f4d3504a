import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Result } from "../../bench/measure";
import { inTurn, ratioOf } from "../../bench/measure";
import { markdownOf } from "../../bench/report";
import { summaryOf } from "../../bench/profiles";
import { run } from "../../sandbox/process/run";

const CHECKOUT = path.join(__dirname, "..", "..");

describe("what `npm run bench` prints", () => {
  it("says in a sentence which benches there are, where a name is wrong", async () => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      ["start/command.js", "bench/main.ts", "preview"],
      { cwd: CHECKOUT, timeout: 60_000 },
    );
    assert.deepEqual(
      { code, stdout, stderr },
      {
        code: 2,
        stdout: "",
        stderr:
          "error: command-argument value 'preview' is invalid for argument 'names'. Allowed choices are commands, previews, plainProgram, addedPerson, growth, accessMatrix, snapshot, cdk, unitTests.\n",
      },
    );
  });

  it("is a table of Markdown", () => {
    const results: readonly Result[] = [
      ratioOf("one", { processor: 3, wall: 2 }, { processor: 2, wall: 4 }, 1.2),
      { what: "two", measured: "no network", goal: "", verdict: "not measured" },
    ];
    assert.equal(
      markdownOf(results),
      [
        "| what | processor time, or what is counted | on the wall                 | goal        |              |",
        "| ---- | ---------------------------------- | --------------------------- | ----------- | ------------ |",
        "| one  | 1.50 times (3.00 s, 2.00 s)        | 0.50 times (2.00 s, 4.00 s) | ≤ 1.2 times | missed       |",
        "| two  | no network                         |                             |             | not measured |",
      ].join("\n"),
    );
  });
});

describe("how `npm run bench` measures", () => {
  it("takes the median of runs in turn, the first of each left out", async () => {
    const order: string[] = [];
    const next = (name: string, all: number[]) => () => {
      order.push(name);
      const processor = all.shift() ?? Number.NaN;
      return Promise.resolve({ processor, wall: processor });
    };
    const effortOf = await inTurn({ a: next("a", [100, 1, 5, 3]), b: next("b", [0, 7, 7, 7]) }, 3);
    assert.deepEqual([effortOf("a").processor, effortOf("b").processor], [3, 7]);
    assert.equal(order.join(""), "abababab");
  });

  describe("in processes", () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "muster-bench-test-"));
    });

    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const BUSY = "let sum = 0; for (let count = 0; count < 3e8; count++) sum += count % 7;";

    it("counts a process that its parent has left, and hands on the status", async () => {
      const parent = `
        require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(BUSY)}], { stdio: "ignore" }).unref();
        process.exit(3);`;
      const report = path.join(folder, "report.json");
      const { code } = await run(
        "python3",
        ["bench/processor-time.py", report, process.execPath, "-e", parent],
        { cwd: CHECKOUT, timeout: 60_000 },
      );
      const { processor, whole } = JSON.parse(readFileSync(report, "utf8")) as {
        readonly processor: number;
        readonly whole: boolean;
      };
      assert.deepEqual([code, whole], [3, true]);
      // Only Linux hands the processes that are left to the one that measures.
      assert.ok(process.platform !== "linux" || processor >= 0.2, `${processor} s`);
    });

    it("says of each process where its time goes", async () => {
      const program = path.join(folder, "program.js");
      writeFileSync(program, BUSY);
      const profiles = path.join(folder, "profiles");
      await run("mkdir", [profiles]);
      await run(process.execPath, ["--require", path.join(CHECKOUT, "bench", "profiler.js"), program], {
        env: { ...process.env, MUSTER_BENCH_PROFILES: profiles },
        timeout: 60_000,
      });
      const [head, processLine = "", dearest = ""] = summaryOf("busy", profiles).split("\n");
      assert.equal(head, "busy: 1 processes of Node.js");
      assert.match(processLine, /^ {2}\d\.\d\d s {2}.*program\.js$/);
      assert.match(dearest, /^ {6}\d\.\d\d s {2}.*program\.js$/);
    });
  });
});
