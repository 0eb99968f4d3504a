import Table from "cli-table3";

import { accessMatrix } from "./access-matrix";
import { growth } from "./growth";
import type { Result } from "./measure";
import { previews } from "./preview";
import { snapshot } from "./snapshot";

const BENCHES = { growth, accessMatrix, snapshot, previews };

/**
 * Measures on this machine, as ratios in one run: nothing of it is a test, and nothing else should run.
 * @param names of benches; all of them where there are none
 */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(", ")}: ${Object.keys(BENCHES).join(", ")}`);
  const results: Result[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
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

void main(process.argv.slice(2));
