import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fromIni } from "@aws-sdk/credential-providers";

import { cacheFolder } from "../../sandbox/cache";
import { run } from "../../sandbox/process/run";
import { withBlock } from "../../src/profiles/config-text";
import { FLAVOUR_NAMES } from "../../src/profiles/flavours";
import type { PersonProfiles } from "../../src/profiles/profile";
import { startFakeSts, type FakeSts, type StsRequest } from "./fake-sts";
import { blockFor, markersFor, profilesIn } from "./fixture";

const PEOPLE = ["sarah.devops", "john.developer", "kim.contractor"];
/** What the person had: settings that a profile must not take for its own, and line ends of another system. */
const OWN_CONFIG =
  "[default]\r\nregion = us-east-1\r\noutput = json\r\n[profile mine]\r\nregion = us-west-2\r\n";
const CREDENTIALS = "[infra]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = example\n";
const CODE = "123456";

/** What `aws login` leaves of a person's sign-in: the profile, and a session by its ARN's hash, which has not to be renewed. */
const loginSession = (person: string): string => `arn:aws:iam::111111111111:user/people/${person}`;
const loginProfile = (person: string): string =>
  `[profile infra-login]\r\nregion = eu-west-1\r\nlogin_session = ${loginSession(person)}\r\n`;
const cachedSession = (): string =>
  JSON.stringify({
    accessToken: {
      accessKeyId: "ASIAEXAMPLELOGIN",
      secretAccessKey: "example",
      sessionToken: "example",
      accountId: "111111111111",
      expiresAt: new Date(Date.now() + 15 * 60_000).toISOString().replace(/\.\d+/, ""),
    },
    tokenType: "urn:aws:params:oauth:token-type:access_token_sigv4",
    clientId: "arn:aws:signin:::devtools/same-device",
    refreshToken: "example",
    idToken: "example",
    dpopKey: "example",
  });

/** What STS should be asked for each profile: with a code where access keys ask, and without where a sign-in had its MFA. */
const wanted = ({ person, flavour, profiles }: PersonProfiles): readonly StsRequest[] =>
  profiles.map(({ roleArn, durationSeconds }) => ({
    Action: "AssumeRole",
    RoleArn: roleArn,
    RoleSessionName: person,
    ...(flavour !== "login" && {
      SerialNumber: `arn:aws:iam::111111111111:mfa/${person}`,
      TokenCode: CODE,
    }),
    DurationSeconds: String(durationSeconds),
    Version: "2011-06-15",
  }));

// Renewing a session takes a library for elliptic curves, which the sandbox's Python lacks; reading one does not.
const BOTOCORE = `
import json
import os
import sys
import botocore.credentials
import botocore.session
botocore.credentials.EC = botocore.credentials.EC or object()
# The models of AWS's services, which are no part of the profiles: each session would read them anew.
models = botocore.session.Session().get_component("data_loader")
for config, profiles in json.loads(sys.argv[1]):
    os.environ["AWS_CONFIG_FILE"] = config
    for profile in profiles:
        session = botocore.session.Session(profile=profile)
        session.register_component("data_loader", models)
        provider = session.get_component("credential_provider").get_provider("assume-role")
        provider._prompter = lambda prompt: "${CODE}"
        session.get_credentials().get_frozen_credentials()
        assert session.get_config_variable("region") == "eu-west-1"
        assert session.get_config_variable("sts_regional_endpoints") == "regional"
`;

/** The Python that the sandbox has made, where it has: its emulator stands on botocore, AWS's SDK for Python. */
function cachedPython(): string | undefined {
  const folder = join(cacheFolder(), "emulator");
  const environments = existsSync(folder) ? readdirSync(folder) : [];
  return environments.map((name) => join(folder, name, "bin", "python")).find((file) => existsSync(file));
}

describe("AWS's SDKs read the profiles", () => {
  let folder: string;
  let sts: FakeSts;
  const file = (name: string): string => join(folder, name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "muster-profiles-"));
    writeFileSync(file("credentials"), CREDENTIALS, { mode: 0o600 });
    sts = await startFakeSts();
    for (const person of PEOPLE) {
      const hash = createHash("sha256").update(loginSession(person)).digest("hex");
      writeFileSync(file(`${hash}.json`), cachedSession());
    }
    process.env["AWS_LOGIN_CACHE_DIRECTORY"] = folder;
  });

  after(() => {
    delete process.env["AWS_LOGIN_CACHE_DIRECTORY"];
    sts.stop();
    rmSync(folder, { recursive: true });
  });

  function configOf(person: string, flavour: (typeof FLAVOUR_NAMES)[number]): string {
    const name = `${person}.${flavour}`;
    const config = { name, text: OWN_CONFIG + loginProfile(person) };
    writeFileSync(file(name), withBlock(config, markersFor(person), blockFor(person, { flavour })), "latin1");
    return file(name);
  }

  for (const flavour of FLAVOUR_NAMES) {
    for (const person of PEOPLE) {
      it(`${flavour}, ${person}: JavaScript`, async () => {
        const configFilepath = configOf(person, flavour);
        const profiles = profilesIn(person, { flavour });
        assert.notEqual(profiles.profiles.length, 0);
        for (const { name } of profiles.profiles) {
          const credentials = await fromIni({
            configFilepath,
            filepath: file("credentials"),
            ignoreCache: true,
            profile: name,
            ...(flavour !== "login" && { mfaCodeProvider: () => Promise.resolve(CODE) }),
            clientConfig: { endpoint: sts.endpoint, maxAttempts: 1 },
          })();
          assert.equal(credentials.accessKeyId, "ASIAEXAMPLE");
        }
        assert.deepEqual(sts.taken(), wanted(profiles));
      });
    }
  }

  it("all of them: Python", async function () {
    const python = cachedPython();
    if (python === undefined) {
      process.stdout.write(
        "\n  !!! SKIPPED: no botocore in the cache (`npm run sandbox` makes it). Python did not read the profiles. !!!\n\n",
      );
      return this.skip();
    }
    const all = FLAVOUR_NAMES.flatMap((flavour) =>
      PEOPLE.map((person) => ({
        config: configOf(person, flavour),
        profiles: profilesIn(person, { flavour }),
      })),
    );
    const asked = all.map(({ config, profiles }) => [config, profiles.profiles.map(({ name }) => name)]);
    const env = {
      PATH: process.env["PATH"],
      HOME: folder,
      AWS_SHARED_CREDENTIALS_FILE: file("credentials"),
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      AWS_LOGIN_CACHE_DIRECTORY: folder,
    };
    const { code, stderr } = await run(python, ["-c", BOTOCORE, JSON.stringify(asked)], {
      env,
      timeout: 30_000,
    });
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      sts.taken(),
      all.flatMap(({ profiles }) => wanted(profiles)),
    );
  });

  it("a byte order mark at the start stops Python from reading any of them, as the report says", async function () {
    const python = cachedPython();
    if (python === undefined) {
      process.stdout.write("\n  !!! SKIPPED: no botocore in the cache (`npm run sandbox` makes it). !!!\n\n");
      return this.skip();
    }
    writeFileSync(file("marked"), `\u00ef\u00bb\u00bf[profile infra]\nregion = eu-west-1\n`, "latin1");
    const env = { PATH: process.env["PATH"], HOME: folder, AWS_CONFIG_FILE: file("marked") };
    const script =
      "import botocore.session; botocore.session.Session(profile='infra').get_config_variable('region')";
    const { code, stderr } = await run(python, ["-c", script], { env, timeout: 30_000 });
    assert.notEqual(code, 0);
    assert.match(stderr, /ConfigParseError: Unable to parse config file/);
  });
});
