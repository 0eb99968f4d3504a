import fc from "fast-check";
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";

import { oneTimePassword } from "../../src/onboarding/password";

/** What IAM counts as a symbol in a password policy. */
const SYMBOLS = /[!@#$%^&*()_+\-=[\]{}|']/;

const anyChance = fc.infiniteStream(fc.nat()).map((numbers) => (limit: number): number => {
  const { value } = numbers.next() as { value: number };
  return value % limit;
});

describe("a one-time password", () => {
  it("meets every policy that IAM takes, whatever chance says", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 128 }), anyChance, (minimum, choose) => {
        const password = oneTimePassword(minimum, choose);
        assert.equal(password.length, Math.max(24, minimum));
        for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, SYMBOLS]) assert.match(password, kind);
        assert.match(password, /^[\x21-\x7e]+$/);
      }),
    );
  });

  it("has no character that is easily misread", () => {
    fc.assert(
      fc.property(anyChance, (choose) => assert.doesNotMatch(oneTimePassword(14, choose), /[0O1lI|'`"]/)),
    );
  });

  it("is never the same twice, with characters of every kind in every place", () => {
    const passwords = Array.from({ length: 2_000 }, () => oneTimePassword(14, (limit) => randomInt(limit)));
    assert.equal(new Set(passwords).size, passwords.length);
    for (let place = 0; place < 24; place++) {
      const characters = passwords.map((password) => password.charAt(place)).join("");
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, SYMBOLS]) assert.match(characters, kind);
    }
  });
});
