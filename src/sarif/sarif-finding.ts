/** How much a finding matters, in SARIF's words. */
export type SarifLevel = "error" | "warning" | "note";

/** A kind of finding. */
export interface SarifRule {
  /** Such as `changed-by-hand`, or the name of a policy. */
  readonly id: string;
  /** What such a finding says, in one sentence. */
  readonly title: string;
  readonly level: SarifLevel;
}

/** Something that was found in an account, to be shown at a line of what people edit. */
export interface SarifFinding {
  readonly rule: SarifRule;
  /** The account's key. */
  readonly stack: string;
  /** The resource, as messages name it, and what else tells this finding from others of its rule in its account. */
  readonly subject: string;
  readonly message: string;
  /** The text in which names tell who or what is concerned. */
  readonly about: string;
}
