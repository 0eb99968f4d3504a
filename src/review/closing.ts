import type { RoleDetail } from "../aws/snapshot/authorization-details";
import type { Snapshot } from "../aws/snapshot/reader";
import { parseDocument } from "../documents/statement";
import type { Account } from "../model/account";
import type { Model } from "../model/model";
import { parseUserName, powerGroupName, roleName, roleTagKey, userArn } from "../model/names";
import { ROLE_NAMES } from "../model/roles";
import { isSameTrust } from "../aws/live-trust";
import { blueprintsOf, type AccountBlueprint } from "../documents/blueprint";
import { POWER_ROLE, rowTitle, USER_ROLE } from "./access-row";
import type { Decisions } from "./decisions-file";
import { Evidence } from "./evidence";
import { decidedAway, heldIn, type ClosedRow, type DecidedAway } from "./removal";
import type { Review, ReviewRow } from "./review";

/** What was seen of one decision: whether it is so, and what tells it. */
interface Sight {
  readonly isDone: boolean;
  readonly words: string;
}

const seen = (isDone: boolean, words: string): Sight => ({ isDone, words });

/** The roster does not give it any more, or gives it otherwise. */
function inRoster(after: Model, { row, decision }: DecidedAway): Sight {
  const now = heldIn(after, row);
  if (decision === "change") {
    const before =
      row.periods.length === 0 && row.role !== USER_ROLE && row.role !== POWER_ROLE
        ? "for good"
        : JSON.stringify(row.periods);
    return now === undefined || now !== before
      ? seen(true, `the roster has it ${now === undefined ? "no more" : `otherwise: ${now}`}`)
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
    now === undefined ? "the roster gives it no more" : `the roster still gives it: ${now}`,
  );
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
    snapshot: Snapshot,
  ) {
    this.evidence = new Evidence(snapshot);
    this.blueprints = new Map(blueprintsOf(after).map((blueprint) => [blueprint.account.key, blueprint]));
  }

  of({ who, account: key, role, kind }: ReviewRow): Sight {
    const details = this.evidence.section(key, "authorizationDetails");
    if (details === undefined) {
      return seen(
        false,
        `the account was not read: ${this.evidence.missing(key, "authorizationDetails")?.because ?? "not in the snapshot"}`,
      );
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
    const catalogued = ROLE_NAMES.find((name) => name === role);
    const account = organization.accounts.find((one) => one.key === key);
    const live = details.roles.find(
      ({ name }) =>
        name ===
        (catalogued === undefined || account === undefined || kind !== "person"
          ? role
          : roleName(organization, catalogued, account)),
    );
    if (live === undefined) return seen(true, `the account has no role ${role}`);
    if (kind !== "person") return seen(false, `the account has the role ${live.name}`);
    const user = parseUserName(who);
    const arn = user === undefined ? who : userArn(organization.identity, user);
    if (names(live, arn)) return seen(false, `the trust of ${live.name} names ${arn}`);
    const tagged = this.tagOf(who, role, account);
    if (tagged !== undefined) return tagged;
    // A trust in the form of tags names nobody: it admits whom the roster says, where it is the one of the roster.
    const expected = this.blueprints.get(key)?.roles.find(({ name }) => name === live.name);
    const isAsMade = expected !== undefined && isSameTrust(live.trust, expected.trust.text);
    return seen(
      isAsMade,
      isAsMade
        ? `the trust of ${live.name} is what the roster makes of it, without them`
        : `the trust of ${live.name} is not what the roster makes of it`,
    );
  }

  /** A tag of the user that still says the role: a trust in the form of tags lets them in by it. */
  private tagOf(who: string, role: string, account: Account | undefined): Sight | undefined {
    const { organization } = this.after;
    const { key } = organization.identity;
    const details = this.evidence.section(key, "authorizationDetails");
    if (details === undefined)
      return seen(
        false,
        `the users were not read: ${this.evidence.missing(key, "authorizationDetails")?.because ?? ""}`,
      );
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
  decisions: Decisions,
  after: Model,
  snapshot: Snapshot,
): readonly ClosedRow[] {
  const sight = new AccountSight(after, snapshot);
  return decidedAway(review, decisions).map((decided): ClosedRow => {
    const { row, decision } = decided;
    const isKept = decision === "change" && heldIn(after, row) !== undefined;
    const sights = [inRoster(after, decided), ...(isKept ? [] : [sight.of(row)])];
    return {
      row: rowTitle(row),
      decision,
      done: sights.every(({ isDone }) => isDone),
      seen: sights.map(({ words }) => words),
    };
  });
}
