import { requireAll, type Requirement } from "./requirement";
import type { AccessDecision } from "./simulator";

/** The four answers that there are, from the most to the least. */
export type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "allowed if"; readonly requires: Requirement }
  | { readonly kind: "not decidable here"; readonly reason: string }
  | { readonly kind: "denied" };

const ORDER: readonly Verdict["kind"][] = ["allowed", "allowed if", "not decidable here", "denied"];

/** Combines decisions that all have to be positive, such as those of a role's trust and of its policies: one denial denies. */
export function combineDecisions(decisions: readonly AccessDecision[]): Verdict {
  if (decisions.some(({ kind }) => kind === "denied")) return { kind: "denied" };
  const unknown = decisions.find((decision) => decision.kind === "unknown");
  if (unknown?.kind === "unknown") return { kind: "not decidable here", reason: unknown.reason };
  const requires = requireAll(
    decisions.map((decision) => (decision.kind === "allowed" ? decision.requires : undefined)),
  );
  return requires === undefined ? { kind: "allowed" } : { kind: "allowed if", requires };
}

/** Compares two verdicts: the one that allows more comes first. */
export const byOpenness = (one: Verdict, other: Verdict): number =>
  ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
