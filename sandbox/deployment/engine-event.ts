/** A line of the engine's event log, with the parts that are read here. */
export interface EngineEvent {
  readonly summaryEvent?: {
    readonly isPreview?: boolean;
    readonly resourceChanges?: Readonly<Record<string, number>>;
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

export const eventsOf = (eventLog: string): EngineEvent[] =>
  eventLog
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
