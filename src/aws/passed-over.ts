import { printable } from "../text/printable";

/** What is in no stack and is not reported, because its content is what it should be. */
export interface PassedOver {
  /** `service-linked roles`. */
  readonly kind: string;
  /** Why it may be there, and what nobody compared. */
  readonly reason: string;
  readonly names: readonly string[];
}

/** The names, as far as a line holds them. */
const MOST_NAMES = 5;

/** What was passed over and why, on one line for people. */
export function passedOverLine({ kind, reason, names }: PassedOver): string {
  const shown = names.slice(0, MOST_NAMES).map(printable).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${String(names.length - MOST_NAMES)} more` : "";
  return `  ${kind}: ${shown}${more}. ${reason}`;
}

/** Collects what is passed over, kind by kind. */
export class PassedOverCollector {
  private readonly byKind = new Map<string, { reason: string; names: string[] }>();

  add({ kind, reason }: Pick<PassedOver, "kind" | "reason">, name: string): void {
    const passed = this.byKind.get(kind) ?? { reason, names: [] };
    passed.names.push(name);
    this.byKind.set(kind, passed);
  }

  get all(): readonly PassedOver[] {
    return [...this.byKind].map(([kind, passed]) => ({ kind, ...passed }));
  }
}
