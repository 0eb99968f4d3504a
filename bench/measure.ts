/** A measured ratio, and the most (or least) that it should be. */
export interface Result {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly holds: boolean;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds that something takes. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return performance.now() - before;
}

/**
 * How many times as long `subject` takes as `reference`: the median of some runs of each, in turn, so that whatever else
 * the machine does falls on both. Each runs once before, unmeasured.
 */
export async function ratio(
  subject: () => Promise<unknown>,
  reference: () => Promise<unknown>,
  runs: number,
): Promise<{ readonly ratio: number; readonly subject: number; readonly reference: number }> {
  await subject();
  await reference();
  const times: Record<"subject" | "reference", number[]> = { subject: [], reference: [] };
  for (let run = 0; run < runs; run++) {
    times.subject.push(await timed(subject));
    times.reference.push(await timed(reference));
  }
  const [one, other] = [median(times.subject), median(times.reference)];
  return { ratio: one / other, subject: one, reference: other };
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;
