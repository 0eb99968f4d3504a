import type { AllowedRequests } from "./allowed-requests";
import type { ProvenCaller } from "./proven-caller";
import type { KeyValue } from "./condition/value-set";
import { isMet, type KeyRequirement } from "./condition/key-requirement";
import { PatternSet } from "./language/pattern-set";
import { NotModelled } from "./not-modelled";
import type { ReferenceAction } from "./reference/reference-action";
import type { ActionCoverage, ActionReference } from "./reference/action-reference";
import {
  EVERY_RESOURCE,
  resourcesAtHome,
  resourcesInScope,
  type ResourceScope,
} from "./reference/resource-shapes";
import { isEveryRequest, type RequestRegion, type StatementSource } from "./request-region";
import { requestRegions, type RequestSet } from "./request-set";
import {
  findSolution,
  solverRegion,
  type PlacedSolution,
  type SearchFrame,
  type SolverRegion,
} from "./solver";

/** A request that IAM would let through. */
export interface AllowedRequest {
  readonly caller: ProvenCaller;
  /** `s3:GetObject`. */
  readonly action: string;
  /** Whether AWS has no such action today, so that this is one that it could add. */
  readonly isFuture: boolean;
  readonly resource: string;
  /** Condition keys in lower case with their values, those of the caller among them. */
  readonly context: Readonly<Record<string, KeyValue>>;
  /** Keys that the request must not carry, in lower case. */
  readonly absent: readonly string[];
  /** The statements that allow it. */
  readonly allowedBy: readonly StatementSource[];
}

/** Actions that are let through alike, and one request as an example. */
export interface Breach {
  /** Their ids; none where AWS has no such action today. */
  readonly actions: readonly string[];
  readonly example: AllowedRequest;
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

/** Requests that are not looked for: those in a region, unless they are in another that its own words leave out. */
interface Exclusion {
  readonly region: RequestRegion;
  /** Each speaks of actions or of resources, and of nothing else. */
  readonly unless: readonly RequestRegion[];
}

const exclusion = (region: RequestRegion): Exclusion => ({ region, unless: [] });

/** One of the queries that a question comes to: in a region of each group, and in none of the others. */
interface Query {
  readonly groups: readonly (readonly RequestRegion[])[];
  readonly avoided: readonly Exclusion[];
}

/** Those of some regions that say the same as one, but for their actions. */
const alike = (one: RequestRegion, some: readonly RequestRegion[]): readonly RequestRegion[] =>
  some.filter((other) => other.beside() === one.beside());

/** Every request with an action of the region's. */
const ofItsActions = (region: RequestRegion): Exclusion =>
  exclusion({ ...region, resources: undefined, requirements: [] });

/** Whether a region names no action that others do not. */
const hasNoOtherActions = ({ actions }: RequestRegion, others: readonly RequestRegion[]): boolean =>
  others.some(
    (other) =>
      other.actions.isInside === actions.isInside &&
      (actions.isInside
        ? actions.written.every((action) => other.actions.written.includes(action))
        : other.actions.written.every((action) => actions.written.includes(action))),
  );

/**
 * Queries for what is in one group of several and in no region of another group. A region of which that other has one that
 * says the same but for its actions is asked for by itself, with its further actions alone.
 */
function outsideGroup(
  others: readonly RequestRegion[],
  groups: Query["groups"],
  place: number,
): readonly Query[] {
  const group = groups[place];
  const avoided = others.map(exclusion);
  if (group === undefined) return [{ groups, avoided }];
  const changed = group.filter((region) => !hasNoOtherActions(region, alike(region, others)));
  const isNew = (region: RequestRegion): boolean => alike(region, others).length === 0;
  return [
    { groups: groups.with(place, changed.filter(isNew)), avoided },
    ...changed
      .filter((region) => !isNew(region))
      .map((region) => ({
        groups: groups.with(place, [region]),
        avoided: [...avoided, ...alike(region, others).map(ofItsActions)],
      })),
  ];
}

/** The access of which a query asks something: its groups are those of the query from a place on. */
interface AskedAccess {
  readonly access: AllowedRequests;
  readonly firstGroup: number;
}

/**
 * Queries for what is in a query and not let through by another access. Where AWS leaves room, a statement that both accesses
 * have, but for its actions, is read one way.
 */
function outsideAccess(
  { groups, denials }: AllowedRequests,
  query: Query,
  { access, firstGroup }: AskedAccess,
): readonly Query[] {
  const found = [
    ...groups.flatMap((group, place): readonly Query[] =>
      place < access.groups.length
        ? outsideGroup(group, query.groups, firstGroup + place)
        : [{ groups: query.groups, avoided: group.map(exclusion) }],
    ),
    ...denials.map((denial): Query => ({
      groups: [...query.groups, [denial]],
      avoided: alike(denial, access.denials).map(ofItsActions),
    })),
  ];
  return found.map(({ groups: some, avoided }) => ({
    groups: some,
    avoided: [...query.avoided, ...avoided],
  }));
}

/** The prover says nothing about a question that takes more queries. */
const MOST_QUERIES = 200;

/** What keys an action leaves open; those that it does not offer are absent. */
type Offers = (key: string) => boolean;

/** The requirements of a region on keys that requests can carry; undefined where it needs one that they cannot. */
function withOffered(region: RequestRegion, offers: Offers): RequestRegion | undefined {
  const missing = region.requirements.filter(({ key }) => !offers(key));
  if (missing.length === 0) return region;
  if (missing.some((requirement) => !isMet(requirement, undefined))) return undefined;
  return { ...region, requirements: region.requirements.filter(({ key }) => offers(key)) };
}

const everyRequirement = (regions: readonly RequestRegion[]): readonly KeyRequirement[] =>
  regions.flatMap(({ requirements }) => requirements);

/** Proves that there is no request of a kind, or finds one. */
export class Prover {
  private readonly covered = new WeakMap<RequestRegion, ActionCoverage>();
  private readonly resources = new WeakMap<ReferenceAction, string>();

