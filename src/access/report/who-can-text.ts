import { count } from "../../model/problems";
import type { CapablePrincipals } from "../who-can";
import { BOUNDS, CHAINED, statementWords, throughWords, unprovenWords, type AskedInWords } from "./can-text";
import { titled, verdictLines } from "./verdict-words";

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
  return who.length > MOST_NAMES ? `${shown} and ${count(who.length - MOST_NAMES, "other")}` : shown;
}

function ableLines(able: CapablePrincipals): readonly string[] {
  const { account, role, through, kind, who, verdict, because, unproven } = able;
  return [
    ...titled(`${role ?? account} (${KINDS[kind]})${throughWords(through)}`, verdictLines(verdict)),
    `  ${names(who)}`,
    ...[...because.map(statementWords), ...unprovenWords(unproven)].map((reason) => `      ${reason}`),
    "",
  ];
}

/** Everybody who can do something, for a terminal. Of more than 20 who can in the same way, the rest is counted. */
export function whoCanText(
  { asked, assumptions }: AskedInWords,
  ables: readonly CapablePrincipals[],
): string {
  const isChained = ables.some(({ through }) => through !== undefined);
  const bounds = [...assumptions, ...(isChained ? [CHAINED] : []), BOUNDS, ""].join("\n");
  if (ables.length === 0) return `${asked}: nobody of whom this program knows.\n\n${bounds}`;
  return [`${asked}:`, "", ...ables.flatMap(ableLines), bounds].join("\n");
}
