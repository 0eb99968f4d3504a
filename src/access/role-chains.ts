import { coversAction, coversResource } from "../documents/patterns";
import { decideRequest, type RequestingPrincipal } from "./decide-request";
import { findAssumeRole } from "./decide-admission";
import { sessionCaller } from "./caller";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import { roleTitle, type IamRole } from "./iam/iam-account";
import type { IamAccounts, PlacedRole } from "./iam/iam-accounts";
import type { AccessDecision } from "./simulator";

/** How many steps of a chain are followed; AWS sets no limit. */
export const LONGEST_CHAIN = 5;

/** Roles that are assumed one from another: from a session of the first role to one of the last. */
export interface RoleChain {
  /** At least two. */
  readonly roles: readonly PlacedRole[];
  /** One for each role but the first. */
  readonly decisions: readonly AccessDecision[];
}

/** A session of the role without a known name: its opener chooses the name, unless the trust fixes it. */
export const unnamedSessionPrincipal = (role: IamRole, { at }: Circumstances): RequestingPrincipal => ({
  caller: sessionCaller(role, undefined, at),
  policies: role.policies,
  ...(role.boundary && { boundary: role.boundary }),
});

/** The last role of a chain. */
export function lastRoleOf({ roles }: RoleChain): PlacedRole {
  const end = roles.at(-1);
  if (end === undefined) throw new Error("A chain has roles.");
  return end;
}

/** The roles that a chain leads through before its last, by their titles. */
export const rolesBeforeLast = ({ roles }: RoleChain): readonly string[] =>
  roles.slice(0, -1).map(({ account, role }) => roleTitle(account, role));

const ASSUME_ROLE = "sts:AssumeRole";

/** Whether a trust can match a role's sessions at all; the evaluator decides the rest. */
function mayAdmit({ trust }: IamRole, source: PlacedRole): boolean {
  const session = sessionCaller(source.role).arn;
  const isSource = (value: string): boolean =>
    value === "*" ||
    value === source.role.arn ||
    value === source.account.id ||
    value.endsWith(`:iam::${source.account.id}:root`) ||
    value.startsWith(session.slice(0, session.lastIndexOf("/") + 1));
  return trust.statements.some(
    ({ effect, principals, notPrincipals }) =>
      effect === "Allow" && (notPrincipals.length > 0 || principals.some(({ value }) => isSource(value))),
  );
}

/** Whether the role's own policies, or a trust in the same account that names it, may let its sessions into another. */
function mayAssume(source: PlacedRole, target: PlacedRole): boolean {
  if (!mayAdmit(target.role, source)) return false;
  if (source.account.id === target.account.id) return true;
  return source.role.policies.some(({ statements }) =>
    statements.some(
      (statement) =>
        statement.effect === "Allow" &&
        coversAction(statement, ASSUME_ROLE) &&
        coversResource(statement, target.role.arn),
    ),
  );
}

const isSame = (one: PlacedRole, other: PlacedRole): boolean => one.role.arn === other.role.arn;

/**
 * Finds the roles that sessions of roles may assume. Such a session has no MFA keys and no user name, chooses its own name
 * unless the trust pins it, and lasts one hour at most; a source identity stays with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export class RoleChains {
  private readonly steps = new Map<string, Promise<readonly Step[]>>();

  constructor(
    private readonly accounts: IamAccounts,
    private readonly evaluator: Evaluator,
    private readonly circumstances: Circumstances,
  ) {}

  /**
   * The shortest chain to each role that can be reached from sessions of a role, in five steps at most. With a session
   * given, from that one; otherwise from one whose name is not known.
   */
  async from(first: PlacedRole, session?: RequestingPrincipal): Promise<readonly RoleChain[]> {
    const found: RoleChain[] = [];
    const reached = new Set([first.role.arn]);
    let ends: readonly RoleChain[] = [{ roles: [first], decisions: [] }];
    for (let length = 1; length <= LONGEST_CHAIN && ends.length > 0; length += 1) {
      const next: RoleChain[] = [];
      for (const chain of ends) {
        const steps =
          length === 1 ? await this.firstSteps(first, session) : await this.stepsFrom(lastRoleOf(chain));
        for (const { target, decision } of steps) {
          if (reached.has(target.role.arn)) continue;
          reached.add(target.role.arn);
          next.push({ roles: [...chain.roles, target], decisions: [...chain.decisions, decision] });
        }
      }
      found.push(...next);
      ends = next;
    }
    return found;
  }

  /** The roles from whose sessions a role can be reached. */
  async leadingTo(target: PlacedRole): Promise<readonly PlacedRole[]> {
    const firsts = await Promise.all(
      this.accounts.roles.map(async (first) => {
        const chains = await this.from(first);
        return chains.some((chain) => isSame(lastRoleOf(chain), target)) ? [first] : [];
      }),
    );
    return firsts.flat();
  }

  /** Where a session whose name is not known gets nowhere, no other does. */
  private async firstSteps(
    first: PlacedRole,
    session: RequestingPrincipal | undefined,
  ): Promise<readonly Step[]> {
    const possible = await this.stepsFrom(first);
    if (session === undefined) return possible;
    const decided = await Promise.all(possible.map(({ target }) => this.step(session, target)));
    return decided.filter(({ decision }) => decision.kind !== "denied");
  }

  private stepsFrom(source: PlacedRole): Promise<readonly Step[]> {
    const known = this.steps.get(source.role.arn);
    if (known !== undefined) return known;
    const steps = this.findSteps(source);
    this.steps.set(source.role.arn, steps);
    return steps;
  }

  private async findSteps(source: PlacedRole): Promise<readonly Step[]> {
    const session = unnamedSessionPrincipal(source.role, this.circumstances);
    const targets = this.accounts.roles.filter(
      (target) => !isSame(source, target) && mayAssume(source, target),
    );
    const decided = await Promise.all(targets.map((target) => this.step(session, target)));
    return decided.filter(({ decision }) => decision.kind !== "denied");
  }

  private async step(session: RequestingPrincipal, target: PlacedRole): Promise<Step> {
    const action = await findAssumeRole();
    const request = { action, resource: target.role.arn, resourceTypes: action.resourceTypes };
    return {
      target,
      decision: await decideRequest(this.evaluator, this.accounts, session, request, this.circumstances),
    };
  }
}

interface Step {
  readonly target: PlacedRole;
  readonly decision: AccessDecision;
}
