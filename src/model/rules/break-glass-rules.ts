import { BREAK_GLASS_HOLDERS } from "../categories";
import { joinWithOr } from "../problems";
import type { Instant } from "../dates";
import { isThere, type Person } from "../person";
import { personNamed, expectWorkload, type RuleInput } from "./references";
import { expectSomebodyElse } from "./same-person";

function breakGlassIsForWorkloads(written: RuleInput): void {
  for (const { account, cursor } of written.roster.breakGlass) expectWorkload(written, account, cursor);
}

function breakGlassHoldersAreTrusted(written: RuleInput): void {
  for (const { primary, backup } of written.roster.breakGlass) {
    for (const name of [primary, backup]) {
      const category = personNamed(written, name)?.category?.value;
      if (category === undefined || BREAK_GLASS_HOLDERS.some((holder) => holder === category)) continue;
      name?.cursor.problem(`This person is of category ${category} and may not hold BreakGlass.`, {
        allowed: `people of category ${joinWithOr(BREAK_GLASS_HOLDERS)}`,
      });
    }
  }
}

function backupIsSomebodyElse({ roster, people }: RuleInput): void {
  for (const { primary, backup } of roster.breakGlass) {
    if (primary === undefined || backup === undefined) continue;
    const [first, second] = [people?.get(primary.value), people?.get(backup.value)];
    if (backup.value === primary.value) {
      backup.cursor.problem("The backup is the primary.", { remedy: "Name somebody else, or remove it." });
    } else if (first !== undefined && second !== undefined) {
      expectSomebodyElse(backup, second, [first], "The backup is the primary under a second name.");
    }
  }
}

export const BREAK_GLASS_RULES = [
  breakGlassIsForWorkloads,
  breakGlassHoldersAreTrusted,
  backupIsSomebodyElse,
];

/** Says where nobody could use break-glass at this moment. */
export function warnOfIdleBreakGlass(
  { roster }: RuleInput,
  people: ReadonlyMap<string, Person>,
  now: Instant,
): void {
  for (const { account, primary, backup, cursor } of roster.breakGlass) {
    const holders = [primary, backup].flatMap((name) => people.get(name?.value ?? "") ?? []);
    if (holders.length === 0 || holders.some((person) => isThere(person, now))) continue;
    cursor.warning(
      `Nobody may use BreakGlass in ${account} now: ${holders.map(({ name }) => name).join(", ")} (left, or not begun yet).`,
      {
        remedy: "Name somebody who is there.",
      },
    );
  }
}
