import type { Account } from "../model/account";
import { rolesPlacedIn } from "../model/categories";
import { remainingDeployed } from "../model/holdings";
import type { Model } from "../model/model";
import { roleArn, roleName, type RolePolicyPurpose, type UserName } from "../model/names";
import { ROLES, type HeldRole } from "../model/roles";
import { PERMISSIONS } from "./permissions";
import type { PolicyDocument } from "./policy-document";
import type { CustomerPolicy } from "./role-permissions";
import { databaseScope } from "./databases/database-scope";
import { ownDatabaseUsers } from "./databases/own-database-user";
import { projectScope } from "./project-scope";
import { customerPolicyBlueprint, policyBlueprint, type DeployedRole } from "./deployed-role";
import { sessionEnd } from "./session-end";
import { sessionHolders } from "./session-holders";
import { buildTrust, type RoleTrust } from "./role-trust";

/** A role that people hold, as deployed. */
export interface RoleBlueprint extends DeployedRole {
  readonly role: HeldRole;
  readonly trust: RoleTrust;
  /** Everybody whom the trust admits now or at a later date that is in it, by name. */
  readonly holders: readonly UserName[];
}

const policiesOf = (
  purpose: RolePolicyPurpose,
  description: string,
  documents: readonly PolicyDocument[],
): readonly CustomerPolicy[] =>
  documents.map((document, index) => ({ kind: "customer", purpose, index, description, document }));

/** What some of a role's holders are allowed beside the others, and denied whatever the role may do. */
const personalPolicies = (model: Model, account: Account, role: HeldRole): readonly CustomerPolicy[] => [
  ...policiesOf(
    "own-database-user",
    "Lets developers sign in to databases as the user of their own name.",
    ownDatabaseUsers(model, account, role),
  ),
  ...policiesOf(
    "database-scope",
    "Keeps people whose grant names a database from the others.",
    databaseScope(model, account, role),
  ),
  ...policiesOf(
    "holders",
    "Ends the sessions of people who hold this role no more.",
    sessionHolders(model, account, role),
  ),
  ...policiesOf(
    "project-scope",
    "Keeps contractors who hold this role within their projects.",
    projectScope(model, account, role),
  ),
  ...policiesOf(
    "session-end",
    "Ends the sessions of people whose grant of this role is over.",
    sessionEnd(model, account, role),
  ),
];

function roleBlueprint(model: Model, account: Account, role: HeldRole): RoleBlueprint {
  const { organization } = model;
  const { policies, boundary } = PERMISSIONS[role]({ organization, account });
  const name = roleName(organization, role, account);
  const personal = personalPolicies(model, account, role);
  return {
    role,
    name,
    description: `${role} in ${account.key}; who may assume it is written in the roster.`,
    arn: roleArn(organization, role, account),
    trust: buildTrust(model, account, role),
    holders: model.holdings
      .of(account.key, role)
      .filter((holding) => remainingDeployed(holding, model.now).length > 0)
      .map(({ person }) => person),
    sessionSeconds: ROLES[role].sessionSeconds,
    policies: [...policies, ...personal].map((policy) => policyBlueprint(account, name, policy)),
    ...(boundary && { boundary: customerPolicyBlueprint(account, name, boundary) }),
  };
}

/**
 * The roles that people may hold in an account. Those of the catalogue are there whether or not anybody holds them, so
 * that granting one changes a trust and nothing else; BreakGlass is there only where the roster names a holder.
 */
export function roleBlueprints(model: Model, account: Account): readonly RoleBlueprint[] {
  const roles: readonly HeldRole[] = rolesPlacedIn(account.environment);
  const breakGlass: readonly HeldRole[] =
    model.holdings.of(account.key, "BreakGlass").length > 0 ? ["BreakGlass"] : [];
  return [...roles, ...breakGlass].map((role) => roleBlueprint(model, account, role));
}
