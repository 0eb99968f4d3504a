import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { assumeRole, iamCall, sessionOf, type TrailEvent } from "../../support/trail-events";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const ROLE = "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod";
const GROUP = "infra-trail";

describe("npm run break-glass", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let logs: CloudWatchLogs;
  let streams = 0;
  const folder = (): string => path.join(workspace.root, "project", "docs", "incidents");
  const records = (): readonly string[] =>
    existsSync(folder()) ? readdirSync(folder()).filter((name) => name !== "README.md") : [];
  const text = (name: string): string => readFileSync(path.join(folder(), name), "utf8");

  /** Events of now, as the trail writes them. */
  async function put(...events: readonly TrailEvent[]): Promise<readonly string[]> {
    const now = Date.now();
    const named = events.map((event) => ({
      ...event,
      eventID: randomUUID(),
      eventTime: `${new Date(now).toISOString().slice(0, 19)}Z`,
    }));
    const logStreamName = `test-${String((streams += 1))}`;
    await logs.createLogStream({ logGroupName: GROUP, logStreamName });
    await logs.putLogEvents({
      logGroupName: GROUP,
      logStreamName,
      logEvents: named.map((event) => ({ timestamp: now, message: JSON.stringify(event) })),
    });
    return named.map(({ eventID }) => eventID);
  }

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["prod"], rosterToday());
    logs = workspace.client(CloudWatchLogs, "prod");
  });

  afterEach(async () => {
    rmSync(folder(), { recursive: true, force: true });
    const { logStreams = [] } = await logs.describeLogStreams({ logGroupName: GROUP });
    for (const { logStreamName } of logStreams)
      if (logStreamName?.startsWith("test-") === true)
        await logs.deleteLogStream({ logGroupName: GROUP, logStreamName });
  });

  const open = async (): Promise<string> => {
    const { code, stderr } = await workspace.script(
      "break-glass",
      ...["open", "prod", "--reason", "INC-1042", "--as", "sarah.devops"],
    );
    assert.equal(code, 0, stderr);
    const [name = ""] = records();
    return name;
  };
  const use = assumeRole(ROLE);
  const attach = iamCall(
    "AttachRolePolicy",
    { roleName: "app", policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
    { userIdentity: sessionOf("infra-BreakGlassR-prod", "sarah.devops") },
  );
  const attachByOps = iamCall(
    "AttachRolePolicy",
    { roleName: "other" },
    { userIdentity: sessionOf("infra-OpsR-prod", "sarah.devops") },
  );

  it("closes a record from the trail, and each session has its record", async () => {
    const name = await open();
    const [id = ""] = await put(use, attach, attachByOps);
    const closing = ["--changed", "A policy", "--changed", "A service", "--prevents", "A test, by Friday"];
    const closed = await workspace.script("break-glass", "close", name, ...closing, "--as", "chris.security");
    assert.equal(closed.code, 0, closed.stderr);
    assert.deepEqual(
      closed.calls.filter((call) => !call.startsWith("sts:")),
      ["logs:FilterLogEvents", "logs:FilterLogEvents"],
    );
    const record = text(name);
    assert.ok(record.includes(`| AssumeRole | \`${id}\` |`), record);
    assert.ok(record.includes("`iam:AttachRolePolicy` `roleName=app "), record);
    assert.ok(!record.includes("roleName=other"), record);
    assert.match(record, /\n- Closed by: chris\.security\n/);
    assert.match(record, /\n## What was changed\n\n- A policy\n- A service\n/);
    assert.match(record, /\n- \[ \] A test, by Friday\n/);
    assert.match(text("README.md"), /\| 1 \| `INC-1042` \|/);

    const listed = await workspace.script("break-glass", "list", "prod");
    assert.equal(listed.code, 0, listed.stdout + listed.stderr);
    assert.match(
      listed.stdout,
      /^prod \(444444444444\), log group infra-trail, from \S+Z until \S+Z: 1 session of BreakGlass, 0 without a record; 0 attempts from within the account refused\.$/m,
    );
    assert.ok(listed.stdout.includes(`docs/incidents/${name}`));

    const again = await workspace.script("break-glass", "close", name, ...closing, "--as", "chris.security");
    assert.equal(again.code, 2);
    assert.match(again.stderr, /was closed at \S+\. A later use is a record of its own\./);
    assert.equal(text(name), record);
  });

  it("names a session that nobody declared, with status 1", async () => {
    const [id = ""] = await put(use);
    const { code, stdout } = await workspace.script("break-glass", "list", "prod");
    assert.equal(code, 1);
    assert.match(stdout, /: 1 session of BreakGlass, 1 without a record;/);
    assert.match(stdout, new RegExp(`sarah\\.devops +│ none +│ ${id}`));
    assert.match(stdout, /A session without a record is an intrusion until its holder says otherwise/);

    const json = await workspace.script("break-glass", "list", "prod", "--json");
    assert.equal(json.code, 1);
    const [answer] = JSON.parse(json.stdout) as [{ account: string; uses: [{ id: string; record: null }] }];
    assert.deepEqual([answer.account, answer.uses[0].id, answer.uses[0].record], ["prod", id, null]);
  });

  it("looks at every account, whoever holds the role now, and says of which it knows nothing, with status 2", async () => {
    workspace.write({ ...rosterToday(), breakGlass: {} });
    try {
      await put(use);
      const { code, stdout } = await workspace.script("break-glass", "list", "--profile", "prod");
      assert.equal(code, 2, stdout);
      const lines = stdout.split("\n").filter((line) => /^\w+ \(\d{12}\)/.test(line));
      assert.deepEqual(
        lines.map((line) => line.replace(/, from \S+ until \S+:/, ":")),
        [
          "dev (222222222222) was not looked at: The credentials for dev are those of account 444444444444, not 222222222222.",
          "staging (333333333333) was not looked at: The credentials for staging are those of account 444444444444, not 333333333333.",
          "prod (444444444444), log group infra-trail: 1 session of BreakGlass, 1 without a record; 0 attempts from within the account refused.",
        ],
      );
      const json = await workspace.script("break-glass", "list", "--profile", "prod", "--json");
      assert.equal(json.code, 2);
      const answers = JSON.parse(json.stdout) as readonly { account: string; problem?: string }[];
      assert.deepEqual(
        answers.map(({ account, problem }) => [account, problem === undefined]),
        [
          ["dev", false],
          ["staging", false],
          ["prod", true],
        ],
      );
    } finally {
      workspace.write(rosterToday());
    }
  });

  it("does not say that it looked where there is no such log group", async () => {
    const { code, stdout, stderr } = await workspace.script(
      "break-glass",
      "list",
      "prod",
      "--log-group",
      "other",
    );
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^prod \(444444444444\) has no log group other .*so nothing was looked at\./);
  });

  it("asks in a terminal for what no option says", async () => {
    const name = await open();
    const line = `npm run --silent break-glass -- close ${name} --as chris.security`;
    const { code, stdout } = await workspace.inTerminal(200, line, [
      "\r",
      "A policy\r",
      "\r",
      "A test\r",
      "\r",
    ]);
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /What was changed, and why\?[^]*Write one line at least[^]*What prevents it next time/,
    );
    assert.match(text(name), /\n- A policy\n\n## What prevents it next time\n\n- \[ \] A test\n/);
  });

  for (const [what, key] of [
    ["an interrupt", "\u0003"],
    ["the end of the input", "\u0004"],
  ] as const) {
    it(`leaves a record open after ${what}`, async () => {
      const name = await open();
      const before = text(name);
      const line = `npm run --silent break-glass -- close ${name} --as chris.security`;
      const { code, stdout } = await workspace.inTerminal(200, line, ["A policy\r", key]);
      assert.equal(code, 130, stdout);
      assert.match(stdout, /Interrupted\. Nothing was written\./);
      assert.equal(text(name), before);
      assert.deepEqual(readdirSync(folder()).sort(), [name, "README.md"].sort());
    });
  }

  it("asks nobody where there is no terminal", async () => {
    const name = await open();
    const { code, stderr } = await workspace.script("break-glass", "close", name, "--as", "chris.security");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^Nobody can be asked here, for there is no terminal\. Say --changed <text> and --prevents <text>\./,
    );
  });
});
