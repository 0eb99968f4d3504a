import { fits } from "../../documents/patterns";
import type { Statement } from "../../documents/statement";
import { groupBy } from "../../model/group-by";
import { actionCatalogue, type AccessLevel, type CatalogueAction } from "./action";

const serviceOf = (action: string): string => action.slice(0, action.indexOf(":")).toLowerCase();

/** Every action of AWS, ready to tell what the patterns of statements stand for. */
export class Catalogue {
  private readonly byService: ReadonlyMap<string, readonly CatalogueAction[]>;
  private readonly levels: ReadonlyMap<string, AccessLevel>;
  private readonly expanded = new Map<string, readonly string[]>();

  constructor(readonly actions: readonly CatalogueAction[]) {
    this.byService = groupBy(actions, ({ id }) => serviceOf(id));
    this.levels = new Map(actions.map(({ id, level }) => [id, level]));
  }

  static async load(): Promise<Catalogue> {
    return new Catalogue(await actionCatalogue());
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
    const found = candidates.filter(({ id }) => fits(pattern, id)).map(({ id }) => id);
    this.expanded.set(pattern, found);
    return found;
  }

  /** The actions that a statement speaks of. */
  actionsOf({ actions, notActions }: Statement): ReadonlySet<string> {
    if (notActions.length === 0) return new Set(actions.flatMap((pattern) => this.matching(pattern)));
    const left = new Set(notActions.flatMap((pattern) => this.matching(pattern)));
    return new Set(this.actions.flatMap(({ id }) => (left.has(id) ? [] : [id])));
  }
}
