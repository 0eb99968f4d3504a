import { MOST_UNUSED_DAYS } from "../../credentials/credential-standing";
import type { Instant } from "../../model/dates";
import { POWER_ROLE, USER_ROLE, type AccessRow } from "../access-row";
import { checkResult, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";
import { findRowUse, type RowUse } from "../row-use";
import { daysBetween } from "./credential-check";

/** After so many days of no use, the finding is of medium severity. */
const LONG_UNUSED_DAYS = 90;

/** For emergencies, or no role that somebody gets into. */
const NOT_ASKED: readonly string[] = ["BreakGlass", POWER_ROLE, USER_ROLE];

/** For how long, at least, somebody has not used a role that they hold; undefined where that is not known. */
function unusedDays(row: AccessRow, use: RowUse, now: Instant): number | undefined {
  const { since } = row;
  if (use.kind === "used") return daysBetween(use.at, now);
  if (use.kind === "unknown" || since === undefined) return undefined;
  return daysBetween(since > use.since ? since : use.since, now);
}

function staleFinding(row: AccessRow, use: RowUse, days: number): FoundBy {
  const { who, account, role, sources } = row;
  const isForGood = sources.every((source) => source === "access");
  const removal = { kind: "role", person: who, account, role } as const;
  return {
    rule: "role-unused",
    severity: days >= LONG_UNUSED_DAYS ? "medium" : "low",
    account,
    subject: `${who} ${role}`,
    person: who,
    message: `${who} holds ${account}/${role} and has not used it for ${String(days)} days.`,
    evidence: [use.words],
    fix: isForGood
      ? {
          kind: "edit",
          words: "Take it out of the roster; npm run request gives it for hours.",
          changes: [removal],
        }
      : {
          kind: "edit",
          words: `They have it by ${sources.join(" and ")}, which several people share: leave them out of what comes next there.`,
          changes: [],
        },
  };
}

/** Whether somebody has had a role for long enough to be asked about its use. */
const isOlder = ({ since }: AccessRow, now: Instant): boolean =>
  since === undefined || daysBetween(since, now) >= MOST_UNUSED_DAYS;

/** Roles that people hold and have not used for 45 days. */
export function staleCheck(context: ReviewContext): CheckResult {
  const { rows, now } = context;
  const people = rows.filter(({ kind, role }) => kind === "person" && !NOT_ASKED.includes(role));
  const findings: FoundBy[] = [];
  const unknown = new Map<string, number>();
  for (const row of people) {
    const use = findRowUse(context, row);
    const days = unusedDays(row, use, now);
    if (days !== undefined && days >= MOST_UNUSED_DAYS) findings.push(staleFinding(row, use, days));
    if (days === undefined || (use.kind === "none" && days < MOST_UNUSED_DAYS && isOlder(row, now)))
      unknown.set(row.account, (unknown.get(row.account) ?? 0) + 1);
  }
  return checkResult({
    findings,
    undecidable: [...unknown].map(
      ([account, rows]) =>
        `${account}: whether ${String(rows)} of its rows have been used in ${String(MOST_UNUSED_DAYS)} days; neither the trail's events nor IAM's last use of the role reach as far`,
    ),
  });
}
