import type { InlinePolicy } from "../../aws/live-account";
import type { RoleDetail } from "../../aws/snapshot/authorization-details";
import type { RosterChange } from "../../definitions/roster-changes";
import { isUserDenial, sessionDenialOf, type SessionDenial } from "../../documents/offboarding-denial";
import { parseUserName, type UserName } from "../../model/names";
import { hasLeft, type Person } from "../../model/person";
import type { ReviewContext } from "../check-result";
import type { Fix, FoundBy } from "../review-finding";

/** The Denies of `offboard --now` that the accounts of a review have, told by their content. */
export class ShutOut {
  /** In the identity account, by user: the name of the policy that denies it everything. */
  private readonly users: ReadonlyMap<string, string>;
  private readonly formerNames: ReadonlyMap<UserName, UserName>;

  constructor(private readonly context: ReviewContext) {
    const { model, evidence } = context;
    const { identity } = model.organization;
    this.formerNames = new Map(
      model.people.flatMap(({ name, renamedFrom }) =>
        renamedFrom === undefined ? [] : [[name, renamedFrom] as const],
      ),
    );
    this.users = new Map(
      (evidence.section(identity.key, "authorizationDetails")?.users ?? []).flatMap((user) => {
        const denial = user.inline.find((policy) => this.deniesUser(user.name, policy));
        return denial === undefined ? [] : [[user.name, denial.name] as const];
      }),
    );
  }

  /** Whether a policy of a user of the identity account denies it everything, as `offboard --now` does. */
  deniesUser(name: string, policy: InlinePolicy): boolean {
    const person = parseUserName(name);
    return person !== undefined && isUserDenial(this.context.model.organization, person, policy);
  }

  /** The sessions that a policy of a role denies, as `offboard --now` does. */
  deniedSessions(policy: InlinePolicy): SessionDenial | undefined {
    return sessionDenialOf(this.context.model.organization, policy, this.formerNames);
  }

  /** Whether somebody's user in the identity account is denied everything. */
  has(user: string): boolean {
    return this.users.has(user);
  }

  /** Reports each person of the roster who is shut out, once for all accounts of the review. */
  findings(): readonly FoundBy[] {
    const { model, accounts } = this.context;
    const { identity } = model.organization;
    return model.people.flatMap((person): readonly FoundBy[] => {
      const { name } = person;
      const policy = this.users.get(name);
      if (policy === undefined) return [];
      const onRoles = accounts.flatMap((account) => this.sessionLines(account.key, name));
      const account = accounts.some(({ key }) => key === identity.key) ? identity.key : onRoles[0]?.account;
      if (account === undefined) return [];
      return [
        {
          rule: "shut-out",
          account,
          subject: name,
          person: name,
          message: `${name} was shut out at once, and the roster still has them.`,
          evidence: [
            `${identity.key}: the inline policy ${policy} denies the user everything`,
            ...onRoles.map(({ line }) => line),
          ],
          fix: this.fixOf(person),
          undecidable: "Who shut them out, and why: the account's trail tells.",
        },
      ];
    });
  }

  private sessionLines(
    account: string,
    person: UserName,
  ): readonly { readonly account: string; readonly line: string }[] {
    const roles: readonly RoleDetail[] =
      this.context.evidence.section(account, "authorizationDetails")?.roles ?? [];
    return roles.flatMap((role) =>
      role.inline.flatMap((policy) => {
        const denied = this.deniedSessions(policy);
        return denied?.person === person
          ? [
              {
                account,
                line: `${account}: sessions in ${role.name} that began before ${denied.before} are denied`,
              },
            ]
          : [];
      }),
    );
  }

  private fixOf(person: Person): Extract<Fix, { readonly kind: "edit" }> {
    const { model, now } = this.context;
    const { name } = person;
    const power: readonly RosterChange[] = model.power.includes(name)
      ? [{ kind: "power", person: name }]
      : [];
    if (hasLeft(person, now) || (person.terms.from !== undefined && person.terms.from >= now)) {
      return {
        kind: "edit",
        words: `Finish it: they leave the roster, once npm run offboard -- ${name} gives no later moment for that.`,
        changes: [{ kind: "entry", person: name }, ...power, { kind: "departed", person: name }],
      };
    }
    return {
      kind: "edit",
      words: `If they have left, finish it: their last day, deployed before anybody refreshes a stack, which would take the Denies off the roles. If not: npm run offboard -- ${name} --undo.`,
      changes: [{ kind: "last day", person: name, until: now }, ...power],
    };
  }
}
