import { all, type Requirement } from "./requirement";
import type { Decision } from "./simulator";

/** The four answers that there are, from the most to the least. */
export type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "allowed if"; readonly requires: Requirement }
  | { readonly kind: "not decidable here"; readonly reason: string }
  | { readonly kind: "denied" };

const ORDER: readonly Verdict["kind"][] = ["allowed", "allowed if", "not decidable here", "denied"];

/** What decisions come to that all have to be positive, one after the other. */
export function together(decisions: readonly Decision[]): Verdict {
  if (decisions.some(({ kind }) => kind === "denied")) return { kind: "denied" };
  const unknown = decisions.find((decision) => decision.kind === "unknown");
  if (unknown?.kind === "unknown") return { kind: "not decidable here", reason: unknown.reason };
  const requires = all(
    decisions.map((decision) => (decision.kind === "allowed" ? decision.requires : undefined)),
  );
  return requires === undefined ? { kind: "allowed" } : { kind: "allowed if", requires };
}

/** Sorts the one that lets more through first. */
export const byOpenness = (one: Verdict, other: Verdict): number =>
  ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
