import { act, type Principal } from "./act";
import { admission, assumeRole } from "./admission";
import { ownPrincipal, sessionOf } from "./can";
import { sessionCaller } from "./caller";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamAccount, type IamRole, type IamUser } from "./iam/account";
import type { IamAccounts, PlacedRole } from "./iam/accounts";
import type { Request } from "./request";
import type { Decision, Deciding } from "./simulator";
import { principalWords, TrustPrincipals } from "./trust-principals";
import { byOpenness, together, type Verdict } from "./verdict";

/** Some who can do it in the same way and under the same conditions. */
export interface Able {
  readonly account: string;
  /** `prod/Ops`; undefined for users who can do it themselves. */
  readonly role?: string;
  readonly kind: IamRole["kind"] | "user";
  /** Names of users; for the roles of machines and partners, whom their trusts admit. */
  readonly who: readonly string[];
  readonly verdict: Exclude<Verdict, { kind: "denied" }>;
  readonly because: readonly Deciding[];
}

/** A session of a role that no user of ours has opened. */
const foreignSession = (role: IamRole, { at }: Circumstances): Principal => ({
  caller: sessionCaller(role, "session", at),
  policies: role.policies,
  ...(role.boundary && { boundary: role.boundary }),
});

interface Found {
  readonly who: string;
  readonly decisions: readonly Decision[];
}

/** Who can do one thing: people, machines, partners. */
export class WhoCan {
  private readonly principals: TrustPrincipals;

  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
  ) {
    this.principals = new TrustPrincipals(accounts);
  }

  /** In all accounts, or in one; the most open first. */
  async answer(request: Request, circumstances: Circumstances, only?: IamAccount): Promise<readonly Able[]> {
    const accounts = only ? [only] : this.accounts.all;
    const found: Able[] = [];
    for (const account of accounts) {
      found.push(...(await this.users(account, request, circumstances)));
      for (const role of account.roles) {
        found.push(...(await this.role({ account, role }, request, circumstances)));
      }
    }
    return found.sort((one, other) => byOpenness(one.verdict, other.verdict));
  }

  private async users(
    account: IamAccount,
    request: Request,
    circumstances: Circumstances,
  ): Promise<readonly Able[]> {
    const found = await Promise.all(
      account.users.map(async (user) => ({
        who: user.name,
        decisions: [
          await act(this.evaluator, this.accounts, ownPrincipal(user, circumstances), request, circumstances),
        ],
      })),
    );
    return ablesOf(found, { account: account.key, kind: "user" });
  }

  private async role(
    placed: PlacedRole,
    request: Request,
    circumstances: Circumstances,
  ): Promise<readonly Able[]> {
    const { account, role } = placed;
    const people = await this.throughRole(placed, request, circumstances);
    const others = await this.others(placed, request, circumstances);
    return ablesOf([...people, ...others], {
      account: account.key,
      role: roleTitle(account, role),
      kind: role.kind,
    });
  }

  private async throughRole(
    { role }: PlacedRole,
    request: Request,
    circumstances: Circumstances,
  ): Promise<readonly Found[]> {
    const found = await Promise.all(
      this.accounts.users.map(async ({ user }) => this.user(user, role, request, circumstances)),
    );
    return found.filter((one) => one !== undefined);
  }

  private async user(
    user: IamUser,
    role: IamRole,
    request: Request,
    circumstances: Circumstances,
  ): Promise<Found | undefined> {
    const inside = await act(
      this.evaluator,
      this.accounts,
      sessionOf(role, user, circumstances),
      request,
      circumstances,
    );
    // Asked first: in most roles nobody can.
    if (inside.kind === "denied") return undefined;
    const door = await this.evaluator.decide(admission(user, role, await assumeRole(), circumstances));
    if (door.kind === "denied") return undefined;
    return { who: user.name, decisions: [door, inside] };
  }

  private async others(
    { role }: PlacedRole,
    request: Request,
    circumstances: Circumstances,
  ): Promise<readonly Found[]> {
    const who = this.principals.of(role).map(principalWords);
    if (who.length === 0) return [];
    const decision = await act(
      this.evaluator,
      this.accounts,
      foreignSession(role, circumstances),
      request,
      circumstances,
    );
    return who.map((one) => ({ who: one, decisions: [decision] }));
  }
}

/** Puts together those whose answers are the same. */
function ablesOf(found: readonly Found[], place: Pick<Able, "account" | "role" | "kind">): readonly Able[] {
  const groups = new Map<string, Able>();
  for (const { who, decisions } of found) {
    const verdict = together(decisions);
    if (verdict.kind === "denied") continue;
    const last = decisions.at(-1);
    const because = last?.kind === "allowed" ? last.because : [];
    const key = JSON.stringify([verdict, because]);
    groups.set(key, { ...place, verdict, because, who: [...(groups.get(key)?.who ?? []), who] });
  }
  return [...groups.values()];
}