  /** `region` is where examples are looked for first, if anywhere; with `home`, an account, no request names another one. */
  constructor(
    readonly reference: ActionReference,
    private readonly region?: string,
    private readonly home?: string,
  ) {}

  /**
   * The requests of a set that somebody may make, apart from those of other sets; none is a proof that there are none. Of
   * actions that are let through alike, one request.
   * @throws NotModelled where a statement is not understood
   */
  breaches(
    access: AllowedRequests,
    never: RequestSet,
    apartFrom: readonly RequestSet[] = [],
  ): readonly Breach[] {
    const { caller } = access;
    const requests = requestRegions(never, caller, this.reference);
    if (requests.inside === undefined) return [];

    const groups = [[requests.inside], ...access.groups];
    const avoided = [
      ...[...access.denials, ...requests.outside].map(exclusion),
      ...this.excluded(caller, apartFrom),
    ];
    const future = requests.isKnownOnly
      ? undefined
      : { groups, avoided: [...avoided, ...requests.outsideOfFuture.map(exclusion)] };
    return this.answer(caller, { groups, avoided }, future);
  }

  /**
   * Whether the caller could make any request of a set with an action that AWS has, were everything allowed. Words about
   * requests that do not exist say nothing.
   * @throws NotModelled where a condition is not understood
   */
  hasRequests(caller: ProvenCaller, set: RequestSet): boolean {
    const { inside, outside } = requestRegions(set, caller, this.reference);
    if (inside === undefined) return false;
    const found = this.knownActions(caller, { groups: [[inside]], avoided: outside.map(exclusion) }).next();
    return found.done !== true;
  }

  /**
   * The requests that `after` lets through and `before` does not, both for the same caller: NoNewAccess holds where there
   * is none. Two documents that give no new access either way are equal, however they are written. Where AWS leaves room,
   * statements of both that say the same but for their actions are read the same way.
   * @throws NotModelled where a statement is not understood
   */
  newAccess(
    before: AllowedRequests,
    after: AllowedRequests,
    apartFrom: readonly RequestSet[] = [],
  ): readonly Breach[] {
    const whole: Query = {
      groups: after.groups,
      avoided: [...after.denials.map(exclusion), ...this.excluded(after.caller, apartFrom)],
    };
    return outsideAccess(before, whole, { access: after, firstGroup: 0 }).flatMap((query) =>
      this.answer(after.caller, query, query),
    );
  }

