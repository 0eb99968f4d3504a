import type { Statement } from "../../documents/statement";
import type { IamRole } from "../iam/iam-account";
import type { IamPolicy } from "../iam/iam-policy";
import type { ActionCatalogue } from "./catalogue";

/** How far an action reaches: to everything, or to some resources or under some conditions. */
export type ActionReach = "everywhere" | "limited";

/** What a role may do with one action. */
export interface SurfaceEntry {
  readonly reach: ActionReach;
  /** The statements that decide, without their names: while this stays the same, the role may do the same. */
  readonly terms: string;
}

/** Entries by action; the role may not do any other action on any resource. */
export type RoleSurface = ReadonlyMap<string, SurfaceEntry>;

const isForEverything = ({ resources, conditions }: Statement): boolean =>
  resources.includes("*") && conditions.length === 0;

/** An Allow on roles does not decide who creates users. */
const concernsAction = (
  { resources, notResources }: Statement,
  action: string,
  catalogue: ActionCatalogue,
): boolean => notResources.length > 0 || catalogue.takesSome(action, resources);

/** Whether a statement ends the sessions of some holders, or keeps them to a project: it limits holders, not the role. */
export const concernsSomeHolders = ({ effect, conditions }: Statement): boolean =>
  effect === "Deny" && conditions.some(({ key }) => key.toLowerCase() === "aws:userid");

function termsOf({ effect, resources, notResources, conditions }: Statement): string {
  return JSON.stringify([
    effect,
    [...resources].sort(),
    [...notResources].sort(),
    conditions.map(({ operator, key, values }) => JSON.stringify([operator, key, [...values].sort()])).sort(),
  ]);
}

/** Groups statements by the actions that they are about. */
function byAction(
  policies: readonly IamPolicy[],
  catalogue: ActionCatalogue,
): ReadonlyMap<string, readonly Statement[]> {
  const found = new Map<string, Statement[]>();
  const statements = policies.flatMap((policy) => policy.statements);
  for (const statement of statements.filter((one) => !concernsSomeHolders(one))) {
    for (const action of catalogue.actionsOf(statement)) {
      if (!concernsAction(statement, action, catalogue)) continue;
      const others = found.get(action);
      if (others === undefined) found.set(action, [statement]);
      else others.push(statement);
    }
  }
  return found;
}

/** Finds how far a set of policies allows an action; undefined where it never does. */
function reachOf(
  action: string,
  statements: readonly Statement[],
  catalogue: ActionCatalogue,
): ActionReach | undefined {
  const denials = statements.filter(({ effect }) => effect === "Deny");
  const isClosing = ({ resources, conditions }: Statement): boolean =>
    conditions.length === 0 && resources.length > 0 && catalogue.takesAll(action, resources);
  const allowances = statements.filter(({ effect }) => effect === "Allow");
  if (allowances.length === 0 || denials.some(isClosing)) return undefined;
  return denials.length === 0 && allowances.some(isForEverything) ? "everywhere" : "limited";
}

const termsOfAll = (statements: readonly Statement[]): string =>
  [...new Set(statements.map(termsOf))].sort().join("\n");

/** Everything that a role may do, by its policies and its boundary. */
export function findRoleSurface(
  { policies, boundary }: Pick<IamRole, "policies" | "boundary">,
  catalogue: ActionCatalogue,
): RoleSurface {
  const attached = byAction(policies, catalogue);
  const bounds = boundary && byAction([boundary], catalogue);
  const surface = new Map<string, SurfaceEntry>();
  for (const [action, statements] of attached) {
    const reach = reachOf(action, statements, catalogue);
    const bound = bounds?.get(action) ?? [];
    const limit = bounds === undefined ? "everywhere" : reachOf(action, bound, catalogue);
    if (reach === undefined || limit === undefined) continue;
    surface.set(action, {
      reach: reach === "everywhere" && limit === "everywhere" ? "everywhere" : "limited",
      terms: `${termsOfAll(statements)}\nwithin\n${termsOfAll(bound)}`,
    });
  }
  return surface;
}
