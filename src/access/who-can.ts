import { decideRequest, type RequestingPrincipal } from "./decide-request";
import { decideAdmission, findAssumeRole } from "./decide-admission";
import { userPrincipal, sessionPrincipal } from "./can";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamAccount, type IamRole, type IamUser } from "./iam/iam-account";
import type { IamAccounts, PlacedRole } from "./iam/iam-accounts";
import type { ActionRequest } from "./action-request";
import { lastRoleOf, RoleChains, rolesBeforeLast, unnamedSessionPrincipal } from "./role-chains";
import type { AccessDecision, DecidingStatement } from "./simulator";
import { formatTrustPrincipal, TrustPrincipals } from "./trust-principals";
import { byOpenness, combineDecisions, type Verdict } from "./verdict";

/** Principals who can do it in the same way and under the same conditions. */
export interface CapablePrincipals {
  readonly account: string;
  /** `prod/Ops`; undefined for users who can do it themselves. */
  readonly role?: string;
  /** The roles through which it is reached, by their titles; absent for those who get into it. */
  readonly through?: readonly string[];
  readonly kind: IamRole["kind"] | "user";
  /** Names of users; for the roles of machines and partners, whom their trusts admit. */
  readonly who: readonly string[];
  readonly verdict: Exclude<Verdict, { kind: "denied" }>;
  readonly because: readonly DecidingStatement[];
  /** Why an answer about many resources is not proven for each of them. */
  readonly unproven?: string;
}

interface Found {
  readonly who: string;
  readonly decisions: readonly AccessDecision[];
}

/** Who can do one thing: people, machines, partners. */
export class WhoCanAnswers {
  private readonly principals: TrustPrincipals;

  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
  ) {
    this.principals = new TrustPrincipals(accounts);
  }

  /** In all accounts, or in one; the most open first. */
  async answer(
    request: ActionRequest,
    circumstances: Circumstances,
    only?: IamAccount,
  ): Promise<readonly CapablePrincipals[]> {
    const accounts = only ? [only] : this.accounts.all;
    const chains = new RoleChains(this.accounts, this.evaluator, circumstances);
    const found: CapablePrincipals[] = [];
    for (const account of accounts) {
      found.push(...(await this.users(account, request, circumstances)));
      for (const role of account.roles) {
        found.push(...(await this.role({ account, role }, request, circumstances)));
        found.push(...(await this.beyond({ account, role }, chains, request, circumstances)));
      }
    }
    return found.sort((one, other) => byOpenness(one.verdict, other.verdict));
  }

  private async users(
    account: IamAccount,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<readonly CapablePrincipals[]> {
    const found = await Promise.all(
      account.users.map(async (user) => ({
        who: user.name,
        decisions: [
          await decideRequest(
            this.evaluator,
            this.accounts,
            userPrincipal(user, circumstances),
            request,
            circumstances,
          ),
        ],
      })),
    );
    return ablesOf(found, { account: account.key, kind: "user" });
  }

  private async role(
    placed: PlacedRole,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<readonly CapablePrincipals[]> {
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
    request: ActionRequest,
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
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<Found | undefined> {
    const inside = await decideRequest(
      this.evaluator,
      this.accounts,
      sessionPrincipal(role, user, circumstances),
      request,
      circumstances,
    );
    // This comes first, because in most roles nobody can.
    if (inside.kind === "denied") return undefined;
    const door = await this.evaluator.decide(
      decideAdmission(user, role, await findAssumeRole(), circumstances),
    );
    if (door.kind === "denied") return undefined;
    return { who: user.name, decisions: [door, inside] };
  }

  /** Those who get into another role, from which they get into this one. */
  private async beyond(
    target: PlacedRole,
    chains: RoleChains,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<readonly CapablePrincipals[]> {
    const firsts = await chains.leadingTo(target);
    if (firsts.length === 0) return [];
    const session = unnamedSessionPrincipal(target.role, circumstances);
    const inside = await decideRequest(this.evaluator, this.accounts, session, request, circumstances);
    if (inside.kind === "denied") return [];
    const place = {
      account: target.account.key,
      role: roleTitle(target.account, target.role),
      kind: target.role.kind,
    };
    const ables: CapablePrincipals[] = [];
    for (const first of firsts) {
      const byPath = new Map<string, { readonly through: readonly string[]; readonly found: Found[] }>();
      for (const { who, session: opened, decisions } of await this.admitted(first, circumstances)) {
        const chain = (await chains.from(first, opened)).find(
          (one) => lastRoleOf(one).role.arn === target.role.arn,
        );
        if (chain === undefined) continue;
        const through = rolesBeforeLast(chain);
        const known = byPath.get(through.join()) ?? { through, found: [] };
        known.found.push({ who, decisions: [...decisions, ...chain.decisions, inside] });
        byPath.set(through.join(), known);
      }
      for (const { through, found } of byPath.values()) ables.push(...ablesOf(found, { ...place, through }));
    }
    return ables;
  }

  /** Lists everybody who gets into a role, users and others, with their session there. */
  private async admitted(
    { role }: PlacedRole,
    circumstances: Circumstances,
  ): Promise<readonly (Found & { readonly session: RequestingPrincipal })[]> {
    const action = await findAssumeRole();
    const users = await Promise.all(
      this.accounts.users.map(async ({ user }) => {
        const door = await this.evaluator.decide(decideAdmission(user, role, action, circumstances));
        if (door.kind === "denied") return [];
        return [{ who: user.name, decisions: [door], session: sessionPrincipal(role, user, circumstances) }];
      }),
    );
    const others = this.principals.of(role).map((principal) => ({
      who: formatTrustPrincipal(principal),
      decisions: [],
      session: unnamedSessionPrincipal(role, circumstances),
    }));
    return [...users.flat(), ...others];
  }

  private async others(
    { role }: PlacedRole,
    request: ActionRequest,
    circumstances: Circumstances,
  ): Promise<readonly Found[]> {
    const who = this.principals.of(role).map(formatTrustPrincipal);
    if (who.length === 0) return [];
    const decision = await decideRequest(
      this.evaluator,
      this.accounts,
      unnamedSessionPrincipal(role, circumstances),
      request,
      circumstances,
    );
    return who.map((one) => ({ who: one, decisions: [decision] }));
  }
}

/** Groups principals with the same answer. */
function ablesOf(
  found: readonly Found[],
  place: Pick<CapablePrincipals, "account" | "role" | "kind" | "through">,
): readonly CapablePrincipals[] {
  const groups = new Map<string, CapablePrincipals>();
  for (const { who, decisions } of found) {
    const verdict = combineDecisions(decisions);
    if (verdict.kind === "denied") continue;
    const last = decisions.at(-1);
    const { because = [], unproven } = last?.kind === "allowed" ? last : {};
    const key = JSON.stringify([verdict, because]);
    groups.set(key, {
      ...place,
      verdict,
      because,
      ...(unproven !== undefined && { unproven }),
      who: [...(groups.get(key)?.who ?? []), who],
    });
  }
  return [...groups.values()];
}
