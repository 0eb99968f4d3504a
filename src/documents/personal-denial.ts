import type { UserName } from "../model/names";
import { QUOTAS } from "../model/quotas";
import {
  policyDocument,
  renderDocument,
  type Conditions,
  type PermissionStatement,
  type PolicyDocument,
} from "./policy-document";

/** What some of a role's holders are allowed or denied. */
export interface PersonalStatement {
  readonly people: readonly UserName[];
  /** The statement for any of these people, told by `sessionsNamed`; it may be cut between any two of them. */
  readonly statementFor: (people: readonly UserName[]) => PermissionStatement;
}

/** What some of a role's holders are denied. */
export interface PersonalDenial extends PersonalStatement {
  /**
   * The Deny for any of these people, told by `sessionsNamed`. It denies several people exactly what it denies each of
   * them, so that it may be cut between any two.
   */
  readonly statementFor: (people: readonly UserName[]) => DenyStatement;
}

export type DenyStatement = PermissionStatement & { readonly Effect: "Deny" };

/**
 * Inside these people's sessions. A session's aws:userid is the role's id, a colon and the session name, which trusts pin
 * to the user's name (decision 7).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export const sessionsNamed = (people: readonly UserName[]): Conditions[string] => ({
  "aws:userid": people.map((person) => `*:${person}`),
});

/** Characters of a document that statements may take, each with the comma after it; the last one's is not written. */
const ROOM = QUOTAS.policyCharacters - renderDocument(policyDocument()).length + 1;

const lengthOf = (statement: PermissionStatement): number => JSON.stringify(statement).length + 1;

/** How many of the people, the first ones, fit with their denial into so many characters. */
function countThatFit({ people, statementFor }: PersonalStatement, room: number): number {
  const fit = (count: number): boolean => lengthOf(statementFor(people.slice(0, count))) <= room;
  if (fit(people.length)) return people.length;
  let fitting = 0;
  let tooMany = people.length;
  while (tooMany - fitting > 1) {
    const count = Math.floor((fitting + tooMany) / 2);
    if (fit(count)) fitting = count;
    else tooMany = count;
  }
  return fitting;
}

/**
 * All of these statements, in as few documents as a managed policy's size asks for and in the order given. A statement is cut
 * between people, never within what it says: one that is too long for a single person stays whole, for the quotas to
 * refuse.
 */
export function personalDocuments(all: readonly PersonalStatement[]): readonly PolicyDocument[] {
  let open: PermissionStatement[] = [];
  let room = ROOM;
  const documents = [open];
  for (const { people: everybody, statementFor } of all) {
    let rest = everybody;
    while (rest.length > 0) {
      const count = countThatFit({ people: rest, statementFor }, room);
      if (count === 0 && open.length > 0) {
        documents.push((open = []));
        room = ROOM;
        continue;
      }
      const people = count === 0 ? rest : rest.slice(0, count);
      const statement = statementFor(people);
      open.push(statement);
      room -= lengthOf(statement);
      rest = rest.slice(people.length);
    }
  }
  return documents.filter(({ length }) => length > 0).map((statements) => policyDocument(...statements));
}
