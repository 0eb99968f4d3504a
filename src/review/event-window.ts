import type { ReviewContext } from "./check-result";

type Window = Pick<ReviewContext, "evidence" | "accounts" | "window">;

/** Whether something happened in the time of which a review looks at events. */
export const inWindow = ({ window }: Pick<ReviewContext, "window">, at: string): boolean =>
  at >= window.from && at < window.until;

/** The part of that time of which an account's events were read, where it is not all: of the rest nothing is known. */
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
