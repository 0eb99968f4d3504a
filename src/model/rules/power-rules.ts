import { POWER_HOLDERS } from "../categories";
import { joinWithOr } from "../problems";
import type { PersonEntry } from "../reading/roster-entry";
import { personNamed, reportRepetitions, type RuleInput } from "./references";
import { expectSomebodyElse } from "./same-person";

const HOLDERS = `people of category ${joinWithOr(POWER_HOLDERS)}`;
const SUGGESTION = `Name two ${HOLDERS} under \`power\`, so that one can be absent.`;

function powerIsHeldByTwo({ roster: { cursor, power } }: RuleInput): void {
  if (cursor.lacks("power")) {
    cursor.missing(
      "power",
      "Nobody has power: only the identity account's pipeline and its root user can change the account.",
      { remedy: SUGGESTION },
      "warning",
    );
  } else if (power?.length === 0) {
    power.cursor.problem("`power` names nobody.", { remedy: SUGGESTION });
  } else if (power?.length === 1) {
    power.cursor.warning("Only one person has power: if they are away, nobody can help.", {
      remedy: SUGGESTION,
    });
  }
}

function powerHoldersAreTrusted(written: RuleInput): void {
  for (const name of written.roster.power?.names ?? []) {
    const person = personNamed(written, name);
    if (person === undefined) continue;
    const category = person.category?.value;
    if (category !== undefined && !POWER_HOLDERS.some((holder) => holder === category)) {
      name.cursor.problem(`This person is of category ${category} and may not have power.`, {
        allowed: HOLDERS,
      });
    } else if (person.from !== undefined || person.until !== undefined) {
      // A group's membership has no dates: only the next deployment would end it.
      name.cursor.problem("Power cannot be dated, and this person's terms are.", {
        allowed: `${HOLDERS} without \`from\` and \`until\``,
      });
    }
  }
}

function powerHoldersAreListedOnce({ roster }: RuleInput): void {
  reportRepetitions(roster.power?.names ?? [], (name) => name, "This name is listed already.");
}

function powerHoldersAreDifferentPeople({ roster, people }: RuleInput): void {
  const distinct = new Map((roster.power?.names ?? []).map((name) => [name.value, name]));
  const others: PersonEntry[] = [];
  for (const name of distinct.values()) {
    const person = people?.get(name.value);
    if (person === undefined) continue;
    expectSomebodyElse(name, person, others, "One person has power once.");
    others.push(person);
  }
}

export const POWER_RULES = [
  powerIsHeldByTwo,
  powerHoldersAreTrusted,
  powerHoldersAreListedOnce,
  powerHoldersAreDifferentPeople,
];
