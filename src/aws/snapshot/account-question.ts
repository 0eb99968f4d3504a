import type { Account } from "../../model/account";
import { auditedTrail } from "../../model/audited-trail";
import { remainingValidities } from "../../model/holdings";
import type { Model } from "../../model/model";
import { keptTagKeys } from "./kept-tags";
import { roleArn } from "../../model/names";

/** What to ask an account for. */
export interface AccountQuestion {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  /** ARNs of the roles that people hold by the roster. */
  readonly heldRoles: readonly string[];
  /** ARNs of break-glass roles, of which every use is listed. */
  readonly breakGlassRoles: readonly string[];
  /** Names of the people whose activity is counted. */
  readonly countedNames: readonly string[];
  readonly trailLogGroup: string;
  /** Where tables are looked for. */
  readonly regions: readonly string[];
  /** Keys of tags whose values are kept. */
  readonly keptTags: readonly string[];
}

/** What to ask an account for by the roster: what contractors do is counted, since somebody reviews it weekly. */
export function accountQuestion(
  { organization, holdings, people, now }: Model,
  account: Account,
): AccountQuestion {
  const roles = [
    ...new Set(
      holdings.all
        .filter((holding) => holding.account === account.key && remainingValidities(holding, now).length > 0)
        .map(({ role }) => role),
    ),
  ];
  const arnOf = (role: (typeof roles)[number]): string => roleArn(organization, role, account);
  return {
    key: account.key,
    id: account.id,
    heldRoles: roles.map(arnOf).sort(),
    breakGlassRoles: [arnOf("BreakGlass")],
    countedNames: people.filter(({ contract }) => contract !== undefined).map(({ name }) => name),
    regions: organization.regions,
    keptTags: keptTagKeys(organization),
    trailLogGroup: auditedTrail(organization, account).logGroup,
  };
}
