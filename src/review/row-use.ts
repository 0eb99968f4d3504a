import { addSeconds, type Instant } from "../model/dates";
import { roleName } from "../model/names";
import { ROLE_NAMES } from "../model/roles";
import type { AccessRow } from "./access-row";
import { SECONDS_A_DAY } from "./cadence";
import type { ReviewContext } from "./check-result";
import type { IamPrincipal } from "./review-finding";

/** When somebody last used what they hold. */
export type RowUse = { readonly words: string } & (
  | { readonly kind: "used"; readonly at: Instant }
  /** Not since this instant, nor at it. */
  | { readonly kind: "none"; readonly since: Instant }
  | { readonly kind: "unknown" }
);

type UseContext = Pick<ReviewContext, "model" | "evidence" | "now">;

/** How long IAM remembers the last use of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html */
const REMEMBERED_DAYS = 400;

const day = (instant: Instant): string => instant.slice(0, 10);

/** Says when anybody last used a machine's or partner's role or user, according to IAM's record of the role or the keys. */
export function principalUse(
  { evidence, model }: UseContext,
  key: string,
  { kind, name }: IamPrincipal,
): string {
  const details = evidence.section(key, "authorizationDetails");
  if (details === undefined) return "not known";
  if (!details[`${kind}s`].some((one) => one.name === name)) return "it is not there";
  if (kind === "role") {
    const at = evidence.roleUse(key, model.organization.identity.key).roles.get(name)?.lastUsed?.at;
    return at === undefined ? `not in the ${String(REMEMBERED_DAYS)} days that IAM remembers` : day(at);
  }
  if (evidence.section(key, "userCredentials") === undefined) return "not known";
  const used = evidence
    .credentials(key)
    .activeKeys(name)
    .flatMap(({ lastUsed }) => lastUsed?.at ?? [])
    .sort();
  const last = used.at(-1);
  return last === undefined ? "no active key was used, as far as IAM remembers" : `${day(last)}, by a key`;
}

/** Finds when somebody last got into a role, by the events of the identity account's trail and IAM's record of the role, whoever used it. */
export function findRowUse(context: UseContext, { who, account: key, role, principal }: AccessRow): RowUse {
  const { model, evidence, now } = context;
  if (principal !== undefined) return { kind: "unknown", words: principalUse(context, key, principal) };
  const account = model.organization.accounts.find((one) => one.key === key);
  const known = ROLE_NAMES.find((name) => name === role);
  if (account === undefined || known === undefined) return { kind: "unknown", words: "" };
  const name = roleName(model.organization, known, account);
  const { assumed, eventsFrom, roles } = evidence.roleUse(key, model.organization.identity.key);
  const at = assumed.of(who, name);
  if (at !== undefined) return { kind: "used", at, words: `${day(at)}, by the trail` };
  const live = roles.get(name);
  // This person's last use is no later than anybody's last use.
  const nobodySince =
    live === undefined ? undefined : (live.lastUsed?.at ?? addSeconds(now, -REMEMBERED_DAYS * SECONDS_A_DAY));
  const [since] = [eventsFrom, nobodySince].filter((one) => one !== undefined).sort();
  if (since === undefined) return { kind: "unknown", words: "not known" };
  return {
    kind: "none",
    since,
    words:
      since === eventsFrom
        ? `not since ${day(since)}, by the trail`
        : live?.lastUsed === undefined
          ? `by nobody in the ${String(REMEMBERED_DAYS)} days that IAM remembers`
          : `not since ${day(since)}, when somebody last used the role`,
  };
}
