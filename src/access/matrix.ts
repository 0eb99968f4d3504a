import { decideAdmission, findAssumeRole } from "./decide-admission";
import { userPrincipal, sessionPrincipal } from "./can";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamUser } from "./iam/iam-account";
import type { IamAccounts, PlacedRole, PlacedUser } from "./iam/iam-accounts";
import { findPowerfulActions, type PowerfulAction } from "./powerful-actions";
import { lastRoleOf, RoleChains, rolesBeforeLast } from "./role-chains";
import type { AccessDecision } from "./simulator";
import { combineDecisions, type Verdict } from "./verdict";

/** A role that lets somebody in, with what it asks of them; one that does not is left out. */
export interface RoleAccess {
  readonly account: string;
  readonly role: string;
  /** `prod/Ops`. */
  readonly title: string;
  /** The roles through which it is reached, by their titles, the first of them entered by the user; absent for that one. */
  readonly through?: readonly string[];
  readonly verdict: Exclude<Verdict, { kind: "denied" }>;
}

/** What one user can become. */
export interface UserAccess {
  readonly user: IamUser;
  readonly account: string;
  readonly roles: readonly RoleAccess[];
  /** How they may change what others may do, as their own user: by PowerG, or by equivalent permissions. */
  readonly powers: readonly PowerfulAction[];
}

/** `people/`, empty for users without a path. */
const pathOf = ({ arn }: IamUser): string =>
  arn.slice(arn.indexOf(":user/") + ":user/".length, arn.lastIndexOf("/") + 1);

/** Who can become what, of all users and all roles. */
export class AccessMatrix {
  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
  ) {}

  /** By the users' names; without a time in the circumstances, dates stand among the requirements. */
  async rows(circumstances: Circumstances): Promise<readonly UserAccess[]> {
    const users = [...this.accounts.users].sort((one, other) => (one.user.name < other.user.name ? -1 : 1));
    const rows: UserAccess[] = [];
    const chains = new RoleChains(this.accounts, this.evaluator, circumstances);
    // One after another: a hundred thousand questions at once are a gigabyte of promises.
    for (const placed of users) rows.push(await this.row(placed, chains, circumstances));
    return rows;
  }

  private async row(
    placed: PlacedUser,
    chains: RoleChains,
    circumstances: Circumstances,
  ): Promise<UserAccess> {
    const { user, account } = placed;
    const doors = await Promise.all(this.accounts.roles.map((role) => this.door(user, role, circumstances)));
    const open = doors.filter((door) => door !== undefined);
    const beyond: RoleAccess[] = [];
    for (const { placed: first, decision } of open) {
      for (const chain of await chains.from(first, sessionPrincipal(first.role, user, circumstances))) {
        const access = accessOf(lastRoleOf(chain), [decision, ...chain.decisions]);
        if (access !== undefined) beyond.push({ ...access, through: rolesBeforeLast(chain) });
      }
    }
    const powers = await findPowerfulActions(
      this.evaluator,
      this.accounts,
      userPrincipal(user, circumstances),
      pathOf(user),
      circumstances,
    );
    return {
      user,
      account: account.key,
      roles: [...open.flatMap(({ placed: one, decision }) => accessOf(one, [decision]) ?? []), ...beyond],
      powers,
    };
  }

  private async door(
    user: IamUser,
    placed: PlacedRole,
    circumstances: Circumstances,
  ): Promise<{ readonly placed: PlacedRole; readonly decision: AccessDecision } | undefined> {
    const action = await findAssumeRole();
    const decision = await this.evaluator.decide(decideAdmission(user, placed.role, action, circumstances));
    return decision.kind === "denied" ? undefined : { placed, decision };
  }
}

/** Finds the role if all of these decisions admit; undefined where one denies. */
function accessOf(
  { account, role }: PlacedRole,
  decisions: readonly AccessDecision[],
): RoleAccess | undefined {
  const verdict = combineDecisions(decisions);
  if (verdict.kind === "denied") return undefined;
  return { account: account.key, role: role.label, title: roleTitle(account, role), verdict };
}
