import type { KeyRequirement } from "./condition/key-requirement";
import { isMet, negateRequirement } from "./condition/key-requirement";
import { ANY_VALUE, valueWithin, type ValueConstraint, type KeyValue } from "./condition/value-set";
import type { PatternSet } from "./language/pattern-set";
import { findWord } from "./language/word";
import { NotModelled } from "./not-modelled";
import type { RequestRegion } from "./request-region";

/** What a text has to be in, and what it must not be in. */
interface Bounds {
  readonly within: readonly PatternSet[];
  readonly without: readonly PatternSet[];
}

/** What is asked of a request so far. */
interface Bounded {
  readonly resource: Bounds;
  readonly action: Bounds;
  readonly keys: ReadonlyMap<string, readonly KeyRequirement[]>;
}

/** One thing asked of a request. */
type Limit =
  | { readonly of: "resource" | "action"; readonly isInside: boolean; readonly set: PatternSet }
  | { readonly of: "key"; readonly requirement: KeyRequirement };

/** A region with what is asked of its requests, and with what puts a request outside. */
export interface SolverRegion {
  readonly region: RequestRegion;
  readonly limits: readonly Limit[];
  /** Any of these is enough to be outside; without one, nothing is. */
  readonly exits: readonly Limit[];
}

/** The pattern sets of a region's actions, where the action is not known either. */
export interface ActionSet {
  readonly isInside: boolean;
  readonly set: PatternSet;
}

/**
 * A region as the solver takes it. What may be inside is taken to be, and so is what may be outside: a request that is
 * found may be one too many, and one that exists is never missed.
 */
export function solverRegion(region: RequestRegion, actions?: ActionSet): SolverRegion {
  const { resources, requirements } = region;
  const isInside = resources?.isInside === true;
  return {
    region,
    limits: [
      ...(actions ? [{ of: "action", ...actions } as const] : []),
      ...(resources
        ? [{ of: "resource", isInside, set: isInside ? resources.wide : resources.certain } as const]
        : []),
      ...requirements.map((requirement) => ({ of: "key", requirement }) as const),
    ],
    exits: [
      ...(actions ? [{ of: "action", isInside: !actions.isInside, set: actions.set } as const] : []),
      ...(resources
        ? [
            {
              of: "resource",
              isInside: !isInside,
              set: isInside ? resources.certain : resources.wide,
            } as const,
          ]
        : []),
      ...requirements.map(
        (requirement) => ({ of: "key", requirement: negateRequirement(requirement) }) as const,
      ),
    ],
  };
}

/** A request that was found. */
export interface Solution {
  readonly resource: string;
  /** In lower case; empty where the action was known. */
  readonly action: string;
  /** Keys in lower case with their values; undefined is a key that has to be absent. */
  readonly keys: ReadonlyMap<string, KeyValue | undefined>;
}

/** A request that was found, and the regions, one of each group, that it is in. */
export interface PlacedSolution extends Solution {
  readonly inside: readonly RequestRegion[];
}

/** What is asked of every request, whatever the statements say. */
export interface SearchFrame {
  /** What the resource is among. */
  readonly resources: PatternSet;
  /** What the action is among, where it is not known. */
  readonly actions?: Bounds;
  /** Keys that are there in every request, in lower case. */
  readonly present: (key: string) => boolean;
}

const words = new Map<string, string | undefined>();

function wordWithin({ within, without }: Bounds): string | undefined {
  const key = `${within.map(({ id }) => id).join(" ")}/${without.map(({ id }) => id).join(" ")}`;
  if (words.has(key)) return words.get(key);
  const word = findWord(within, without);
  words.set(key, word);
  return word;
}

const bound = (bounds: Bounds, isInside: boolean, set: PatternSet): Bounds =>
  isInside
    ? { ...bounds, within: [...bounds.within, set] }
    : { ...bounds, without: [...bounds.without, set] };

function add(bounded: Bounded, limit: Limit): Bounded {
  if (limit.of !== "key") {
    return { ...bounded, [limit.of]: bound(bounded[limit.of], limit.isInside, limit.set) };
  }
  const { key } = limit.requirement;
  const keys = new Map(bounded.keys);
  keys.set(key, [...(keys.get(key) ?? []), limit.requirement]);
  return { ...bounded, keys };
}

/** Values of a key, wrapped because an absent key is one of the answers. */
function valueFor(
  requirements: readonly KeyRequirement[],
  isPresent: boolean,
): { readonly value: KeyValue | undefined } | undefined {
  if (!isPresent && requirements.every(({ whenAbsent }) => whenAbsent)) return { value: undefined };
  const constraints: ValueConstraint[] = [];
  for (const { whenPresent } of requirements) {
    if (whenPresent === "none") return undefined;
    if (whenPresent !== "any") constraints.push(whenPresent);
  }
  if (new Set(constraints.map(({ set }) => set.kind)).size > 1) {
    throw new NotModelled(`${requirements[0]?.writtenKey ?? ""} is compared with values of several kinds`);
  }
  const value = valueWithin(constraints);
  if (value !== undefined) return { value };
  assertOneValueStandsForSeveral(requirements);
  return undefined;
}

