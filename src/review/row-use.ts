import { later, type Instant } from "../model/dates";
import { roleName } from "../model/names";
import { ROLE_NAMES } from "../model/roles";
import type { AccessRow } from "./access-row";
import { SECONDS_A_DAY } from "./cadence";
import type { ReviewContext } from "./examination";

/** When somebody last used what they hold. */
export type RowUse = { readonly words: string } & (
  | { readonly kind: "used"; readonly at: Instant }
  /** Not since this instant, nor at it. */
  | { readonly kind: "none"; readonly since: Instant }
  | { readonly kind: "unknown" }
);

/** IAM remembers the last use of a role for so long. https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html */
const REMEMBERED_DAYS = 400;

const day = (instant: Instant): string => instant.slice(0, 10);

/** When somebody last got into a role, by the trail's events and by what IAM says of the role, whoever used it. */
export function useOf(
  { model, evidence, now }: Pick<ReviewContext, "model" | "evidence" | "now">,
  { kind, who, account: key, role }: AccessRow,
): RowUse {
  // Of machines it is asked who used the role at all: the table of them says it.
  if (kind !== "person") return { kind: "unknown", words: "" };
  const account = model.organization.accounts.find((one) => one.key === key);
  const known = ROLE_NAMES.find((name) => name === role);
  if (account === undefined || known === undefined) return { kind: "unknown", words: "" };
  const name = roleName(model.organization, known, account);
  const { assumed, eventsFrom, roles } = evidence.roleUse(key);
  const at = assumed.of(who, name);
  if (at !== undefined) return { kind: "used", at, words: `${day(at)}, by the trail` };
  const live = roles.get(name);
  // This person did not use it later than whoever used it last.
  const nobodySince =
    live === undefined ? undefined : (live.lastUsed?.at ?? later(now, -REMEMBERED_DAYS * SECONDS_A_DAY));
  const [since] = [eventsFrom, nobodySince].filter((one) => one !== undefined).sort();
  if (since === undefined) return { kind: "unknown", words: "not known" };
  return {
    kind: "none",
    since,
    words:
      since === eventsFrom
        ? `not since ${day(since)}, by the trail`
        : live?.lastUsed === undefined
          ? `nobody in the ${String(REMEMBERED_DAYS)} days that IAM remembers`
          : `not since ${day(since)}, when somebody last used the role`,
  };
}
