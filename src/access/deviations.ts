import { PassedOverCollector, type PassedOver } from "../aws/passed-over";
import { rolesOfServices } from "../aws/roles-of-services";
import { rolesThatPass } from "../aws/roles-that-pass";
import { blueprintsOf } from "../documents/blueprint";
import { serviceRoles } from "../documents/service-roles";
import type { Model } from "../model/model";
import {
  accessChanges,
  findAdmissions,
  powerChanges,
  trustChanges,
  type AccessChange,
  type PowerChange,
  type TrustChange,
} from "./diff/admissions";
import type { Evaluator } from "./evaluator";
import { roleTitle } from "./iam/iam-account";
import type { IamAccounts } from "./iam/iam-accounts";

/** Where the accounts admit others than the roster does; `before` is the roster's side. */
export interface Deviations {
  readonly access: readonly AccessChange[];
  readonly trust: readonly TrustChange[];
  readonly power: readonly PowerChange[];
  /** Roles that are not in the roster and whose content fits their name: the principals that they admit are no deviation. */
  readonly passedOver: readonly PassedOver[];
}

interface PassedRoles {
  readonly passed: PassedOverCollector;
  /** Titles of all these roles. */
  readonly titles: ReadonlySet<string>;
  /** Titles of those that may change what others may do, and whose content fits their name. */
  readonly powerful: ReadonlySet<string>;
}

/** Finds the roles that are allowed for their content, by the rules of `npm run drift`, and those of services. */
export function passedRoles({ roles }: IamAccounts, model: Model): PassedRoles {
  const { organization } = model;
  const blueprints = blueprintsOf(model);
  const [passed, titles, powerful] = [new PassedOverCollector(), new Set<string>(), new Set<string>()];
  for (const { account: found, role } of roles) {
    const blueprint = blueprints.find(({ account }) => account.key === found.key);
    const { live, kind } = role;
    if (blueprint === undefined || live === undefined || kind !== "other") continue;
    const rules = [
      ...rolesThatPass(organization, blueprint.account),
      ...rolesOfServices(serviceRoles(organization, blueprint)),
    ];
    const rule = rules.find((one) => one.claims(live));
    if (rule === undefined || rule.faults(live).length > 0) continue;
    const title = roleTitle(found, role);
    passed.add(rule, title);
    titles.add(title);
    if (rule.mayHavePower) powerful.add(title);
  }
  return { passed, titles, powerful };
}

/** Compares who gets in and who has power in the accounts with the roster. */
export async function findDeviations(
  byRoster: IamAccounts,
  asTheyAre: IamAccounts,
  model: Model,
  evaluator: Evaluator,
): Promise<Deviations> {
  const meant = await findAdmissions(byRoster, evaluator);
  const found = await findAdmissions(asTheyAre, evaluator);
  const { passed, titles, powerful } = passedRoles(asTheyAre, model);
  const principals = found.principals.filter(
    ({ title, through }) => through !== undefined || !titles.has(title),
  );
  return {
    access: accessChanges(meant, found),
    trust: trustChanges(meant, { ...found, principals }),
    power: powerChanges(meant, found).filter(({ who, kind }) => kind !== "role" || !powerful.has(who)),
    passedOver: passed.all,
  };
}

/** Whether an account differs from the roster in anything that was compared. */
export const hasDeviations = ({ access, trust, power }: Deviations): boolean =>
  access.length + trust.length + power.length > 0;
