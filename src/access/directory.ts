import type { Grant } from "../model/grants";
import { isOver } from "../model/dates";
import { deployedGrants } from "../model/deployed-grants";
import { groupBy } from "../model/group-by";
import type { Model } from "../model/model";
import type { Person } from "../model/person";

/** What the roster knows and documents do not: facts about people, and the reasons for their access. */
export class Directory {
  private readonly people: ReadonlyMap<string, Person>;
  private readonly grants: ReadonlyMap<string, readonly Grant[]>;

  constructor({ people, grants, now }: Model) {
    this.people = new Map(people.map((person) => [person.name, person]));
    this.grants = groupBy(
      deployedGrants(grants, now).filter(({ validity }) => !isOver(validity, now)),
      ({ person, account, role }) => `${person} ${account}/${role}`,
    );
  }

  person(name: string): Person | undefined {
    return this.people.get(name);
  }

  /** Finds the grants, without expired ones, that give a person a role such as `prod/Ops` in documents. */
  grantsOf(name: string, title: string): readonly Grant[] {
    return this.grants.get(`${name} ${title}`) ?? [];
  }
}
