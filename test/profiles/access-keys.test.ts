import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import { assertMayMakeSource } from "../../src/profiles/access-keys";
import { FLAVOUR_NAMES } from "../../src/profiles/flavours";
import { assertSourceIsOwn } from "../../src/profiles/source-profile";
import { markersFor, profilesIn } from "./fixture";

describe("the flavours of a person who holds BreakGlass", () => {
  for (const flavour of FLAVOUR_NAMES) {
    const isLogin = flavour === "login";
    it(`${isLogin ? "include" : "do not include"} ${flavour}`, () => {
      const check = (): void => assertMayMakeSource(profilesIn("maria.cto", { flavour }));
      if (isLogin) check();
      else {
        assert.throws(
          check,
          new UserError(
            `--flavour ${flavour} needs an access key, and maria.cto can make none: they hold BreakGlass in prod, and AWS denies its holders access keys.\n` +
              "To do: use `--flavour login`, which needs none.",
          ),
        );
      }
    });

    it(`do not limit others: ${flavour}`, () => {
      assertMayMakeSource(profilesIn("john.developer", { flavour }));
    });
  }

  it("are not advised to take one with access keys", () => {
    const message = (person: string, choice: object): string => {
      try {
        const profiles = profilesIn(person, { flavour: "login", ...choice });
        const text = "[profile infra-login]\naws_access_key_id = AKIAEXAMPLE\n";
        assertSourceIsOwn({ name: "config", text }, markersFor(person), profiles);
      } catch (error) {
        assert.ok(error instanceof UserError);
        return error.message;
      }
      return "";
    };
    for (const choice of [{}, { mfaDevice: "phone" }]) {
      assert.doesNotMatch(message("maria.cto", choice), /flavour plain|access keys, such/);
      assert.match(message("maria.cto", choice), /To do: /);
      assert.match(message("john.developer", choice), /flavour plain/);
    }
  });
});
