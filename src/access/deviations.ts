import {
  accessChanges,
  admissionsOf,
  powerChanges,
  trustChanges,
  type AccessChange,
  type PowerChange,
  type TrustChange,
} from "./diff/admissions";
import { isSameTrust } from "../aws/live-trust";
import { trailRoleTrust } from "../documents/detection/trail";
import { OPS_PATH } from "../documents/permissions/paths";
import { trailRoleName } from "../model/names";
import { roleTitle, type IamRole } from "./iam/account";
import type { IamAccounts } from "./iam/accounts";

/** How the name of every account's trail role ends, after the organization's prefix. */
const TRAIL_ROLE = trailRoleName({ prefix: "" });

/** Where accounts as they are let in others than the roster does; `before` is the roster's side. */
export interface Deviations {
  readonly access: readonly AccessChange[];
  readonly trust: readonly TrustChange[];
  readonly power: readonly PowerChange[];
}

/** Roles that services of AWS have for themselves, under `aws-service-role/`, and those that Ops makes for services. */
const SERVICE_PATHS = ["/aws-service-role/", OPS_PATH];

const admitsServicesAlone = ({ trust }: IamRole): boolean =>
  trust.statements.every(
    ({ principals, notPrincipals }) =>
      notPrincipals.length === 0 && principals.every(({ type }) => type === "Service"),
  );

/** The role with which a trail writes its logs: stacks make it, and no blueprint of access has it. */
const isTrailRole = ({ arn, trust }: IamRole): boolean =>
  arn.endsWith(TRAIL_ROLE) && isSameTrust(trust.text, JSON.stringify(trailRoleTrust()));

/** Roles that the roster says nothing of and that let nobody in but services of AWS. */
const isForServices = (role: IamRole): boolean =>
  isTrailRole(role) ||
  (SERVICE_PATHS.some((path) => role.arn.includes(`:role${path}`)) && admitsServicesAlone(role));

/** Compares who gets in and who has power, as accounts are, with what the roster says of them. */
export async function deviationsOf(byRoster: IamAccounts, asTheyAre: IamAccounts): Promise<Deviations> {
  const meant = await admissionsOf(byRoster);
  const found = await admissionsOf(asTheyAre);
  const passed = new Set(
    asTheyAre.roles
      .filter(({ role }) => isForServices(role))
      .map(({ account, role }) => roleTitle(account, role)),
  );
  const principals = found.principals.filter(
    ({ title, through }) => through !== undefined || !passed.has(title),
  );
  return {
    access: accessChanges(meant, found),
    trust: trustChanges(meant, { ...found, principals }),
    power: powerChanges(meant, found),
  };
}

export const hasDeviations = ({ access, trust, power }: Deviations): boolean =>
  access.length + trust.length + power.length > 0;
