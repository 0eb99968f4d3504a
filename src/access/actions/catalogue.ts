import { matchesPattern } from "../../documents/patterns";
import type { Statement } from "../../documents/statement";
import { groupBy } from "../../model/group-by";
import { ANY_RESOURCE } from "../resource-types";
import { coversSet, resourceSetsOf, meetsSet, type ResourceSet } from "../resource-set";
import { actionCatalogue, type AccessLevel, type CatalogueAction } from "./aws-action";

const serviceOf = (action: string): string => action.slice(0, action.indexOf(":")).toLowerCase();

/** Stands for any account, so that roles that differ only in their accounts share one surface. */
const ANY_ACCOUNT = "*";
const patternsOfAnyAccount = new Map<string, string>();
function ofAnyAccount(pattern: string): string {
  const ofAny =
    patternsOfAnyAccount.get(pattern) ??
    pattern.replace(/\$\{[^}]*\}/g, "*").replace(/^((?:[^:]*:){4})\d{12}(?=:)/, `$1${ANY_ACCOUNT}`);
  patternsOfAnyAccount.set(pattern, ofAny);
  return ofAny;
}

/** Every action of AWS, indexed to find the ones that a statement's patterns match. */
export class ActionCatalogue {
  private readonly byService: ReadonlyMap<string, readonly CatalogueAction[]>;
  private readonly levels: ReadonlyMap<string, AccessLevel>;
  private readonly expanded = new Map<string, readonly string[]>();
  private readonly byId: ReadonlyMap<string, CatalogueAction>;
  private readonly kinds = new Map<string, readonly ResourceSet[]>();

  constructor(readonly actions: readonly CatalogueAction[]) {
    this.byService = groupBy(actions, ({ id }) => serviceOf(id));
    this.byId = new Map(actions.map((action) => [action.id, action]));
    this.levels = new Map(actions.map(({ id, level }) => [id, level]));
  }

  static async load(): Promise<ActionCatalogue> {
    return new ActionCatalogue(await actionCatalogue());
  }

  /** @throws Error for an action that AWS does not have */
  level(action: string): AccessLevel {
    const level = this.levels.get(action);
    if (level === undefined) throw new Error(`AWS has no action ${action}.`);
    return level;
  }

  /** The actions that a pattern such as `s3:Get*` stands for. */
  private matching(pattern: string): readonly string[] {
    const known = this.expanded.get(pattern);
    if (known !== undefined) return known;
    const service = serviceOf(pattern);
    const candidates =
      /[*?]/.test(service) || service === "" ? this.actions : (this.byService.get(service) ?? []);
    const found = candidates.filter(({ id }) => matchesPattern(pattern, id)).map(({ id }) => id);
    this.expanded.set(pattern, found);
    return found;
  }

  /** The actions that a statement speaks of. */
  actionsOf({ actions, notActions }: Statement): ReadonlySet<string> {
    if (notActions.length === 0) return new Set(actions.flatMap((pattern) => this.matching(pattern)));
    const left = new Set(notActions.flatMap((pattern) => this.matching(pattern)));
    return new Set(this.actions.flatMap(({ id }) => (left.has(id) ? [] : [id])));
  }

  /** The kinds of resources that an action takes, of any account. */
  private kindsOf(id: string): readonly ResourceSet[] {
    const known = this.kinds.get(id);
    if (known !== undefined) return known;
    const action = this.byId.get(id);
    const taken =
      action && action.resourceTypes.length > 0 ? resourceSetsOf(action, ANY_ACCOUNT, ANY_RESOURCE) : [];
    const kinds = taken.length > 0 ? taken : [[]];
    this.kinds.set(id, kinds);
    return kinds;
  }

  /** Whether one of some patterns stands for a resource that an action takes. */
  takesSome(id: string, patterns: readonly string[]): boolean {
    return (
      patterns.includes(ANY_RESOURCE) ||
      patterns.some((pattern) => this.kindsOf(id).some((kind) => meetsSet(ofAnyAccount(pattern), kind)))
    );
  }

  /** Whether some patterns stand for all resources that an action takes. */
  takesAll(id: string, patterns: readonly string[]): boolean {
    return this.kindsOf(id).every((kind) =>
      patterns.some((pattern) => coversSet(ofAnyAccount(pattern), kind)),
    );
  }
}
