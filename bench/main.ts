import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";

import { Argument, Command, Option } from "commander";

import { signalNumber } from "../sandbox/process/run";
import { exitOnMisuse, runMain } from "../src/cli/run-main";
import { accessMatrix } from "./access-matrix";
import { addedPerson } from "./added-person";
import { cdk } from "./cdk";
import { commands } from "./commands";
import { growth } from "./growth";
import { seconds, type Result } from "./measure";
import { Meter } from "./meter";
import { plainProgram } from "./plain-program";
import { previews } from "./previews";
import { summaryOf } from "./profiles";
import { markdownOf } from "./report";
import { snapshot } from "./snapshot";
import { unitTests } from "./unit-tests";

const BENCHES: Readonly<Record<string, (meter: Meter) => Promise<readonly Result[]>>> = {
  commands,
  previews,
  plainProgram,
  addedPerson,
  growth,
  accessMatrix,
  snapshot,
  cdk,
  unitTests,
};

const RUNS = 3;

interface Options {
  readonly profile?: true;
}

/** One that cannot run, for want of a network perhaps, takes the others' results from nobody. */
async function resultsOf(name: string, meter: Meter): Promise<readonly Result[]> {
  const before = performance.now();
  process.stderr.write(`${name} … `);
  try {
    return (await BENCHES[name]?.(meter)) ?? [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    return [{ what: name, measured: message.split("\n")[0] ?? "", goal: "", verdict: "not measured" }];
  } finally {
    process.stderr.write(`${seconds((performance.now() - before) / 1_000)}\n`);
  }
}

/**
 * An interrupt ends the bench at once, with all that it has started: commands end with this process, and an emulator, which
 * outlives it, where its sandbox is deleted.
 */
function endWithFolder(folder: string): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // After what ends the commands, which write there.
      process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
      process.exit(128 + signalNumber(signal));
    });
  }
}

const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

async function bench(names: readonly string[], { profile }: Options): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "muster-bench-"));
  endWithFolder(folder);
  const meter = new Meter(folder, profile ? 1 : RUNS, profile === true);
  const before = load();
  try {
    const results: Result[] = [];
    for (const name of names.length === 0 ? Object.keys(BENCHES) : names)
      results.push(...(await resultsOf(name, meter)));
    if (profile && meter.profiled.size === 0)
      process.stdout.write("None of these is profiled: they measure themselves, or could not run.\n\n");
    for (const [name, profiles] of meter.profiled) process.stdout.write(`${summaryOf(name, profiles)}\n\n`);
    process.stdout.write(
      `Node.js ${process.versions.node}, ${process.platform}, ${String(availableParallelism())} cores; load ${before} at the start, ${load()} at the end.\n\n${markdownOf(results)}\n`,
    );
    const isGood = results.every(({ verdict }) => verdict === "holds" || verdict === "");
    process.exitCode = isGood ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void runMain(
  new Command("npm run bench --")
    .description(
      "Measures how long things take on this machine, as ratios in one run: the median processor time of all processes, and the clock's. It is no " +
        "test, and nothing else should run meanwhile. Exit status: 0, 1 where a goal is missed or something could not be measured, 2 where it failed.",
    )
    .addArgument(
      new Argument("[names...]", "what is measured; everything where there are none").choices(
        Object.keys(BENCHES),
      ),
    )
    .addOption(
      new Option(
        "--profile",
        "run each command once under V8's profiler, which takes time itself, and print where the processor time of its Node.js processes goes",
      ),
    )
    .exitOverride(exitOnMisuse)
    .action(bench),
);
