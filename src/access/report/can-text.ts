import type { Answer, Step, Way } from "../can";
import type { Deciding, Decision } from "../simulator";
import { conditionsOf } from "./verdict-words";

const WHERE = {
  identity: "attached policies",
  boundary: "permissions boundary",
  resource: "the resource's own policy",
} as const satisfies Record<Deciding["from"], string>;

export const statementWords = ({ effect, policy, statement }: Deciding): string =>
  `${effect} ${statement} of ${policy}`;

function reasonsOf(decision: Decision): readonly string[] {
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

const stepLines = ({ step, decision }: Step): readonly string[] => [
  `  ${step}: ${MARK[decision.kind]}`,
  ...reasonsOf(decision).map((reason) => `      ${reason}`),
];

function wayLines({ as, verdict, steps }: Way): readonly string[] {
  const conditions = conditionsOf(verdict);
  const title = `As ${as}: ${verdict.kind}`;
  return [conditions === "" ? title : `${title}: ${conditions}`, ...steps.flatMap(stepLines)];
}

/** What no document of ours can tell. */
export const BOUNDS =
  "Service and resource control policies, policies of the resource itself, and session policies may still refuse; " +
  "the first two are AWS's and outside of this program.";

/** The answer to whether somebody can do something, for a terminal; `asked` is the question in words. */
export function canText(asked: string, { verdict, ways }: Answer): string {
  const [first] = ways;
  const conditions = conditionsOf(verdict);
  return [
    `${asked}: ${verdict.kind}${conditions === "" ? "" : `: ${conditions}`}`,
    "",
    ...(first === undefined
      ? ["No role there lets them in."]
      : ways.flatMap((way) => [...wayLines(way), ""])),
    ...(first === undefined ? [""] : []),
    BOUNDS,
    "",
  ].join("\n");
}
