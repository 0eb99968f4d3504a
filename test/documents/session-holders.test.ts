import assert from "node:assert/strict";

import fc from "fast-check";

import type { PolicyDocument } from "../../src/documents/policy-document";
import { renderDocument } from "../../src/documents/policy-document";
import { sessionHolders } from "../../src/documents/session-holders";
import { buildModel, type Model } from "../../src/model/model";
import type { HeldRole } from "../../src/model/roles";
import {
  NOW,
  sampleOrganization,
  sampleRoster,
  type WrittenPerson,
  type WrittenRoster,
} from "../support/rosters";

const documentsOf = (model: Model, account: string, role: HeldRole): readonly PolicyDocument[] => {
  const found = model.organization.accounts.find(({ key }) => key === account);
  assert.ok(found);
  return sessionHolders(model, found, role);
};

const sourceOf = (pattern: string): string => pattern.replace(/[.+]/g, "\\$&").replaceAll("*", ".*");

const expressions = new WeakMap<readonly string[], RegExp>();
/** One expression for a list, which is asked of thousands of names. */
function expressionOf(patterns: readonly string[]): RegExp {
  const known = expressions.get(patterns);
  if (known !== undefined) return known;
  const made = new RegExp(`^(?:${patterns.map(sourceOf).join("|")})$`);
  expressions.set(patterns, made);
  return made;
}

/** Whether a value fits one of the patterns; case counts. */
const matchesGlob = (patterns: readonly string[], text: string): boolean => expressionOf(patterns).test(text);

/** Whether some statement refuses the session everything; this reads the documents by themselves, as IAM compares. */
const isRefused = (documents: readonly PolicyDocument[], name: string): boolean =>
  documents
    .flatMap(({ Statement }) => Statement)
    .some(({ Condition = {} }) => {
      const fits = (patterns: string | readonly string[] = []): boolean =>
        matchesGlob(typeof patterns === "string" ? [patterns] : patterns, `AROAEXAMPLE:${name}`);
      const { StringLike, StringNotLike } = Condition;
      return (
        !fits(StringNotLike?.["aws:userid"]) && (StringLike === undefined || fits(StringLike["aws:userid"]))
      );
    });

const modelOf = (roster: WrittenRoster): Model => buildModel(sampleOrganization(), roster, NOW);

/** The sample with these developers beside. */
function withDevelopers(names: readonly string[]): Model {
  const roster = sampleRoster();
  const developers = names.map((name, index): readonly [string, WrittenPerson] => [
    name,
    { email: `developer-${String(index)}@example.com`, category: "developer", access: { dev: "Developer" } },
  ]);
  return modelOf({ ...roster, people: { ...roster.people, ...Object.fromEntries(developers) } });
}

const HELD = ["john.developer", "kim.contractor"];

describe("the sessions of a role's holders", () => {
  it("are the only ones that the role's policies let act", () => {
    assert.deepEqual(documentsOf(modelOf(sampleRoster()), "dev", "Developer"), [
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "HoldersAlone",
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { StringNotLike: { "aws:userid": ["*:john.developer", "*:kim.contractor"] } },
          },
        ],
      },
    ]);
  });

  it("are none where nobody holds the role", () => {
    const documents = documentsOf(modelOf(sampleRoster()), "prod", "Admin");
    assert.equal(documents.length, 1);
    assert.ok(isRefused(documents, "sarah.devops"));
  });

  const roster = sampleRoster();
  const { "kim.contractor": kim, ...others } = roster.people;
  assert.ok(kim);
  const edits: Readonly<Record<string, WrittenRoster>> = {
    "a contractor is removed": { ...roster, people: others, departed: ["kim.contractor"] },
    "a contractor is removed and nothing remembers them": { ...roster, people: others, departed: [] },
    "a contractor gets another role": {
      ...roster,
      people: { ...roster.people, "kim.contractor": { ...kim, access: { dev: "Read" } } },
    },
    "a contractor is renamed": {
      ...roster,
      people: { ...others, "kim.new": { ...kim, renamedFrom: "kim.contractor" } },
    },
    "a contract is over": {
      ...roster,
      people: { ...roster.people, "kim.contractor": { ...kim, until: "2026-11-10" } },
    },
  };
  for (const [edit, edited] of Object.entries(edits)) {
    it(`end in one edit where ${edit}`, () => {
      const documents = documentsOf(modelOf(edited), "dev", "Developer");
      assert.equal(isRefused(documents, "kim.contractor"), true);
      assert.equal(isRefused(documents, "john.developer"), false);
    });
  }

  it("end in one edit where a dated grant is removed before its end", () => {
    assert.equal(isRefused(documentsOf(modelOf(roster), "prod", "DbRead"), "john.developer"), false);
    assert.equal(
      isRefused(documentsOf(modelOf({ ...roster, temporary: [] }), "prod", "DbRead"), "john.developer"),
      true,
    );
  });

  it("are named in as many documents as fit, where thousands hold the role", () => {
    // Few letters, so that many names begin alike, and long names, so that few fit.
    const name = fc
      .tuple(
        fc.constantFrom("a", "ab", "developer.", "developer.a", "x.developer", "B"),
        fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 12 }),
        fc.constantFrom("", "-with-a-long-name-that-takes-much-room"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 200, maxLength: 600, selector: (one) => one.toLowerCase() }),
        (names) => {
          const documents = documentsOf(withDevelopers(names), "dev", "Developer");
          for (const document of documents) assert.ok(renderDocument(document).length <= 6_144);
          const known = new Set([...names, ...HELD]);
          for (const holder of known) assert.equal(isRefused(documents, holder), false, holder);
          const strangers = names.flatMap((one) => [
            `${one}@`,
            ...Array.from(one, (_, length) => one.slice(0, length)),
            ...Array.from(one, (_, length) => `${one.slice(0, length)}@@`),
          ]);
          for (const one of new Set(strangers)) assert.equal(isRefused(documents, one), !known.has(one), one);
        },
      ),
      { numRuns: 4, seed: 75 },
    );
  });
});
