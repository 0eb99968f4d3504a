import { POWER_HOLDERS } from "../categories";
import { personNamed, reportRepetitions, type Written } from "./references";

const SUGGESTION = "Name two people of category devops or security, so that one can be absent.";

function powerIsHeldByTwo({ roster: { cursor, power } }: Written): void {
  if (power === undefined) {
    cursor.warning(
      "Nobody has power: the identity account is changed by its pipeline and its root user only.",
      {
        remedy: `${SUGGESTION} (\`power\`)`,
      },
    );
  } else if (power.holders.length === 0) {
    power.cursor.problem("`power` names nobody.", { remedy: SUGGESTION });
  } else if (power.holders.length === 1) {
    power.cursor.warning("Only one person has power: if they are away, nobody can help.", {
      remedy: SUGGESTION,
    });
  }
}

function powerHoldersAreTrusted(written: Written): void {
  for (const name of written.roster.power?.holders ?? []) {
    const person = personNamed(written, name);
    if (person === undefined) continue;
    const category = person.category?.value;
    if (category !== undefined && !POWER_HOLDERS.some((holder) => holder === category)) {
      name.cursor.problem(`Power is for ${POWER_HOLDERS.join(" and ")}; this person is ${category}.`);
    }
    // A group's membership has no dates: only the next deployment would end it.
    if (person.from !== undefined || person.until !== undefined) {
      name.cursor.problem("Power cannot be dated, and this person's terms are.", {
        remedy: "Name somebody without `from` and `until`.",
      });
    }
  }
}

function powerHoldersAreListedOnce({ roster }: Written): void {
  reportRepetitions(roster.power?.holders ?? [], (name) => name, "This name is listed already.");
}

export const POWER_RULES = [powerIsHeldByTwo, powerHoldersAreTrusted, powerHoldersAreListedOnce];
