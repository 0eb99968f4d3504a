/** Seconds that something takes: of the processor, in all its processes, and on the wall. */
export interface Effort {
  readonly processor: number;
  readonly wall: number;
}

/** What was measured, and what it should be. */
export interface Result {
  readonly what: string;
  readonly measured: string;
  /** The same on a clock on the wall, where it was measured. */
  readonly wall?: string;
  readonly goal: string;
  readonly verdict: "holds" | "missed" | "not measured" | "";
}

export const verdictOf = (holds: boolean): "holds" | "missed" => (holds ? "holds" : "missed");

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds that something takes. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return performance.now() - before;
}

/**
 * The median effort of each of several cases. They run in turn, so that whatever else the machine does falls on all of them. Each runs
 * once before, unmeasured, unless it takes so long that what a first run does besides is nothing.
 */
export async function inTurn<Name extends string>(
  cases: Readonly<Record<Name, () => Promise<Effort>>>,
  runs: number,
  { warmUp = true }: { readonly warmUp?: boolean } = {},
): Promise<(name: Name) => Effort> {
  const efforts = new Map<string, Effort[]>();
  for (let run = warmUp ? 0 : 1; run <= runs; run++) {
    for (const [name, action] of Object.entries<() => Promise<Effort>>(cases)) {
      const effort = await action();
      if (run > 0) efforts.set(name, [...(efforts.get(name) ?? []), effort]);
    }
  }
  return (name) => {
    const own = efforts.get(name) ?? [];
    return {
      processor: median(own.map(({ processor }) => processor)),
      wall: median(own.map(({ wall }) => wall)),
    };
  };
}

export const seconds = (count: number): string => `${count.toFixed(2)} s`;

const times = (one: number, other: number): string =>
  `${(one / other).toFixed(2)} times (${seconds(one)}, ${seconds(other)})`;

/** A ratio of processor times, with that of the clock beside it. */
export const ratioOf = (
  what: string,
  subject: Effort,
  reference: Effort,
  most: number | undefined,
): Result => ({
  what,
  measured: times(subject.processor, reference.processor),
  wall: times(subject.wall, reference.wall),
  goal: most === undefined ? "" : `≤ ${String(most)} times`,
  verdict: most === undefined ? "" : verdictOf(subject.processor <= most * reference.processor),
});
