/** What an account says of a database; `undefined` as a whole where there is none of that identifier. */
export interface DatabaseSettings {
  /** The DbiResourceId or DbClusterResourceId. */
  readonly resourceId: string;
  /** As RDS names it: `postgres`, `aurora-postgresql`, `mysql`, `mariadb`, … */
  readonly engine: string;
  readonly signsInByIam: boolean;
  readonly isEncrypted: boolean;
  readonly isPublic: boolean;
  /** The logs that go to CloudWatch: `postgresql`, `audit`. */
  readonly exportedLogs: readonly string[];
  /** By name; those without a value are left out. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The settings of options such as MARIADB_AUDIT_PLUGIN, by option. */
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
