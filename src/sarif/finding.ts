/** How much a finding matters, in SARIF's words. */
export type Level = "error" | "warning" | "note";

/** A kind of finding. */
export interface Rule {
  /** Such as `changed-by-hand`, or the name of a policy. */
  readonly id: string;
  /** What such a finding says, in one sentence. */
  readonly title: string;
  readonly level: Level;
}

/** Something that was found in an account, to be shown at a line of what people edit. */
export interface Finding {
  readonly rule: Rule;
  /** The account's key. */
  readonly stack: string;
  /** The resource, as messages name it, and what else tells this finding from others of its rule in its account. */
  readonly subject: string;
  readonly message: string;
  /** The text in which names tell who or what is concerned. */
  readonly about: string;
}
