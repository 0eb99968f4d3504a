import { act, type Principal } from "./act";
import { admission, assumeRole } from "./admission";
import { sessionCaller, userCaller } from "./caller";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamAccount, type IamRole, type IamUser } from "./iam/account";
import type { IamAccounts, PlacedRole } from "./iam/accounts";
import { requestWords, type Request } from "./request";
import type { Decision } from "./simulator";
import { byOpenness, together, type Verdict } from "./verdict";

/** One thing that has to be allowed on the way. */
export interface Step {
  /** `sarah.devops assumes prod/Ops`. */
  readonly step: string;
  readonly decision: Decision;
}

/** How somebody can go about it: as a session of a role, or as their own user. */
export interface Way {
  /** `prod/Ops`, or the user's name. */
  readonly as: string;
  readonly verdict: Verdict;
  readonly steps: readonly Step[];
}

/** Whether a person can do something in an account: every way that they have there, the most open first; none where no role lets them in. */
export interface Answer {
  readonly verdict: Verdict;
  readonly ways: readonly Way[];
}

/** What somebody asks. */
export interface CanQuestion {
  readonly user: IamUser;
  readonly account: IamAccount;
  /** Only by way of this role. */
  readonly role?: IamRole;
  readonly request: Request;
  readonly circumstances: Circumstances;
}

/** A session of the role that the user has opened. */
export const sessionOf = (role: IamRole, user: Pick<IamUser, "name">, { at }: Circumstances): Principal => ({
  caller: sessionCaller(role, user.name, at),
  policies: role.policies,
  ...(role.boundary && { boundary: role.boundary }),
});

/** The user, without any role. */
export const ownPrincipal = (user: IamUser, { mfa }: Circumstances): Principal => ({
  caller: userCaller(user, mfa),
  policies: user.policies,
  ...(user.boundary && { boundary: user.boundary }),
});

const way = (as: string, steps: readonly Step[]): Way => ({
  as,
  steps,
  verdict: together(steps.map(({ decision }) => decision)),
});

/** Answers what people can do. */
export class Can {
  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
  ) {}

  async answer(question: CanQuestion): Promise<Answer> {
    const { user, account, role, request, circumstances } = question;
    const roles = role ? [role] : account.roles;
    const found = await Promise.all(
      roles.map((one) => this.throughRole(user, { account, role: one }, request, circumstances)),
    );
    const isAtHome = role === undefined && account.users.includes(user);
    const own = isAtHome ? [await this.asUser(user, request, circumstances)] : [];
    // A role that does not let them in is of interest only where it was asked for.
    const through = found.filter(({ steps }) => role !== undefined || steps.length > 1);
    const ways = [...own, ...through].sort((one, other) => byOpenness(one.verdict, other.verdict));
    return { verdict: ways[0]?.verdict ?? { kind: "denied" }, ways };
  }

  private async asUser(user: IamUser, request: Request, circumstances: Circumstances): Promise<Way> {
    const decision = await act(
      this.evaluator,
      this.accounts,
      ownPrincipal(user, circumstances),
      request,
      circumstances,
    );
    return way(user.name, [{ step: `${user.name} may ${requestWords(request)}`, decision }]);
  }

  private async throughRole(
    user: IamUser,
    { account, role }: PlacedRole,
    request: Request,
    circumstances: Circumstances,
  ): Promise<Way> {
    const title = roleTitle(account, role);
    const admitted = await this.evaluator.decide(admission(user, role, await assumeRole(), circumstances));
    const door: Step = { step: `${user.name} assumes ${title}`, decision: admitted };
    if (admitted.kind === "denied") return way(title, [door]);
    const decision = await act(
      this.evaluator,
      this.accounts,
      sessionOf(role, user, circumstances),
      request,
      circumstances,
    );
    return way(title, [door, { step: `${title} may ${requestWords(request)}`, decision }]);
  }
}
