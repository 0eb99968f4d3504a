import assert from "node:assert/strict";

import fc from "fast-check";

import { personalDocuments, sessionsNamed, type PersonalDenial } from "../../src/documents/personal-denial";
import { policyDocument, renderDocument } from "../../src/documents/policy-document";
import { parseUserName, type UserName } from "../../src/model/names";
import { QUOTAS } from "../../src/model/quotas";

/** A name of so many characters, another one for each number. */
function nameOf(length: number, number: number): UserName {
  const name = parseUserName(String(number).padStart(length, "x"));
  assert.ok(name);
  return name;
}

/** A denial whose statement is as long as its Sid makes it. */
const denial = (sid: string, people: readonly UserName[]): PersonalDenial => ({
  people,
  statementFor: (some) => ({
    Sid: sid,
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { StringLike: sessionsNamed(some) },
  }),
});

const whole = ({ people, statementFor }: PersonalDenial) => statementFor(people);
const sizeOf = (...denials: readonly PersonalDenial[]): number =>
  renderDocument(policyDocument(...denials.map(whole))).length;

/** For each document, whom it denies what. */
const deniedBy = (denials: readonly PersonalDenial[]): readonly (readonly string[])[] =>
  personalDocuments(denials).map(({ Statement }) =>
    Statement.flatMap(({ Sid, Condition }) =>
      [Condition?.StringLike?.["aws:userid"] ?? []].flat().map((session) => `${Sid} ${session}`),
    ),
  );

/** As many people of names of 20 characters as one document takes; the last name is longer where that fills it. */
function crowdThatFits(sid: string): readonly UserName[] {
  const people: UserName[] = [];
  while (sizeOf(denial(sid, [...people, nameOf(20, people.length)])) <= QUOTAS.policyCharacters) {
    people.push(nameOf(20, people.length));
  }
  const left = QUOTAS.policyCharacters - sizeOf(denial(sid, people));
  return people.with(-1, nameOf(20 + left, people.length));
}

describe("denials for people", () => {
  const full = crowdThatFits("A");
  const twoPeople = [nameOf(5, 1), nameOf(5, 2)];

  it("are one document where they fit, each statement whole", () => {
    const both = [denial("A", twoPeople), denial("B", twoPeople)];
    assert.deepEqual(personalDocuments(both), [policyDocument(...both.map(whole))]);
  });

  it("are none where they deny nobody anything", () => {
    assert.deepEqual(personalDocuments([]), []);
    assert.deepEqual(personalDocuments([denial("A", [])]), []);
  });

  it("fill a document to its last character", () => {
    assert.equal(sizeOf(denial("A", full)), QUOTAS.policyCharacters);
    assert.deepEqual(personalDocuments([denial("A", full)]), [policyDocument(whole(denial("A", full)))]);
  });

  it("are two documents from one character more on", () => {
    const one = denial("AB", full);
    assert.equal(sizeOf(one), QUOTAS.policyCharacters + 1);
    assert.deepEqual(personalDocuments([one]), [
      policyDocument(one.statementFor(full.slice(0, -1))),
      policyDocument(one.statementFor(full.slice(-1))),
    ]);
  });

  it("begin a document for the next denial where there is no room for one person of it", () => {
    const next = denial("B", twoPeople);
    assert.deepEqual(personalDocuments([denial("A", full), next]), [
      policyDocument(whole(denial("A", full))),
      policyDocument(whole(next)),
    ]);
  });

  it("leave whole what is too long for one person, in a document of its own", () => {
    const long = denial("L".repeat(QUOTAS.policyCharacters), twoPeople);
    const [before, after] = [denial("A", twoPeople), denial("B", twoPeople)];
    assert.deepEqual(personalDocuments([before, long, after]), [
      policyDocument(whole(before)),
      policyDocument(whole(long)),
      policyDocument(whole(after)),
    ]);
  });

  it("deny everybody the same however they are cut, in order, in documents that IAM takes and that are no more than needed", () => {
    const people = fc
      .uniqueArray(fc.integer({ min: 0, max: 9_999 }), { maxLength: 400 })
      .chain((numbers) =>
        fc.integer({ min: 4, max: 64 }).map((length) => numbers.map((number) => nameOf(length, number))),
      );
    const several = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 4_000 }), people), { maxLength: 8 })
      .map((parts) =>
        parts.map(([length, some], index) => denial(`S${String(index)}${"s".repeat(length)}`, some)),
      );
    fc.assert(
      fc.property(several, (denials) => {
        const asked = denials.flatMap(({ people: all, statementFor }) =>
          all.map((person) => `${statementFor([person]).Sid} *:${person}`),
        );
        assert.deepEqual(deniedBy(denials).flat(), asked);
        const documents = personalDocuments(denials);
        for (const [index, document] of documents.entries()) {
          assert.ok(renderDocument(document).length <= QUOTAS.policyCharacters);
          const [first] = documents[index + 1]?.Statement ?? [];
          if (first === undefined) continue;
          const [session] = [first.Condition?.StringLike?.["aws:userid"] ?? []].flat();
          const fuller = { ...first, Condition: { StringLike: { "aws:userid": [session ?? ""] } } };
          const last = document.Statement.at(-1);
          const moreRoom =
            last?.Sid === first.Sid ? `,"${session ?? ""}"`.length : JSON.stringify(fuller).length + 1;
          assert.ok(renderDocument(document).length + moreRoom > QUOTAS.policyCharacters);
        }
      }),
      { numRuns: 200 },
    );
  });
});
