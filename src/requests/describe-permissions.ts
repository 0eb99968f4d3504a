import { ACCESS_LEVELS, type AccessLevel } from "../access/actions/aws-action";
import type { ActionCatalogue } from "../access/actions/catalogue";
import { findRoleSurface } from "../access/actions/surface";
import type { IamRole } from "../access/iam/iam-account";
import { groupBy } from "../model/group-by";
import { countNoun } from "../model/problems";

/** Actions that are named for each level; of more, services are named and counted. */
const MOST_ACTIONS = 12;
const MOST_SERVICES = 12;

/** AWS lists it under permissions management, although it changes no permissions. */
const SIGN_IN = "rds-db:connect";

const LEVEL_WORDS = {
  List: "list",
  Read: "read",
  Tagging: "tag",
  Write: "write",
  "Permissions management": "change permissions",
} as const satisfies Record<AccessLevel, string>;

function actionsWords(actions: readonly string[]): string {
  if (actions.length <= MOST_ACTIONS) return [...actions].sort().join(", ");
  const services = [...groupBy(actions, (action) => action.slice(0, action.indexOf(":")))].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  const named = services
    .slice(0, MOST_SERVICES)
    .map(([service, own]) => `${service} (${String(own.length)})`);
  const rest = services.length - named.length;
  return [...named, ...(rest > 0 ? [`and ${countNoun(rest, "service")} more`] : [])].join(", ");
}

/**
 * What a role lets somebody do, a line for each access level of AWS's, the most powerful first. How far actions reach is told as far
 * as documents tell: which resources and conditions, its policies say.
 */
export function describePermissions(role: IamRole, catalogue: ActionCatalogue): readonly string[] {
  const surface = findRoleSurface(role, catalogue);
  const reachWords = (actions: readonly string[]): string => {
    const limited = actions.filter((action) => surface.get(action)?.reach === "limited").length;
    if (limited === 0) return "on everything";
    return limited === actions.length
      ? "on some resources or under conditions"
      : `${String(limited)} of them on some resources or under conditions`;
  };
  const line = (words: string, actions: readonly string[]): string =>
    `${words}: ${countNoun(actions.length, "action")}, ${reachWords(actions)}: ${actionsWords(actions)}`;
  const signIns = [...surface.keys()].filter((action) => action === SIGN_IN);
  const others = [...surface.keys()].filter((action) => action !== SIGN_IN);
  const levels = groupBy(others, (action) => catalogue.level(action));
  return [
    ...(signIns.length === 0 ? [] : [line("sign in to databases", signIns)]),
    ...[...ACCESS_LEVELS].reverse().flatMap((level) => {
      const actions = levels.get(level) ?? [];
      return actions.length === 0 ? [] : [line(LEVEL_WORDS[level], actions)];
    }),
  ];
}
