import type { CommitPeople, CommitPerson } from "../history/commit-people";
import { isSameAddress } from "../model/email";
import type { Model } from "../model/model";
import type { Person } from "../model/person";
import { countNoun } from "../model/problems";
import { printable } from "../text/printable";
import type { AccessRow } from "./access-row";

/**
 * The address by which GitHub names whoever keeps theirs private: `12345+example-sarah@users.noreply.github.com`.
 * https://docs.github.com/en/account-and-profile/reference/email-addresses-reference
 */
const PRIVATE_ADDRESS = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/i;

function isOf({ email, github }: Person, address: string): boolean {
  if (isSameAddress(email, address)) return true;
  const handle = PRIVATE_ADDRESS.exec(address)?.[1]?.toLowerCase();
  return handle !== undefined && handle === github?.toLowerCase();
}

/** The people of the commits that wrote the entries of a row, by the names that git has. */
export interface RowWriters {
  readonly writtenBy: readonly string[];
  readonly mergedBy: readonly string[];
}

const distinctNames = (people: readonly CommitPerson[]): readonly string[] => [
  ...new Set(people.map(({ name }) => printable(name))),
];

/** The part of a commit's people that put it on the main branch, in words. */
export const mergerWords = ({ merger, isByGitHub }: CommitPeople): string =>
  merger === undefined
    ? "on GitHub; git does not tell by whom"
    : `${printable(merger.name)}${isByGitHub ? ", on GitHub" : ""}`;

const everyone = ({ writers, merger }: CommitPeople): readonly CommitPerson[] =>
  merger === undefined ? writers : [...writers, merger];

/** Finds who granted what a row is about: whoever wrote, merged or approved its entries. */
export class Granters {
  private readonly known = new Map<string, readonly string[]>();

  constructor(
    private readonly model: Pick<Model, "people">,
    private readonly commits: ReadonlyMap<string, CommitPeople>,
  ) {}

  writersOf(row: AccessRow): RowWriters {
    const people = this.commitsOf(row).map(([, one]) => one);
    return {
      writtenBy: distinctNames(people.flatMap(({ writers }) => writers)),
      mergedBy: [...new Set(people.map(mergerWords))],
    };
  }

  /** Names of the roster. */
  of(row: AccessRow): readonly string[] {
    const behind = this.commitsOf(row).flatMap(([, people]) => everyone(people));
    return [...new Set([...row.approvedBy, ...behind.flatMap((one) => this.named(one))])];
  }

  /** What git does not tell of those who granted these rows, one line each. */
  gaps(rows: readonly AccessRow[]): readonly string[] {
    const commits = new Map(rows.flatMap((row) => this.commitsOf(row)));
    const byPerson = new Map<string, { readonly name: string; readonly ids: string[] }>();
    for (const [id, people] of commits) {
      for (const one of everyone(people).filter((person) => this.named(person).length === 0)) {
        const key = one.addresses.join(" ");
        const known = byPerson.get(key) ?? { name: one.name, ids: [] };
        if (!known.ids.includes(id)) known.ids.push(id);
        byPerson.set(key, known);
      }
    }
    const squashed = [...commits].filter(([, { merger }]) => merger === undefined).map(([id]) => id);
    const untold = (title: string, isMeant: (row: AccessRow) => boolean): readonly string[] => {
      const number = rows.filter((row) => isMeant(row) && this.commitsOf(row).length === 0).length;
      return number === 0 ? [] : [`Who wrote the entries of ${countNoun(number, "row")} of ${title}`];
    };
    const isMachine = ({ kind }: AccessRow): boolean => kind === "service" || kind === "pipeline";
    return [
      ...[...byPerson.values()].map(
        ({ name, ids }) =>
          `Who in the roster ${printable(name)} is, who wrote or merged ${commitWords(ids)}: nobody there has that address, or the name on GitHub that it is of.`,
      ),
      ...(squashed.length === 0
        ? []
        : [
            `Who merged ${commitWords(squashed)}: GitHub made the commit, and of a squashed request it names authors alone.`,
          ]),
      ...untold("people and partners: the roster's history does not tell.", (row) => !isMachine(row)),
      ...untold("services and the pipeline: the history of their files is not read.", isMachine),
    ];
  }

  private commitsOf({ commits }: AccessRow): readonly (readonly [string, CommitPeople])[] {
    return commits.flatMap((id) => {
      const people = this.commits.get(id);
      return people === undefined ? [] : [[id, people] as const];
    });
  }

  private named(person: CommitPerson): readonly string[] {
    const key = person.addresses.join(" ");
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const names = this.model.people
      .filter((one) => person.addresses.some((address) => isOf(one, address)))
      .map(({ name }) => name);
    this.known.set(key, names);
    return names;
  }
}

function commitWords(ids: readonly string[]): string {
  const [first = "", ...others] = ids;
  return others.length === 0
    ? first.slice(0, 10)
    : `${first.slice(0, 10)} and ${countNoun(others.length, "commit")} more`;
}
