import type { Model } from "../model/model";
import { hasLeft, isThere, type Person } from "../model/person";
import type { AccessRow } from "./access-row";

/** People who may decide about a row; the first is asked. A name in the roster, or the address of a manager outside it. */
export type Reviewers = readonly string[];

/** Lists somebody's managers, the nearest first; a contractor's are the sponsor and the sponsor's managers. */
function managersOf(person: Person, people: ReadonlyMap<string, Person>): Reviewers {
  const managers: string[] = [];
  const seen = new Set<string>([person.name]);
  for (let next: Person | undefined = person; next !== undefined;) {
    const manager: Person["manager"] =
      next.contract === undefined ? next.manager : { kind: "person", name: next.contract.sponsor };
    if (manager === undefined) break;
    if (manager.kind === "outside") return [...managers, manager.email];
    if (seen.has(manager.name)) break;
    seen.add(manager.name);
    managers.push(manager.name);
    next = people.get(manager.name);
  }
  return managers;
}

/** Finds who may decide: managers first, then security, then people with power. For machines, and where security is one person, power comes before security. */
export class ReviewerChoice {
  private readonly people: ReadonlyMap<string, Person>;
  private readonly security: Reviewers;
  /** Who is asked where no manager may. */
  private readonly others: Reviewers;
  /** Those with power who are not of security, so that a signer has decided nothing. */
  private readonly operators: Reviewers;

  constructor(private readonly model: Model) {
    this.people = new Map(model.people.map((person) => [person.name, person]));
    const present = model.people.filter((person) => isThere(person, model.now));
    this.security = present.filter(({ category }) => category === "security").map(({ name }) => name);
    this.operators = model.power.filter((name) => !this.security.includes(name));
    // A sole security engineer signs, and nobody signs what they decided themselves.
    this.others =
      this.security.length > 1
        ? [...this.security, ...this.operators]
        : [...this.operators, ...this.security];
  }

  /** @param granters who wrote, merged or approved the entry: nobody decides on what they granted, nor on themselves */
  of({ kind, who }: AccessRow, granters: readonly string[]): Reviewers {
    const person = kind === "person" ? this.people.get(who) : undefined;
    const candidates =
      person === undefined
        ? [...this.operators, ...this.security]
        : [...managersOf(person, this.people), ...this.others];
    return [...new Set(candidates)].filter(
      (name) => !(kind === "person" && name === who) && !granters.includes(name) && this.isPresent(name),
    );
  }

  private isPresent(name: string): boolean {
    const person = this.people.get(name);
    return person === undefined || !hasLeft(person, this.model.now);
  }
}
