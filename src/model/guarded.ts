import type { Model } from "./model";
import type { UserName } from "./names";

/** Those whose credentials PowerG must not let somebody else take over: its own members and break-glass holders, by name. */
export function guardedPeople({ holdings, power }: Pick<Model, "holdings" | "power">): readonly UserName[] {
  const breakGlassHolders = holdings.all
    .filter(({ role }) => role === "BreakGlass")
    .map(({ person }) => person);
  return [...new Set([...power, ...breakGlassHolders])].sort();
}
