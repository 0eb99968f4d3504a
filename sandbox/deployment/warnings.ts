import { eventsOf } from "./engine-event";

/** The warnings that an event log of the engine tells of, the program's among them; each once, though preview and update give it. */
export function warningsIn(eventLog: string): string[] {
  const warnings = eventsOf(eventLog)
    .flatMap(({ diagnosticEvent }) => diagnosticEvent ?? [])
    .filter(({ severity }) => severity === "warning");
  return [...new Set(warnings.map(({ message }) => message.trim()))];
}
