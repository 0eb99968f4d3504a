import type { Model } from "../model/model";
import type { Person } from "../model/person";
import { UserError } from "../model/problems";
import { formatChoices } from "../model/choices";

/**
 * Returns the person of that name.
 * @throws UserError that says who comes nearest
 */
export function expectPerson({ people }: Model, name: string): Person {
  const person = people.find((one) => one.name === name);
  if (person !== undefined) return person;
  const names = people.map((one) => one.name);
  throw new UserError(
    `Nobody in src/roster.ts has the name ${JSON.stringify(name)}.\nAllowed: ${formatChoices(name, names, "people")}`,
  );
}
