import { addSeconds, secondsBetween, type Instant } from "../model/dates";
import { countNoun } from "../model/problems";
import type { CredentialHolder } from "./credential-holder";

/** Days without use after which a credential is to go (CIS AWS Foundations, credentials unused for 45 days). */
export const MOST_UNUSED_DAYS = 45;
/** Days before its end from which on a credential's holder is warned. */
export const WARNING_DAYS = 7;
const DAY = 86_400;

/** What is to be thought of a credential. */
export type CredentialStanding =
  | { readonly kind: "fine" }
  | { readonly kind: "inactive" }
  /** It will be too old, or unused for too long, soon. */
  | { readonly kind: "due"; readonly at: Instant; readonly why: "age" | "unused" }
  | { readonly kind: "too old"; readonly days: number; readonly limit: number }
  | { readonly kind: "unused"; readonly days: number }
  | { readonly kind: "leaver's" }
  /** A leaver's password whose user is denied everything: it opens nothing until the user is deleted. */
  | { readonly kind: "denied" }
  | { readonly kind: "missing" }
  | { readonly kind: "unknown holder" }
  | { readonly kind: "not known"; readonly because: string };

/** Since when a credential is as it is, and when it was used. */
export interface CredentialTimes {
  readonly createdAt?: Instant | undefined;
  readonly lastUsed?: Instant | undefined;
  /** Whether the owner has to replace the password at the next sign-in: its age no longer matters, its use does. */
  readonly mustBeReset?: boolean;
  /** False where AWS does not say when a credential of this kind was used. */
  readonly isUseKnown: boolean;
}

const daysSince = (instant: Instant, now: Instant): number => Math.floor(secondsBetween(instant, now) / DAY);

/** The judgement of an active credential that its holder may have. */
export function judgeStanding(
  { createdAt, lastUsed = createdAt, isUseKnown, mustBeReset = false }: CredentialTimes,
  holder: Exclude<CredentialHolder, { readonly kind: "unknown" }>,
  now: Instant,
): CredentialStanding {
  if (holder.kind === "person" && holder.hasLeft) return { kind: "leaver's" };
  if (createdAt === undefined || lastUsed === undefined)
    return { kind: "not known", because: "AWS does not say since when it exists" };
  const tooOldAt = mustBeReset ? undefined : addSeconds(createdAt, holder.days * DAY);
  if (tooOldAt !== undefined && tooOldAt < now)
    return { kind: "too old", days: daysSince(createdAt, now), limit: holder.days };
  const unusedAt = isUseKnown ? addSeconds(lastUsed, MOST_UNUSED_DAYS * DAY) : undefined;
  if (unusedAt !== undefined && unusedAt <= now) return { kind: "unused", days: daysSince(lastUsed, now) };
  return unusedAt !== undefined && (tooOldAt === undefined || unusedAt < tooOldAt)
    ? soon(unusedAt, "unused", now)
    : soon(tooOldAt, "age", now);
}

const soon = (at: Instant | undefined, why: "age" | "unused", now: Instant): CredentialStanding =>
  at !== undefined && at < addSeconds(now, WARNING_DAYS * DAY) ? { kind: "due", at, why } : { kind: "fine" };

/** Whether somebody has to do something: a warning a week before is none of these. */
export const needsAction = ({ kind }: CredentialStanding): boolean =>
  !["fine", "inactive", "due", "denied"].includes(kind);

/** A standing as reports have it. */
export function formatStanding(standing: CredentialStanding): string {
  switch (standing.kind) {
    case "fine":
    case "inactive":
    case "missing":
      return standing.kind;
    case "denied":
      return "of somebody who has left, and whose user is denied everything";
    case "due":
      return `due ${standing.at.slice(0, 10)} (${standing.why})`;
    case "too old":
      return standing.days === standing.limit
        ? `too old: more than ${countNoun(standing.limit, "day")}`
        : `too old: ${countNoun(standing.days, "day")} of ${String(standing.limit)}`;
    case "unused":
      return `unused for ${countNoun(standing.days, "day")}`;
    case "leaver's":
      return "of somebody who has left";
    case "unknown holder":
      return "see npm run drift";
    case "not known":
      return `not known: ${standing.because}`;
  }
}
