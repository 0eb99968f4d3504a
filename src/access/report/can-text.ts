import type { CanAnswer, AccessStep, AccessWay } from "../can";
import type { DecidingStatement, AccessDecision } from "../simulator";
import { withTitle, verdictLines } from "./verdict-text";

const WHERE = {
  identity: "attached policies",
  boundary: "permissions boundary",
  resource: "the resource's own policy",
} as const satisfies Record<DecidingStatement["from"], string>;

/** How answers name a statement that decides. */
export const formatDecidingStatement = ({ effect, policy, statement }: DecidingStatement): string =>
  `${effect} ${statement} of ${policy}`;

function reasonsOf(decision: AccessDecision): readonly string[] {
  if (decision.reason !== undefined) return [decision.reason];
  switch (decision.kind) {
    case "allowed":
      return decision.because.map(formatDecidingStatement);
    case "unknown":
      return [decision.reason];
    case "denied":
      return decision.by.length > 0
        ? decision.by.map(formatDecidingStatement)
        : decision.missing.map((from) => `no statement of ${WHERE[from]} allows it`);
  }
}

const MARK = { allowed: "yes", denied: "no", unknown: "not known" } as const satisfies Record<
  AccessDecision["kind"],
  string
>;

/** Says that an answer about many resources is no proof, and why. */
export const formatUnproven = (reason: string | undefined): readonly string[] =>
  reason === undefined ? [] : [`as patterns read, not proven for every resource: ${reason}`];

const stepLines = ({ step, decision }: AccessStep): readonly string[] => [
  `  ${step}: ${MARK[decision.kind]}`,
  ...[
    ...reasonsOf(decision),
    ...formatUnproven(decision.kind === "unknown" ? undefined : decision.unproven),
  ].map((reason) => `      ${reason}`),
];

const wayLines = ({ as, through, verdict, steps }: AccessWay): readonly string[] => [
  ...withTitle(`As ${as}${formatRolePath(through)}`, verdictLines(verdict)),
  ...steps.flatMap(stepLines),
  "",
];

/** The path to a role through others, behind its title. */
export const formatRolePath = (through: readonly string[] | undefined): string =>
  through === undefined ? "" : ` through ${through.join(", ")}`;

/** A note on sessions that were opened from sessions. */
export const CHAINED_SESSIONS =
  "A session that is opened from a role's session lasts one hour at most, has no MFA, and is named as its opener likes unless " +
  "the trust says otherwise. The shortest path from each role is shown, as far as five roles on.";

/** What no document of ours can tell. */
export const UNSEEN_BOUNDS =
  "Service and resource control policies, and the policies of resources and of their keys, may still refuse what is " +
  "allowed here. A resource's own policy may also let in, within its account, who is denied here. They are outside of " +
  "this program, but for those of the buckets and topics that Muster makes and, where the trail's bucket is asked about, " +
  "of its key: they are taken as Muster writes them.";

/** A question in words, and what its answer takes for granted. */
export interface AskedQuestion {
  readonly asked: string;
  readonly assumptions: readonly string[];
}

/** The answer to whether somebody can do something, for a terminal. */
export function canText({ asked, assumptions }: AskedQuestion, { verdict, ways }: CanAnswer): string {
  return [
    `${asked}: ${verdict.kind}`,
    "",
    ...(ways.length === 0 ? ["No role there lets them in.", ""] : ways.flatMap(wayLines)),
    ...assumptions,
    ...(ways.some(({ through }) => through !== undefined) ? [CHAINED_SESSIONS] : []),
    UNSEEN_BOUNDS,
    "",
  ].join("\n");
}
