const PARTS = /^(?=\d)(?:(\d{1,4})h)?(?:(\d{1,5})m)?$/;

/** What a length of time looks like, for messages. */
export const DURATION_FORMS = "hours and minutes such as 2h, 90m or 1h30m";

/** Parses a length of time such as `2h`, `90m` or `1h30m` into seconds; undefined for any other text, and for no time at all. */
export function parseDuration(text: string): number | undefined {
  const [, hours, minutes] = PARTS.exec(text) ?? [];
  if (hours === undefined && minutes === undefined) return undefined;
  const seconds = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  return seconds === 0 ? undefined : seconds;
}

/** `2 hours`, `1 hour 30 minutes`. */
export function formatDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  const words = (count: number, noun: string): readonly string[] =>
    count === 0 ? [] : [`${String(count)} ${noun}${count === 1 ? "" : "s"}`];
  return [...words(hours, "hour"), ...words(minutes, "minute")].join(" ");
}
