import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import { assertSourceIsOwn } from "../../src/profiles/source-profile";
import type { ProfileChoices } from "../../src/profiles/profile";
import { blockFor, markersFor, profilesIn } from "./fixture";

const LOGIN = { flavour: "login" } as const;
const PLAIN = { flavour: "plain" } as const;
const SESSION = "login_session = arn:aws:iam::111111111111:user";

function check(text: string, choices: ProfileChoices): void {
  const config = { name: "~/.aws/config", text };
  assertSourceIsOwn(config, markersFor("sarah.devops"), profilesIn("sarah.devops", choices));
}

const OWN: readonly (readonly [what: string, choices: ProfileChoices, text: string])[] = [
  ["no such profile", LOGIN, "[default]\nrole_arn = x\n[profile infra]\nsso_session = x\n"],
  [
    "settings that say nothing of credentials",
    LOGIN,
    "[profile infra-login]\nregion = eu-west-1\ns3 =\n  role_arn = nested\n",
  ],
  ["the person's sign-in", LOGIN, `[profile infra-login]\n${SESSION}/people/sarah.devops\n`],
  ["the person's sign-in, without the path", LOGIN, `[profile infra-login]\r\n${SESSION}/sarah.devops\r\n`],
  [
    "access keys",
    PLAIN,
    "[profile infra]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = example\n",
  ],
  [
    "access keys in a vault",
    { flavour: "aws-vault" },
    "[profile infra]\ncredential_process = aws-vault export infra\n",
  ],
  ["a comment", LOGIN, "[profile infra-login]\n# role_arn = x\n; sso_session = x\n"],
  ["the person's own block", { ...PLAIN, sourceProfile: "own" }, `${blockFor("sarah.devops").join("\n")}\n`],
];

const FOREIGN: readonly (readonly [what: string, choices: ProfileChoices, text: string, line: string])[] = [
  [
    "a role",
    PLAIN,
    "[profile infra]\nrole_arn = arn:aws:iam::1:role/x\n",
    "line 2: role_arn = arn:aws:iam::1:role/x",
  ],
  [
    "a role, after a byte order mark",
    PLAIN,
    "\u00ef\u00bb\u00bf[profile infra]\r\nRole_ARN=x ; why\r\n",
    "line 2: role_arn = x",
  ],
  [
    "Identity Center",
    LOGIN,
    "[default]\n\n[ profile 'infra-login' ]\nsso_session: corp\n",
    "line 4: sso_session = corp",
  ],
  [
    "a second section of the name",
    PLAIN,
    "[profile infra]\n[default]\n[profile infra]\nsso_start_url = x\n",
    "line 4: sso_start_url = x",
  ],
  [
    "somebody else's sign-in",
    LOGIN,
    `[profile infra-login]\n${SESSION}/people/maria.cto\n`,
    `line 2: ${SESSION}/people/maria.cto`,
  ],
  [
    "a sign-in to another account",
    LOGIN,
    "[profile infra-login]\nlogin_session = arn:aws:iam::222222222222:user/sarah.devops\n",
    "line 2: login_session = ",
  ],
  [
    "a sign-in where keys should be",
    PLAIN,
    `[profile infra]\n${SESSION}/people/sarah.devops\n`,
    `line 2: ${SESSION}`,
  ],
  [
    "keys where a sign-in should be, which are not shown",
    LOGIN,
    "[profile infra-login]\naws_secret_access_key = hunter2\n",
    "line 2: aws_secret_access_key\n",
  ],
  [
    "temporary credentials",
    PLAIN,
    "[profile infra]\naws_session_token = abc\n",
    "line 2: aws_session_token\n",
  ],
  [
    "the default profile, where it is named",
    { ...PLAIN, sourceProfile: "default" },
    "[default]\ncredential_source = Environment\n",
    "line 2: credential_source",
  ],
];

describe("a source profile that the file has already", () => {
  for (const [what, choices, text] of OWN) {
    it(`may be: ${what}`, () => assert.doesNotThrow(() => check(text, choices)));
  }

  for (const [what, choices, text, line] of FOREIGN) {
    it(`is refused: ${what}`, () => {
      assert.throws(
        () => check(text, choices),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.ok(error.message.includes(line), error.message);
          assert.match(error.message, /\nTo do: name another profile for your .*--source-profile /);
          assert.doesNotMatch(error.message, /hunter2|abc/);
          return true;
        },
      );
    });
  }

  describe("in the file of credentials", () => {
    const checkCredentials = (text: string, choices: ProfileChoices): void =>
      assertSourceIsOwn(
        { name: "~/.aws/config", text: "" },
        markersFor("sarah.devops"),
        profilesIn("sarah.devops", choices),
        { name: "~/.aws/credentials", text },
      );

    it("may be: access keys, and any other profile", () => {
      const keys = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = example\n";
      checkCredentials(`[infra]\n${keys}`, PLAIN);
      checkCredentials(`[infra]\n${keys}[default]\naws_session_token = abc\n`, LOGIN);
    });

    it("is refused: keys where a sign-in should be, because they come first", () => {
      assert.throws(
        () => checkCredentials("[default]\n[infra-login]\naws_access_key_id = AKIAEXAMPLE\n", LOGIN),
        new UserError(
          "~/.aws/credentials has a profile infra-login already, which does not keep the console sign-in of sarah.devops in users (111111111111):\n" +
            "  line 3: aws_access_key_id\n" +
            "To do: name another profile for your sign-in, such as --source-profile infra-login-own.",
        ),
      );
    });

    it("is refused: temporary credentials", () => {
      assert.throws(
        () => checkCredentials("[ infra ]\naws_session_token = abc\n", PLAIN),
        /^UserError: ~\/\.aws\/credentials has a profile infra already.*\n {2}line 2: aws_session_token\n/s,
      );
    });
  });
});
