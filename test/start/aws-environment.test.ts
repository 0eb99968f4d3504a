import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { run } from "../../sandbox/process/run";

const CHECKOUT = path.join(__dirname, "..", "..");
const KEYS = { AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT", AWS_SECRET_ACCESS_KEY: "secret" };
const PROFILE = { AWS_PROFILE: "dev" };

const CASES: readonly (readonly [
  what: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  found: string,
])[] = [
  ["the profile of the environment", PROFILE, [], "AKIADEV"],
  [
    "the keys of the environment, where it names a profile too",
    { ...KEYS, ...PROFILE },
    [],
    "AKIAENVIRONMENT",
  ],
  ["the profile that is asked for, where the environment has keys", KEYS, ["prod"], "AKIAPROD"],
  [
    "the profile that is asked for, where it has keys and a profile",
    { ...KEYS, ...PROFILE },
    ["prod"],
    "AKIAPROD",
  ],
  [
    "the profile of the environment, where half of a key is beside it",
    { ...PROFILE, AWS_ACCESS_KEY_ID: "AKIAHALF" },
    [],
    "AKIADEV",
  ],
];

describe("the AWS credentials of a command", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "muster-credentials-"));
    const section = (name: string): string =>
      `[${name}]\naws_access_key_id = AKIA${name.toUpperCase()}\naws_secret_access_key = secret\n`;
    writeFileSync(path.join(folder, "credentials"), section("dev") + section("prod"));
  });

  after(() => rmSync(folder, { recursive: true }));

  for (const [what, env, args, found] of CASES) {
    it(`are ${what}, without a word`, async () => {
      const { code, stdout, stderr } = await run(
        process.execPath,
        [path.join(CHECKOUT, "start/command.js"), path.join(__dirname, "found-key.ts"), ...args],
        {
          env: {
            PATH: process.env["PATH"],
            AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
            AWS_CONFIG_FILE: path.join(folder, "none"),
            ...env,
          },
        },
      );
      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${found}\n`, stderr: "" });
    });
  }
});
