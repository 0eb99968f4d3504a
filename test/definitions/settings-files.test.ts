import assert from "node:assert/strict";

import { findMismatches } from "../../src/definitions/settings-files";

const accounts = [{ key: "users" }, { key: "production" }];
const BOTH = ["production", "users"];
const RENAME_OR_DESTROY =
  "If the account has another key now, `pulumi stack rename <new key> -s prod`, as docs/runbooks/accounts.md says; " +
  "if it is to go, `pulumi destroy -s prod`, then `pulumi stack rm prod`, which deletes Pulumi.prod.yaml too.";

describe("accounts, settings and stacks", () => {
  it("belong together, also where an account is not deployed yet or the backend was not asked", () => {
    assert.deepEqual(findMismatches({ accounts }, BOTH, BOTH), []);
    assert.deepEqual(findMismatches({ accounts }, BOTH, []), []);
    assert.deepEqual(findMismatches({ accounts }, BOTH, undefined), []);
  });

  it("name an account without settings", () => {
    assert.deepEqual(findMismatches({ accounts }, ["users"], BOTH), [
      {
        name: "Pulumi.production.yaml",
        found: "there is no such file, so nobody hears the alarms of production",
        fix: "Write it: `muster:alarmSubscriptions`, as docs/settings.md says.",
      },
    ]);
  });

  const ALONE: readonly (readonly [
    what: string,
    settings: readonly string[],
    stacks: readonly string[] | undefined,
    name: string,
    found: string,
    fix: string,
  ])[] = [
    [
      "settings and a stack",
      ["prod", ...BOTH],
      ["prod", ...BOTH],
      "stack prod and Pulumi.prod.yaml",
      "no account in src/organization.ts has this key, and the stack may still hold an account that nothing else here looks at",
      RENAME_OR_DESTROY,
    ],
    [
      "a stack",
      BOTH,
      ["prod", ...BOTH],
      "stack prod",
      "no account in src/organization.ts has this key, and the stack may still hold an account that nothing else here looks at",
      RENAME_OR_DESTROY,
    ],
    [
      "settings",
      ["prod", ...BOTH],
      BOTH,
      "Pulumi.prod.yaml",
      "no account in src/organization.ts has this key, and this backend has no such stack",
      "Delete the file, or rename it if it belongs to an account with another key.",
    ],
    [
      "settings, where the backend could not be asked",
      ["prod", ...BOTH],
      undefined,
      "Pulumi.prod.yaml",
      "no account in src/organization.ts has this key, and whether there is a stack is not known",
      `Look whether \`pulumi stack ls\` has the stack prod. If not, delete the file. ${RENAME_OR_DESTROY}`,
    ],
  ];
  for (const [what, settings, stacks, name, found, fix] of ALONE) {
    it(`name ${what} without an account`, () => {
      assert.deepEqual(findMismatches({ accounts }, settings, stacks), [{ name, found, fix }]);
    });
  }
});
