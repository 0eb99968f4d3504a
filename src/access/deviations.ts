import type { LiveRole } from "../aws/live-account";
import { isSameTrust } from "../aws/live-trust";
import { Passed, type PassedOver } from "../aws/passed-over";
import type { RoleRule } from "../aws/role-rule";
import { rolesThatPass } from "../aws/roles-that-pass";
import { eventRoleTrust } from "../documents/detection/event-role";
import { trailRoleTrust } from "../documents/detection/trail";
import type { Account, Organization } from "../model/account";
import { render, type PolicyDocument, type TrustStatement } from "../documents/policy-document";
import {
  customerPolicyArn,
  eventRoleName,
  eventRolePolicyName,
  trailRoleName,
  trailRolePolicyName,
} from "../model/names";
import {
  accessChanges,
  admissionsOf,
  powerChanges,
  trustChanges,
  type AccessChange,
  type PowerChange,
  type TrustChange,
} from "./diff/admissions";
import type { Evaluator } from "./evaluator";
import { roleTitle } from "./iam/iam-account";
import type { IamAccounts } from "./iam/iam-accounts";

/** Where accounts as they are let in others than the roster does; `before` is the roster's side. */
export interface Deviations {
  readonly access: readonly AccessChange[];
  readonly trust: readonly TrustChange[];
  readonly power: readonly PowerChange[];
  /** Roles that the roster does not have and that are what their name says, so that whom they admit is no deviation. */
  readonly passedOver: readonly PassedOver[];
}

/** A role that stacks make for a service, and no blueprint of access has. */
function serviceRole(
  kind: string,
  reason: string,
  name: string,
  expectedTrust: PolicyDocument<TrustStatement>,
  policyArn: string,
): RoleRule {
  const isAsMade = ({ path, trust, attached, inline }: LiveRole): boolean =>
    path === "/" &&
    isSameTrust(trust, render(expectedTrust)) &&
    attached.every((arn) => arn === policyArn) &&
    inline.length === 0;
  return {
    kind,
    reason: `${reason} alone assumes it; what its policy allows is compared by npm run drift.`,
    mayHavePower: false,
    claims: (role) => role.name === name,
    faults: (role) => (isAsMade(role) ? [] : ["is not as the program makes it"]),
  };
}

/** The roles with which a trail writes its logs, and EventBridge tells the alarms' topics. */
export const serviceRoles = (organization: Organization, account: Account): readonly RoleRule[] => [
  serviceRole(
    "the trail's role",
    "CloudTrail",
    trailRoleName(organization),
    trailRoleTrust(),
    customerPolicyArn(account, trailRolePolicyName(organization)),
  ),
  serviceRole(
    "the alarms' role",
    "EventBridge",
    eventRoleName(organization),
    eventRoleTrust({ organization, account }),
    customerPolicyArn(account, eventRolePolicyName(organization)),
  ),
];

interface PassedRoles {
  readonly passed: Passed;
  /** Titles of all that passed. */
  readonly titles: ReadonlySet<string>;
  /** Titles of those that may change what others may do and are still what their name says. */
  readonly powerful: ReadonlySet<string>;
}

/** The roles that pass by their content: by the same rules as in `npm run drift`, and those of services. */
function passedRoles({ roles }: IamAccounts, organization: Organization): PassedRoles {
  const [passed, titles, powerful] = [new Passed(), new Set<string>(), new Set<string>()];
  for (const { account: found, role } of roles) {
    const account = organization.accounts.find(({ key }) => key === found.key);
    const { live, kind } = role;
    if (account === undefined || live === undefined || kind !== "other") continue;
    const rules = [...rolesThatPass(organization, account), ...serviceRoles(organization, account)];
    const rule = rules.find((one) => one.claims(live));
    if (rule === undefined || rule.faults(live).length > 0) continue;
    const title = roleTitle(found, role);
    passed.add(rule, title);
    titles.add(title);
    if (rule.mayHavePower) powerful.add(title);
  }
  return { passed, titles, powerful };
}

/** Compares who gets in and who has power, as accounts are, with what the roster says of them. */
export async function deviationsOf(
  byRoster: IamAccounts,
  asTheyAre: IamAccounts,
  organization: Organization,
  evaluator: Evaluator,
): Promise<Deviations> {
  const meant = await admissionsOf(byRoster, evaluator);
  const found = await admissionsOf(asTheyAre, evaluator);
  const { passed, titles, powerful } = passedRoles(asTheyAre, organization);
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
