import { act } from "./act";
import { findAction } from "./actions/action";
import { admission, assumeRole } from "./admission";
import { ownPrincipal } from "./can";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamUser } from "./iam/account";
import type { IamAccounts, PlacedRole, PlacedUser } from "./iam/accounts";
import type { Request } from "./request";
import { together, type Verdict } from "./verdict";

/** A role that lets somebody in, with what it asks of them; one that does not is left out. */
export interface Access {
  readonly account: string;
  readonly role: string;
  /** `prod/Ops`. */
  readonly title: string;
  readonly verdict: Exclude<Verdict, { kind: "denied" }>;
}

/** What one user can become. */
export interface UserAccess {
  readonly user: IamUser;
  readonly account: string;
  readonly roles: readonly Access[];
  /** May change what others may do, as their own user: PowerG, or whatever amounts to it. */
  readonly power: Verdict;
}

const LATER_USER = "somebody.else";

/** Who may attach policies to other users holds the account. */
async function raisingOthers({ user, account }: PlacedUser): Promise<Request> {
  const action = await findAction("iam:AttachUserPolicy");
  const path = user.arn.slice(user.arn.indexOf(":user/") + ":user/".length, user.arn.lastIndexOf("/") + 1);
  return {
    action,
    resource: `arn:aws:iam::${account.id}:user/${path}${LATER_USER}`,
    resourceTypes: action.resourceTypes,
  };
}

/** Who can become what, of all users and all roles. */
export class Matrix {
  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
  ) {}

  /** By the users' names; without a time in the circumstances, dates stand among the requirements. */
  async rows(circumstances: Circumstances): Promise<readonly UserAccess[]> {
    const users = [...this.accounts.users].sort((one, other) => (one.user.name < other.user.name ? -1 : 1));
    const rows: UserAccess[] = [];
    // One after another: a hundred thousand questions at once are a gigabyte of promises.
    for (const placed of users) rows.push(await this.row(placed, circumstances));
    return rows;
  }

  async row(placed: PlacedUser, circumstances: Circumstances): Promise<UserAccess> {
    const { user, account } = placed;
    const roles = await Promise.all(this.accounts.roles.map((role) => this.cell(user, role, circumstances)));
    const power = await act(
      this.evaluator,
      this.accounts,
      ownPrincipal(user, circumstances),
      await raisingOthers(placed),
      circumstances,
    );
    return {
      user,
      account: account.key,
      roles: roles.filter((access) => access !== undefined),
      power: together([power]),
    };
  }

  private async cell(
    user: IamUser,
    { account, role }: PlacedRole,
    circumstances: Circumstances,
  ): Promise<Access | undefined> {
    const action = await assumeRole();
    const verdict = together([await this.evaluator.decide(admission(user, role, action, circumstances))]);
    if (verdict.kind === "denied") return undefined;
    return { account: account.key, role: role.label, title: roleTitle(account, role), verdict };
  }
}
