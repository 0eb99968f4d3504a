import type { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { changing } from "../support/aws-calls";
import { unlessMissing } from "../support/live";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const SHOWN = /^The password of john\.developer, shown this once: (\S{24})$/m;

describe("npm run onboard", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let iam: IAM;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users"], rosterToday());
    iam = workspace.iam("users");
  });

  const login = async (UserName: string) =>
    (await unlessMissing(iam.getLoginProfile({ UserName })))?.LoginProfile;

  afterEach(async () => {
    for (const UserName of ["john.developer", "alex.dba"])
      await unlessMissing(iam.deleteLoginProfile({ UserName }));
  });

  it("makes a password that must be changed, shows it once with the steps, and changes nothing else", async () => {
    const { code, stdout, stderr, calls } = await workspace.script("onboard", "john.developer");
    assert.equal(code, 0, stderr);
    const [, password = ""] = SHOWN.exec(stdout) ?? [];
    assert.equal(stdout.split(password).length, 2);
    assert.match(stdout, /^1\. Sign in at https:\/\/111111111111\.signin\.aws\.amazon\.com\/console$/m);
    assert.match(
      stdout,
      /Developer in dev: https:\/\/signin\.aws\.amazon\.com\/switchrole\?account=222222222222/,
    );
    assert.ok(!stderr.includes(password));
    assert.match(stderr, /Standard output is no terminal/);
    assert.deepEqual(changing(calls), ["iam:CreateLoginProfile"]);
    assert.equal((await login("john.developer"))?.PasswordResetRequired, true);
    assert.deepEqual(filesWith(workspace.root, password), []);
  });

  it("refuses a second time, and says what to do if the password is lost", async () => {
    await workspace.script("onboard", "john.developer");
    const { code, stdout, stderr, calls } = await workspace.script("onboard", "john.developer");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /john\.developer has a console password already/);
    assert.match(stderr, /aws iam delete-login-profile --user-name john\.developer/);
    assert.deepEqual(changing(calls), []);
  });

  it("prints JSON only to those who say that the password may be in it", async () => {
    const refused = await workspace.script("onboard", "alex.dba", "--json");
    assert.equal(refused.code, 2);
    assert.deepEqual([refused.stdout, refused.calls], ["", []]);
    assert.match(refused.stderr, /say --with-password too/);

    const { code, stdout, stderr } = await workspace.script(
      "onboard",
      "alex.dba",
      "--json",
      "--with-password",
    );
    assert.equal(code, 0, stderr);
    const answer = JSON.parse(stdout) as { readonly person: string; readonly password: string };
    assert.equal(answer.person, "alex.dba");
    assert.match(answer.password, /^\S{24}$/);
  });

  it("takes the password back where it cannot be printed", async () => {
    const { code, stderr, calls } = await workspace.shell(
      "npm run --silent onboard -- john.developer > /dev/full",
    );
    assert.equal(code, 2);
    assert.match(stderr, /could not be shown \(.*ENOSPC.*\), and was taken back\. Run this again\./);
    assert.deepEqual(changing(calls), ["iam:CreateLoginProfile", "iam:DeleteLoginProfile"]);
    assert.equal(await login("john.developer"), undefined);
  });

  it("says who comes nearest where the roster has nobody of the name", async () => {
    const { code, stdout, stderr, calls } = await workspace.script("onboard", "john.develper");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /Did you mean "john\.developer"\?/);
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.deepEqual(calls, []);
  });

  it("says that a new person is not deployed yet", async () => {
    const { people, ...roster } = rosterToday();
    const nina = { email: "nina@example.com", category: "developer", access: { dev: "Read" } } as const;
    workspace.write({
      ...roster,
      people: { ...people, "nina.developer": { ...nina, access: { ...nina.access } } },
    });
    const { code, stderr } = await workspace.script("onboard", "nina.developer");
    workspace.write(rosterToday());
    assert.equal(code, 2);
    assert.match(stderr, /users has no user nina\.developer yet\. Deploy it first: pulumi up -s users/);
  });

  it("refuses the credentials of another account", async () => {
    const { code, stdout, stderr } = await workspace.script("onboard", "john.developer", "--profile", "dev");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /The credentials for users are those of account 222222222222, not 111111111111\./);
  });
});

/** The files in a folder that contain a text, followed into no link. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, "latin1").includes(text));
}
