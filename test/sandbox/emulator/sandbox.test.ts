import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deploy, type DeployOptions } from "../../../sandbox/deployment/deploy";
import { Populated } from "../../../sandbox/deployment/populated";
import { runningEmulator, stopEmulator } from "../../../sandbox/emulator/emulator";
import { identify } from "../../../sandbox/process/identity";
import { kill } from "../../../sandbox/process/run";
import { openSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { unwatched } from "../../../sandbox/work";

const fixture = path.join(__dirname, "..", "fixture");
const trusting: DeployOptions = { refresh: false, policyPack: undefined };

describe("a sandbox", function () {
  this.timeout(120_000);
  let folder: string;
  let project: string;
  let sandbox: Sandbox;

  before(async function () {
    this.timeout(900_000); // The engine may have to be built first.
    folder = mkdtempSync(path.join(tmpdir(), "muster-sandbox-"));
    project = path.join(folder, "program");
    cpSync(path.join(fixture, "program"), project, { recursive: true });
    symlinkSync(path.join(__dirname, "../../../node_modules"), path.join(folder, "node_modules"));
    sandbox = await open("sandbox");
  });
  after(async () => {
    await sandbox.remove();
    rmSync(folder, { recursive: true });
  });

  const open = (name: string): Promise<Sandbox> =>
    openSandbox({
      directory: path.join(folder, name),
      project,
      region: "eu-west-1",
      accounts: [{ key: "dev", id: "222222222222", identity: true }],
    });
  const up = async (options: Partial<DeployOptions> = {}) =>
    (await deploy(sandbox, "dev", { ...trusting, ...options }, unwatched)).changes;
  const people = (count: number) =>
    writeFileSync(path.join(project, "Pulumi.dev.yaml"), `config:\n  fixture:people: "${count}"\n`);
  const pulumi = async (line: string) => {
    const { code, stdout, stderr } = await sandbox.pulumi(line.split(" "));
    return { code, output: stdout + stderr };
  };
  const members = async () => {
    const { Users: users = [] } = await sandbox.client(IAM, "dev").getGroup({ GroupName: "people" });
    return users.map(({ UserName: name }) => name).sort();
  };

  it("deploys a program with the real engine, and then finds nothing to change", async () => {
    assert.deepEqual(await up(), { create: 6 });
    assert.deepEqual(await up(), { same: 6 });
    assert.deepEqual(await members(), ["person.0", "person.1"]);
    assert.deepEqual(await sandbox.outputs("dev"), { people: ["person.0", "person.1"] });
  });

  it("leaves the project's files as they are", () => {
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"]) {
      const original = readFileSync(path.join(fixture, "program", file), "utf8");
      assert.equal(readFileSync(path.join(project, file), "utf8"), original);
    }
    assert.deepEqual(readdirSync(project).sort(), readdirSync(path.join(fixture, "program")).sort());
  });

  it("takes pulumi commands as they are typed, also of a selected stack", async () => {
    assert.equal((await pulumi("preview -s dev --expect-no-changes")).code, 0);
    assert.equal((await pulumi("stack select dev")).code, 0);
    assert.equal((await pulumi("preview --expect-no-changes")).code, 0);
    assert.equal((await pulumi("preview -s nowhere")).code, 6);
  });

  it("changes nothing by a preview", async () => {
    people(3);
    const before = await accountOf(sandbox);
    const { code, output } = await pulumi("preview -s dev --non-interactive");
    assert.equal(code, 0, output);
    assert.match(output, /\+ 1 to create\s+~ 1 to update/);
    assert.deepEqual(await accountOf(sandbox), before);
  });

  it("is checked by a policy pack", async () => {
    const policyPack = path.join(folder, "policy-pack");
    cpSync(path.join(fixture, "policy-pack"), policyPack, { recursive: true });
    await assert.rejects(up({ policyPack }), (error: Error) => {
      assert.equal(error.name, "SandboxProblem");
      assert.match(error.message, /no-third-person/);
      assert.match(error.message, /Three is a crowd\./);
      return true;
    });
    assert.deepEqual(await members(), ["person.0", "person.1"]);
    people(2);
    assert.deepEqual(await up({ policyPack }), { same: 6 });
  });

  it("shows what somebody did by hand, and undoes it", async () => {
    await sandbox.client(IAM, "dev").createUser({ UserName: "intruder" });
    await sandbox.client(IAM, "dev").addUserToGroup({ UserName: "intruder", GroupName: "people" });
    assert.deepEqual(await up(), { same: 6 }, "plain up trusts the state");
    assert.equal((await pulumi("preview -s dev --refresh --expect-no-changes")).code, 7);
    await up({ refresh: true });
    assert.deepEqual(await members(), ["person.0", "person.1"]);
    assert.equal((await pulumi("preview -s dev --refresh --expect-no-changes")).code, 0);
  });

  it("refuses credentials of another account", async () => {
    const { code, stdout } = await sandbox.pulumi(["preview", "-s", "dev", "--non-interactive"], {
      env: { ...sandbox.env, AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" },
    });
    assert.notEqual(code, 0);
    assert.match(stdout, /AWS account ID not allowed: 123456789012/);
  });

  it("is not disturbed by another sandbox", async () => {
    const other = await open("other");
    try {
      assert.notEqual(other.endpoint, sandbox.endpoint);
      assert.deepEqual((await other.client(IAM, "dev").listUsers({})).Users, []);
      assert.deepEqual(await other.outputs("dev"), {});
    } finally {
      await other.remove();
    }
    assert.deepEqual(await up(), { same: 6 });
  });

  it("ends a deployment that is interrupted, leaves nothing running, and goes on from there", async () => {
    people(40);
    const interruption = new AbortController();
    const work = {
      signal: interruption.signal,
      report: (message: string) => message.includes("created aws:iam:User") && interruption.abort(),
    };
    await assert.rejects(deploy(sandbox, "dev", trusting, work), /failed/);
    assert.deepEqual(processesOf(sandbox), ["emulator"]);
    await up();
    assert.equal((await members()).length, 40);
    people(2);
    await up();
    assert.deepEqual(await members(), ["person.0", "person.1"]);
  });

  it("gives up the lock of a pulumi that was killed", async () => {
    const locks = path.join(sandbox.paths.state, ".pulumi", "locks", "organization", "fixture", "dev");
    mkdirSync(locks, { recursive: true });
    const dead = {
      pid: 2 ** 22 + 1,
      username: "somebody",
      hostname: "here",
      timestamp: new Date().toISOString(),
    };
    writeFileSync(path.join(locks, "killed.json"), JSON.stringify(dead));
    await up();
    assert.deepEqual(readdirSync(locks), []);
  });

  it("makes the accounts anew after its emulator was killed", async () => {
    new Populated(sandbox.paths, sandbox.emulator).add("dev");
    kill(sandbox.emulator.pid, "SIGKILL");
    while (identify(sandbox.emulator.pid) !== undefined)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await runningEmulator(sandbox.paths.emulator), undefined);
    sandbox = await open("sandbox");
    const populated = new Populated(sandbox.paths, sandbox.emulator);
    assert.deepEqual([populated.lost, populated.holds("dev")], [true, false]);
    await up({ refresh: true });
    assert.deepEqual(await members(), ["person.0", "person.1"]);
  });

  it("never ends a process that merely has the process id of its emulator", async () => {
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    try {
      const record = path.join(folder, "stranger.json");
      writeFileSync(record, JSON.stringify({ pid: stranger.pid, started: "another time", port: 1 }));
      assert.equal(await stopEmulator({ record, log: "" }), "not running");
      assert.notEqual(identify(stranger.pid ?? 0), undefined);
    } finally {
      stranger.kill();
    }
  });
});

/** All users, groups, roles and policies of the account, with what they contain. */
async function accountOf(sandbox: Sandbox): Promise<object> {
  return { ...(await sandbox.client(IAM, "dev").getAccountAuthorizationDetails({})), $metadata: undefined };
}

/** What runs with the environment of a sandbox, as the operating system knows it. */
function processesOf(sandbox: Sandbox): string[] {
  if (process.platform !== "linux") {
    console.warn("SKIPPED: without /proc there is no telling what is left running.");
    return ["emulator"];
  }
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      if (!environment.includes(sandbox.paths.root) && Number(pid) !== sandbox.emulator.pid) return [];
      return Number(pid) === sandbox.emulator.pid
        ? ["emulator"]
        : [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
    } catch {
      return [];
    }
  });
}
