/** A whole number that an adopter may choose within bounds. */
interface IntegerSetting {
  readonly type: "integer";
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The settings of a policy, as JSON schema. */
export type PolicySettings = Readonly<Record<string, IntegerSetting>>;

export function integerSetting(
  description: string,
  { usual, least, most }: { usual: number; least: number; most: number },
): IntegerSetting {
  return { type: "integer", description, default: usual, minimum: least, maximum: most };
}

/** The values of a policy's settings: what was configured, and the defaults of the rest. */
export class PolicyConfiguration {
  constructor(
    private readonly settings: PolicySettings,
    private readonly given: Readonly<Record<string, unknown>>,
  ) {}

  /** The value of a whole number. The engine has checked what was given against the schema. */
  integer(name: string): number {
    const setting = this.settings[name];
    if (setting === undefined) throw new Error(`This policy has no number called ${name}.`);
    const value = this.given[name];
    return typeof value === "number" ? value : setting.default;
  }
}
