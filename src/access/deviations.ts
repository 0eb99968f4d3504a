import {
  accessChanges,
  admissionsOf,
  powerChanges,
  trustChanges,
  type AccessChange,
  type PowerChange,
  type TrustChange,
} from "./diff/admissions";
import type { IamRole } from "./iam/account";
import { IamAccounts } from "./iam/accounts";

/** Where accounts as they are let in others than the roster does; `before` is the roster's side. */
export interface Deviations {
  readonly access: readonly AccessChange[];
  readonly trust: readonly TrustChange[];
  readonly power: readonly PowerChange[];
}

/**
 * AWS's services make these roles, with a trust for themselves that nobody can change.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const isServiceLinked = ({ arn, trust }: IamRole): boolean =>
  arn.includes(":role/aws-service-role/") &&
  trust.statements.every(
    ({ principals, notPrincipals }) =>
      notPrincipals.length === 0 && principals.every(({ type }) => type === "Service"),
  );

const withoutServiceLinked = ({ all }: IamAccounts): IamAccounts =>
  new IamAccounts(
    all.map((account) => ({ ...account, roles: account.roles.filter((role) => !isServiceLinked(role)) })),
  );

/** Compares who gets in and who has power, as accounts are, with what the roster says of them. */
export async function deviationsOf(byRoster: IamAccounts, asTheyAre: IamAccounts): Promise<Deviations> {
  const meant = await admissionsOf(byRoster);
  const found = await admissionsOf(withoutServiceLinked(asTheyAre));
  return {
    access: accessChanges(meant, found),
    trust: trustChanges(meant, found),
    power: powerChanges(meant, found),
  };
}

export const hasDeviations = ({ access, trust, power }: Deviations): boolean =>
  access.length + trust.length + power.length > 0;