  /**
   * The requests that `after` lets through and none of several others does, each for a caller of its own: what differs between
   * the callers is left out of the question. Of actions that AWS has; of those that are let through alike, one request. Shared
   * statements are read as `newAccess` reads them.
   * @throws NotModelled where a statement is not understood, or where the others leave too many ways to ask
   */
  newToAll(others: readonly AllowedRequests[], after: AllowedRequests): readonly Breach[] {
    const { caller } = after;
    const whole: Query = { groups: after.groups, avoided: after.denials.map(exclusion) };
    if (whole.groups.some(({ length }) => length === 0)) return [];
    return [...this.knownActions(caller, whole)].flatMap(({ actions }) => {
      const { inside } = requestRegions({ actions }, caller, this.reference);
      if (inside === undefined) return [];
      const sameActions: Query = { groups: [[inside], ...whole.groups], avoided: whole.avoided };
      const beyond = others.reduce<readonly Query[]>(
        (queries, other) => this.beyond(queries, other, { access: after, firstGroup: 1 }),
        [sameActions],
      );
      const seen = new Set<string>();
      return beyond
        .flatMap((query) => [...this.knownActions(caller, query)])
        .filter((breach) => {
          const isNew = breach.actions.some((id) => !seen.has(id));
          for (const id of breach.actions) seen.add(id);
          return isNew;
        });
    });
  }

  /** The queries without what an access lets through, as queries that something answers. */
  private beyond(queries: readonly Query[], other: AllowedRequests, asked: AskedAccess): readonly Query[] {
    const { caller } = asked.access;
    const found = queries.flatMap((query) => {
      const both: Query = {
        groups: [...query.groups, ...other.groups],
        avoided: [...query.avoided, ...other.denials.map(exclusion)],
      };
      if (!this.isAnswered(caller, both)) return [query];
      return outsideAccess(other, query, asked).filter((one) => this.isAnswered(caller, one));
    });
    if (found.length > MOST_QUERIES) {
      throw new NotModelled("So many statements leave something out that not all of it was asked for.");
    }
    return found;
  }

  private isAnswered(caller: ProvenCaller, query: Query): boolean {
    if (query.groups.some(({ length }) => length === 0)) return false;
    return this.knownActions(caller, query).next().done !== true;
  }

  /**
   * The requests of a set that somebody may not make; none is a proof that they may make them all.
   * @throws NotModelled where a statement is not understood
   */
  refused(access: AllowedRequests, wanted: RequestSet): readonly Breach[] {
    const { inside, outside, outsideOfFuture } = requestRegions(wanted, access.caller, this.reference);
    if (inside === undefined) return [];
    return this.newAccess(access, {
      caller: access.caller,
      groups: [[inside]],
      denials: [...outside, ...outsideOfFuture],
    });
  }

  private excluded(caller: ProvenCaller, sets: readonly RequestSet[]): readonly Exclusion[] {
    return sets.flatMap((set) => {
      const { inside, outside, outsideOfFuture } = requestRegions(
        set,
        caller,
        this.reference,
        "what is left out",
      );
      return inside === undefined ? [] : [{ region: inside, unless: [...outside, ...outsideOfFuture] }];
    });
  }

  /** Finds breaches among the actions that AWS has, and by `future` among those that it may add. */
  private answer(caller: ProvenCaller, query: Query, future: Query | undefined): readonly Breach[] {
    if (query.groups.some(({ length }) => length === 0)) return [];
    if (query.avoided.some(({ region, unless }) => unless.length === 0 && isEveryRequest(region))) return [];
    const known = [...this.knownActions(caller, query)];
    return future === undefined ? known : [...known, ...this.futureActions(caller, future)];
  }

  private coverageOf(region: RequestRegion): ActionCoverage {
    const known = this.covered.get(region);
    if (known !== undefined) return known;
    const coverage = this.reference.coverageOf(region.actions);
    this.covered.set(region, coverage);
    return coverage;
  }

  /** Actions about which the regions say the same, on the same resources and with the same keys, are one question. */
  private *knownActions(caller: ProvenCaller, { groups, avoided }: Query): Generator<Breach, undefined> {
    const concerned = this.inEveryGroup(groups);
    const regions = [...groups.flat(), ...avoided.flatMap(({ region, unless }) => [region, ...unless])];
    const covers = regions.map((region) => this.coverageOf(region));
    const keys = [...new Set(everyRequirement(regions).map(({ key }) => key))];
    const alike = new Map<string, number[]>();
    for (const number of concerned) {
      const action = this.reference.actions[number];
      if (action === undefined) continue;
      const signature = [
        covers.map(({ has }) => (has(number) ? "1" : "0")).join(""),
        this.resourceText(action),
        keys.filter((key) => this.offers(action, key)).join(" "),
      ].join("|");
      const others = alike.get(signature);
      if (others === undefined) alike.set(signature, [number]);
      else others.push(number);
    }
    for (const numbers of alike.values()) yield* this.breachOf(caller, { groups, avoided }, numbers);
    return undefined;
  }

