import { countNoun } from "../../model/problems";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { Proposal } from "../least-privilege";

const NOT_EVALUATED = "What narrower documents would have broken: nobody evaluated them for this review.";

const roleOf = ({ account, role }: Proposal): string => `${account}/${role}`;

function answerWords({ diff, kept, broken, undecided }: Proposal): string {
  if (diff === "") return "there is none";
  return [
    `${countNoun(broken.length, "request")} of those that are told`,
    `${String(kept)} allowed as before`,
    `${String(undecided.length)} not decided`,
  ].join("; ");
}

/** Finds the services that roles allow and nobody used. */
export function leastPrivilegeCheck(context: ReviewContext): CheckResult {
  const { accounts, evidence, evaluated } = context;
  const unknown = accounts.flatMap(({ key }) => {
    const all = evidence.section(key, "lastAccessedServices") ?? [];
    const failed = all.flatMap(({ outcome }) => (outcome.kind === "notAvailable" ? [outcome.because] : []));
    return [...new Set(failed)].map((because) => `${key}, lastAccessedServices: ${because}`);
  });
  const proposals = evaluated?.proposals ?? [];
  const undecided = proposals
    .filter((proposal) => proposal.undecided.length > 0)
    .map(
      (proposal) =>
        `${roleOf(proposal)}: whether narrower documents would have broken ${countNoun(proposal.undecided.length, "request")}; each stands under Narrower documents`,
    );
  return checkResult({
    undecidable: [
      ...missingLines(context, accounts, "lastAccessedServices"),
      ...unknown,
      ...(evaluated === undefined ? [NOT_EVALUATED] : undecided),
    ],
    tables: [
      {
        title: "Services that roles allow and nobody used",
        head: ["role", "unused", "services", "what narrower documents would have broken"],
        rows: proposals.map((proposal) => [
          roleOf(proposal),
          countNoun(proposal.unused.length, "service"),
          proposal.unused.join(" "),
          answerWords(proposal),
        ]),
      },
    ],
  });
}
