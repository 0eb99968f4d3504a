import { comparableAddress } from "../email";
import type { Cell } from "../reading/cursor";
import type { PersonEntry } from "../reading/roster-entry";

const addressOf = ({ email }: PersonEntry): string | undefined => email && comparableAddress(email.value);

/** Without what many providers ignore: dots, and all from a plus on. Others deliver such addresses to different people. */
function mailboxOf(person: PersonEntry): string | undefined {
  const [local = "", domain = ""] = addressOf(person)?.split("@") ?? [];
  return domain === "" ? undefined : `${local.replace(/\+.*$/, "").replaceAll(".", "")}@${domain}`;
}

/** The same text for all names of one human: their e-mail address, or the name where there is none. */
export const humanKey = (person: PersonEntry | undefined): string | undefined =>
  person && (addressOf(person) ?? person.name);

/** Whether two names stand for the same human: the same user, or the same e-mail address. */
export const isSamePerson = (one: PersonEntry, other: PersonEntry): boolean =>
  one.name === other.name || (addressOf(one) !== undefined && addressOf(one) === addressOf(other));

/**
 * Expects somebody at this name who is not one of the others under a second name; says so otherwise, and warns where that may be.
 * @param rule what is wrong with one person in both places
 * @returns whether it is somebody else, as far as addresses tell
 */
export function expectSomebodyElse(
  name: Cell<string>,
  person: PersonEntry,
  others: readonly PersonEntry[],
  rule: string,
): boolean {
  const same = others.find((other) => isSamePerson(person, other));
  if (same !== undefined) {
    name.cursor.problem(`${rule} ${person.name} has the e-mail address of ${same.name}.`, {
      remedy: `Name somebody else, or put the address right at \`people\`: ${person.email?.value ?? ""}`,
    });
    return false;
  }
  const similar = others.find(
    (other) => mailboxOf(other) !== undefined && mailboxOf(person) === mailboxOf(other),
  );
  if (similar !== undefined) {
    name.cursor.warning(
      `The e-mail addresses of ${person.name} and ${similar.name} differ by dots or a plus alone: they may be one person.`,
      { value: person.email?.value, remedy: "If they are, name somebody else." },
    );
  }
  return true;
}
