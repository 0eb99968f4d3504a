import { eventsOf } from "./engine-event";

/** How many resources an update has created, updated and so on, by the engine's word for it. */
export type Changes = Readonly<Record<string, number>>;

/** The changes of the update that an event log of the engine tells of; its preview does not count. */
export function changesIn(eventLog: string): Changes {
  const summaries = eventsOf(eventLog).flatMap(({ summaryEvent }) => summaryEvent ?? []);
  return summaries.findLast((summary) => summary.isPreview !== true)?.resourceChanges ?? {};
}

const words: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  same: "unchanged",
};

/** "3 created, 12 unchanged", or "no changes (12 unchanged)". */
export function describeChanges(changes: Changes): string {
  const counted = Object.entries(words).flatMap(([operation, word]) => {
    const count = changes[operation] ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const unchanged = Object.keys(changes).every(
    (operation) => operation === "same" || changes[operation] === 0,
  );
  return unchanged ? `no changes (${counted.join(", ") || "no resources"})` : counted.join(", ");
}
