import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { readSnapshot } from "../../../src/aws/snapshot/reader";
import { SnapshotSummary } from "../../../src/aws/snapshot/snapshot-summary";
import { changing } from "../support/aws-calls";
import { giveCredentials, type Credentials } from "../support/live";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { CommandOutcome, Workspace } from "../support/workspace";

describe("npm run snapshot", function () {
  this.timeout(600_000);
  let workspace: Workspace;
  let outcome: CommandOutcome;
  let credentials: Credentials;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users", "dev", "staging", "prod"], rosterToday());
    credentials = await giveCredentials(workspace.byHand("users"), "john.developer");
    outcome = await workspace.script("snapshot", "--live", "{stack}", "--out", "reviewed");
  });

  const folder = (): string => path.join(workspace.root, "project", "reviewed");

  after(async () => {
    const iam = workspace.byHand("users");
    const UserName = "john.developer";
    await iam.deleteLoginProfile({ UserName });
    for (const AccessKeyId of credentials.accessKeys) await iam.deleteAccessKey({ UserName, AccessKeyId });
    for (const SerialNumber of credentials.mfaDevices) {
      await iam.deactivateMFADevice({ UserName, SerialNumber });
      await iam.deleteVirtualMFADevice({ SerialNumber });
    }
  });

  it("reads every account, and says what the sandbox has not", () => {
    const { accounts } = readSnapshot(folder());
    const summary = new SnapshotSummary();
    for (const account of accounts) summary.add(account);
    assert.deepEqual(
      accounts.map(({ key, caller = "" }) => [key, caller.split(":")[4]]),
      [
        ["users", "111111111111"],
        ["dev", "222222222222"],
        ["staging", "333333333333"],
        ["prod", "444444444444"],
      ],
    );
    assert.deepEqual(
      summary.missing.map((line) => line.slice(0, line.indexOf(":"))),
      ["users", "dev", "staging", "prod"].flatMap((key) => [
        `${key} rootManagement`,
        `${key} analyzerFindings`,
      ]),
    );
    assert.match(
      outcome.stdout,
      /^Snapshot of 4 accounts in reviewed: 52 sections read, 8 not available\.$/m,
    );
    assert.match(
      outcome.stdout,
      /^ {2}prod alarms: their changes are not available: The sandbox does not have/m,
    );
    assert.match(outcome.stderr, /^prod secrets: read$/m);
    assert.equal(outcome.code, 1);
  });

  it("has the credentials of people, and no secret of them", () => {
    const users = readSnapshot(folder()).accounts.find(({ key }) => key === "users")!;
    const { userCredentials, mfaDevices } = users.sections;
    assert(userCredentials.kind === "read" && mfaDevices.kind === "read");
    const { password, accessKeys } = userCredentials.data.find(({ user }) => user === "john.developer")!;
    assert.equal(password?.mustBeReset, false);
    assert.equal(accessKeys.length, 2);
    assert.deepEqual(
      mfaDevices.data.map(({ user, kind }) => ({ user, kind })),
      [{ user: "john.developer", kind: "virtual" }],
    );
    assert.doesNotMatch(JSON.stringify(users), /[Ss]ecret(Access)?Key|correct horse/);
  });

  it("makes reports and filters events, and changes nothing", () => {
    const reports = /^(iam:Generate(CredentialReport|ServiceLastAccessedDetails)|logs:FilterLogEvents)$/;
    assert.deepEqual(
      changing(outcome.calls).filter((call) => !reports.test(call)),
      [],
    );
  });

  it("is what access --live says", async () => {
    const [live, bySnapshot] = [
      await workspace.script("access", "--json", "--live", "{stack}"),
      await workspace.script("access", "--json", "--snapshot", "reviewed"),
    ];
    assert.deepEqual(
      { code: bySnapshot.code, answer: JSON.parse(bySnapshot.stdout) as unknown, calls: bySnapshot.calls },
      { code: live.code, answer: JSON.parse(live.stdout) as unknown, calls: [] },
    );
    assert.match(bySnapshot.stderr, /^As the snapshot of [\dTZ:-]+ has them: users, dev, staging, prod\.$/m);
  });

  it("tells drift what no stack has, without a request", async () => {
    const clean = await workspace.script("drift", "dev", "--snapshot", "reviewed");
    assert.deepEqual({ code: clean.code, calls: clean.calls }, { code: 0, calls: [] }, clean.stderr);
    assert.match(
      clean.stdout,
      /^dev \(222222222222\): nothing in the snapshot that no stack has\.\nAt .*; compared with nothing but the state of its stack\.\nIn IAM as the snapshot of /,
    );
    assert.match(clean.stdout, /^Not compared: what was changed by hand in the stacks' own resources, /m);
  });

  it("tells doctor whose credentials it was taken with, and what they could not read", async () => {
    const { stdout, calls } = await workspace.script("doctor", "--snapshot", "reviewed");
    assert.match(
      stdout,
      /^unknown credentials of prod: of arn:aws:\S+ at [\dTZ:-]+, without rootManagement, analyzerFindings\. Take a new one: /m,
    );
    assert.deepEqual(calls, []);
  });

  it("lets credentials list them, and enforces the plan that was shown and no other", async () => {
    const list = await workspace.script("credentials", "--snapshot", "reviewed");
    assert.match(list.stdout, /│ john\.developer +│ password +│/);
    assert.deepEqual(list.calls, []);
    // The sandbox's report is of 2015, so that a password is as old as its creation, of today.
    assert.equal(list.code, 0, list.stdout);

    const roster = rosterToday();
    const john = roster.people["john.developer"]!;
    workspace.write({
      ...roster,
      people: { ...roster.people, "john.developer": { ...john, until: "2026-01-01" } },
      temporary: (roster.temporary ?? []).filter(({ person }) => person !== "john.developer"),
    });
    const live = ["--live", "{stack}"];
    const planned = async (...more: readonly string[]): Promise<string> => {
      const dryRun = await workspace.script("credentials", ...live, "--dry-run", ...more);
      assert.equal(dryRun.code, 1, dryRun.stderr);
      return /--plan ([0-9a-f]{16})$/m.exec(dryRun.stdout)?.[1] ?? "";
    };
    const enforced = async (record: string, ...more: readonly string[]): Promise<string> => {
      const done = await workspace.script("credentials", ...live, "--enforce", "--record", record, ...more);
      assert.equal(done.code, 0, done.stdout + done.stderr);
      const changes = changing(done.calls).filter((call) => call !== "iam:GenerateCredentialReport");
      assert.match(done.stdout, new RegExp(`\\. The record: ${record}$`, "m"));
      for (const [, undo = ""] of done.stdout.matchAll(/Undo: (aws iam .*)$/gm))
        assert.match(undo, / --profile users$/);
      return changes.join(", ");
    };
    const other = await workspace.script("credentials", ...live, "--enforce", "--plan", "0123456789abcdef");
    assert.equal(other.code, 2);
    assert.match(
      other.stderr,
      /is not what there is to do now, which is [0-9a-f]{16}: nothing was changed\./,
    );

    const keys = await enforced("keys.json", "--keys", "--plan", await planned("--keys"));
    assert.equal(keys, "iam:UpdateAccessKey, iam:UpdateAccessKey");
    assert.equal(await enforced("rest.json", "--plan", await planned()), "iam:PutUserPolicy");
    const again = await workspace.script("credentials", ...live, "--dry-run");
    assert.deepEqual(
      { code: again.code, stdout: again.stdout },
      { code: 0, stdout: "Nothing to enforce.\n" },
    );
    const iam = workspace.byHand("users");
    const PolicyName = "infra-offboarding-john.developer";
    await iam.deleteUserPolicy({ UserName: "john.developer", PolicyName });
    workspace.write(rosterToday());
  });

  it("writes into no folder that holds one already", async () => {
    const { code, stderr } = await workspace.script("snapshot", "--live", "{stack}", "--out", "reviewed");
    assert.deepEqual(
      { code, stderr },
      {
        code: 2,
        stderr:
          "reviewed is not empty. Name another folder with --out, or go on with an interrupted snapshot by --resume.\n",
      },
    );
  });

  it("goes on after Ctrl-C with what is not there yet", async () => {
    const interrupted = path.join(workspace.root, "project", "interrupted");
    const script = path.join(__dirname, "..", "support", "interrupt-after.cjs");
    const command = `npm run --silent snapshot -- --live "{stack}" --out interrupted`;
    const { stdout } = await workspace.shell(`node ${script} ": read" 6 ${command}`);
    assert.match(stdout, /^interrupted: /);
    assert.throws(() => readSnapshot(interrupted));
    const kept = readdirSync(interrupted, { recursive: true, encoding: "utf8" })
      .filter((file) => /^\w+\/\w+\.json$/.test(file))
      .map((file) => [file, readFileSync(path.join(interrupted, file), "utf8")] as const);
    assert.ok(kept.length >= 6 && kept.length < 52, String(kept.length));
    const resumed = await workspace.script(
      "snapshot",
      "--live",
      "{stack}",
      "--out",
      "interrupted",
      "--resume",
    );
    assert.match(
      resumed.stdout,
      /^Snapshot of 4 accounts in interrupted: 52 sections read, 8 not available\.$/m,
    );
    for (const [file, text] of kept) assert.equal(readFileSync(path.join(interrupted, file), "utf8"), text);
    assert.equal(readSnapshot(interrupted).accounts.length, 4);
  });

  it("has accounts without credentials as not available", async () => {
    const { code, stderr } = await workspace.script("snapshot", "--live", "no-{stack}", "--out", "nothing");
    const { accounts } = readSnapshot(path.join(workspace.root, "project", "nothing"));
    assert.equal(code, 1);
    assert.match(stderr, /^dev: There are no credentials for dev: .+$/m);
    assert.match(stderr, /^dev rootUser: not available: Nobody had credentials for dev$/m);
    assert(
      accounts.every(
        ({ caller, sections }) => caller === undefined && sections.rootUser.kind === "notAvailable",
      ),
    );
  });
});
