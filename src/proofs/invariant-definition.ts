import type { Conditions } from "../documents/policy-document";
import type { Role } from "../model/roles";

type OneOrMore<T extends string> = T | readonly T[];

/** Requests, in the words of policies. Placeholders such as `{account}` stand for the account's values: see `PLACEHOLDERS`. */
interface NeverDefinition {
  readonly actions: OneOrMore<string>;
  readonly except?: OneOrMore<string>;
  readonly resources?: OneOrMore<string>;
  readonly when?: Conditions;
}

/** Something of an organization's own that must hold for every request. */
export interface InvariantDefinition<AccountKey extends string = string> {
  /** Words joined by hyphens. */
  readonly id: string;
  /** `prod/Ops`; a role of partners is there for each of them, as `prod/DataShare`. */
  readonly of: OneOrMore<`${AccountKey}/${Role}`>;
  readonly never: NeverDefinition;
  /** Why, for whoever reads that it does not hold. */
  readonly because: string;
}
