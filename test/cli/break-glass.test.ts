import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, type Finished } from "../../sandbox/process/run";
import { runInTurn } from "../support/commands-in-turn";
import { sampleOrganization, sampleRoster } from "../support/rosters";

const CHECKOUT = join(__dirname, "..", "..");

describe("npm run break-glass, without an account", function () {
  this.timeout(60_000);
  let folder: string;
  const records = (): string => join(folder, "docs", "incidents");

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-break-glass-"));
    for (const entry of ["start", "src", "package.json", "tsconfig.json"])
      cpSync(join(CHECKOUT, entry), join(folder, entry), { recursive: true });
    symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"), "dir");
    const write = (name: string, value: unknown) =>
      writeFileSync(join(folder, "src", `${name}.ts`), `export const ${name} = ${JSON.stringify(value)};\n`);
    write("organization", sampleOrganization());
    write("roster", sampleRoster());
  });
  beforeEach(() => rmSync(records(), { recursive: true, force: true }));
  after(() => rmSync(folder, { recursive: true }));

  const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env["PATH"], HOME: folder });
  const command = (...args: readonly string[]): Promise<Finished> =>
    run(process.execPath, ["start/command.js", "src/cli/break-glass.ts", ...args], {
      cwd: folder,
      env: environment(),
      timeout: 30_000,
    });

  it("opens a record for a holder, and a second of that name beside it", async () => {
    const args = ["open", "prod", "--reason", "INC-1042", "--as", "sarah.devops", "--told", "maria.cto"];
    const { code, stdout, stderr } = await command(...args);
    assert.equal(code, 0, stderr);
    const [, name = ""] = /docs\/incidents\/(\S+)\.md/.exec(stdout) ?? [];
    assert.match(name, /^\d{4}-\d\d-\d\d-prod-inc-1042$/);
    assert.match(stdout, /^1\. maria\.cto knows\. Do not wait for an answer\.$/m);
    assert.match(stdout, /switchrole\?account=444444444444&roleName=infra-BreakGlassR-prod/);
    assert.match(stdout, /^ {3}Command line: aws sts get-caller-identity --profile prod-breakglass$/m);
    assert.match(stdout, /^Expected until \S+Z, in 60 minutes\./m);
    assert.match(stdout, new RegExp(`^6\\. npm run break-glass -- close ${name}$`, "m"));
    assert.equal(stderr, "");
    const second = await command(...args);
    assert.equal(second.code, 0);
    const [, since = ""] =
      /^- Opened: (\S+Z)$/m.exec(readFileSync(join(records(), `${name}.md`), "utf8")) ?? [];
    assert.equal(
      second.stderr,
      `
docs/incidents/${name}.md, a record of sarah.devops in prod, is open too, since ${since}.
  npm run break-glass -- close ${name}
Where one of them was opened by mistake, close it, and say so as what was changed.
`,
    );
    assert.deepEqual(readdirSync(records()).sort(), [`${name}-2.md`, `${name}.md`, "README.md"]);
    const log = readFileSync(join(records(), "README.md"), "utf8");
    assert.ok(log.includes(`[${name}](${name}.md)`) && log.includes(`[${name}-2](${name}-2.md)`), log);
  });

  it("starts a rehearsal, and says when holders had theirs", async () => {
    await command("open", "prod", "--reason", "INC-1042", "--as", "sarah.devops");
    const { code, stdout, stderr } = await command("rehearse", "prod", "--as", "maria.cto");
    assert.equal(code, 0);
    assert.equal(stderr, "", "Somebody else's open record is not spoken of.");
    assert.match(stdout, /^Rehearsal declared by maria\.cto in prod/);
    assert.match(
      stdout,
      /\nLast rehearsals that were closed:\n {2}sarah\.devops: none in the records\n {2}maria\.cto: none in the records\n$/,
    );
    const { stderr: again } = await command("rehearse", "prod", "--as", "maria.cto");
    assert.match(
      again,
      /^\ndocs\/incidents\/(\d{4}-\d\d-\d\d-prod-\S+)\.md, a record of maria\.cto in prod, is open too, since \S+Z\.\n {2}npm run break-glass -- close \1\n/,
    );
  });

  const REFUSED: readonly { readonly args: readonly string[]; readonly says: string }[] = [
    {
      args: ["open", "prod", "--reason", "x", "--as", "john.developer"],
      says: "john.developer does not hold BreakGlass in prod, and its trust does not admit them. Call sarah.devops or maria.cto.\n",
    },
    {
      args: ["open", "dev", "--reason", "x", "--as", "sarah.devops"],
      says: "Nobody holds BreakGlass in dev now. Names go under breakGlass in src/roster.ts; when nobody can get in, docs/runbooks/recovery.md.\n",
    },
    {
      args: ["open", "prd", "--reason", "x", "--as", "sarah.devops"],
      says: 'BreakGlass is in no account "prd". Known: "dev", "staging", "prod". Did you mean "prod"?\n',
    },
    {
      args: ["open", "users", "--reason", "x", "--as", "sarah.devops"],
      says: 'BreakGlass is in no account "users". Known: "dev", "staging", "prod"\n',
    },
    {
      args: ["open", "prod", "--reason", " ", "--as", "sarah.devops"],
      says: "--reason is empty. Say it in a few words.\n",
    },
    {
      args: ["open", "prod", "--reason", "x", "--for", "2d", "--as", "sarah.devops"],
      says: "--for 2d is no length of time. Write hours and minutes such as 2h, 90m or 1h30m.\n",
    },
    {
      args: ["open", "prod", "--reason", "x", "--for", "13h", "--as", "sarah.devops"],
      says: "--for 13h is longer than 12h. What takes longer is a temporary grant of the roster: npm run request.\n",
    },
    {
      args: ["open", "prod", "--reason", "x", "--began", "2999-01-01", "--as", "sarah.devops"],
      says: "--began 2999-01-01 lies ahead. It is for what has begun already.\n",
    },
    {
      args: ["close", "2026-11-23-prod"],
      says: 'There is no record "2026-11-23-prod" in docs/incidents. Known: none, for there are no records\n',
    },
    {
      args: ["list", "--since", "2999-01-01"],
      says: "--since 2999-01-01 lies ahead: nothing has happened since.\n",
    },
  ];
  describe("writes nothing where it refuses", () => {
    let answers: readonly Finished[];

    before(async () => {
      rmSync(records(), { recursive: true, force: true });
      const lines = REFUSED.map(({ args }) => ["src/cli/break-glass.ts", ...args]);
      answers = await runInTurn(folder, lines, environment());
      assert.throws(() => readdirSync(records()), /ENOENT/);
    });

    for (const [index, { args, says }] of REFUSED.entries())
      it(args.join(" "), () => {
        assert.deepEqual(answers[index], { code: 2, stdout: "", stderr: says });
      });
  });

  it("says of a record what cannot be read in it", async () => {
    await command("open", "prod", "--reason", "INC-1042", "--as", "sarah.devops");
    writeFileSync(join(records(), "2026-11-01-prod.md"), "# Break-glass\n\n- Account: prod\n");
    const { code, stderr } = await command("list");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^docs\/incidents\/2026-11-01-prod\.md: the line "- Kind: …" is missing or empty; .*\nTo do: fix/,
    );
  });
});
