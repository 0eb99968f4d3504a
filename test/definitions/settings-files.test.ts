import assert from "node:assert/strict";

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findMismatches, misplacedSettings } from "../../src/definitions/settings-files";

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

describe("what Pulumi passes over in a file with settings", () => {
  const OUTSIDE = "Pulumi reads settings within `config:` alone, and passes over this one.";
  const UNKNOWN = "Pulumi knows no such section, and passes over all that is in it.";
  const INDENT = "Write it within `config:`, indented by two spaces.";
  const SETTING = "  muster:trailKey: x\n";

  const CASES: readonly (readonly [
    text: string,
    ...found: readonly (readonly [path: string, rule: string, remedy: string])[],
  ])[] = [
    [""],
    ["{}\n"],
    [`config:\n${SETTING}`],
    [
      `secretsprovider: default\r\nencryptedkey: a\r\nencryptionsalt: v1:a\r\nenvironment:\r\n  - dev\r\nconfig:\r\n${SETTING}`,
    ],
    ["# muster:trailKey: x\nconfig: {}\nsomething: of a later Pulumi\n"],
    [`configs:\n${SETTING}`, ["configs", UNKNOWN, "Did you mean `config:`?"]],
    [`"Config" :\n${SETTING}`, ["Config", UNKNOWN, "Did you mean `config:`?"]],
    ["environments:\n  - dev\nconfig: {}\n", ["environments", UNKNOWN, "Did you mean `environment:`?"]],
    ["config: {}\nmuster:trailKey: x\n", ["muster:trailKey", OUTSIDE, INDENT]],
    [
      "'muster:trailKey': x\naws:region: y",
      ["muster:trailKey", OUTSIDE, INDENT],
      ["aws:region", OUTSIDE, INDENT],
    ],
  ];
  for (const [text, ...found] of CASES) {
    it(`is ${found.length === 0 ? "nothing of" : "refused in"} ${JSON.stringify(text)}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "muster-settings-"));
      try {
        writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
        assert.deepEqual(
          misplacedSettings(folder, "dev"),
          found.map(([path, rule, remedy]) => ({
            severity: "error",
            file: "Pulumi.dev.yaml",
            path,
            rule,
            remedy,
          })),
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
