import type { KeyPlaces, KeyPlace } from "../definitions/key-places";
import { EDITED_FILES } from "../definitions/edited-files";
import type { SarifFinding } from "./sarif-finding";

/** Where a finding is shown, and whether that is the line that says it. */
export interface ShownPlace extends KeyPlace {
  /** Absent where a line of the edited files names what the finding is about. */
  readonly note?: string;
}

/** Characters of which names of people consist, so that `ann` is not found in `ann.lee`. */
const OF_PEOPLE = String.raw`\w@+=-`;
/** Names of partners and services are words of names that hyphens join. */
const OF_OTHERS = String.raw`\w@+=`;

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The names that a text has as a whole. A dot is a part of a name, unless it ends a sentence. */
function mentioned(names: readonly string[], text: string, characters: string): readonly string[] {
  return names.filter((name) =>
    new RegExp(`(?<![.${characters}])${escaped(name)}(?!\\.?[${characters}])`).test(text),
  );
}

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** The line of the one person whom a finding names: their grant in the account, or their name. */
function personsLine({ about, stack }: SarifFinding, places: KeyPlaces): KeyPlace | undefined {
  const person = only(mentioned(places.names("roster", "people"), about, OF_PEOPLE));
  return person === undefined
    ? undefined
    : (places.place("roster", "people", person, "access", stack) ?? places.place("roster", "people", person));
}

/** The line of the one partner or service of which the resource has its name. */
function ownersLine({ subject }: SarifFinding, places: KeyPlaces): KeyPlace | undefined {
  const of = (names: readonly string[]): string | undefined => only(mentioned(names, subject, OF_OTHERS));
  const partner = of(places.names("roster", "partners"));
  const service = of(places.names("workloads"));
  if (partner !== undefined && service !== undefined) return undefined;
  if (partner !== undefined) return places.place("roster", "partners", partner);
  return service === undefined ? undefined : places.place("workloads", service);
}

/**
 * Where a finding is shown: at the line that names whom or what it is about, where the text of the edited files tells one such
 * line; otherwise at the account, with a note that says so.
 */
export function shownPlace(finding: SarifFinding, places: KeyPlaces): ShownPlace {
  const known = personsLine(finding, places) ?? ownersLine(finding, places);
  if (known !== undefined) return known;
  const account = places.place("organization", "accounts", finding.stack);
  return account === undefined
    ? {
        file: EDITED_FILES.organization,
        line: 1,
        note: `It is shown here because no line of the edited files is known to name ${finding.stack}.`,
      }
    : { ...account, note: "It is shown at the account because no other line is known to say it." };
}