  /** What an action may be on, as one text. Remembered: every question asks it of every action. */
  private resourceText(action: ReferenceAction): string {
    const known = this.resources.get(action);
    if (known !== undefined) return known;
    const arns = action.resourceTypes.map(({ arn }) => arn).join(" ");
    const text = `${arns}|${String(action.isResourceOptional)}`;
    this.resources.set(action, text);
    return text;
  }

  private inEveryGroup(groups: Query["groups"]): readonly number[] {
    const coverages = groups.map((group) => group.map((region) => this.coverageOf(region)));
    const [first, ...others] = [...coverages].sort((one, other) => sizeOf(one) - sizeOf(other));
    if (first === undefined) return [];
    const candidates = new Set(first.flatMap(({ numbers }) => [...numbers()]));
    return [...candidates].filter((number) => others.every((some) => some.some(({ has }) => has(number))));
  }

  private offers(action: ReferenceAction, key: string): boolean {
    return this.reference.offers(action, key) || (action.key === BY_TOKEN && CLAIM.test(key));
  }

  private breachOf(caller: ProvenCaller, query: Query, numbers: readonly number[]): readonly Breach[] {
    const actions = numbers.flatMap((one) => this.reference.actions[one] ?? []);
    const [action] = actions;
    const [number] = numbers;
    if (action === undefined || number === undefined) return [];
    const zonesOf = (regions: readonly RequestRegion[]): readonly SolverRegion[] =>
      regions
        .filter((region) => this.coverageOf(region).has(number))
        .flatMap((region) => withOffered(region, (key) => this.offers(action, key)) ?? [])
        .map((region) => solverRegion(this.understood(region)));
    const covers = (region: RequestRegion): boolean => this.coverageOf(region).has(number);
    const groups = query.groups.map(zonesOf);
    const avoided = query.avoided.flatMap(({ region, unless }) => {
      // What speaks of resources speaks of every action.
      const leftOut = unless.filter(covers);
      if (leftOut.some(({ resources }) => resources === undefined)) return [];
      return zonesOf([region]).map((zone) =>
        withExits(
          zone,
          leftOut.map((one) => solverRegion(one)),
        ),
      );
    });
    const present = presentFor(caller);
    const searchAmong = (shapes: readonly PatternSet[]): PlacedSolution | undefined => {
      for (const resources of shapes) {
        const found = findSolution({ resources, present }, groups, avoided);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const search = (scope: ResourceScope): PlacedSolution | undefined =>
      searchAmong(resourcesInScope(action, scope));
    const found = this.home === undefined ? search({}) : searchAmong(resourcesAtHome(action, this.home));
    if (found === undefined) return [];
    // Any request is a breach; one of the caller's own account and region is easier to read and to try.
    const { accountId: account } = caller;
    const { region } = this;
    const here = region === undefined ? undefined : search({ account, region });
    const readable = here ?? search({ account }) ?? found;
    return [
      {
        actions: actions.map(({ id }) => id),
        example: requestOf(caller, action.id, false, readable),
      },
    ];
  }

  /** One more pass with an action that AWS does not have: what patterns let through as soon as it is added. */
  private futureActions(caller: ProvenCaller, query: Query): readonly Breach[] {
    for (const service of futureServices(query.groups)) {
      const found = this.futureActionOf(caller, query, service);
      if (found !== undefined) {
        return [{ actions: [], example: requestOf(caller, found.action, true, found) }];
      }
    }
    return [];
  }

  /** The same among the actions of one service; of all, where it is undefined. */
  private futureActionOf(
    caller: ProvenCaller,
    { groups, avoided }: Query,
    service: string | undefined,
  ): PlacedSolution | undefined {
    const zonesOf = (regions: readonly RequestRegion[]): readonly SolverRegion[] =>
      regions.flatMap((region) => {
        // Of every action: nothing is asked of it.
        if (region.actions.isInside && region.actions.written.includes("*"))
          return [solverRegion(this.understood(region))];
        const { isInside, written } = region.actions;
        const patterns = written
          .map((pattern) => pattern.toLowerCase())
          .filter((pattern) => service === undefined || mayBeOf(pattern, service));
        if (isInside && patterns.length === 0) return [];
        return [
          solverRegion(this.understood(region), { isInside, set: PatternSet.ofGlobs(patterns, "wide") }),
        ];
      });
    const inside = groups.map((group) =>
      zonesOf(group.filter(({ actions }) => takesUnknown(actions.written, actions.isInside))),
    );
    if (inside.some(({ length }) => length === 0)) return undefined;
    const names = PatternSet.ofGlobs([`${service ?? "?*"}:?*`], "wide");
    const frame: SearchFrame = {
      resources: EVERY_RESOURCE,
      actions: { within: [names], without: [this.namesOfToday(service)] },
      present: presentFor(caller),
    };
    return findSolution(
      frame,
      inside,
      avoided.flatMap(({ region, unless }) =>
        zonesOf([region]).map((zone) => withExits(zone, zonesOf(unless))),
      ),
    );
  }

  private readonly namesByService = new Map<string | undefined, PatternSet>();

  /** The actions that AWS has: those of one service, or all. */
  private namesOfToday(service: string | undefined): PatternSet {
    const known = this.namesByService.get(service);
    if (known !== undefined) return known;
    const actions = this.reference.actions.filter((one) => service === undefined || one.service === service);
    const names = PatternSet.ofTexts(actions.map(({ key }) => key));
    this.namesByService.set(service, names);
    return names;
  }

  /** A key with several values is compared by operators that say how many have to fit; those are not modelled. */
  private understood(region: RequestRegion): RequestRegion {
    const several = region.requirements.find(
      ({ key, whenPresent, metBy }) =>
        typeof whenPresent !== "string" && metBy === undefined && this.reference.hasSeveralValues(key),
    );
    if (several === undefined) return region;
    const { document, statement } = region.source;
    throw new NotModelled(
      `Statement ${statement} of ${document}: ${several.writtenKey} has several values, which is not modelled.`,
    );
  }
}

const takesUnknown = (written: readonly string[], isInside: boolean): boolean =>
  !isInside || written.some((pattern) => /[*?]/.test(pattern));

/** The zone without what is in others, each of which asks for one thing. */
const withExits = (zone: SolverRegion, others: readonly SolverRegion[]): SolverRegion => ({
  ...zone,
  exits: [...zone.exits, ...others.flatMap(({ limits }) => limits)],
});

const serviceOf = (pattern: string): string => pattern.slice(0, pattern.indexOf(":")).toLowerCase();

/** Whether a pattern may stand for actions of the service. */
const mayBeOf = (pattern: string, service: string): boolean =>
  /[*?]/.test(serviceOf(pattern)) || !pattern.includes(":") || serviceOf(pattern) === service;

/** The services of the patterns; undefined where some pattern may stand for actions of any. */
function servicesOf(group: readonly RequestRegion[]): ReadonlySet<string> | undefined {
  const services = new Set<string>();
  for (const { actions } of group) {
    if (!actions.isInside) return undefined;
    for (const pattern of actions.written) {
      if (!/[*?]/.test(pattern)) continue;
      if (!pattern.includes(":") || /[*?]/.test(serviceOf(pattern))) return undefined;
      services.add(serviceOf(pattern));
    }
  }
  return services;
}

/** The services to look at one by one, so that only the patterns of each are compared; or all of them at once. */
function futureServices(groups: Query["groups"]): Iterable<string | undefined> {
  const [first, ...others] = groups
    .flatMap((group) => servicesOf(group) ?? [])
    .sort((one, other) => one.size - other.size);
  if (first === undefined) return [undefined];
  return [...first].filter((service) => others.every((some) => some.has(service)));
}

const sizeOf = (coverages: readonly ActionCoverage[]): number =>
  coverages.reduce((sum, { size }) => sum + size, 0);

const presentFor =
  ({ present }: ProvenCaller) =>
  (key: string): boolean =>
    ALWAYS_PRESENT.has(key) || present.includes(key);

function requestOf(
  caller: ProvenCaller,
  action: string,
  isFuture: boolean,
  found: PlacedSolution,
): AllowedRequest {
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
