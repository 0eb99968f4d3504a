import type { RoleDetail } from "../aws/snapshot/authorization-details";
import type { Snapshot } from "../aws/snapshot/reader";
import type { SectionName } from "../aws/snapshot/snapshot-section";
import { isSameDocument, parseDocument } from "../documents/statement";
import type { Model } from "../model/model";
import { parseUserName, powerGroupName, roleName, roleTagKey, userArn } from "../model/names";
import { ROLE_NAMES } from "../model/roles";
import { blueprintsOf, type AccountBlueprint } from "../documents/blueprint";
import { accessRows, POWER_ROLE, rowKey, rowTitle, USER_ROLE } from "./access-row";
import type { ReviewDecisions } from "./decisions-file";
import { Evidence } from "./evidence";
import { decidedAway, FOR_GOOD, heldBefore, heldIn, type ClosedRow, type DecidedAway } from "./removal";
import type { Review, ReviewRow } from "./review";

/** The outcome of one decision: whether it has been carried out, and the evidence. */
interface Sight {
  readonly isDone: boolean;
  readonly words: string;
}

const seen = (isDone: boolean, words: string): Sight => ({ isDone, words });

/** Whether the roster no longer gives a person the access of the decision, or gives it differently. */
function personInRoster(after: Model, { row, decision }: DecidedAway): Sight {
  const now = heldIn(after, row);
  if (decision === "change") {
    return now?.key !== heldBefore(row, after.now)
      ? seen(true, `the roster has it ${now === undefined ? "no more" : `otherwise: ${now.words}`}`)
      : seen(false, "the roster has it as before");
  }
  if (row.role === USER_ROLE) {
    const person = after.people.find(({ name }) => name === row.who);
    const isOver =
      person === undefined || (person.terms.until !== undefined && person.terms.until <= after.now);
    return seen(
      isOver,
      isOver ? "the roster has them no more, or their last day has passed" : "the roster still has them",
    );
  }
  return seen(
    now === undefined,
    now === undefined ? "the roster gives it no more" : `the roster still gives it: ${now.words}`,
  );
}

/** Whether the definitions still make a role or user of a machine or partner. */
function machineInDefinitions(
  after: Model,
  blueprints: readonly AccountBlueprint[],
  { row }: DecidedAway,
): Sight {
  const isMade = accessRows(after, blueprints, []).some((one) => rowKey(one) === rowKey(row));
  return seen(!isMade, `the definitions ${isMade ? "still have it" : "have it no more"}`);
}

/** Whether a trust names somebody in a statement that admits. */
const names = ({ trust }: RoleDetail, arn: string): boolean =>
  (parseDocument(trust) ?? []).some(
    ({ effect, conditions, principals }) =>
      effect === "Allow" &&
      (conditions.some(({ values }) => values.includes(arn)) ||
        principals.some(({ value }) => value === arn)),
  );

/** Looks at an account as it is now. */
class AccountSight {
  private readonly evidence: Evidence;
  private readonly blueprints: ReadonlyMap<string, AccountBlueprint>;

  constructor(
    private readonly after: Model,
    blueprints: readonly AccountBlueprint[],
    snapshot: Snapshot,
  ) {
    this.evidence = new Evidence(snapshot);
    this.blueprints = new Map(blueprints.map((blueprint) => [blueprint.account.key, blueprint]));
  }

  /** Whether the account no longer lets them in. */
  of({ who, account: key, role, principal }: ReviewRow): Sight {
    const details = this.evidence.section(key, "authorizationDetails");
    if (details === undefined) return this.notRead(key, "authorizationDetails");
    if (principal !== undefined) {
      const { kind, name } = principal;
      const isThere = details[`${kind}s`].some((one) => one.name === name);
      return seen(!isThere, `the account has ${isThere ? "the" : "no"} ${kind} ${name}`);
    }
    const { organization } = this.after;
    if (role === POWER_ROLE) {
      const isIn = details.users.some(
        ({ name, groups }) => name === who && groups.includes(powerGroupName(organization)),
      );
      return seen(
        !isIn,
        isIn
          ? `the user is in ${powerGroupName(organization)}`
          : `the user is not in ${powerGroupName(organization)}`,
      );
    }
    if (role === USER_ROLE) {
      if (this.evidence.section(key, "userCredentials") === undefined)
        return this.notRead(key, "userCredentials");
      const signsIn = this.evidence.credentials(key).canSignIn(who);
      const isThere = details.users.some(({ name }) => name === who);
      return seen(
        !isThere || !signsIn,
        !isThere
          ? "there is no such user"
          : signsIn
            ? "the user can still sign in"
            : "the user has no password and no active key",
      );
    }
    const name = this.roleNameOf(key, role);
    const live = details.roles.find((one) => one.name === name);
    if (live === undefined) return seen(true, `the account has no role ${name}`);
    const user = parseUserName(who);
    const arn = user === undefined ? who : userArn(organization.identity, user);
    if (names(live, arn)) return seen(false, `the trust of ${name} names ${arn}`);
    const tagged = this.tagOf(who, role, key);
    if (tagged !== undefined) return tagged;
    // A trust in the form of tags names nobody; where it equals the roster's trust, it admits the holders in the roster.
    const isAsMade = this.isAsMade(key, live);
    return seen(
      isAsMade,
      isAsMade
        ? `the trust of ${name} equals the roster's, without them`
        : `the trust of ${name} differs from the roster's`,
    );
  }

