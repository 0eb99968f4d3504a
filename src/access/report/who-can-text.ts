import { countNoun } from "../../model/problems";
import type { CapablePrincipals } from "../who-can";
import {
  UNSEEN_BOUNDS,
  CHAINED_SESSIONS,
  formatDecidingStatement,
  formatRolePath,
  formatUnproven,
  type AskedQuestion,
} from "./can-text";
import { withTitle, verdictLines } from "./verdict-text";

const KINDS = {
  people: "people",
  partner: "partner",
  service: "service",
  pipeline: "pipeline",
  other: "not in the roster",
  user: "without a role",
} as const satisfies Record<CapablePrincipals["kind"], string>;

const MOST_NAMES = 20;

function names(who: readonly string[]): string {
  const shown = who.slice(0, MOST_NAMES).join(", ");
  return who.length > MOST_NAMES ? `${shown} and ${countNoun(who.length - MOST_NAMES, "other")}` : shown;
}

function ableLines(able: CapablePrincipals): readonly string[] {
  const { account, role, through, kind, who, verdict, because, unproven } = able;
  return [
    ...withTitle(`${role ?? account} (${KINDS[kind]})${formatRolePath(through)}`, verdictLines(verdict)),
    `  ${names(who)}`,
    ...[...because.map(formatDecidingStatement), ...formatUnproven(unproven)].map(
      (reason) => `      ${reason}`,
    ),
    "",
  ];
}

/** Lists everybody who can do something, for a terminal. Names 20 who can in the same way and counts the rest. */
export function whoCanText(
  { asked, assumptions }: AskedQuestion,
  ables: readonly CapablePrincipals[],
): string {
  const isChained = ables.some(({ through }) => through !== undefined);
  const bounds = [...assumptions, ...(isChained ? [CHAINED_SESSIONS] : []), UNSEEN_BOUNDS, ""].join("\n");
  if (ables.length === 0) return `${asked}: nobody that this program knows.\n\n${bounds}`;
  return [`${asked}:`, "", ...ables.flatMap(ableLines), bounds].join("\n");
}
