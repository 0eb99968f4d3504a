import Table from "cli-table3";

import { accessMatrix } from "./access-matrix";
import { growth } from "./growth";
import type { Result } from "./measure";
import { previews } from "./preview";

const BENCHES = { growth, accessMatrix, previews };

/** Measures everything on this machine, as ratios in one run: nothing of it is a test, and nothing else should run. */
async function main(): Promise<void> {
  const results: Result[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    process.stderr.write(`${name} …\n`);
    results.push(...(await bench()));
  }
  const table = new Table({ head: ["what", "measured", "budget", ""], style: { head: [], border: [] } });
  table.push(
    ...results.map(({ what, measured, budget, holds }) => [
      what,
      measured,
      budget,
      holds ? "holds" : "MISSED",
    ]),
  );
  process.stdout.write(`${table.toString()}\n`);
  process.exitCode = results.every(({ holds }) => holds) ? 0 : 1;
}

void main();
