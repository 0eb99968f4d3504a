/**
 * Runs in a process of its own, see `commit-definitions.ts`: what it runs is the edited files of commits, which nobody may have
 * read. It writes what they export, as JSON, to the file descriptor 3.
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import vm from "node:vm";

import { z } from "zod";

/** Beside input, output and errors, which belong to what is run. */
const ANSWER = 3;

const INPUT = z.object({
  /** JavaScript by blob. */
  scripts: z.record(z.string(), z.string()),
  programs: z.array(
    z.record(z.string(), z.object({ script: z.string(), imports: z.record(z.string(), z.string()) })),
  ),
  /** What each program exports from which file. */
  exported: z.record(z.string(), z.string()),
});
type Input = z.output<typeof INPUT>;
type Program = Input["programs"][number];

/** Packages, and what is part of Node.js. */
const packages = createRequire(__filename);

/** Nothing of this process: what one commit's files change about their world, no other's see. */
function worldOf(): vm.Context {
  const silent = (): void => undefined;
  return vm.createContext({
    console: { log: silent, info: silent, warn: silent, error: silent },
    process: { env: {} },
  });
}

class Run {
  private readonly loaded = new Map<string, { exports: unknown }>();
  private readonly world = worldOf();

  constructor(
    private readonly program: Program,
    private readonly scripts: Input["scripts"],
  ) {}

  load(file: string): unknown {
    const known = this.loaded.get(file);
    if (known !== undefined) return known.exports;
    const entry = this.program[file];
    const script = entry && this.scripts[entry.script];
    if (script === undefined) throw new Error(`This commit has no ${file}, or a link in its place.`);
    const module: { exports: unknown } = { exports: {} };
    this.loaded.set(file, module);
    const run = vm.compileFunction(script, ["exports", "require", "module"], {
      parsingContext: this.world,
      filename: file,
    });
    const load = (specifier: string): unknown => {
      const target = entry?.imports[specifier];
      return target === undefined ? packages(specifier) : this.load(target);
    };
    Reflect.apply(run, undefined, [module.exports, load, module]);
    return module.exports;
  }
}

const MODULE = z.looseObject({});

function answerOf(program: Program, { scripts, exported }: Input): object {
  try {
    const run = new Run(program, scripts);
    const values = Object.entries(exported).map(([name, file]) => {
      const module = program[file] === undefined ? {} : MODULE.parse(run.load(file));
      return [name, module[name]] as const;
    });
    // Made text here, where a value that is none is the commit's fault alone.
    return { definitions: JSON.stringify(Object.fromEntries(values)) };
  } catch (error) {
    // An error of another world is no instance of this one's.
    const message = z.object({ message: z.string() }).safeParse(error);
    return { failure: message.success ? message.data.message : String(error) };
  }
}

/** A pipe takes some of a long text at a time. */
function write(bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(ANSWER, bytes, written);
}

async function main(): Promise<void> {
  const input = INPUT.parse(JSON.parse(await text(process.stdin)));
  write(Buffer.from(JSON.stringify(input.programs.map((program) => answerOf(program, input)))));
}

void main();
