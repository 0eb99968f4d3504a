import type { Answer, Step, Way } from "../can";
import type { Deciding, Decision } from "../simulator";
import { titled, verdictLines } from "./verdict-words";

const WHERE = {
  identity: "attached policies",
  boundary: "permissions boundary",
  resource: "the resource's own policy",
} as const satisfies Record<Deciding["from"], string>;

/** How answers name a statement that decides. */
export const statementWords = ({ effect, policy, statement }: Deciding): string =>
  `${effect} ${statement} of ${policy}`;

function reasonsOf(decision: Decision): readonly string[] {
  if (decision.reason !== undefined) return [decision.reason];
  switch (decision.kind) {
    case "allowed":
      return decision.because.map(statementWords);
    case "unknown":
      return [decision.reason];
    case "denied":
      return decision.by.length > 0
        ? decision.by.map(statementWords)
        : decision.missing.map((from) => `no statement of ${WHERE[from]} allows it`);
  }
}

const MARK = { allowed: "yes", denied: "no", unknown: "not known" } as const satisfies Record<
  Decision["kind"],
  string
>;

/** Says of an answer about many resources that it is no proof, and why. */
export const unprovenWords = (reason: string | undefined): readonly string[] =>
  reason === undefined ? [] : [`as patterns read, not proven for every resource: ${reason}`];

const stepLines = ({ step, decision }: Step): readonly string[] => [
  `  ${step}: ${MARK[decision.kind]}`,
  ...[
    ...reasonsOf(decision),
    ...unprovenWords(decision.kind === "unknown" ? undefined : decision.unproven),
  ].map((reason) => `      ${reason}`),
];

const wayLines = ({ as, through, verdict, steps }: Way): readonly string[] => [
  ...titled(`As ${as}${throughWords(through)}`, verdictLines(verdict)),
  ...steps.flatMap(stepLines),
  "",
];

/** The path to a role through others, behind its title. */
export const throughWords = (through: readonly string[] | undefined): string =>
  through === undefined ? "" : ` through ${through.join(", ")}`;

/** A note on sessions that were opened from sessions. */
export const CHAINED =
  "A session that is opened from a role's session lasts one hour at most, has no MFA, and is named as its opener likes unless " +
  "the trust says otherwise. The shortest path from each role is shown, as far as five roles on.";

/** What no document of ours can tell. */
export const BOUNDS =
  "Service and resource control policies, and the policies of resources and of their keys, may still refuse what is " +
  "allowed here. A resource's own policy may also let in, within its account, who is denied here. They are outside of " +
  "this program, but for those of the buckets and topics that Muster makes and, where the trail's bucket is asked about, " +
  "of its key: they are taken as Muster writes them.";

/** A question in words, and what its answer takes for granted. */
export interface AskedInWords {
  readonly asked: string;
  readonly assumptions: readonly string[];
}

/** The answer to whether somebody can do something, for a terminal. */
export function canText({ asked, assumptions }: AskedInWords, { verdict, ways }: Answer): string {
  return [
    `${asked}: ${verdict.kind}`,
    "",
    ...(ways.length === 0 ? ["No role there lets them in.", ""] : ways.flatMap(wayLines)),
    ...assumptions,
    ...(ways.some(({ through }) => through !== undefined) ? [CHAINED] : []),
    BOUNDS,
    "",
  ].join("\n");
}
