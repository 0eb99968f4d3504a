/** What is in no stack and is not reported, because its content is what it should be. */
export interface PassedOver {
  /** `service-linked roles`. */
  readonly kind: string;
  /** Why it may be there, and what nobody compared. */
  readonly reason: string;
  readonly names: readonly string[];
}

/** Collects what is passed over, kind by kind. */
export class Passed {
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
