import type { Account } from "../model/account";
import { compactInstant, addSeconds, type Instant } from "../model/dates";
import { groupBy } from "../model/group-by";
import { isPermanent, type Holding } from "../model/holdings";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import { ROLES, type HeldRole } from "../model/roles";
import { personalDocuments, sessionsNamed, type DenyStatement, type PersonalDenial } from "./personal-denial";
import type { PolicyDocument } from "./policy-document";

/** Until when a person's sessions are worthless: from the end of one grant to the beginning of the next. */
interface Closure {
  readonly person: UserName;
  readonly from: Instant;
  readonly until: Instant | undefined;
}

function closuresOf({ person, deployed }: Holding): readonly Closure[] {
  return deployed.flatMap(({ until }, index) =>
    until === undefined ? [] : [{ person, from: until, until: deployed[index + 1]?.from }],
  );
}

/** A closure matters until the longest session that could have begun before it is over. */
function matters({ from, until }: Closure, sessionSeconds: number, now: Instant): boolean {
  return now < addSeconds(from, sessionSeconds) && (until === undefined || now < until);
}

const sidOf = ({ from, until }: Closure): string =>
  `EndOf${compactInstant(from)}${until === undefined ? "" : `Until${compactInstant(until)}`}`;

const close = (sid: string, { from, until }: Closure, people: readonly UserName[]): DenyStatement => ({
  Sid: sid,
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: {
    StringLike: sessionsNamed(people),
    DateGreaterThanEquals: { "aws:CurrentTime": from },
    ...(until && { DateLessThan: { "aws:CurrentTime": until } }),
  },
});

/**
 * Ends the live sessions of a role's dated holders together with their grants, which a trust alone does not: it is asked
 * only when a session begins. In as few documents as their size asks for; none where no holder's grant ends, or the last
 * session that it could end is over.
 */
export function sessionEnd(model: Model, account: Account, role: HeldRole): readonly PolicyDocument[] {
  const closures = model.holdings
    .of(account.key, role)
    .filter((holding) => !isPermanent(holding))
    .flatMap(closuresOf)
    .filter((closure) => matters(closure, ROLES[role].sessionSeconds, model.now));
  const denials = [...groupBy(closures, sidOf).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([sid, alike]): readonly PersonalDenial[] => {
      const [first] = alike;
      if (first === undefined) return [];
      const people = alike.map(({ person }) => person);
      return [{ people, statementFor: (some) => close(sid, first, some) }];
    });
  return personalDocuments(denials);
}
