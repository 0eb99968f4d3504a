import { countNoun } from "../../model/problems";
import { roleTitle, type IamAccount, type RoleKind } from "../iam/iam-account";
import type { IamAccounts } from "../iam/iam-accounts";

/** A role on both sides whose sessions may last longer or shorter. */
export interface SessionChange {
  /** `prod/Ops`. */
  readonly role: string;
  readonly kind: RoleKind;
  readonly environment: IamAccount["environment"];
  /** `Ops`. */
  readonly label: string;
  /** The role may change what others may do in the account where people's users are. */
  readonly rulesPeople?: true;
  /** The longest session in seconds, of the role's `MaxSessionDuration`; undefined where a program does not say. */
  readonly before?: number;
  readonly after?: number;
}

const MINUTE = 60;
const HOUR = 3_600;

/** `1 hour`, `90 minutes`, `unknown length`: what comes after "sessions of". */
export function formatSessionLength(seconds: number | undefined): string {
  if (seconds === undefined) return "unknown length";
  if (seconds % HOUR === 0) return countNoun(seconds / HOUR, "hour");
  return seconds % MINUTE === 0 ? countNoun(seconds / MINUTE, "minute") : countNoun(seconds, "second");
}

/** Compares how long sessions of the roles on both sides may last; `ruling` are the titles of those that rule people later. */
export function sessionChanges(
  before: IamAccounts,
  after: IamAccounts,
  ruling: ReadonlySet<string>,
): readonly SessionChange[] {
  const earlier = new Map(before.roles.map(({ account, role }) => [roleTitle(account, role), role]));
  return after.roles.flatMap(({ account, role }) => {
    const title = roleTitle(account, role);
    const known = earlier.get(title);
    if (known === undefined || known.sessionSeconds === role.sessionSeconds) return [];
    return [
      {
        role: title,
        kind: role.kind,
        environment: account.environment,
        label: role.label,
        ...(ruling.has(title) && { rulesPeople: true as const }),
        ...(known.sessionSeconds !== undefined && { before: known.sessionSeconds }),
        ...(role.sessionSeconds !== undefined && { after: role.sessionSeconds }),
      },
    ];
  });
}

/** Whether sessions may last longer, or nobody can tell. */
export const isLonger = ({ before, after }: SessionChange): boolean =>
  before === undefined || after === undefined || after > before;
