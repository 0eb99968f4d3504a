import path from "node:path";

import { seconds, verdictOf, type Result } from "./measure";
import type { Meter } from "./meter";

const MOST_SECONDS = 45;

/** All unit tests, once. */
export async function unitTests(meter: Meter): Promise<readonly Result[]> {
  const { processor, wall } = await meter.effortOf({
    name: "test:unit",
    file: "npm",
    args: ["run", "--silent", "test:unit"],
    cwd: path.join(__dirname, ".."),
  });
  return [
    {
      what: "`npm run test:unit`",
      measured: seconds(processor),
      wall: seconds(wall),
      goal: `≤ ${seconds(MOST_SECONDS)}`,
      verdict: verdictOf(processor <= MOST_SECONDS),
    },
  ];
}