/**
 * One value stands for all that a request has of a key: all of them meet what all have to, and it is the one that meets what
 * any has to. Requirements that different values may meet need several.
 * @throws NotModelled where there are such requirements
 */
function assertOneValueStandsForSeveral(requirements: readonly KeyRequirement[]): void {
  const ofAny = requirements.filter(({ metBy }) => metBy === "any value");
  if (ofAny.length < 2) return;
  const ofAll = requirements.filter(({ metBy }) => metBy !== "any value");
  const isMetByAnother = (one: KeyRequirement): boolean =>
    valueWithin(
      [one, ...ofAll].flatMap(({ whenPresent }) => (typeof whenPresent === "string" ? [] : [whenPresent])),
    ) !== undefined;
  if (!ofAny.every(isMetByAnother)) return;
  throw new NotModelled(
    `Conditions ask for several values of ${ofAny[0]?.writtenKey ?? ""} at once, which is not modelled.`,
  );
}

/** Finds requests that are inside of some regions and outside of others. */
class Search {
  constructor(
    private readonly frame: SearchFrame,
    private readonly avoided: readonly SolverRegion[],
  ) {}

  solve(bounded: Bounded): Solution | undefined {
    const found = this.request(bounded);
    if (found === undefined) return undefined;
    const inside = this.avoided.filter(({ exits }) => !exits.some((exit) => this.holds(exit, found)));
    const [first, ...others] = inside;
    if (first === undefined) return this.complete(found);
    // The one that leaves the fewest ways out.
    const narrowest = others.reduce(
      (best, one) => (one.exits.length < best.exits.length ? one : best),
      first,
    );
    for (const exit of narrowest.exits) {
      const further = this.solve(add(bounded, exit));
      if (further !== undefined) return further;
    }
    return undefined;
  }

  /** With the values of keys about which nothing was asked but that have to be there. */
  private complete(found: Solution): Solution {
    const keys = new Map(found.keys);
    for (const { exits } of this.avoided) {
      for (const exit of exits) {
        if (exit.of !== "key" || keys.has(exit.requirement.key)) continue;
        const value = this.valueIn(keys, exit.requirement);
        if (value !== undefined) keys.set(exit.requirement.key, value);
      }
    }
    return { ...found, keys };
  }

  /** A request within the bounds, wherever it is besides. */
  request({ resource, action, keys }: Bounded): Solution | undefined {
    const about = wordWithin(resource);
    if (about === undefined) return undefined;
    const does = action.within.length === 0 ? "" : wordWithin(action);
    if (does === undefined) return undefined;
    const values = new Map<string, KeyValue | undefined>();
    for (const [key, requirements] of keys) {
      const found = valueFor(requirements, this.frame.present(key));
      if (found === undefined) return undefined;
      values.set(key, found.value);
    }
    return { resource: about, action: does, keys: values };
  }

  private holds(limit: Limit, { resource, action, keys }: Solution): boolean {
    switch (limit.of) {
      case "resource":
        return limit.set.has(resource) === limit.isInside;
      case "action":
        return limit.set.has(action) === limit.isInside;
      case "key":
        return isMet(limit.requirement, this.valueIn(keys, limit.requirement));
    }
  }

  /** Answers the value of a key; any value does where no question is about the key. */
  private valueIn(keys: Solution["keys"], { key, whenPresent }: KeyRequirement): KeyValue | undefined {
    if (keys.has(key)) return keys.get(key);
    if (!this.frame.present(key)) return undefined;
    return typeof whenPresent === "string" ? ANY_VALUE.text : ANY_VALUE[whenPresent.set.kind];
  }
}

/**
 * A request that is inside of one region of each group and outside of all others, or undefined where there is none.
 * Groups without regions let nothing through.
 */
export function findSolution(
  frame: SearchFrame,
  groups: readonly (readonly SolverRegion[])[],
  avoided: readonly SolverRegion[],
): PlacedSolution | undefined {
  const search = new Search(frame, avoided);
  const ordered = [...groups].sort((one, other) => one.length - other.length);
  const descend = (bounded: Bounded, inside: readonly RequestRegion[]): PlacedSolution | undefined => {
    const group = ordered[inside.length];
    if (group === undefined) {
      const solution = search.solve(bounded);
      return solution && { ...solution, inside };
    }
    for (const { limits, region } of group) {
      const narrowed = limits.reduce(add, bounded);
      if (search.request(narrowed) === undefined) continue;
      const found = descend(narrowed, [...inside, region]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return descend(
    {
      resource: { within: [frame.resources], without: [] },
      action: frame.actions ?? { within: [], without: [] },
      keys: new Map(),
    },
    [],
  );
}
