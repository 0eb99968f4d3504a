import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { run, type Finished } from "../../sandbox/process/run";
import { organization } from "../../src/organization";

const CHECKOUT = path.join(__dirname, "..", "..");
const LEFT_OUT = new Set(["node_modules", ".sandbox", ".git", "test", "docs"]);
const STACKS = Object.keys(organization.accounts);

/** A checkout as `npm ci` leaves it, in a folder of its own. */
function checkout(): string {
  const copy = realpathSync(mkdtempSync(path.join(tmpdir(), "muster-readme-")));
  for (const entry of readdirSync(CHECKOUT).filter((name) => !LEFT_OUT.has(name))) {
    cpSync(path.join(CHECKOUT, entry), path.join(copy, entry), { recursive: true });
  }
  symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(copy, "node_modules"), "dir");
  return copy;
}

describe("The README's commands, in a new checkout", function () {
  this.timeout(420_000);
  const folder = checkout();
  const npm = (...args: readonly string[]): Promise<Finished> =>
    run("npm", ["run", "--silent", ...args], { cwd: folder, env: process.env, timeout: 400_000 });
  const settings = (): readonly string[] =>
    STACKS.map((stack) => path.join(folder, `Pulumi.${stack}.yaml`))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, "utf8"));
  const settingsBefore = settings();

  after(async () => {
    await npm("sandbox:down");
    rmSync(folder, { recursive: true, force: true });
  });

  it("`npm run prove` holds of the organization that the checkout has, with the invariants of its own", async () => {
    const { code, stdout, stderr } = await npm("prove");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, / proven, 0 not, /);
  });

  it("`npm run sandbox` deploys every account and says what there is and what to try", async () => {
    const { code, stdout, stderr } = await npm("sandbox");
    assert.equal(code, 0, stdout + stderr);
    for (const stack of STACKS) assert.match(stdout, new RegExp(`${stack}: \\d+ created`));
    assert.match(stdout, new RegExp(`${STACKS.length} accounts, \\d+ people`));
    assert.match(stdout, /What to try next:/);
  });

  it("a second time it reports no changes in any stack, and has changed none of the checkout's settings", async () => {
    const { code, stdout, stderr } = await npm("sandbox");
    assert.equal(code, 0, stdout + stderr);
    for (const stack of STACKS) assert.match(stdout, new RegExp(`${stack}: no changes`));
    assert.deepEqual(settings(), settingsBefore);
  });

  it("`npm run sandbox:shell -- pulumi preview -s dev` runs one command there", async () => {
    const { code, stdout, stderr } = await npm(
      "sandbox:shell",
      "--",
      "pulumi",
      "preview",
      "-s",
      "dev",
      "--expect-no-changes",
    );
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /\d+ unchanged/);
  });

  it("… and passes its exit status on", async () => {
    const { code, stderr } = await npm("sandbox:shell", "--", "pulumi", "preview", "-s", "nowhere");
    assert.equal(code, 6);
    assert.match(stderr, /no stack named 'nowhere' found/);
  });

  it("`npm run sandbox:down` removes the sandbox, and can be said twice", async () => {
    assert.equal((await npm("sandbox:down")).code, 0);
    assert.ok(!existsSync(path.join(folder, ".sandbox")));
    assert.equal((await npm("sandbox:down")).code, 0);
  });

  it("without a sandbox the shell says how to make one", async () => {
    const { code, stderr } = await npm("sandbox:shell", "--", "true");
    assert.equal(code, 1);
    assert.match(stderr, /There is no sandbox yet\. Make it: npm run sandbox/);
  });
});
