import type { Access } from "./access";
import type { Caller } from "./caller";
import type { Value } from "./condition/value-set";
import { isMet, type Requirement } from "./condition/requirement";
import { PatternSet } from "./language/pattern-set";
import { NotModelled } from "./not-modelled";
import type { Action } from "./reference/action";
import type { Reference } from "./reference/reference";
import { ANY_RESOURCE, resourcesOf, type Scope } from "./reference/shape";
import type { Region, Source } from "./region";
import { requestsOf, type RequestSet } from "./request-set";
import { solve, zoneOf, type ActionSet, type Found, type Frame, type Zone } from "./solver";

/** A request that IAM would let through. */
export interface Request {
  readonly caller: Caller;
  /** `s3:GetObject`. */
  readonly action: string;
  /** Whether AWS has no such action today, so that this is one that it could add. */
  readonly isFuture: boolean;
  readonly resource: string;
  /** Condition keys in lower case with their values, those of the caller among them. */
  readonly context: Readonly<Record<string, Value>>;
  /** Keys that the request must not carry, in lower case. */
  readonly absent: readonly string[];
  /** The statements that allow it. */
  readonly allowedBy: readonly Source[];
}

/** Actions that are let through alike, and one request as an example. */
export interface Breach {
  /** Their ids; none where AWS has no such action today. */
  readonly actions: readonly string[];
  readonly example: Request;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const ALWAYS_PRESENT = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:principalisawsservice",
  "aws:requestedregion",
  "aws:securetransport",
  "aws:viaawsservice",
]);

/** Claims of an identity provider's tokens: `token.actions.githubusercontent.com:sub`. */
const CLAIM = /^[\w-]+(\.[\w-]+)+:/;
const BY_TOKEN = "sts:assumerolewithwebidentity";

/** One of the queries that a question comes to: in a region of each group, and in none of the others. */
interface Query {
  readonly groups: readonly (readonly Region[])[];
  readonly avoided: readonly Region[];
}

/** What keys an action leaves open; those that it does not offer are absent. */
type Offers = (key: string) => boolean;

/** The requirements of a region on keys that requests can carry; undefined where it needs one that they cannot. */
function withOffered(region: Region, offers: Offers): Region | undefined {
  const missing = region.requirements.filter(({ key }) => !offers(key));
  if (missing.length === 0) return region;
  if (missing.some((requirement) => !isMet(requirement, undefined))) return undefined;
  return { ...region, requirements: region.requirements.filter(({ key }) => offers(key)) };
}

const everyRequirement = (regions: readonly Region[]): readonly Requirement[] =>
  regions.flatMap(({ requirements }) => requirements);

/** Proves that there is no request of a kind, or finds one. */
export class Prover {
  private readonly covered = new WeakMap<Region, ReadonlySet<number>>();
  private readonly actionSets = new WeakMap<Region, ActionSet>();

  /** `region` is where examples are looked for first. */
  constructor(
    readonly reference: Reference,
    private readonly region: string,
  ) {}

  /**
   * The requests of a set that somebody may make, apart from those of other sets; none is a proof that there are none. Of
   * actions that are let through alike, one request.
   * @throws NotModelled where a statement is not understood
   */
  breaches(access: Access, never: RequestSet, apartFrom: readonly RequestSet[] = []): readonly Breach[] {
    const { caller } = access;
    const requests = requestsOf(never, caller);
    if (requests.inside === undefined) return [];
    const alternatives = apartFrom.map((set) => requestsOf(set, caller, "what is left out"));
    const groups = [[requests.inside], ...access.groups];
    const avoided = [
      ...access.denials,
      ...requests.outside,
      ...alternatives.flatMap(({ inside }) => inside ?? []),
    ];
    return this.answer(caller, { groups, avoided });
  }

  /**
   * The requests that `after` lets through and `before` does not, both for the same caller: NoNewAccess holds where there
   * is none.
   * @throws NotModelled where a statement is not understood
   */
  newAccess(before: Access, after: Access): readonly Breach[] {
    const outside: readonly Query[] = [
      ...before.groups.map((group) => ({ groups: [], avoided: group })),
      ...before.denials.map((denial) => ({ groups: [[denial]], avoided: [] })),
    ];
    return outside.flatMap(({ groups, avoided }) =>
      this.answer(after.caller, {
        groups: [...after.groups, ...groups],
        avoided: [...after.denials, ...avoided],
      }),
    );
  }

  /**
   * The requests of a set that somebody may not make; none is a proof that they may make them all.
   * @throws NotModelled where a statement is not understood
   */
  refused(access: Access, wanted: RequestSet): readonly Breach[] {
    const { inside, outside } = requestsOf(wanted, access.caller);
    if (inside === undefined) return [];
    return this.newAccess(access, { caller: access.caller, groups: [[inside]], denials: outside });
  }

  private answer(caller: Caller, query: Query): readonly Breach[] {
    return [...this.knownActions(caller, query), ...this.futureActions(caller, query)];
  }

  private numbersOf(region: Region): ReadonlySet<number> {
    const known = this.covered.get(region);
    if (known !== undefined) return known;
    const numbers = this.reference.numbersOf(region.actions);
    this.covered.set(region, numbers);
    return numbers;
  }

