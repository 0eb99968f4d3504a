import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "zod";

import { verdictOf, type Result } from "./measure";

const [FEW, MANY] = [500, 5_000];
const MOST_MILLISECONDS = 1_000;
const MOST_MEGABYTES = 300;
/** Ten times the people may take ten times as long, and a half more for what a machine does besides. */
const MOST_GROWTH = 15;

const EFFORT = z.object({ milliseconds: z.number(), megabytes: z.number() });
type Effort = z.infer<typeof EFFORT>;

/** Runs the model, its rules, all documents, the quotas and what the pack expects in a process of their own, as Node.js runs JavaScript. */
const effortOf = (program: string, people: number): Effort =>
  EFFORT.parse(JSON.parse(execFileSync("node", [program, String(people)], { encoding: "utf8" })));

/** How model, rules, documents and expectations grow with the people. */
export async function growth(): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "muster-bench-"));
  try {
    const program = path.join(folder, "growth.js");
    await build({
      entryPoints: [path.join(__dirname, "growth-program.ts")],
      bundle: true,
      platform: "node",
      outfile: program,
      logLevel: "error",
    });
    const few = effortOf(program, FEW);
    const many = effortOf(program, MANY);
    const times = many.milliseconds / few.milliseconds;
    return [
      {
        what: `model, rules, documents and the expectations of the pack, of ${String(MANY)} people, against ${String(FEW)}`,
        measured: `${times.toFixed(1)} times`,
        goal: `≤ ${String(MOST_GROWTH)} times`,
        verdict: verdictOf(times <= MOST_GROWTH),
      },
      {
        what: `their time`,
        measured: `${many.milliseconds.toFixed(0)} ms`,
        goal: `≤ ${String(MOST_MILLISECONDS)} ms`,
        verdict: verdictOf(many.milliseconds <= MOST_MILLISECONDS),
      },
      {
        what: `memory of that process, whole`,
        measured: `${many.megabytes.toFixed(0)} MB`,
        goal: `≤ ${String(MOST_MEGABYTES)} MB`,
        verdict: verdictOf(many.megabytes <= MOST_MEGABYTES),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
