import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, type Finished } from "../../sandbox/process/run";
import { sampleOrganization, sampleRoster } from "../support/rosters";

const CHECKOUT = join(__dirname, "..", "..");

describe("the commands for people's machines", () => {
  let folder: string;
  let home: string;
  const config = (): string => join(home, ".aws", "config");
  const read = (): string => readFileSync(config(), "latin1");

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-commands-"));
    for (const entry of ["start", "src", "package.json", "tsconfig.json"]) {
      cpSync(join(CHECKOUT, entry), join(folder, entry), { recursive: true });
    }
    symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"), "dir");
    const roster = sampleRoster();
    delete roster.people["chris.security"]!.access["prod"];
    const write = (name: string, value: unknown) =>
      writeFileSync(join(folder, "src", `${name}.ts`), `export const ${name} = ${JSON.stringify(value)};\n`);
    write("organization", sampleOrganization());
    write("roster", roster);
  });

  beforeEach(() => (home = mkdtempSync(join(folder, "home-"))));
  after(() => rmSync(folder, { recursive: true }));

  const command = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> =>
    run(process.execPath, ["start/command.js", `src/cli/${name}.ts`, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: home, ...env },
      timeout: 30_000,
    });
  const awsConfig = (...args: string[]): Promise<Finished> => command("aws-config", args);
  const consoleLinks = (...args: string[]): Promise<Finished> => command("console-links", args);

  it("write the profiles, write them once, and take them out again", async () => {
    mkdirSync(join(home, ".aws"));
    writeFileSync(config(), "[default]\nregion = eu-west-1 ; \xe9", "latin1");

    const first = await awsConfig("maria.cto");
    assert.equal(first.code, 0, first.stderr);
    assert.ok(first.stdout.startsWith(`${config()} was written (new: prod-breakglass, prod-dashboard).\n`));
    const written = read();
    assert.ok(
      written.startsWith(
        "[default]\nregion = eu-west-1 ; \xe9\n# BEGIN muster infra 111111111111 maria.cto\n",
      ),
    );

    const { mtimeMs } = statSync(config());
    const second = await awsConfig("maria.cto");
    assert.equal(second.code, 0);
    assert.ok(
      second.stdout.startsWith(`${config()} has 2 profiles of maria.cto's already; nothing was written.\n`),
    );
    assert.equal(read(), written);
    assert.equal(statSync(config()).mtimeMs, mtimeMs);

    const removed = await awsConfig("maria.cto", "--remove");
    assert.equal(removed.stdout, `${config()} was written (gone: prod-breakglass, prod-dashboard).\n`);
    assert.equal(read(), "[default]\nregion = eu-west-1 ; \xe9");
  });

  it("write nothing where they are asked what they would", async () => {
    const { code, stdout } = await awsConfig("alex.dba", "--dry-run");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /would change \(new: staging-dba, prod-dbread\)\. Nothing was written\.\n\n# BEGIN muster/,
    );
    assert.match(stdout, /\n# END muster infra 111111111111 alex.dba\n$/);
    assert.deepEqual(readdirSync(home), []);
  });

  it("take another file, and other names", async () => {
    const [own, other] = [join(home, "own"), join(home, "other")];
    const names = ["--profile-prefix", "acme", "--source-profile", "acme"];
    const [first, second] = await Promise.all([
      command("aws-config", ["alex.dba", "--json", ...names], { AWS_CONFIG_FILE: own }),
      command("aws-config", ["alex.dba", "--file", other], { AWS_CONFIG_FILE: own }),
    ]);
    const report = JSON.parse(first.stdout) as {
      file: string;
      written: boolean;
      profiles: { name: string }[];
    };
    assert.deepEqual([report.file, report.written], [own, true]);
    assert.deepEqual(
      report.profiles.map(({ name }) => name),
      ["acme-staging-dba", "acme-prod-dbread"],
    );
    assert.match(readFileSync(own, "utf8"), /source_profile = acme\n/);
    assert.equal(second.code, 0);
    assert.match(readFileSync(other, "utf8"), /\[profile staging-dba\]\n[^[]*source_profile = infra-login\n/);
    assert.deepEqual(readdirSync(home).sort(), ["other", "own"]);
  });

  it("take out what is left of somebody who holds nothing any more", async () => {
    mkdirSync(join(home, ".aws"));
    const markers = [
      "# BEGIN muster infra 111111111111 chris.security",
      "# END muster infra 111111111111 chris.security",
    ];
    writeFileSync(config(), `[default]\n\n${markers.join("\n[profile prod-security]\n")}\n`);
    const { code, stdout } = await awsConfig("chris.security");
    assert.equal(code, 0);
    assert.match(stdout, /^chris\.security holds no role by src\/roster\.ts, now or later/);
    assert.match(stdout, /was written \(gone: prod-security\)/);
    assert.equal(read(), "[default]\n");
  });

  it("leave a file alone that has one of the names", async () => {
    const text = "[default]\n[profile prod-dashboard]\n";
    mkdirSync(join(home, ".aws"));
    writeFileSync(config(), text);
    const { code, stdout, stderr } = await awsConfig("maria.cto");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /line 2: \[profile prod-dashboard\]/);
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.equal(read(), text);
  });

  it("leave a file alone whose source profile is of something else, and take another", async () => {
    const text = "\u00ef\u00bb\u00bf[profile infra-login]\r\nsso_session = example\r\n";
    mkdirSync(join(home, ".aws"));
    writeFileSync(config(), text, "latin1");
    const refused = await awsConfig("maria.cto");
    assert.deepEqual([refused.code, refused.stdout, read()], [2, "", text]);
    assert.match(
      refused.stderr,
      /\n {2}line 2: sso_session = example\nTo do: .*--source-profile infra-login-own\./,
    );

    const other = await awsConfig("maria.cto", "--source-profile", "infra-login-own");
    assert.equal(other.code, 0, other.stderr);
    assert.ok(read().startsWith(`${text}\r\n# BEGIN muster infra`));
    assert.match(other.stdout, /begins with a byte order mark/);
    assert.equal((await awsConfig("maria.cto", "--remove")).code, 0);
    assert.equal(read(), text);
  });

  it("say who comes nearest, and which flavours there are", async () => {
    const [flavour, ...failures] = await Promise.all([
      awsConfig("maria.cto", "--flavour", "aws-okta"),
      awsConfig("maria.ceo"),
      consoleLinks("maria.ceo"),
    ]);
    for (const failed of failures) {
      assert.deepEqual([failed.code, failed.stdout], [2, ""]);
      assert.match(failed.stderr, /"maria\.ceo"\.\nAllowed: .* Did you mean "maria\.cto"\?\n$/);
    }
    assert.equal(flavour.code, 2);
    assert.match(flavour.stderr, /Allowed choices are login, plain, aws-vault, granted\./);
    assert.deepEqual(readdirSync(home), []);
  });

  it("print the console links, or write them into a file", async () => {
    const file = join(home, "bookmarks.html");
    const [markdown, bookmarks, failed] = await Promise.all([
      consoleLinks("maria.cto"),
      consoleLinks("maria.cto", "--format", "bookmarks", "--output", file),
      consoleLinks("maria.cto", "--json", "--output", home),
    ]);
    assert.equal(markdown.code, 0, markdown.stderr);
    assert.match(markdown.stdout, /^# Console links of `maria\.cto`\n/);
    assert.deepEqual([bookmarks.code, bookmarks.stdout], [0, ""]);
    assert.match(readFileSync(file, "utf8"), /^<!DOCTYPE NETSCAPE-Bookmark-file-1>\n/);
    assert.equal(failed.code, 2);
    assert.match(failed.stderr, /cannot be written: EISDIR/);
  });
});
