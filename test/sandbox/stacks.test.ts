import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { awsConfiguration, type SandboxAccount } from "../../sandbox/accounts";
import { sandboxPaths } from "../../sandbox/paths";
import { writeRecord } from "../../sandbox/record";
import { accountsOfOtherStacks, compareStacks, stacksOf } from "../../sandbox/stacks";

const account = (key: string, id: string): SandboxAccount => ({ key, id, identity: key === "users" });

const USERS = account("users", "111111111111");
const DEV = account("dev", "222222222222");
const PROD = account("prod", "444444444444");

describe("the stacks of a sandbox", () => {
  let project = "";

  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "muster-stacks-"));
  });
  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  const paths = () => sandboxPaths(path.join(project, ".sandbox"));

  /** A sandbox of accounts, some of which have a stack in it. */
  function holds(accounts: readonly SandboxAccount[], stacks: readonly string[]): void {
    const { settings, state } = paths();
    const folder = path.join(state, ".pulumi", "stacks", "muster");
    for (const made of [settings, folder]) mkdirSync(made, { recursive: true });
    writeFileSync(path.join(settings, "Pulumi.yaml"), "name: muster\n");
    for (const stack of stacks) writeFileSync(path.join(folder, `${stack}.json`), "{}");
    writeRecord(paths(), { project, engine: "", region: "eu-west-1", accounts });
  }

  function hasSettingsOf(...stacks: readonly string[]): void {
    for (const stack of stacks) writeFileSync(path.join(project, `Pulumi.${stack}.yaml`), "");
  }

  const compare = (...accounts: readonly SandboxAccount[]) => compareStacks(paths(), project, accounts);

  it("are none where there is no sandbox", () => {
    assert.deepEqual(stacksOf(paths()), []);
    hasSettingsOf("users", "dev");
    assert.deepEqual(compare(USERS, DEV), []);
  });

  it("are deployed where accounts have kept their ids, whatever is new", () => {
    holds([USERS, DEV], ["users", "dev"]);
    hasSettingsOf("users", "dev", "prod");
    assert.deepEqual(compare(USERS, DEV, PROD), []);
  });

  it("are another organization's where a deployed account has another id", () => {
    holds([USERS, DEV, PROD], ["users", "dev"]);
    hasSettingsOf("users", "dev", "prod");
    assert.throws(
      () =>
        compare(
          account("users", "101010101010"),
          account("dev", "202020202020"),
          account("prod", "4".repeat(12)),
        ),
      {
        name: "SandboxProblem",
        message:
          "This sandbox has accounts of other ids than src/organization.ts: users 111111111111 (not 101010101010), " +
          "dev 222222222222 (not 202020202020). An account keeps its id, so this is another organization. `npm run sandbox:down` " +
          "removes the sandbox, and `npm run sandbox` makes one of what is written now.",
      },
    );
  });

  it("are another organization's where none of its accounts is written any more", () => {
    holds([USERS, DEV], ["users", "dev"]);
    hasSettingsOf("users", "dev", "hub");
    assert.throws(() => compare(account("hub", "6".repeat(12)), account("lab", "7".repeat(12))), {
      name: "SandboxProblem",
      message:
        "This sandbox has none of the accounts of src/organization.ts: it was made of another organization, dev, users. " +
        "`npm run sandbox:down` removes it. Then delete Pulumi.dev.yaml, Pulumi.users.yaml, which no account explains. " +
        "Each account has a file of its own with settings: docs/settings.md.",
    });
  });

  it("are not deployed where a file with settings has no account", () => {
    holds([USERS, DEV], ["users", "dev"]);
    hasSettingsOf("users", "dev");
    assert.throws(() => compare(account("identity", USERS.id), DEV), {
      name: "SandboxProblem",
      message: new RegExp(
        [
          "^stack users and Pulumi\\.users\\.yaml: no account .*`pulumi stack rename <new key> -s users`.*",
          "Pulumi\\.identity\\.yaml: there is no such file.*",
          "In the sandbox, `pulumi` is `npm run sandbox:shell -- pulumi`\\. Nothing was deployed: .*$",
        ].join("\\n\\n"),
      ),
    });
  });

  it("are told of where they alone are left of an account, and the rest is deployed", () => {
    holds([USERS, DEV, PROD], ["users", "dev", "prod"]);
    hasSettingsOf("users", "dev");
    const [told, ...others] = compare(USERS, DEV);
    assert.match(told ?? "", /^stack prod: no account .*`pulumi destroy -s prod`/);
    assert.deepEqual(others, []);
  });

  it("keep the profile of an account that is not written any more, so that it can be destroyed", () => {
    holds([USERS, DEV, PROD], ["users", "prod"]);
    assert.deepEqual(accountsOfOtherStacks(paths(), [USERS]), [PROD]);
  });
});

describe("the AWS configuration of a sandbox", () => {
  it("has each section once, where an account has two keys too", () => {
    const sections = awsConfiguration([USERS, account("production", PROD.id), PROD], "eu-west-1").match(
      /^\[.*\]$/gm,
    );
    assert.deepEqual(sections, [
      "[default]",
      "[profile management]",
      "[profile users]",
      "[profile 111111111111]",
      "[profile production]",
      "[profile 444444444444]",
      "[profile prod]",
    ]);
  });
});
