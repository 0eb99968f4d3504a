import { mkdtempSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { run, type Finished } from "../sandbox/process/run";
import type { Effort } from "./measure";

const WRAPPER = path.join(__dirname, "processor-time.py");
const PROFILER = path.join(__dirname, "profiler.js");
const LONGEST = 600_000;
const EFFORT = z.object({ processor: z.number(), wall: z.number(), whole: z.boolean() });

export interface MeasuredCommand {
  /** Under which profiles are told. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Statuses that are no failure; 0 alone where it says nothing. */
  readonly statuses?: readonly number[];
}

/** Measures commands as processes, with everything that they start. */
export class Meter {
  private reports = 0;
  private readonly folders = new Map<string, string>();

  constructor(
    /** For what is written while it measures. */
    readonly folder: string,
    /** How often each command runs, as a rule. */
    readonly runs: number,
    private readonly profiles: boolean,
  ) {}

  /** By the name of a command, the folder with the profiles of its last run. */
  get profiled(): ReadonlyMap<string, string> {
    return this.folders;
  }

  async effortOf(command: MeasuredCommand): Promise<Effort> {
    return (await this.run(command)).effort;
  }

  /** @throws Error where the command fails, with what it printed */
  async run({
    name,
    file,
    args,
    cwd,
    env = process.env,
    statuses = [0],
  }: MeasuredCommand): Promise<Finished & { readonly effort: Effort }> {
    const report = path.join(this.folder, `effort-${String(this.reports++)}.json`);
    const finished = await run("python3", [WRAPPER, report, file, ...args], {
      cwd,
      env: this.profiles ? this.profiling(name, env) : env,
      timeout: LONGEST,
    });
    const { code, stdout, stderr } = finished;
    if (!statuses.includes(code))
      throw new Error(`${name} ended with ${String(code)}.\n${stdout}${stderr}`.trimEnd());
    const { whole, ...effort } = EFFORT.parse(JSON.parse(readFileSync(report, "utf8")));
    if (!whole)
      throw new Error(`${name} left processes behind that do not end, so that not all could be measured.`);
    return { ...finished, effort };
  }

  private profiling(name: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const folder = mkdtempSync(path.join(this.folder, "profiles-"));
    this.folders.set(name, folder);
    return {
      ...env,
      NODE_OPTIONS: `${env["NODE_OPTIONS"] ?? ""} --require ${PROFILER}`.trim(),
      MUSTER_BENCH_PROFILES: folder,
    };
  }
}