  /** Actions about which the regions say the same, on the same resources and with the same keys, are one question. */
  private knownActions(caller: Caller, { groups, avoided }: Query): readonly Breach[] {
    const concerned = this.inEveryGroup(groups);
    const regions = [...groups.flat(), ...avoided];
    const covers = regions.map((region) => this.numbersOf(region));
    const keys = [...new Set(everyRequirement(regions).map(({ key }) => key))];
    const alike = new Map<string, number[]>();
    for (const number of concerned) {
      const action = this.reference.actions[number];
      if (action === undefined) continue;
      const signature = [
        covers.flatMap((numbers, index) => (numbers.has(number) ? [index] : [])).join(" "),
        action.resourceTypes.map(({ arn }) => arn).join(" "),
        String(action.isResourceOptional),
        keys.filter((key) => this.offers(action, key)).join(" "),
      ].join("|");
      const others = alike.get(signature);
      if (others === undefined) alike.set(signature, [number]);
      else others.push(number);
    }
    return [...alike.values()].flatMap((numbers) => this.breachOf(caller, { groups, avoided }, numbers));
  }

  private inEveryGroup(groups: Query["groups"]): readonly number[] {
    const sets = groups.map((group) => group.map((region) => this.numbersOf(region)));
    const [first, ...others] = [...sets].sort((one, other) => sizeOf(one) - sizeOf(other));
    if (first === undefined) return [];
    const candidates = new Set(first.flatMap((numbers) => [...numbers]));
    return [...candidates].filter((number) =>
      others.every((some) => some.some((numbers) => numbers.has(number))),
    );
  }

  private offers(action: Action, key: string): boolean {
    return this.reference.offers(action, key) || (action.key === BY_TOKEN && CLAIM.test(key));
  }

  private breachOf(caller: Caller, query: Query, numbers: readonly number[]): readonly Breach[] {
    const actions = numbers.flatMap((one) => this.reference.actions[one] ?? []);
    const [action] = actions;
    const [number] = numbers;
    if (action === undefined || number === undefined) return [];
    const zonesOf = (regions: readonly Region[]): readonly Zone[] =>
      regions
        .filter((region) => this.numbersOf(region).has(number))
        .flatMap((region) => withOffered(region, (key) => this.offers(action, key)) ?? [])
        .map((region) => zoneOf(this.understood(region)));
    const groups = query.groups.map(zonesOf);
    const avoided = zonesOf(query.avoided);
    const search = (scope: Scope): Found | undefined =>
      solve({ resources: resourcesOf(action, scope), present: presentFor(caller) }, groups, avoided);
    const found = search({});
    if (found === undefined) return [];
    // Any request is a breach; one of the caller's own account and region is easier to read and to try.
    const { accountId: account } = caller;
    const readable = search({ account, region: this.region }) ?? search({ account }) ?? found;
    return [
      {
        actions: actions.map(({ id }) => id),
        example: requestOf(caller, action.id, false, readable),
      },
    ];
  }

  /** One more pass with an action that AWS does not have: what patterns let through as soon as it is added. */
  private futureActions(caller: Caller, { groups, avoided }: Query): readonly Breach[] {
    const wild = groups.map((group) =>
      group.filter(({ actions }) => takesUnknown(actions.written, actions.isInside)),
    );
    if (wild.some(({ length }) => length === 0)) return [];
    const zonesOf = (regions: readonly Region[]): readonly Zone[] =>
      regions.map((region) => zoneOf(this.understood(region), this.actionSet(region)));
    const frame: Frame = {
      resources: ANY_RESOURCE,
      actions: { within: [ACTION_NAMES], without: [this.knownNames] },
      present: presentFor(caller),
    };
    const found = solve(frame, wild.map(zonesOf), zonesOf(avoided));
    return found === undefined
      ? []
      : [{ actions: [], example: requestOf(caller, found.action, true, found) }];
  }

  private actionSet(region: Region): ActionSet {
    const known = this.actionSets.get(region);
    if (known !== undefined) return known;
    const { isInside, written } = region.actions;
    const set = {
      isInside,
      set: PatternSet.ofGlobs(
        written.map((pattern) => pattern.toLowerCase()),
        "wide",
      ),
    };
    this.actionSets.set(region, set);
    return set;
  }

  private readonly namesOfToday: { set?: PatternSet } = {};

  private get knownNames(): PatternSet {
    this.namesOfToday.set ??= PatternSet.ofTexts(this.reference.actions.map(({ key }) => key));
    return this.namesOfToday.set;
  }

  /** A key with several values is compared by operators that say how many have to fit; those are not modelled. */
  private understood(region: Region): Region {
    const several = region.requirements.find(
      ({ key, whenPresent }) => typeof whenPresent !== "string" && this.reference.hasSeveralValues(key),
    );
    if (several === undefined) return region;
    const { document, statement } = region.source;
    throw new NotModelled(
      `Statement ${statement} of ${document}: ${several.writtenKey} has several values, which is not modelled.`,
    );
  }
}

const ACTION_NAMES = PatternSet.ofGlobs(["?*:?*"], "wide");

const takesUnknown = (written: readonly string[], isInside: boolean): boolean =>
  !isInside || written.some((pattern) => /[*?]/.test(pattern));

const sizeOf = (sets: readonly ReadonlySet<number>[]): number =>
  sets.reduce((sum, { size }) => sum + size, 0);

const presentFor =
  ({ present }: Caller) =>
  (key: string): boolean =>
    ALWAYS_PRESENT.has(key) || present.includes(key);

function requestOf(caller: Caller, action: string, isFuture: boolean, found: Found): Request {
  const known = [...caller.keys, ...found.keys];
  return {
    caller,
    action,
    isFuture,
    resource: found.resource,
    context: Object.fromEntries(known.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    absent: known.flatMap(([key, value]) => (value === undefined ? [key] : [])),
    allowedBy: found.inside
      .map(({ source }) => source)
      .filter(({ document }) => !document.startsWith("the invariant")),
  };
}
