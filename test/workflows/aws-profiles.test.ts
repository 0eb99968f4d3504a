import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../../sandbox/process/run";
import { shellcheck } from "../support/shellcheck";

const SCRIPT = join(__dirname, "..", "..", ".github", "scripts", "aws-profiles.sh");

/** What `npm run ci:account` prints of dev; of another account it fails, as of one that is not there. */
const NPM = `case "$*" in
  "run --silent ci:account -- dev") printf 'region=eu-west-1\\nreview_role=arn:dev-review\\ndeploy_role=arn:dev-deploy\\n';;
  "run --silent ci:account -- prod") printf 'region=eu-west-1\\nreview_role=arn:prod-review\\n';;
  *) echo "no account" >&2; exit 2;;
esac`;
/** Answers where it is asked as GitHub documents it. https://docs.github.com/actions/reference/security/oidc */
const CURL = `case "$*" in
  *"Authorization: bearer asking https://token.example/?x=1&audience=sts.amazonaws.com") echo '{"value":"a.b.c"}';;
  *) echo "curl: (22) 403" >&2; exit 22;;
esac`;

describe("the profiles of a job", function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-profiles-"));
    for (const [name, body] of [
      ["npm", NPM],
      ["curl", CURL],
    ] as const) {
      writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${body}\n`);
      chmodSync(join(folder, name), 0o700);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const config = (): string => join(folder, "aws-config");
  const write = (asking: string, ...args: readonly string[]) =>
    run("bash", [SCRIPT, ...args], {
      env: {
        PATH: `${folder}:${process.env["PATH"] ?? ""}`,
        AWS_CONFIG_FILE: config(),
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: asking,
        ACTIONS_ID_TOKEN_REQUEST_URL: "https://token.example/?x=1",
      },
    });

  it("show GitHub's token for the role of each account, to nobody else on the machine", async () => {
    const { code, stderr } = await write("asking", "review_role", "review-7", "dev", "prod");
    assert.equal(code, 0, stderr);
    const profile = (account: string): string =>
      `[profile ${account}]\nrole_arn = arn:${account}-review\nweb_identity_token_file = ${config()}.token\nrole_session_name = review-7\n`;
    assert.equal(readFileSync(config(), "utf8"), profile("dev") + profile("prod"));
    assert.equal(readFileSync(`${config()}.token`, "utf8"), "a.b.c\n");
    assert.equal(statSync(`${config()}.token`).mode & 0o777, 0o600);
  });

  for (const [title, asking, args, message] of [
    ["GitHub gives no token", "nothing", ["review_role", "x", "dev"], /403/],
    ["an account has no such role", "asking", ["deploy_role", "x", "prod"], /prod names no deploy_role/],
    ["there is no such account", "asking", ["review_role", "x", "test"], /no account/],
  ] as const) {
    it(`are none where ${title}`, async () => {
      const { code, stdout, stderr } = await write(asking, ...args);
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, message);
      assert.equal(existsSync(config()) ? readFileSync(config(), "utf8") : "", "");
    });
  }

  it("come from a script that ShellCheck takes", async function () {
    const program = await shellcheck();
    if (program === undefined) {
      process.stderr.write(
        "\n  !!! SKIPPED: ShellCheck is not to be had. aws-profiles.sh was not linted. !!!\n\n",
      );
      this.skip();
    }
    const { code, stdout } = await run(program, [SCRIPT]);
    assert.equal(code, 0, stdout);
  });
});
