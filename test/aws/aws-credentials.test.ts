import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { credentialSource, environmentWith } from "../../src/aws/aws-credentials";
import { ACCOUNTS } from "../documents/fixture";

describe("an account's credentials", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-credentials-"));
    env = { AWS_CONFIG_FILE: join(folder, "config") };
    writeFileSync(
      join(folder, "config"),
      "[default]\n[profile dev]\nregion = eu-west-1\n[profile  prod]\n[profile staging2]\n",
    );
  });

  after(() => rmSync(folder, { recursive: true }));

  it("come from the profile that the pattern names", () => {
    assert.deepEqual(credentialSource(ACCOUNTS.dev, "example-{stack}", env), { profile: "example-dev" });
    assert.deepEqual(credentialSource(ACCOUNTS.dev, "deployer", env), { profile: "deployer" });
  });

  it("come from the profile named like the stack, where there is one", () => {
    assert.deepEqual(credentialSource(ACCOUNTS.dev, undefined, env), { profile: "dev" });
    assert.deepEqual(credentialSource(ACCOUNTS.prod, undefined, env), { profile: "prod" });
    assert.deepEqual(credentialSource(ACCOUNTS.staging, undefined, env), {});
    assert.deepEqual(
      credentialSource(ACCOUNTS.dev, undefined, { AWS_CONFIG_FILE: join(folder, "none") }),
      {},
    );
  });

  it("come from the environment where it has some", () => {
    assert.deepEqual(credentialSource(ACCOUNTS.dev, undefined, { ...env, AWS_ACCESS_KEY_ID: "AKIA" }), {});
    assert.deepEqual(credentialSource(ACCOUNTS.dev, undefined, { ...env, AWS_PROFILE: "other" }), {});
  });

  it("reach pulumi by the environment", () => {
    assert.deepEqual(environmentWith({ profile: "dev" }, { PATH: "/bin" }), {
      PATH: "/bin",
      AWS_PROFILE: "dev",
    });
    assert.deepEqual(environmentWith({}, { PATH: "/bin" }), { PATH: "/bin" });
    const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" };
    assert.deepEqual(environmentWith({}, keys), keys);
  });

  it("are those of the profile, where the environment has keys beside: clients would take these first", () => {
    const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" };
    assert.deepEqual(environmentWith({ profile: "dev" }, { PATH: "/bin", ...keys }), {
      PATH: "/bin",
      AWS_PROFILE: "dev",
    });
  });
});
