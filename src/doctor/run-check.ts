import { count } from "../model/problems";
import { onOneLine, unknown, type Finding, type Outcome } from "./finding";

/** What an error says, as a part of one line. */
export const messageOf = (error: unknown): string =>
  onOneLine(error instanceof Error ? error.message : String(error));

/** Every look ends: what fails or takes too long is a finding, and the others go on. */
export async function runCheck(
  name: string,
  limit: number,
  at: () => Outcome | Promise<Outcome>,
): Promise<Finding> {
  const late = unknown(
    `no answer within ${count(limit / 1_000, "second")}`,
    "Look by hand what holds it up.",
  );
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve(late), limit);
  });
  try {
    return { name, ...(await Promise.race([Promise.resolve().then(at), timeUp])) };
  } catch (error) {
    return { name, ...unknown(messageOf(error), "Look by hand what is wrong.") };
  } finally {
    clearTimeout(timer);
  }
}
