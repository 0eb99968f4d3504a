import { formatChoices } from "../choices";
import { isSameAddress } from "../email";
import type { Cell } from "../reading/cursor";
import { isEmail, type PersonEntry } from "../reading/roster-entry";
import type { RuleInput } from "./references";
import { expectSomebodyElse } from "./same-person";

/** The person in the roster who manages somebody; undefined where it is somebody outside. */
function managerIn({ people }: RuleInput, { manager }: PersonEntry): PersonEntry | undefined {
  return manager && people?.get(manager.value);
}

function expectNameOrAddress({ people }: RuleInput, manager: Cell<string>): void {
  if (people === undefined || people.has(manager.value)) return;
  const known = [...people.values()].find(
    ({ email }) => email !== undefined && isSameAddress(email.value, manager.value),
  );
  if (known !== undefined) {
    manager.cursor.problem(`${known.name} in the roster has this address.`, {
      allowed: `their name, ${JSON.stringify(known.name)}`,
    });
  } else if (!isEmail(manager.value)) {
    manager.cursor.problem("Nobody in `people` has this name.", {
      allowed: `an e-mail address of somebody outside, or ${formatChoices(manager.value, [...people.keys()], "names in `people`")}`,
    });
  }
}

/** Those above a person, up to where the roster ends or somebody comes a second time. */
function managersAbove(written: RuleInput, person: PersonEntry): readonly PersonEntry[] {
  const above: PersonEntry[] = [];
  let next = managerIn(written, person);
  while (next !== undefined && !above.includes(next)) {
    above.push(next);
    next = managerIn(written, next);
  }
  return above;
}

/** Managers confirm that access is still needed (seed: MenoTime, access reviews), so that nobody confirms their own. */
function managersAreOthers(written: RuleInput): void {
  for (const person of written.roster.people) {
    const { manager, name } = person;
    if (manager === undefined) continue;
    expectNameOrAddress(written, manager);
    const direct = managerIn(written, person);
    if (direct === undefined) continue;
    if (direct === person) {
      manager.cursor.problem("Nobody manages themselves.", { allowed: "somebody else" });
    } else if (direct.category?.value === "contractor") {
      manager.cursor.problem("A contractor manages nobody.", { allowed: "an employee" });
    } else if (expectSomebodyElse(manager, direct, [person], "Nobody manages themselves.")) {
      const above = managersAbove(written, person);
      if (!above.includes(person)) continue;
      const circle = [name, ...above.map((one) => one.name)];
      manager.cursor.problem(
        `They manage one another: ${circle.slice(0, above.indexOf(person) + 2).join(", ")}.`,
        {
          allowed: "somebody who is not below them",
        },
      );
    }
  }
}

export const MANAGER_RULES = [managersAreOthers];
