import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { groupBy } from "../src/model/group-by";
import { seconds } from "./measure";

const CHECKOUT = path.join(__dirname, "..");
const MOST_LINES = 12;
const LEAST_SECONDS = 0.01;

/** What V8 writes of a process, as far as it is read here: https://chromedevtools.github.io/devtools-protocol/v8/Profiler/ */
const PART = z.object({
  command: z.array(z.string()),
  /** Of the processor, from the start of the process on. */
  seconds: z.number(),
  profile: z.object({
    nodes: z.array(
      z.object({
        id: z.number(),
        callFrame: z.object({ functionName: z.string(), url: z.string() }),
        children: z.array(z.number()).optional(),
      }),
    ),
    samples: z.array(z.number()),
    timeDeltas: z.array(z.number()),
  }),
});
type Part = z.infer<typeof PART>;

interface Profiled {
  readonly command: string;
  readonly seconds: number;
  readonly places: ReadonlyMap<string, number>;
}

/** V8 counts what it does itself, such as `(garbage collector)`, as functions of these names. */
const isOfV8 = (name: string): boolean => name.startsWith("(") && !["(anonymous)", "(root)"].includes(name);

/** The package of a file, or its path in the project; none of a module of Node.js. */
function placeOf(url: string): string | undefined {
  if (!url.startsWith("/") && !url.startsWith("file:")) return undefined;
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  const inPackage = /.*node_modules\/((?:\.cache\/|@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  // Projects of benches are copies of this one.
  return (
    inPackage ??
    path.relative(CHECKOUT, file).replace(/^.*?(?=(?:start|src|policypack|sandbox|bench|test)\/)/, "")
  );
}

/** What Node.js does itself, such as compiling a module, counts for the file that asks for it. */
function addPart({ profile: { nodes, samples, timeDeltas } }: Part, sums: Map<string, number>): void {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map<number, string>();
  const visit = (id: number, above: string): void => {
    const node = known.get(id);
    if (node === undefined) return;
    const { functionName, url } = node.callFrame;
    const place = isOfV8(functionName) ? functionName : (placeOf(url) ?? above);
    places.set(id, place);
    for (const child of node.children ?? []) visit(child, place);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, "Node.js itself");
  for (const [index, id] of samples.entries()) {
    const place = places.get(id) ?? "unknown";
    sums.set(place, (sums.get(place) ?? 0) + Math.max(0, timeDeltas[index] ?? 0));
  }
}

/** Samples are of a clock on the wall: their shares are, of the processor's time. */
function profiledBy(parts: readonly Part[]): Profiled {
  const sums = new Map<string, number>();
  for (const part of parts) addPart(part, sums);
  sums.delete("(idle)");
  const whole = [...sums.values()].reduce((one, other) => one + other, 0);
  const processor = Math.max(...parts.map((part) => part.seconds));
  return {
    command: (parts[0]?.command ?? []).map((word) => path.relative(CHECKOUT, word)).join(" "),
    seconds: processor,
    places: new Map([...sums].map(([place, sum]) => [place, (sum / whole) * processor])),
  };
}

function linesOf({ command, seconds: count, places }: Profiled): readonly string[] {
  const dearest = [...places]
    .filter(([, sum]) => sum >= LEAST_SECONDS)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_LINES);
  return [
    `  ${seconds(count)}  ${command}`,
    ...dearest.map(([place, sum]) => `      ${seconds(sum)}  ${place}`),
  ];
}

/** Where the time of a command's Node.js processes goes, the dearest process first. */
export function summaryOf(name: string, folder: string): string {
  const parts = readdirSync(folder).map((file) => ({
    process: file.split("-")[0] ?? "",
    part: PART.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))),
  }));
  const processes = [...groupBy(parts, (one) => one.process).values()]
    .map((own) => profiledBy(own.map(({ part }) => part)))
    .sort((one, other) => other.seconds - one.seconds);
  return [`${name}: ${String(processes.length)} processes of Node.js`, ...processes.flatMap(linesOf)].join(
    "\n",
  );
}
