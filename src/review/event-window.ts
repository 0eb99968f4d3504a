import type { ReviewContext } from "./check-result";

type Window = Pick<ReviewContext, "evidence" | "accounts" | "window">;

/** Whether something happened in the window of a review, the time whose events it looks at. */
export const inWindow = ({ window }: Pick<ReviewContext, "window">, at: string): boolean =>
  at >= window.from && at < window.until;

/** Says for which part of the window each account's events were read, if not for all of it; nothing is known of the rest. */
export function windowLines({ evidence, accounts, window }: Window): readonly string[] {
  return accounts.flatMap(({ key }) => {
    const events = evidence.section(key, "trailEvents");
    if (events === undefined || (events.from <= window.from && events.until >= window.until)) return [];
    const because = events.notAvailable === undefined ? "" : `: ${events.notAvailable.because}`;
    return [
      `${key}, trailEvents: read from ${events.from} until ${events.until}, and the review is about ${window.from} until ${window.until}${because}`,
    ];
  });
}