  /** Whether the account gives changed access as the roster now has it: the trust says when. */
  ofChanged(row: ReviewRow): Sight {
    const { who, account: key, role } = row;
    const details = this.evidence.section(key, "authorizationDetails");
    if (details === undefined) return this.notRead(key, "authorizationDetails");
    const name = this.roleNameOf(key, role);
    const live = details.roles.find((one) => one.name === name);
    const isAsMade = live !== undefined && this.isAsMade(key, live);
    if (!isAsMade) return seen(false, `the trust of ${name} differs from the roster's`);
    // The tag names the role only where the roster grants it without an end.
    const tagged = heldIn(this.after, row)?.key === FOR_GOOD ? undefined : this.tagOf(who, role, key);
    return tagged ?? seen(true, `the trust of ${name} equals the roster's`);
  }

  private notRead(key: string, section: SectionName): Sight {
    return seen(
      false,
      `${section} of ${key} was not read: ${this.evidence.missing(key, section)?.because ?? "not in the snapshot"}`,
    );
  }

  private roleNameOf(key: string, role: string): string {
    const { organization } = this.after;
    const known = ROLE_NAMES.find((one) => one === role);
    const account = organization.accounts.find((one) => one.key === key);
    return known === undefined || account === undefined ? role : roleName(organization, known, account);
  }

  private isAsMade(key: string, live: RoleDetail): boolean {
    const expected = this.blueprints.get(key)?.roles.find(({ name }) => name === live.name);
    return expected !== undefined && isSameDocument(live.trust, expected.trust.text);
  }

  /** Finds a tag of the user that still names the role: a trust in the form of tags admits the user because of it. */
  private tagOf(who: string, role: string, accountKey: string): Sight | undefined {
    const { organization } = this.after;
    const { key } = organization.identity;
    const details = this.evidence.section(key, "authorizationDetails");
    if (details === undefined) return this.notRead(key, "authorizationDetails");
    const account = organization.accounts.find((one) => one.key === accountKey);
    if (account === undefined) return undefined;
    const tag = roleTagKey(organization, account);
    const value = details.users.find(({ name }) => name === who)?.tags[tag];
    return value?.includes(`+${role}+`) === true
      ? seen(false, `the tag ${tag} of ${who} is ${value}, which trusts may read`)
      : undefined;
  }
}

/**
 * Whether every removal and change has happened: in the roster, and in the accounts by a second snapshot.
 * @param after the model of the roster as it is now, of the second snapshot's moment
 */
export function closedRows(
  review: Review,
  decisions: ReviewDecisions,
  after: Model,
  snapshot: Snapshot,
): readonly ClosedRow[] {
  const blueprints = blueprintsOf(after);
  const sight = new AccountSight(after, blueprints, snapshot);
  const sightsOf = (decided: DecidedAway): readonly Sight[] => {
    const { row, decision } = decided;
    if (row.principal !== undefined) return [machineInDefinitions(after, blueprints, decided), sight.of(row)];
    const inRoster = personInRoster(after, decided);
    if (decision === "remove" || heldIn(after, row) === undefined) return [inRoster, sight.of(row)];
    return inRoster.isDone ? [inRoster, sight.ofChanged(row)] : [inRoster];
  };
  return decidedAway(review, decisions).map((decided): ClosedRow => {
    const sights = sightsOf(decided);
    return {
      row: rowTitle(decided.row),
      decision: decided.decision,
      done: sights.every(({ isDone }) => isDone),
      seen: sights.map(({ words }) => words),
    };
  });
}
