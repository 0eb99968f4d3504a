import type { Environment } from "../model/organization";
import { roleTitle, type RoleKind } from "./iam/iam-account";
import type { IamAccounts, PlacedRole } from "./iam/iam-accounts";
import { formatConditions } from "./report/verdict-text";
import { lastRoleOf, rolesBeforeLast, type RoleChains } from "./role-chains";
import { TrustPrincipals, type TrustPrincipal } from "./trust-principals";
import { combineDecisions } from "./verdict";

/** Somebody besides users who gets into a role: by its trust, or through another role. */
export interface AdmittedPrincipal extends TrustPrincipal {
  readonly account: string;
  readonly environment: Environment;
  /** `DataShare-acme`. */
  readonly role: string;
  /** `prod/DataShare-acme`. */
  readonly title: string;
  readonly kind: RoleKind;
  /** The roles through which it is reached, by their titles; absent for the one whose trust admits them. */
  readonly through?: readonly string[];
}

const placeOf = ({ account, role }: PlacedRole): Omit<AdmittedPrincipal, "who"> => ({
  account: account.key,
  environment: account.environment,
  role: role.label,
  title: roleTitle(account, role),
  kind: role.kind,
});

const joined = (...conditions: readonly (string | undefined)[]): { readonly conditions?: string } => {
  const some = conditions.filter((one) => one !== undefined && one !== "");
  return some.length === 0 ? {} : { conditions: some.join(" and ") };
};

/** Everybody besides users who gets into roles, role by role. */
export async function admittedPrincipals(
  accounts: IamAccounts,
  chains: RoleChains,
): Promise<readonly AdmittedPrincipal[]> {
  const trusts = new TrustPrincipals(accounts);
  const admitted: AdmittedPrincipal[] = [];
  for (const placed of accounts.roles) {
    const principals = trusts.of(placed.role);
    if (principals.length === 0) continue;
    admitted.push(...principals.map((principal) => ({ ...principal, ...placeOf(placed) })));
    for (const chain of await chains.from(placed)) {
      const verdict = combineDecisions(chain.decisions);
      if (verdict.kind === "denied") continue;
      admitted.push(
        ...principals.map(({ who, conditions }) => ({
          who,
          ...placeOf(lastRoleOf(chain)),
          ...joined(conditions, formatConditions(verdict)),
          through: rolesBeforeLast(chain),
        })),
      );
    }
  }
  return admitted;
}
