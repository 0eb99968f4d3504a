import { decideRequest, type RequestingPrincipal } from "./decide-request";
import { decideAdmission, findAssumeRole } from "./decide-admission";
import { sessionCaller, userCaller } from "./caller";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamAccount, type IamRole, type IamUser } from "./iam/iam-account";
import type { IamAccounts, PlacedRole } from "./iam/iam-accounts";
import { formatActionRequest, type ActionRequest } from "./action-request";
import {
  lastRoleOf,
  RoleChains,
  rolesBeforeLast,
  unnamedSessionPrincipal,
  type RoleChain,
} from "./role-chains";
import type { AccessDecision } from "./simulator";
import { byOpenness, combineDecisions, type Verdict } from "./verdict";

/** One step on the way that has to be allowed. */
export interface AccessStep {
  /** `sarah.devops assumes prod/Ops`. */
  readonly step: string;
  readonly decision: AccessDecision;
}

/** A way to do it: as a session of a role, or as the user themselves. */
export interface AccessWay {
  /** `prod/Ops`, or the user's name. */
  readonly as: string;
  /** The roles through which it is reached, by their titles; absent where the user gets into it. */
  readonly through?: readonly string[];
  readonly verdict: Verdict;
  readonly steps: readonly AccessStep[];
}

/** Whether a person can do something in an account: every way that they have there, the most open first; none where no role lets them in. */
export interface CanAnswer {
  readonly verdict: Verdict;
  readonly ways: readonly AccessWay[];
}

/** What somebody asks. */
export interface CanQuestion {
  readonly user: IamUser;
  readonly account: IamAccount;
  /** Only by way of this role. */
  readonly role?: IamRole;
  readonly request: ActionRequest;
  readonly circumstances: Circumstances;
}

/** A session of the role that the user has opened. */
export const sessionPrincipal = (
  role: IamRole,
  user: Pick<IamUser, "name">,
  { at }: Circumstances,
): RequestingPrincipal => ({
  caller: sessionCaller(role, user.name, at),
  policies: role.policies,
  ...(role.boundary && { boundary: role.boundary }),
});

/** The user, without any role. */
export const userPrincipal = (user: IamUser, { mfa }: Circumstances): RequestingPrincipal => ({
  caller: userCaller(user, mfa),
  policies: user.policies,
  ...(user.boundary && { boundary: user.boundary }),
});

const way = (as: string, steps: readonly AccessStep[]): AccessWay => ({
  as,
  steps,
  verdict: combineDecisions(steps.map(({ decision }) => decision)),
});

/** Answers what people can do. */
export class CanAnswers {
  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
  ) {}

  async answer(question: CanQuestion): Promise<CanAnswer> {
    const { user, account, role, request, circumstances } = question;
    const isAsked = ({ account: itsAccount, role: one }: PlacedRole): boolean =>
      role === undefined ? itsAccount.key === account.key : one.arn === role.arn;
    const doors = await Promise.all(
      this.accounts.roles.map((placed) => this.door(user, placed, circumstances)),
    );
    const direct = await Promise.all(
      doors
        // A role that does not admit them is shown only where the question names it.
        .filter(
          ({ placed, decision }) => isAsked(placed) && (role !== undefined || decision.kind !== "denied"),
        )
        .map((door) => this.throughRole(user, door, request, circumstances)),
    );
    const chained = await this.throughChains(question, doors, isAsked);
    const isAtHome = role === undefined && account.users.includes(user);
    const own = isAtHome ? [await this.asUser(user, request, circumstances)] : [];
    const ways = [...own, ...direct, ...chained].sort((one, other) => byOpenness(one.verdict, other.verdict));
    return { verdict: ways[0]?.verdict ?? { kind: "denied" }, ways };
  }

  private async asUser(
    user: IamUser,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<AccessWay> {
    const decision = await decideRequest(
      this.evaluator,
      this.accounts,
      userPrincipal(user, circumstances),
      request,
      circumstances,
    );
    return way(user.name, [{ step: `${user.name} may ${formatActionRequest(request)}`, decision }]);
  }

  private async door(user: IamUser, placed: PlacedRole, circumstances: Circumstances): Promise<Door> {
    const { account, role } = placed;
    const decision = await this.evaluator.decide(
      decideAdmission(user, role, await findAssumeRole(), circumstances),
    );
    return { placed, decision, step: `${user.name} assumes ${roleTitle(account, role)}` };
  }

  private async throughRole(
    user: IamUser,
    { placed, ...door }: Door,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<AccessWay> {
    const title = roleTitle(placed.account, placed.role);
    if (door.decision.kind === "denied") return way(title, [door]);
    const session = sessionPrincipal(placed.role, user, circumstances);
    return way(title, [door, await this.inside(title, session, request, circumstances)]);
  }

  private async throughChains(
    { user, request, circumstances }: CanQuestion,
    doors: readonly Door[],
    isAsked: (placed: PlacedRole) => boolean,
  ): Promise<readonly AccessWay[]> {
    const chains = new RoleChains(this.accounts, this.evaluator, circumstances);
    const ways: AccessWay[] = [];
    for (const { placed, ...door } of doors.filter(({ decision }) => decision.kind !== "denied")) {
      const session = sessionPrincipal(placed.role, user, circumstances);
      for (const chain of (await chains.from(placed, session)).filter((one) => isAsked(lastRoleOf(one)))) {
        const end = lastRoleOf(chain);
        const title = roleTitle(end.account, end.role);
        const last = unnamedSessionPrincipal(end.role, circumstances);
        const steps = [door, ...stepsOf(chain), await this.inside(title, last, request, circumstances)];
        ways.push({ ...way(title, steps), through: rolesBeforeLast(chain) });
      }
    }
    return ways;
  }

  private async inside(
    title: string,
    session: RequestingPrincipal,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<AccessStep> {
    const decision = await decideRequest(this.evaluator, this.accounts, session, request, circumstances);
    return { step: `${title} may ${formatActionRequest(request)}`, decision };
  }
}

/** Whether a user gets into a role. */
interface Door extends AccessStep {
  readonly placed: PlacedRole;
}

function stepsOf({ roles, decisions }: RoleChain): readonly AccessStep[] {
  const titles = roles.map(({ account, role }) => roleTitle(account, role));
  return decisions.map((decision, index) => ({
    step: `${titles[index] ?? ""} assumes ${titles[index + 1] ?? ""}`,
    decision,
  }));
}
